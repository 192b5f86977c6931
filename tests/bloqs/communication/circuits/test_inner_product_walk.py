"""Layers add up the inner product."""

import itertools

import numpy as np
import pytest

from bloqs.communication.circuits.inner_product_walk import BitFlips, InnerProductWalk, ParityOf
from bloqs.communication.model.evaluate import output_state
from bloqs.communication.model.inner_product import inner_product_model
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner


@pytest.mark.parametrize(("qubits", "layers"), [(2, 1), (2, 3), (3, 2), (5, 1)])
def test_all_strings(qubits, layers):
    """Qubit 0 ends in the parity, the others in the last of Alice's bits; no phase but one."""
    m = (qubits - 1) * layers
    pairs = [*itertools.product(itertools.product((0, 1), repeat=m), repeat=2)]
    for a, b in pairs[:: max(1, len(pairs) // 40)]:
        found = Runner.of(InnerProductWalk.of(qubits, a, b)).run(0)
        place = int(np.dot(a, b)) % 2
        for bit in a[-(qubits - 1) :]:
            place = 2 * place + bit
        assert found[place] == pytest.approx(1, abs=1e-9)
        model = output_state(inner_product_model(qubits, a, b))
        assert abs(model[place]) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: InnerProductWalk.of(3, [1, 0, 1, 1], [1, 0, 1]), "got 4 and 3"),
        (lambda: InnerProductWalk.of(2, [1, 2], [1, 0]), "bits 0 and 1"),
        (
            lambda: InnerProductWalk(2, 3, Private("A", (1, 0)), Private("B", (1, 0))),
            "strings of 3 layers have 3 bits, got 2",
        ),
        (lambda: BitFlips(3, Private("A", (1,))), "3 qubits has 2 bits, got 1"),
        (lambda: ParityOf(3, Private("A", (1, 0)), number=2), "number=2"),
    ],
)
def test_refusals(make, said):
    with pytest.raises(ValueError, match=said):
        make()
