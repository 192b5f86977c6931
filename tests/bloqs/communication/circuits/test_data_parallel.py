"""Halves of two parties become one state, up to the norm that was told."""

import numpy as np
import pytest

from bloqs.communication.circuits.data_parallel import BranchTree, DataParallel
from bloqs.communication.model.counts import data_parallel
from bloqs.communication.model.rounding import told_norm
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation


@pytest.mark.parametrize("n", [1, 2, 4])
def test_the_state_is_that_of_all_data(n, rng):
    one, two = rng.normal(size=(2, 2**n)) * [[3.0], [0.2]]
    bloq = DataParallel(n, Private("Alice", tuple(one)), Private("Bob", tuple(two)))
    whole = np.concatenate([one, two])
    np.testing.assert_allclose(Runner.of(bloq).run(0), whole / np.linalg.norm(whole), atol=1e-9)
    counts, found = data_parallel(n, 64), cost_by_annotation(bloq)
    assert (found.messages.qubits, found.messages.bits) == (counts.qubits, counts.bits)
    assert found.rounds == counts.rounds


@pytest.mark.parametrize("bits", [12, 15, 20])
def test_a_norm_of_few_bits_costs_half_its_error(bits, rng):
    """Distance eta/2 at most, eta = 2**-(bits - 11)."""
    worst = 0.0
    for _ in range(20):
        one, two = rng.normal(size=(2, 2))
        bloq = DataParallel(1, Private("A", tuple(one)), Private("B", tuple(two)), bits)
        whole = np.concatenate([one, two]) / np.hypot(*map(np.linalg.norm, (one, two)))
        worst = max(worst, np.linalg.norm(Runner.of(bloq).run(0) - whole))
    assert 0.02 * 2.0 ** (11 - bits) < worst <= 2.0 ** (11 - bits) / 2


@pytest.mark.parametrize("bits", [12, 20, 64])
def test_a_norm_is_told_within_its_bits(bits, rng):
    """As many values between powers of two as bits after the exponent tell apart."""
    norms = 10 ** rng.uniform(-6, 6, 300)
    told = np.array([told_norm(x, bits) for x in norms])
    assert np.max(np.abs(told / norms - 1)) <= 2.0 ** (10 - bits)
    near = {told_norm(1 + k / 300, bits) for k in range(300)}
    assert bits > 20 or len(near) <= 2 ** (bits - 11) + 1


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: DataParallel(1, Private("A", (1.0, 0.0, 0.0)), Private("B", (1, 1))), "got 3"),
        (lambda: DataParallel(1, Private("A", (0.0, 0.0)), Private("B", (1, 1))), "not all zero"),
        (lambda: DataParallel(1, Private("A", (1, 1)), Private("B", (1, 1)), 11), "least 12 bits"),
        (lambda: BranchTree(1, 2), "branches 0 and 1, got 2"),
        (lambda: told_norm(float("inf"), 64), "finite, got inf"),
    ],
)
def test_refusals(make, said):
    with pytest.raises(ValueError, match=said):
        make()
