"""The inner product in half as many qubits as bits."""

import itertools

import numpy as np
import pytest

from bloqs.communication.circuits.dense_coding import DenseCoding, PairCoding
from bloqs.communication.model.inner_product import least_qubits
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation


def bell(pairs):
    """Pairs, halves sent before halves kept, and an answer of zero."""
    state = np.eye(2**pairs).ravel() / 2 ** (pairs / 2)
    return np.kron(state, [1.0, 0.0])


@pytest.mark.parametrize("length", [1, 2, 3, 4])
@pytest.mark.parametrize("has_pairs", [True, False])
def test_strings(length, has_pairs):
    """Every pair, or of four bits every seventh, for certain; pairs from before or from zero."""
    pairs = (length + 1) // 2
    both = [*itertools.product(itertools.product((0, 1), repeat=length), repeat=2)]
    for a, b in both[:: 1 if length < 4 else 7]:
        bloq = DenseCoding(length, Private("Alice", a), Private("Bob", b), has_pairs=has_pairs)
        final = Runner.of(bloq).run(bell(pairs) if has_pairs else 0)
        one = np.sum(np.abs(final[1::2]) ** 2)
        assert one == pytest.approx(np.dot(a, b) % 2, abs=1e-9)


@pytest.mark.parametrize(("n", "layers"), [(2, 1), (4, 1), (3, 4), (6, 5)])
def test_as_few_qubits_as_there_can_be(n, layers):
    """ceil((n - 1) L/2), which the bound on exact protocols asks for."""
    m = (n - 1) * layers
    bloq = DenseCoding(m, Private("Alice", (1,) * m), Private("Bob", (1,) * m))
    assert cost_by_annotation(bloq).messages.qubits == least_qubits(n, layers)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: DenseCoding(3, Private("Alice", (1, 0))), "have 3 bits, got 2"),
        (lambda: DenseCoding(1, Private("Alice", (2,))), "bits 0 and 1"),
        (lambda: PairCoding(2, Private("Alice", (1, 0))), "2 pairs take 4 bits, got 2"),
    ],
)
def test_refusals(make, said):
    with pytest.raises(ValueError, match=said):
        make()
