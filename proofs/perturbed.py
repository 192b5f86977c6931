"""Random arrays of given norm, and arrays that are off by a given error."""

from typing import Any

import numpy as np
from numpy.random import Generator

Array = Any


def unit_vector(rng: Generator, size: int) -> Array:
    """A complex vector of length one."""
    vector = rng.normal(size=size) + 1j * rng.normal(size=size)
    return vector / np.linalg.norm(vector)


def matrix_of_norm(rng: Generator, size: int, norm: float) -> Array:
    """A complex matrix of that spectral norm: generic, of rank one or a multiple of a unitary."""
    matrix = rng.normal(size=(size, size)) + 1j * rng.normal(size=(size, size))
    kind = rng.integers(3)
    if kind == 0:
        matrix = np.linalg.qr(matrix)[0]
    if kind == 1:
        matrix = np.outer(matrix[0], matrix[1])
    return norm * matrix / np.linalg.norm(matrix, 2)


def off_by(rng: Generator, array: Array, error: float) -> Array:
    """`array` plus something of norm `error`, often along `array` itself, where bounds are met."""
    step = rng.normal(size=array.shape) + 1j * rng.normal(size=array.shape)
    if rng.integers(2):
        step = array
    return array + error * step / np.linalg.norm(step, 2)
