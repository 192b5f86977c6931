"""Linear classification takes bits that do not grow with the data."""

import sympy

from bloqs.communication.rivals.sign_projection import projection_bits
from bloqs.communication.symbols import gamma
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """Signs agree with probability 1/2 + asin(gamma)/pi; Hoeffding's inequality for 1/20."""
    t, m = sympy.symbols("t m", positive=True)
    runs = sympy.solve(sympy.exp(-2 * m * t**2) - sympy.Rational(1, 20), m)[0]
    step("projections", runs, sympy.log(20) / (2 * t**2))
    return sympy.ceiling(runs.subs(t, gamma / sympy.pi))


def measure(gamma: float) -> Measurement:
    """Bits that the protocol states."""
    return Measurement(value=float(projection_bits(gamma, 0.05)))


THEOREM = GrowthClaim(
    says="Linear classification at a margin gamma takes Theta(1/gamma**2) bits by signs of "
    "projections, whatever the length of the data; quantum protocols need 1/gamma, so that no "
    "advantage is more than quadratic.",
    cost=cost,
    relation="Theta",
    function=gamma**-2,
    regime="gamma->0",
    measure=measure,
    instances=(tuple({gamma: margin} for margin in (0.3, 1e-2, 1e-4))),
    least=10,
    most=20,
    false_twin=1 / gamma,
    twin_says="As few as a quantum protocol may need.",
    assumptions=("In symbols gamma stands for its arc sine, which is 1 to pi/2 times as large.",),
    source="[GMSM24] abstract; derived",
)
