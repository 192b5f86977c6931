"""The transform against its matrix, bits in reverse."""

import numpy as np
import pytest

from bloqs.readout.fourier_transform import FourierTransform
from bloqs.simulation.runner import Runner


def reversed_bits(m):
    return [int(f"{t:0{m}b}"[::-1], 2) for t in range(2**m)]


@pytest.mark.parametrize("m", [1, 2, 4])
def test_is_the_matrix(m, costs_agree, rng):
    size = 2**m
    matrix = np.exp(2j * np.pi * np.outer(np.arange(size), np.arange(size)) / size) / np.sqrt(size)
    bloq = FourierTransform(m)
    found = Runner.of(bloq).columns(range(size))
    np.testing.assert_allclose(found[reversed_bits(m)], matrix, atol=1e-12)
    state = rng.normal(size=2 * size) + 1j * rng.normal(size=2 * size)
    state /= np.linalg.norm(state)
    wanted = np.concatenate([state[:size], found @ state[size:]])
    np.testing.assert_allclose(Runner.of(bloq.controlled()).run(state), wanted, atol=1e-12)
    costs_agree(bloq)


def test_needs_a_bit():
    with pytest.raises(ValueError, match="at least one bit, got m=0"):
        FourierTransform(0)
