"""The law's figures, conversions of errors beside Cirq's channels, and readout."""

import cirq
import numpy as np
import pytest

from bloqs.contrastive.model.shrinkage_law import (
    Readout,
    contraction,
    depolarising,
    rescaling_price,
)


@pytest.mark.parametrize("qubits", [1, 2])
def test_an_average_error_is_a_weight_of_the_mixed_state(qubits):
    """The fidelity of a pure state after the channel, and Cirq's name for the same channel."""
    error, size = 0.013, 2**qubits
    weight = depolarising(error, qubits)
    state = np.random.default_rng(0).normal(size=size) + 0j
    state /= np.linalg.norm(state)
    channel = cirq.depolarize(weight * (size**2 - 1) / size**2, qubits)
    mixed = sum(k @ np.outer(state, state.conj()) @ k.conj().T for k in cirq.kraus(channel))
    assert mixed == pytest.approx(
        (1 - weight) * np.outer(state, state.conj()) + weight * np.eye(size) / size, abs=1e-14
    )
    assert (state.conj() @ mixed @ state).real == pytest.approx(1 - error, abs=1e-14)


def test_figures_of_the_published_device():
    pair = depolarising(1.57e-2, 2)
    assert contraction(2, pair, depolarising(5.8e-4, 1)) == pytest.approx(0.838, abs=7e-4)


def test_readout_and_its_inversion():
    seen = Readout(one_for_zero=0.029, zero_for_one=0.032)
    for mean in (-1.0, 0.0, 0.4):
        ones = (1 + mean) / 2 * 0.029 + (1 - mean) / 2 * (1 - 0.032)
        assert seen.noisy(mean) == pytest.approx(1 - 2 * ones, abs=1e-15)
        assert seen.inverted(seen.noisy(mean)) == pytest.approx(mean, abs=1e-15)
    assert seen.price == pytest.approx(1 / 0.939**2)


def test_refusals():
    with pytest.raises(ValueError, match=r"from 0 to 0\.75"):
        depolarising(0.8, 2)
    with pytest.raises(ValueError, match="cannot be inverted"):
        Readout(0.5, 0.5).inverted(0.1)
    with pytest.raises(ValueError, match="cannot be rescaled"):
        rescaling_price(0.0)
