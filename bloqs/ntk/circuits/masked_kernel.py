"""A masked kernel matrix as a block-encoding, exactly Hermitian."""

import numpy as np

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.ntk.model.system import MaskedSystem, Variant


def masked_kernel(
    system: MaskedSystem, variant: Variant, b: int, loader: AbstractLoader, rotation: Rotation
) -> MatchingEncoding:
    r"""The padded masked kernel as a sum of matchings of its mask.

    *uniform*: every matching has the weight of the largest entry, so that alpha is the number of
    matchings for a diagonal of one. *weighted*: each has that of its own largest entry, and alpha
    stays near one where the kernel is nearly diagonal. *diagonal*: one matching, the identity. A
    mask made of XORs with rows all full has the rows' differences in a short table; any other takes
    as many matchings as an edge colouring finds. All angles are worked out beforehand: for one
    kernel they serve every new point.

    Args:
        system: kernel, labels, mask; its padded matrix is encoded.
        variant: as above.
        b: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds angles and differences.
        rotation: how bits turn a qubit in the preparation of the weights.

    Raises:
        ValueError: if the variant is none, or as `MatchingEncoding`.
    """
    if variant not in ("uniform", "weighted", "diagonal"):
        raise ValueError(f"a variant is uniform, weighted or diagonal, got {variant!r}")
    matrix = np.asarray(system.padded)
    if variant == "diagonal":
        matrix = np.diag(np.diagonal(matrix))
    is_pattern = system.mask.offsets is not None and system.places.is_full
    kind = b, loader, rotation
    return MatchingEncoding.of(matrix, *kind, variant == "uniform", is_pattern)
