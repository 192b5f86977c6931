"""The degree for erf(nu x) grows with nu times the root of a logarithm."""

import sympy

from estimator.polynomials.erf import erf_minimal_degree
from estimator.symbols import epsilon, nu
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

LOG = sympy.log(nu / epsilon)


def cost() -> sympy.Expr:
    """The bound on the degree from Bernstein's inequality, at which the exponent is l."""
    l, z = sympy.symbols("l z", positive=True)
    terms = l / 3 + sympy.sqrt(l**2 / 9 + 2 * z * l)
    step("terms solve n**2 = 2 l (z + n / 3)", terms**2, 2 * l * (z + terms / 3))
    exponent = sympy.log(4 * nu / (sympy.sqrt(sympy.pi) * epsilon))
    return 2 * sympy.ceiling(terms.subs({z: nu**2 / 2, l: exponent})) - 1


def measure(nu: float, epsilon: float) -> Measurement:
    """Smallest degree at which the polynomial is that close."""
    return Measurement(value=erf_minimal_degree(nu, epsilon))


THEOREM = GrowthClaim(
    says="A polynomial within epsilon of erf(nu x) takes a degree of "
    "O(nu sqrt(log(nu / epsilon)) + log(nu / epsilon)).",
    cost=cost,
    relation="O",
    function=nu * sympy.sqrt(LOG) + LOG,
    regime="nu->oo, epsilon->0",
    measure=measure,
    instances=tuple(
        {nu: slope, epsilon: error}
        for slope, error in ((2.0, 1e-2), (8.0, 1e-4), (32.0, 1e-4), (128.0, 1e-8))
    ),
    least=0.0,
    most=1.75,
    false_twin=LOG,
    twin_says="The degree grows with logarithms alone, like that of exp(x).",
    source="[RHGPR25] Lem. F.1",
)
