"""Products of all pairs, and their removal whatever is measured."""

from itertools import product

import numpy as np
import pytest

from bloqs.hypergraph.circuits.field_product import FieldProduct, MeasuredFieldProduct
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting

MODULUS = {1: [1, 0], 2: [1, 1, 1], 3: [1, 0, 1, 1], 4: [1, 0, 0, 1, 1]}
"""By m: the polynomial of the field, the highest power first."""


def multiplied(x, y, m):
    """Long division of polynomials with coefficients modulo 2."""
    bits = [[value >> (m - 1 - i) & 1 for i in range(m)] for value in (x, y)]
    rest = np.polymul(*bits) if m > 1 else np.array([x * y])
    _, rest = np.polydiv(np.atleast_1d(rest), MODULUS[m]) if m > 1 else (0, rest)
    return int(np.polyval(np.round(rest).astype(int) % 2, 2))


@pytest.mark.parametrize("m", [1, 2, 3, pytest.param(4, marks=pytest.mark.slow)])
@pytest.mark.parametrize("is_controlled", [False, True])
def test_all_products(m, is_controlled):
    """Each basis state gets its product, which is measured away again from a superposition."""
    bloq = FieldProduct(m, is_controlled)
    size = 2 ** (2 * m + is_controlled)
    start = np.exp(1j * np.arange(size)) / size**0.5
    after = Runner.of(bloq).run(start)
    wanted = np.zeros((size, 2**m), dtype=complex)
    controls = (0, 1) if is_controlled else (1,)
    for number, (on, x, y) in enumerate(product(controls, range(2**m), range(2**m))):
        wanted[number, on * multiplied(x, y, m)] = start[number]
    np.testing.assert_allclose(after, wanted.ravel(), atol=1e-12)
    for seed in range(4):
        back = Runner.of(bloq.adjoint()).run(after, seed)
        np.testing.assert_allclose(back, start, atol=1e-12)


@pytest.mark.parametrize(("m", "toffolis"), [(1, 1), (2, 3), (3, 6), (4, 9), (5, 15)])
def test_toffolis_by_both_routes(m, toffolis):
    for cost in (cost_by_annotation(FieldProduct(m)), cost_by_counting(FieldProduct(m))):
        assert (cost.toffolis, cost.qubits) == (toffolis, 3 * m)
    assert cost_by_counting(MeasuredFieldProduct(m)).toffolis == 0


def test_a_wrong_product_is_not_freed():
    with pytest.raises(ValueError, match="frees the product 1, got 2"):
        MeasuredFieldProduct(2).call_classically(x=2, y=3, product=2)
    assert MeasuredFieldProduct(2).call_classically(x=2, y=3, product=1) == (2, 3)


@pytest.mark.parametrize("m", [0, 6])
def test_unknown_fields_are_refused(m):
    with pytest.raises(ValueError, match=f"fields of 1 to 5 bits, got m={m}"):
        FieldProduct(m)
