"""The expected calls of the relative inverse for the worst right-hand side, amplified."""

import sympy

from bloqs.linear_systems.model.inverse import inverse_plan
from estimator.symbols import kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

ERROR = 0.01


def cost() -> sympy.Expr:
    """Degree times one over the amplitude, 1 / M for the least norm, M a multiple of kappa.

    With y = kappa x and A = arcosh(1 / epsilon) the polynomial tends to kappa (1 - epsilon cosh(A
    sqrt(1 - y**2))) / y, whose maximum depends on epsilon alone.
    """
    y, c, k, e = sympy.symbols("y c k e", positive=True)  # k stands for 1 / kappa
    w = (1 + k**2 - 2 * (k * y) ** 2) / (1 - k**2)
    half = sympy.limit((w - 1) / k**2, k, 0) / 2  # arcosh(1 + u) is sqrt(2 u) for a small u
    step("the argument beyond one", half, 1 - y**2)
    order = sympy.acosh(1 / e) / (2 * k)
    stretched = sympy.acosh(1 / e) * sympy.sqrt(1 - y**2)
    step("order times arcosh", order * 2 * k * sympy.sqrt(half), stretched)
    error = sympy.Rational(1, 100)
    rate = sympy.log((kappa + 1) / (kappa - 1))
    logarithm = sympy.log(1 / error + sympy.sqrt(1 / error**2 - 1))
    u = sympy.Symbol("u", positive=True)
    runs = u / sympy.sin(u) ** 2 / c  # of a small amplitude c, u = (2 r + 1) c
    step("expected runs scale like one over it", sympy.diff(runs * c, c), 0)
    return (2 * sympy.ceiling(logarithm / rate) - 1) * kappa


def measure(kappa: float) -> Measurement:
    """Expected calls by the best rounds, at the least norm."""
    return Measurement(value=inverse_plan("relative", kappa, ERROR, 1.0).expected_matrix_calls)


THEOREM = GrowthClaim(
    says="For the worst right-hand side, amplified by the best rounds, the relative inverse takes "
    "Theta(kappa**2) calls of the matrix at a fixed error.",
    cost=cost,
    relation="Theta",
    function=kappa**2,
    regime="kappa->oo",
    measure=measure,
    instances=tuple({kappa: condition} for condition in (10.0, 100.0, 1e3, 1e5)),
    least=7,
    most=10,
    false_twin=kappa**3,
    twin_says="Repeated until it succeeds, without amplification.",
    assumptions=("The cost in symbols is its leading term; the constant is measured, at 0.01.",),
    source="[BHMT02] Thm. 2; [Saa03] Thm. 6.25",
)
