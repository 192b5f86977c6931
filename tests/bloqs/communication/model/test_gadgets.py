"""Both gadgets give 2 alpha or 0 by the hidden bit."""

import numpy as np
import pytest

from bloqs.communication.model.gadgets import graph_gadget, relative_value, signed_gadget
from bloqs.communication.model.matching_problem import HiddenMatching, Matching


@pytest.mark.parametrize("size", [4, 16, 32])
@pytest.mark.parametrize("share", [0.25, 0.5])
@pytest.mark.parametrize("bit", [0, 1])
def test_gadgets(size, share, bit):
    rng = np.random.default_rng(size)
    matching = Matching.of_share(size, share, rng)
    x = rng.integers(0, 2, size)
    w = [int(x[i] ^ x[j]) ^ bit for i, j in matching.edges]
    problem = HiddenMatching(x, matching, w)
    expected = 0.0 if bit else 2 * share
    q, data = signed_gadget(problem)
    assert data @ q @ data / size / np.linalg.norm(q, 2) == pytest.approx(expected, abs=1e-12)
    network = graph_gadget(problem)
    assert set(np.unique(network.adjacency)) <= {0.0, 1.0}
    assert relative_value(network, size) == pytest.approx(expected, abs=1e-12)
    assert network.values() == pytest.approx([expected * size], abs=1e-9)


def test_a_bit_is_needed():
    problem = HiddenMatching([0, 1], Matching(2, [(0, 1)]))
    with pytest.raises(ValueError, match="needs weights"):
        graph_gadget(problem)
