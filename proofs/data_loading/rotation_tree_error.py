"""Errors of the angles of a rotation tree add up as squares over its levels."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from estimator.symbols import b, n
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """The overlap of the vectors of exact and rounded angles, level by level.

    If the halves overlap with their rounded forms by c and d, the whole does by
    p c + q d with p = cos(t) cos(t + u), q = sin(t) sin(t + u) and p + q = cos(u). If q >= 0 that
    is at least cos(u) min(c, d); if q < 0, then -q <= (1 - cos(u)) / 2, and with d <= 1 it is at
    least c (1 + w / 2 - w) - w / 2 for w = 1 - cos(u) <= u**2 / 2. Either way n levels leave
    1 - n u**2 / 2, and unit vectors with overlap c are sqrt(2 - 2 c) apart.
    """
    t, u, c = sympy.symbols("t u c", real=True)
    p, q = sympy.cos(t) * sympy.cos(t + u), sympy.sin(t) * sympy.sin(t + u)
    step("both shares together", (p + q - sympy.cos(u)).rewrite(sympy.exp).expand())
    step("a negative share", (2 * q - (sympy.cos(u) - sympy.cos(2 * t + u))).rewrite(sympy.exp))
    k, w, spare = sympy.symbols("k w spare", nonnegative=True)
    square = 2 * w + 2 * spare  # u**2, since w <= u**2 / 2
    least = 1 - k * square / 2
    one_more = 1 - (k + 1) * square / 2
    bound("one level more, shares of one sign", one_more, sympy.expand(least * (1 - w)))
    bound("and of two", one_more, sympy.expand(least * (1 - w / 2) - w / 2))
    step("no level", least.subs(k, 0), 1)
    step("squared distance of unit vectors", sympy.expand((1 - c) ** 2 + (1 - c**2)), 2 - 2 * c)
    half_step = sympy.pi / 2**b
    return sympy.sqrt(2 - 2 * (1 - n * half_step**2 / 2))


def _vector(angles: list[Any]) -> Any:
    """The vector whose qubit l turns by an angle that depends on the qubits before."""
    vector = np.ones(1)
    for turns in angles:
        vector = np.stack([vector * np.cos(turns), vector * np.sin(turns)], axis=1).reshape(-1)
    return vector


def _point(angles: list[Any], off: list[Any], bits: int) -> Draw:
    moved = [x + y * np.pi / 2**bits for x, y in zip(angles, off, strict=True)]
    return Draw(
        at={n: len(angles), b: bits},
        value=float(np.linalg.norm(_vector(moved) - _vector(angles))),
    )


def draw(rng: Generator) -> Draw:
    """A random tree, every angle off by up to half a step."""
    levels = range(int(rng.integers(1, 6)))
    angles = [rng.uniform(-np.pi, np.pi, 2**l) for l in levels]
    return _point(angles, [rng.uniform(-1, 1, 2**l) for l in levels], int(rng.integers(4, 10)))


def worst() -> Draw:
    """Every angle off by half a step in the same sense."""
    levels = range(5)
    return _point([np.zeros(2**l) for l in levels], [np.ones(2**l) for l in levels], 9)


THEOREM = InequalityClaim(
    says="A vector of 2**n entries prepared by angles of b bits errs by at most "
    "sqrt(n) pi / 2**b in the l2 norm.",
    assumptions=(
        "Every angle is rounded to the nearest multiple of 2 pi / 2**b.",
        "n (pi / 2**b)**2 <= 2.",
    ),
    bound=sympy.sqrt(n) * sympy.pi / 2**b,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=sympy.pi / 2**b,
    twin_says="One angle errs at a time, so that levels do not add up.",
    source="ours; [RHGPR25] Lem. D.1 neglects the rounding of angles",
)
