"""Errors of the angles of a rotation tree add up as squares over its levels."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
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


def _point(vector: Any, levels: int, bits: int) -> Draw:
    """How far the angles that a tree looks up lead from the vector it is made for."""
    rows = (tuple(vector.tolist()),)
    tree = RotationTree(rows, 0, levels, bits, QROMLoader(), Rotation.BITWISE)
    stored = [np.array(level.table) * -2 * np.pi / 2**bits for level in tree.levels()]
    off = _vector(stored) - vector / np.linalg.norm(vector)
    return Draw(at={n: levels, b: bits}, value=float(np.linalg.norm(off)))


def draw(rng: Generator) -> Draw:
    """A random vector and width."""
    levels = int(rng.integers(1, 6))
    return _point(rng.normal(size=2**levels), levels, int(rng.integers(4, 10)))


def worst() -> Draw:
    """Every angle off by nearly half a step in the same sense."""
    levels, bits = 5, 9
    between = (2**bits // 8 + 0.499) * 2 * np.pi / 2**bits
    return _point(_vector([np.full(2**l, between) for l in range(levels)]), levels, bits)


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
