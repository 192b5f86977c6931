"""What the output matrix adds: small for delocalised vectors, whatever its Frobenius norm."""

import numpy as np
import pytest
import sympy
from attrs import evolve

from bloqs.resnet.model.linear_signal import delocalised_signal, linear_signal
from bloqs.resnet.model.network import LinearOutput
from bloqs.resnet.model.random_network import random_input, random_network
from estimator.symbols import N


def test_each_size_is_what_it_says(rng):
    """Against loops over columns."""
    network = random_network(2, 3, 4, 1, 4, True, rng)
    network = evolve(network, output=LinearOutput(0.7 * network.output.matrix, 0.6))
    psi = random_input(network.N, rng)
    found = linear_signal(network, psi)
    before, after = network.states(psi)[1:]
    mean = sum(before[j] ** 2 * network.output.matrix[:, j] for j in range(network.N))
    assert found.signal == pytest.approx(np.sqrt(sum(mean**2)), rel=1e-12)
    assert found.bound == pytest.approx(np.sqrt(sum(before**4)), rel=1e-12)
    assert found.signal == pytest.approx(0.7 * found.bound, rel=1e-9)  # W / 0.7 is orthogonal
    assert found.frobenius == pytest.approx(0.7 * np.sqrt(network.N), rel=1e-12)
    assert found.relative == pytest.approx(0.4 * found.signal / 0.6, rel=1e-12)
    assert found.distance == pytest.approx(np.sqrt(sum((after - before) ** 2)), rel=1e-12)
    classes = [(before[c * 8 : c * 8 + 8] ** 2).sum() for c in range(4)]
    classes = np.array(classes) - [(after[c * 8 : c * 8 + 8] ** 2).sum() for c in range(4)]
    assert found.class_distance == pytest.approx(np.abs(classes).sum() / 2, rel=1e-9)


def test_the_signal_of_delocalised_vectors_vanishes(rng):
    """sqrt(3 / N) for an orthogonal matrix; the perturbation is about 1.66 / sqrt(N)."""
    for M in (8, 16, 24):
        network = random_network(1, 3, M, 1, 1, True, rng)
        found = linear_signal(network, random_input(network.N, rng))
        assert found.signal == pytest.approx(float(delocalised_signal(network.N)), rel=0.2)
        assert found.relative * np.sqrt(network.N) == pytest.approx(0.49 / 0.51 * 3**0.5, rel=0.2)
        assert found.frobenius == pytest.approx(np.sqrt(network.N), rel=1e-9)
    assert delocalised_signal(N) == sympy.sqrt(3) / sympy.sqrt(N)


def test_without_a_matrix_there_is_no_signal(rng):
    network = random_network(1, 3, 4, 1, 4, False, rng)
    with pytest.raises(ValueError, match="has no output block"):
        linear_signal(network, random_input(16, rng))
