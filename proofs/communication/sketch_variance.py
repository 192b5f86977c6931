"""How far the estimate from a one-bit sketch scatters."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.communication.rivals.sketch import variance_bound
from bloqs.communication.symbols import N, k
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

BOUND = 2 * sympy.pi / k + sympy.pi**2 * N / (2 * k * (k - 1))


def derive() -> sympy.Expr:
    """The variance of a mean over pairs, from that of one term given one end, and of one term.

    With u = b s: E u = sqrt(2/pi) x and E u u^T = 1, since |b| = 1.
    """
    mean = sympy.sqrt(2 / sympy.pi)
    scale = sympy.pi / 2
    step("unbiased", scale * mean**2, 1)
    one_end = scale**2 * mean**2  # E (u.Qx)^2 = |Qx|^2 <= 1
    step("a term given one end", one_end, sympy.pi / 2)
    whole = scale**2 * N  # E (u.Qu')^2 = tr Q^2 <= N
    total = 2 * (2 * (k - 2) * one_end + whole) / (k * (k - 1))
    full = 2 * (2 * (k - 1) * one_end + whole) / (k * (k - 1))
    bound("k - 2 is below k - 1", 0, sympy.factor((full - total) * k * (k - 1)))
    return sympy.expand(sympy.apart(full, k))


def _point(x: np.ndarray, q: np.ndarray, length: int) -> Draw:
    """The exact variance, from second moments of u; also what the library bounds it by."""
    mean = np.sqrt(2 / np.pi) * x
    second = np.eye(len(x))
    scale = np.pi / 2
    value = scale * mean @ q @ mean
    one_end = scale**2 * (mean @ q @ second @ q @ mean) - value**2
    whole = scale**2 * np.trace(q @ second @ q @ second) - value**2
    variance = 2 * (2 * (length - 2) * one_end + whole) / (length * (length - 1))
    return Draw(
        at={N: len(x), k: length},
        value=float(variance),
        stated=float(variance_bound(len(x), length)),
    )


def draw(rng: Generator) -> Draw:
    """A unit vector and an observable of norm 1."""
    size = int(rng.integers(2, 12))
    turn = np.linalg.qr(rng.normal(size=(size, size)))[0]
    values = rng.uniform(-1, 1, size)
    x = rng.normal(size=size)
    q = (turn * (values / np.abs(values).max())) @ turn.T
    return _point(x / np.linalg.norm(x), q, int(rng.integers(2, 200)))


def worst() -> Draw:
    """A vector whose value is 0 under a reflection, and a long sketch."""
    return _point(np.array([1.0, 1.0]) / np.sqrt(2), np.diag([1.0, -1.0]), 1000)


THEOREM = InequalityClaim(
    says="The estimate of x Q x from a sketch of k bits has a variance of at most "
    "2 pi/k + pi**2 N/(2 k (k - 1)) for every observable of norm up to 1.",
    bound=BOUND,
    derive=derive,
    draw=draw,
    draws=200,
    worst=worst,
    false_twin=sympy.pi / k + sympy.pi**2 * N / (2 * k * (k - 1)),
    twin_says="Pairs were independent of each other, up to a factor of 2.",
    source="ours; derived",
    assumptions=("Data are real, a unit vector; complex data are twice as many reals.",),
)
