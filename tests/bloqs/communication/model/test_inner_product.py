"""The loss is the parity of all strings."""

import itertools

import numpy as np
import pytest

from bloqs.communication.model.evaluate import loss
from bloqs.communication.model.inner_product import (
    inner_product_model,
    least_qubits,
    string_length,
)


@pytest.mark.parametrize(("qubits", "layers"), [(2, 1), (2, 3), (3, 2)])
def test_all_strings(qubits, layers):
    """Every pair, in 2 L - 1 messages."""
    m = string_length(qubits, layers)
    for a, b in itertools.product(itertools.product((0, 1), repeat=m), repeat=2):
        model = inner_product_model(qubits, a, b)
        assert loss(model) == pytest.approx((-1) ** np.dot(a, b), abs=1e-12)
        assert model.parameters == 0
    assert model.outline.sends == 2 * layers - 1
    assert least_qubits(qubits, layers) == (m + 1) // 2 <= model.outline.sends * qubits


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: inner_product_model(1, [1], [1]), "n >= 2 qubits, got 1"),
        (lambda: inner_product_model(3, [1, 0, 1], [1, 0, 1]), r"= 2 L bits, got 3 and 3"),
        (lambda: inner_product_model(2, [1, 2], [1, 0]), "bits 0 and 1"),
    ],
)
def test_refusals(make, message):
    with pytest.raises(ValueError, match=message):
        make()
