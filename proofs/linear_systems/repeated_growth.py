"""The expected calls of the relative inverse for the worst right-hand side, repeated."""

import sympy

from bloqs.linear_systems.model.amplification import runs_until_success
from bloqs.linear_systems.model.inverse import inverse_plan
from estimator.symbols import kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

ERROR = 0.01


def cost() -> sympy.Expr:
    """Degree times the square of M, which is a multiple of kappa, as for the amplified solver."""
    m, s = sympy.symbols("M s", positive=True)
    step("runs until success", 1 / (1 / m) ** 2, m**2)
    residual = kappa * (1 - s)  # of the polynomial at 1 / kappa, where it errs by s at most
    step("a value of the polynomial over kappa", residual / kappa, 1 - s)
    rate = sympy.log((kappa + 1) / (kappa - 1))
    logarithm = sympy.log(100 + sympy.sqrt(sympy.Integer(100) ** 2 - 1))
    return (2 * sympy.ceiling(logarithm / rate) - 1) * residual.subs(s, sympy.Rational(1, 100)) ** 2


def measure(kappa: float) -> Measurement:
    """Calls of a run times runs until success."""
    plan = inverse_plan("relative", kappa, ERROR, 1.0)
    assert plan.success is not None
    return Measurement(value=plan.matrix_calls * runs_until_success(plan.success, 0))


THEOREM = GrowthClaim(
    says="For the worst right-hand side, repeated until it succeeds, the relative inverse takes "
    "Theta(kappa**3) calls of the matrix at a fixed error.",
    cost=cost,
    relation="Theta",
    function=kappa**3,
    regime="kappa->oo",
    measure=measure,
    instances=tuple({kappa: condition} for condition in (10.0, 100.0, 1e3, 1e5)),
    least=5,
    most=12,
    false_twin=kappa**2,
    twin_says="As if it were amplified.",
    assumptions=("The cost in symbols is its leading term; the constant is measured, at 0.01.",),
    source="[Saa03] Thm. 6.25",
)
