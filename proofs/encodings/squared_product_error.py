"""The error of a matrix applied to the squared moduli of an encoded vector."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.squared_product import SquaredProduct
from estimator.symbols import e_0, e_1, norm
from proofs.derivation import norm_at_most, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import off_by, unit_vector
from proofs.stated import StatedVector


def derive() -> sympy.Expr:
    """Columns are at most 1 long, so that a change of weights counts by its sum of moduli.

    With psi + d for psi, the weights change by conj(psi) d + conj(d) psi + conj(d) d entry by
    entry, and sums of moduli of products are at most products of l2 norms. Columns off by e_1
    count with the weights |psi_j|**2, which add up to one.
    """
    psi, psi_bar, d, d_bar = sympy.symbols("psi psi_bar d d_bar", commutative=False)
    left = psi_bar * d + d_bar * psi + d_bar * d
    step("change of the weights", (psi_bar + d_bar) * (psi + d) - psi_bar * psi, left)
    one = sympy.Integer(1)
    norms = {psi: one, psi_bar: one, d: e_0, d_bar: e_0}
    weights = norm_at_most("Cauchy and Schwarz", left, norms)
    W, D, x, z = sympy.symbols("W D x z", commutative=False)  # W + D runs, on weights x + z
    apart = D * x + (W + D) * z
    step("columns and weights apart", (W + D) * (x + z) - W * x, apart)
    V = sympy.Symbol("V", commutative=False)  # all of W + D, whose columns are at most 1 long
    bounds = {D: e_1, x: one, V: one, z: weights}
    return norm_at_most("triangle inequality", D * x + V * z, bounds) / norm


def _columns(lengths: Any, directions: Any) -> Any:
    """Columns (cos t cos u, cos t sin u) for angles t and u."""
    return np.cos(lengths) * np.array([np.cos(directions), np.sin(directions)])


def _point(angles: Any, off: Any, bits: int, psi: Any, encoded: Any) -> Draw:
    """Angles of the columns off by so many half steps of b bits, and a vector that is off."""
    half_step = np.pi / 2**bits
    exact = _columns(*angles) @ np.abs(psi) ** 2
    found = _columns(*(angles + off * half_step)) @ np.abs(encoded) ** 2
    length, error = float(np.linalg.norm(exact)), float(np.linalg.norm(psi - encoded))
    n = len(psi).bit_length() - 1
    tree = RotationTree(None, n, 1, bits, QROMLoader(), Rotation.BITWISE)
    bloq = SquaredProduct(StatedVector(1.0, error, n), tree, tree, length)
    return Draw(
        at={e_0: error, e_1: half_step, norm: length},
        value=float(np.linalg.norm(found - exact)) / length,
        stated=float(bloq.epsilon),
    )


def draw(rng: Generator) -> Draw:
    """Columns of length up to one, every angle rounded by up to half a step."""
    psi, angles = unit_vector(rng, 4), rng.uniform(0, np.pi / 2, (2, 4))
    encoded = off_by(rng, psi, float(rng.uniform(0, 0.3)))
    return _point(angles, rng.uniform(-1, 1, (2, 4)), int(rng.integers(4, 9)), psi, encoded)


def worst() -> Draw:
    """Equal columns, of unit length as they run, and a vector that is too long."""
    psi, half_step = np.array([1.0, 0.0]), np.pi / 2**10
    return _point(np.full((2, 2), half_step), -np.ones((2, 2)), 10, psi, 1.2 * psi)


THEOREM = InequalityClaim(
    says="W |psi|^2 by a vector encoded with error e_0 and columns off by e_1 errs by at most "
    "(2 e_0 + e_0**2 + e_1) / |W |psi|^2| in the l2 norm.",
    assumptions=("The columns of W, and those that run, have length at most 1.",),
    bound=(2 * e_0 + e_0**2 + e_1) / norm,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=(2 * e_0 + e_1) / norm,
    twin_says="The square of the error can be dropped.",
    source="[RHGPR25] Thm. B.1, whose error is 2 alpha e / N",
)
