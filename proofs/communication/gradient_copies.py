"""Copies after which no gradient is off by more than epsilon."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.communication.model.shots import gradient_copies, shift_shots
from bloqs.communication.symbols import delta
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """Hoeffding's inequality for every parameter, failures added up."""
    m, e, d = sympy.symbols("m e d", positive=True)
    failure = 2 * d * sympy.exp(-m * e**2 / 2)
    at = failure.subs(m, 2 * sympy.log(2 * d / delta) / e**2)
    step("failure of all", sympy.simplify(at), delta)
    return delta


def _point(parameters: int, epsilon: float, failure: float) -> Draw:
    """The larger of the bounds for tests, and for shifts with half as many shots a sign."""
    test = gradient_copies(parameters, epsilon, failure)
    shift = 2 * shift_shots(parameters, epsilon, failure)
    left = 2 * parameters * np.exp(-min(test, shift) * epsilon**2 / 2)
    return Draw(at={delta: failure}, value=float(left))


def draw(rng: Generator) -> Draw:
    """Any numbers."""
    return _point(int(rng.integers(1, 10**6)), *map(float, rng.uniform(0.001, 0.99, 2)))


def worst() -> Draw:
    """So many copies that rounding up is nothing."""
    return _point(1000, 1e-4, 0.05)


THEOREM = InequalityClaim(
    says="2 ln(2 D/delta)/epsilon**2 copies read in one basis, or ln(2 D/delta)/epsilon**2 shots "
    "for each sign of the shift, leave a failure of at most delta for all D gradients.",
    bound=delta,
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=delta / 2,
    twin_says="The two sides of an error were counted once.",
    source="[BWP23] commuting generators; derived",
)
