"""The norms of a matrix's columns as a diagonal operator, from stored angles."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.simulation.runner import Runner
from estimator.symbols import b
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """A norm is the cosine of an angle; a stored angle is off by at most half a step, pi / 2**b.

    Both angles enter by their cosines only, since the flag that rotates starts and ends in zero.
    The operator is diagonal, so its error is the largest of theirs.
    """
    middle, apart = sympy.symbols("middle apart", real=True)  # mean of both angles, half of u
    change = sympy.cos(middle + apart) - sympy.cos(middle - apart)
    step(
        "change of a cosine",
        sympy.expand_trig(change),
        -2 * sympy.sin(middle) * sympy.sin(apart),
    )
    bound("a sine squared is at most one", sympy.sin(middle) ** 2, 1)
    x = sympy.Symbol("x", nonnegative=True)
    step("x - sin x starts at zero", (x - sympy.sin(x)).subs(x, 0))
    step("with this slope", sympy.diff(x - sympy.sin(x), x), 2 * sympy.sin(x / 2) ** 2)
    bound("which is no less than zero", 0, 2 * sympy.sin(x / 2) ** 2)
    half_step = (2 * sympy.pi / 2**b) / 2
    return 2 * (half_step / 2)  # 2 |sin(apart)| <= 2 |apart| = |u|


def _point(norms: Any, bits: int) -> Draw:
    """What the looked-up rotations leave where the flag is zero, against the norms themselves."""
    rows = tuple((float(x), float(np.sqrt(1 - x**2))) for x in norms)
    n = len(rows).bit_length() - 1
    tree = RotationTree(rows, n, 1, bits, QROMLoader(), Rotation.BITWISE)
    runner = Runner.of(tree, {RotationLevel: as_one_gate})
    held = np.stack([runner.run(2 * j)[::2] for j in range(len(rows))], axis=1)
    error = float(np.linalg.norm(held - np.diag(norms), 2))
    return Draw(at={b: bits}, value=error, stated=float(tree.epsilon))


def draw(rng: Generator) -> Draw:
    """Two, four or eight columns, all lengths from zero to one, 4 to 12 bits."""
    norms = rng.uniform(0, 1, 2 ** int(rng.integers(1, 4)))
    norms[0] = rng.choice([0.0, 1.0, norms[0]])
    return _point(norms, int(rng.integers(4, 13)))


def worst() -> Draw:
    """A short column whose angle lies half a step from a right angle."""
    return _point(np.array([1.0, np.sin(0.999 * np.pi / 2**10)]), 10)


THEOREM = InequalityClaim(
    says="A looked-up angle of b bits, a rotation of one flag by it and the angle taken away "
    "encode the diagonal of the norms of a matrix's columns, with alpha 1 and an error of at most "
    "pi / 2**b in the spectral norm.",
    assumptions=("No column is longer than 1.",),
    bound=sympy.pi / 2**b,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=sympy.pi / 2 ** (b + 1),
    twin_says="Angles are rounded to a grid twice as fine, as if b bits told half turns apart.",
    source="[RHGPR25] Lem. B.13, with the rounding that it neglects",
)
