"""Samples of columns in place of a dense matrix, whatever its size and rank."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.resnet.rivals.sampler_error import StateError, column_error
from bloqs.resnet.symbols import columns, tau
from estimator.symbols import norm
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

EXACT = StateError(distance=0.0, log_factor=0.0, largest_entry=1.0)
"""Of a vector that is known."""

VARIANCE = (1 - tau) ** 2 / columns


def derive() -> sympy.Expr:
    """Means of s columns of length at most 1 vary by at most 1/s, all entries together.

    The squares of what is sampled have the mean of the exact ones plus that variance, so that the
    law is a mixture of the exact one and another, which has the variance's share.
    """
    v, share = sympy.symbols("v share", positive=True)
    square, mean = sympy.symbols("square mean", nonnegative=True)
    bound("a variance is at most the mean square", square - mean**2, square)
    other = v / (norm**2 + v)
    step("mixture", (1 - other) * norm**2 / norm**2, norm**2 / (norm**2 + v))
    less = VARIANCE / (1 + share)
    bound("the other share grows with the variance", less / (norm**2 + less),
          VARIANCE / (norm**2 + VARIANCE))  # fmt: skip
    return VARIANCE / (norm**2 + VARIANCE)


def _point(W: Any, psi: Any, weight: float, s: int) -> Draw:
    """The laws of both, entry by entry; W has columns of length at most one."""
    p = np.abs(psi) ** 2
    mean = W @ p
    exact = (weight * psi + (1 - weight) * mean) ** 2
    found = exact + (1 - weight) ** 2 * (W**2 @ p - mean**2) / s
    apart = float(np.abs(exact / exact.sum() - found / found.sum()).sum() / 2)
    length = float(np.sqrt(exact.sum()))
    signal = (weight - length) / (1 - weight)  # for which the library's length is this one
    return Draw(
        at={tau: weight, columns: s, norm: length},
        value=apart,
        stated=column_error(EXACT, weight, signal, 1.0, s),
    )


def draw(rng: Generator) -> Draw:
    """Full matrices of norm 1, orthogonal or not, and vectors of many entries or few."""
    size = int(rng.choice([2, 8, 32]))
    W = rng.normal(size=(size, size))
    W = np.linalg.qr(W)[0] if rng.integers(2) else W / np.linalg.norm(W, 2)
    psi = rng.normal(size=size) * rng.choice([0.1, 1.0], size=size)
    weight = float(rng.uniform(0.51, 0.95))
    return _point(W, psi / np.linalg.norm(psi), weight, int(rng.integers(1, 100)))


def worst() -> Draw:
    """Two columns that cancel, where the vector has nothing."""
    W = np.zeros((4, 4))
    W[2, :2] = 1, -1
    return _point(W / np.sqrt(2), np.array([1.0, 1, 0, 0]) / np.sqrt(2), 0.51, 1)


THEOREM = InequalityClaim(
    says="With s column samples in place of W |psi|**2 the output's law is off by at most v / "
    "(N**2 + v), v = (1 - tau)**2 / s and N the length of the sum, in total variation: neither "
    "size nor rank nor Frobenius norm of W counts.",
    assumptions=("The sampler may draw from psi and look entries of W up; |W| <= 1.",),
    bound=VARIANCE / (norm**2 + VARIANCE),
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=VARIANCE / (norm**2 + VARIANCE) / 2,
    twin_says="Half of the variance lies where the vector does.",
    source="[RHGPR25] App. E.1, where a dense matrix of full rank is said to resist; derived",
)
