"""Real vectors and weights that residual blocks are measured on, with and without a circuit."""

from typing import Any

import numpy as np

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import BLOCKS
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.circuit import Blocks

EIGHTH = np.pi / 8
"""An angle that has 4 bits."""


def vector(n: int) -> Any:
    """A unit vector of 2**n entries; for n = 1 one whose angle has 4 bits."""
    if n == 1:
        return np.array([np.cos(EIGHTH), np.sin(EIGHTH)])
    entries = np.random.default_rng(3).normal(size=2**n)
    return entries / np.linalg.norm(entries)


def weights(n: int) -> Any:
    """A matrix of norm at most 1; for n = 1 a diagonal one whose angle has 4 bits."""
    if n == 1:
        return np.diag([np.cos(3 * EIGHTH), np.sin(3 * EIGHTH)])
    matrix = np.random.default_rng(4).normal(size=(2**n, 2**n))
    return 0.9 * matrix / np.linalg.norm(matrix, 2)


def _loaded(entries: Any) -> LoadedVector:
    return LoadedVector.of(entries, 4, QROMLoader(), Rotation.BITWISE)


def vector_circuit(n: int) -> AbstractVectorEncoding:
    """The vector: loaded by exact angles for n = 1, otherwise a unitary that has it."""
    return _loaded(vector(1)) if n == 1 else VectorDilation.of_vector(vector(n))


def weights_circuit(n: int) -> AbstractBlockEncoding:
    """The weights: the diagonal of a loaded vector for n = 1, otherwise a dilation."""
    if n == 1:
        return DiagonalEncoding(_loaded(np.diag(weights(1))))
    return Dilation.of_matrix(weights(n), 1.0)


def left_whole(n: int) -> Blocks:
    """What a run has as one gate: for n = 1 nothing."""
    return {} if n == 1 else BLOCKS
