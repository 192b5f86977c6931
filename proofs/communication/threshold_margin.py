"""The margin of the gadget by which linear classification decides a threshold."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.communication.rivals.sign_projection import threshold_gadget
from bloqs.communication.symbols import N
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """A whole number less a half, over 2 N."""
    t, both = sympy.symbols("t both", integer=True, positive=True)
    c_squared = (t - sympy.Rational(1, 2)) / (2 * N)
    product = both / (2 * N) - c_squared
    step("the product", product, (both - t + sympy.Rational(1, 2)) / (2 * N))
    j = sympy.Symbol("j", integer=True, nonnegative=True)
    above = (j + sympy.Rational(1, 2)) / (2 * N)  # and so below, by symmetry
    bound("smallest at j = 0", above.subs(j, 0), above)
    return 1 / above.subs(j, 0)


def _point(a: np.ndarray, b: np.ndarray) -> Draw:
    """One over the product; infinite if its sign is wrong or a vector is no unit vector."""
    x, y = threshold_gadget(a, b)
    right = (x @ y > 0) == (int(a @ b) >= len(a) // 4)
    units = np.allclose(np.linalg.norm([x, y], axis=1), 1)
    return Draw(at={N: len(a)}, value=float(1 / abs(x @ y)) if right and units else np.inf)


def draw(rng: Generator) -> Draw:
    """Two random sets."""
    size = int(rng.integers(4, 60))
    a, b = (rng.random((2, size)) < rng.uniform(0.1, 0.9, (2, 1))).astype(int)
    return _point(a, b)


def worst() -> Draw:
    """Sets that meet in just so many places."""
    a = np.array([1, 1, 1, 0, 0, 0, 0, 0])
    return _point(a, np.array([1, 1, 0, 1, 0, 0, 0, 0]))


THEOREM = InequalityClaim(
    says="The gadget's unit vectors have a product above 0 if and only if sets of N places meet in "
    "N/4, and of size at least 1/(4 N): linear classification is as hard as the threshold.",
    bound=4 * N,
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=2 * N,
    twin_says="A whole place above or below the threshold.",
    source="[Raz03] symmetric predicates; derived",
)
