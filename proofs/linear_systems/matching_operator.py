"""A matching encoding is Hermitian to the last digit, however coarse its angles are."""

from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from proofs.claim import Measurement
from proofs.forms import ROUNDING, operator_forms, operator_specified
from proofs.operator_claim import OperatorClaim

PAIRS = ((0, 5), (1, 2), (3, 4))
"""Of a graph on eight vertices with one edge a vertex at most, at three offsets by XOR."""


def system(seed: int) -> Any:
    """A symmetric matrix with a diagonal and one other entry a row; Array of shape (8, 8)."""
    rng = np.random.default_rng(seed)
    matrix = np.diag(rng.uniform(-1, 1, 8))
    for row, column in PAIRS:
        matrix[row, column] = matrix[column, row] = rng.uniform(-1, 1)
    return matrix


def entries(seed: int, bits: int) -> Any:
    """Each entry over the largest as a cosine of an angle of so many bits."""
    matrix = system(seed)
    most = np.abs(matrix).max()
    angle = np.rint(np.arccos(matrix / most) * 2**bits / (2 * np.pi))
    return np.where(matrix != 0, most * np.cos(2 * np.pi * angle / 2**bits), 0)


def specification(seed: int, bits: int) -> Any:
    """The rounded entries, alike on both sides of the diagonal, in each form."""
    rounded = entries(seed, bits)
    assert np.array_equal(rounded, rounded.T)
    return operator_specified(rounded)


def unloaded_before(seed: int, bits: int) -> Any:
    """What the partner is looked up for is taken away before the index has moved: it stays."""
    rounded = entries(seed, bits)
    stays = np.diag(np.diag(rounded))
    for row, column in PAIRS:
        stays[row, row] += rounded[row, column]
        stays[column, column] += rounded[row, column]
    return operator_specified(stays)


def simulate(seed: int, bits: int) -> tuple[Any, Measurement]:
    """With the lookup of neighbours gate by gate; a rotation by a table is one gate.

    Two colours of equal weight are prepared without rounding, so that no error is left.
    """
    bloq = MatchingEncoding.of(system(seed), bits, QROMLoader(), Rotation.BITWISE, is_uniform=True)
    return operator_forms(bloq, {RotationLevel: as_one_gate})


THEOREM = OperatorClaim(
    says="A matching encoding of a symmetric sparse matrix encodes exactly what is left of each "
    "entry when its angle is rounded, which is Hermitian.",
    specification=specification,
    simulate=simulate,
    instances=tuple({"seed": seed, "bits": bits} for seed, bits in ((0, 4), (1, 5), (2, 7))),
    false_twin=unloaded_before,
    twin_says="The difference to the partner is unloaded at the old index.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="ours",
)
