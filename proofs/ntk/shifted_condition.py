"""A heavier diagonal bounds the condition number of a masked kernel that is not definite."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.ntk.model.bounds import condition_bound
from bloqs.ntk.model.masks import given_mask, published_shift
from bloqs.ntk.model.system import MaskedSystem
from bloqs.ntk.symbols import masked_row_sum, n
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim
from proofs.ntk.instances import pairs

r = masked_row_sum
SHIFT = sympy.Rational(76, 100) * sympy.log(n) ** sympy.Rational(9, 10)


def derive() -> sympy.Expr:
    """Eigenvalues lie within r_S of the diagonal, 1 + f, and are positive for r_S below it."""
    f = sympy.Symbol("f", positive=True)
    least, most = (1 + f) - r, (1 + f) + r
    over = r / (1 + f)
    step("in units of the diagonal", most / least, (1 + over) / (1 - over))
    return (most / least).subs(f, SHIFT)


def _point(system: MaskedSystem) -> Draw:
    values = np.abs(system.eigenvalues)
    beside = system.matrix - np.diag(np.diagonal(system.matrix))
    total = float(np.abs(beside).sum(axis=1).max())
    return Draw(
        at={r: total, n: system.n},
        value=float(values.max() / values.min()),
        stated=condition_bound(total / (1 + published_shift(system.n))),
    )


def draw(rng: Generator) -> Draw:
    """Any symmetric matrix, with row sums of up to nine tenths of the heavier diagonal."""
    size = int(rng.integers(3, 12))
    beside = np.triu(rng.normal(size=(size, size)) * (rng.random((size, size)) < 0.7), 1)
    beside = beside + beside.T
    shift = published_shift(size)
    largest = np.abs(beside).sum(axis=1).max() or 1.0
    beside *= rng.uniform(0.1, 0.9) * (1 + shift) / largest
    labels = rng.permuted(np.resize([1.0, -1.0], size))
    everything = given_mask(np.ones((size, size)))
    return _point(MaskedSystem.of(np.eye(size) + beside, labels, everything, shift))


def worst() -> Draw:
    """A pair of points whose kernel is above one: without the heavier diagonal not definite."""
    matrix = np.eye(4) + pairs(1.5, 0.5)
    everything = given_mask(np.ones((4, 4)))
    labels = np.array([1.0, 1, -1, -1])
    return _point(MaskedSystem.of(matrix, labels, everything, published_shift(4)))


THEOREM = InequalityClaim(
    says="With f = .76 (ln n)**.9 times the diagonal added, a masked kernel with row sums r_S "
    "below 1 + f has a condition number of at most (1 + f + r_S)/(1 + f - r_S).",
    assumptions=("Row sums of order log n: beyond 1 + f the condition number is not bounded.",),
    bound=(1 + SHIFT + r) / (1 + SHIFT - r),
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=1 + r / (1 + SHIFT),
    twin_says="Only the largest eigenvalue moves.",
    source="[ZNL21] its authors' programs, for the shift; derived",
)
