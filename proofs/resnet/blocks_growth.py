"""Calls of the input by k residual blocks: a power 2 k of a logarithm."""

from math import sqrt

import sympy

from estimator.polynomials.erf import erf_minimal_degree
from estimator.polynomials.sign import sign_minimal_degree
from estimator.symbols import N, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

SLOPE = 1.6
"""nu of the activation erf(nu x) for kappa = 2. Unit: 1."""

LENGTH = 0.5
"""Length of a block's sum before normalisation that is promised. Unit: 1."""

LOG = sympy.log(sympy.sqrt(N) / epsilon)


def cost() -> sympy.Expr:
    """Each block calls the one before as often as its activation and its normalisation ask.

    A degree is at most 2 (l / 3 + sqrt(l**2 / 9 + s**2 l)) + 1 for a slope s: s = nu for the
    activation, with l = log(4 s / sqrt(pi)) + log(sqrt(N) / epsilon); s = sqrt(g) / LENGTH with
    g = log(2 / epsilon) for the normalisation, with l <= 5 + 2 g.
    """
    l, s, g = sympy.symbols("l s g", positive=True)
    root = l / 3 + sympy.sqrt(l) * s
    step(
        "sqrt(u + v) <= sqrt(u) + sqrt(v), squared",
        root**2 - (l**2 / 9 + s**2 * l),
        2 * s * l ** sympy.Rational(3, 2) / 3,
    )
    degree = 2 * (l / 3 + root) + 1
    step("the root of a product is below the mean", (g + l) ** 2 - 4 * g * l, (g - l) ** 2)
    slope = sympy.Rational(8, 5)
    activation = degree.subs({s: slope, l: sympy.log(4 * slope / sympy.sqrt(sympy.pi)) + LOG})
    steepness = 1 / sympy.Rational(LENGTH)
    sign = 2 * (2 * l / 3 + steepness * (g + l) / 2) + 1
    normalisation = sign.subs(l, 5 + 2 * g).subs(g, sympy.log(2 / epsilon))
    return (activation * normalisation) ** 2


def measure(N: int, epsilon: float) -> Measurement:
    """Product of the smallest degrees, for two blocks."""
    calls = erf_minimal_degree(SLOPE, epsilon / sqrt(N)) * sign_minimal_degree(LENGTH, epsilon)
    return Measurement(value=calls**2)


THEOREM = GrowthClaim(
    says="Two residual blocks call the preparation of their input "
    "O(log(sqrt(N) / epsilon)**(2 k)) times, k = 2.",
    assumptions=("The lengths of the blocks' sums are bounded from below by a constant.",),
    cost=cost,
    relation="O",
    function=LOG**4,
    regime="N->oo, epsilon->0",
    measure=measure,
    instances=tuple(
        {N: size, epsilon: error}
        for size, error in ((2**10, 1e-1), (2**14, 1e-2), (2**20, 1e-3), (2**20, 1e-5))
    ),
    least=0.0,
    most=12.0,
    false_twin=LOG**2,
    twin_says="Each block adds one logarithm, not two.",
    source="[RHGPR25] Lem. 7",
)
