"""Four overlaps by swap tests need solutions whose signs are those of the labels."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.ntk.model.bounds import diagonal_error
from bloqs.ntk.model.system import MaskedSystem
from bloqs.ntk.symbols import masked_row_sum
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim
from proofs.ntk.instances import random_system, system_of

r = masked_row_sum


def derive() -> sympy.Expr:
    """x = y - (K_S - 1) x, entry by entry: |x_i - y_i| <= r max|x|, and max|x| <= 1/(1 - r)."""
    x = sympy.Symbol("x", positive=True)
    largest = sympy.solve(sympy.Eq(x, 1 + r * x), x)[0]
    step(
        "below one half, no entry changes its sign", (r * largest).subs(r, sympy.Rational(1, 2)), 1
    )
    return r * largest


def _point(system: MaskedSystem) -> Draw:
    """How much of y_i x_i is lost, at most."""
    lost = float((1 - system.labels * system.solution).max())
    total = system.masked_row_sum
    return Draw(at={r: total}, value=lost, stated=diagonal_error(total))


def draw(rng: Generator) -> Draw:
    """Any matrix of this kind and any mask."""
    return _point(random_system(rng)[0])


def worst() -> Draw:
    """A point between two that grow by their other neighbours: its entry changes sign."""
    beside = np.zeros((5, 5))
    for i, j, value in ((0, 1, 0.45), (0, 2, 0.45), (1, 3, -0.45), (2, 4, -0.45)):
        beside[i, j] = beside[j, i] = value
    return _point(system_of(beside, (beside != 0).astype(float), [1.0] * 5))


THEOREM = InequalityClaim(
    says="Where a masked kernel has row sums of at most r < 1, entries of its solution lose at "
    "most r/(1 - r) of 1 in the direction of their label; below r = 1/2 they keep its sign, which "
    "four overlaps by swap tests need.",
    bound=r / (1 - r),
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=r,
    twin_says="Below r = 1 signs are kept.",
    source="[ZNL21] Eq. A.38, where signs are taken for granted; derived",
)
