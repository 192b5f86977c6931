"""Masking takes definiteness away, unless row sums are small."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.masks import given_mask
from bloqs.ntk.model.system import MaskedSystem
from bloqs.ntk.symbols import masked_row_sum
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim
from proofs.ntk.instances import random_system

r = masked_row_sum


def derive() -> sympy.Expr:
    """The largest entry x_i of an eigenvector: |lambda - 1| |x_i| <= sum_j |K_ij| |x_j|."""
    x, share = sympy.symbols("x share", positive=True)
    others = share / (1 + share) * x
    bound("no entry is above the largest", others, x)
    step("the row of the largest", (r * x) / x, r)
    return r


def _point(system: MaskedSystem) -> Draw:
    """How far the smallest eigenvalue is below one."""
    smallest = float(system.eigenvalues[0])
    if system.is_definite != (smallest > 0):
        return Draw(at={r: system.masked_row_sum}, value=np.inf)
    return Draw(at={r: system.masked_row_sum}, value=1 - smallest)


def _row(network: str, depth: int, degrees: float) -> MaskedSystem:
    """Five points in a row and one far off, of which neighbours are kept."""
    angles = np.deg2rad([*(degrees * np.arange(5)), 180.0])
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    kept = np.eye(6) + np.eye(6, k=1) + np.eye(6, k=-1)
    kept[4, 5] = kept[5, 4] = 0
    matrix = Kernel.of(network, depth).matrix(rows)
    return MaskedSystem.of(matrix, np.array([1.0] * 5 + [-1.0]), given_mask(kept))


def draw(rng: Generator) -> Draw:
    """Kernels of points in a row, shallow and deep, or any matrix with row sums below one."""
    if rng.random() < 0.5:
        return _point(random_system(rng)[0])
    return _point(_row("relu", int(rng.integers(1, 13)), rng.uniform(10, 40)))


def worst() -> Draw:
    """Neighbours almost alike: the kernel is definite and the masked one is not."""
    system = _row("relu", 1, 10.0)
    if not system.exact_eigenvalues[0] > 0:
        return Draw(at={r: system.masked_row_sum}, value=np.inf)
    return _point(system)


THEOREM = InequalityClaim(
    says="A masked kernel has eigenvalues of at least 1 - r_S; where the row sum r_S is above one "
    "they may be below zero although the kernel itself is definite.",
    bound=r,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=sympy.Integer(1),
    twin_says="A definite kernel stays definite when entries are masked.",
    source="ours; derived",
)
