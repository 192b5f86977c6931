"""Frequencies of losses: counted, and found by a transform."""

import numpy as np
import pytest
from scipy.stats import unitary_group

from bloqs.communication.model.fourier import (
    coefficients,
    equal_pauli_frequencies,
    frequencies,
    golomb_ruler,
    most_frequencies,
    separated_scales,
    value,
)


@pytest.mark.parametrize(
    ("entries", "layers", "count"),
    [(2, 1, 3), (2, 4, 81), (2, 5, 243), (3, 2, 49), (3, 3, 343), (4, 2, 169), (4, 3, 2197)],
)
def test_most(entries, layers, count):
    """(N(N - 1) + 1)**L, attained by rulers at scales that are kept apart."""
    scales = separated_scales(entries, layers)
    assert len(frequencies(scales)) == most_frequencies(entries, layers) == count


def test_fewer():
    """Equal layers share most of their sums: 2 L + 1 for one qubit, 25 of 169 for rulers."""
    for layers in range(1, 6):
        assert len(frequencies([(0, 1)] * layers)) == equal_pauli_frequencies(layers)
    assert len(frequencies([golomb_ruler(4)] * 2)) == 25
    assert golomb_ruler(5)[-1] == 11
    with pytest.raises(ValueError, match="1 to 6 marks, got 7"):
        golomb_ruler(7)


@pytest.mark.parametrize(("entries", "layers"), [(2, 3), (4, 1), (4, 2)])
def test_transform(entries, layers):
    """Random blocks have all frequencies and no other; the series gives the loss."""
    rng, scales = np.random.default_rng(layers), separated_scales(entries, layers)
    blocks = [unitary_group.rvs(entries, random_state=rng) for _ in range(layers + 1)]
    found = coefficients(blocks, scales)
    assert tuple(sorted(found)) == frequencies(scales)
    for x in (0.3, 2.0):
        series = sum(c * np.exp(1j * w * x) for w, c in found.items())
        assert series == pytest.approx(value(blocks, scales, x), abs=1e-9)
    with pytest.raises(ValueError, match="blocks, got"):
        value(blocks[1:], scales, 0.0)


def test_the_last_data_need_a_block_after():
    """Phases that nothing follows drop out."""
    blocks = [unitary_group.rvs(2, random_state=np.random.default_rng(1)), np.eye(2)]
    assert set(coefficients(blocks, [(0, 1)])) == {0}
