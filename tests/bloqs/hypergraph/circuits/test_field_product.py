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


def controlled(bloq, controls):
    """The bloq under so many controls, one after another."""
    for _ in range(controls):
        bloq = bloq.controlled()
    return bloq


@pytest.mark.parametrize("m", [1, 2, 3, pytest.param(4, marks=pytest.mark.slow)])
@pytest.mark.parametrize("controls", [0, 1, 2])
def test_all_products(m, controls):
    """Each basis state gets its product, which is measured away again from a superposition.

    Under a second control there is a product where both are, and as much is paid as is counted.
    """
    bloq = controlled(FieldProduct(m), controls)
    size = 2 ** (2 * m + controls)
    start = np.exp(1j * np.arange(size)) / size**0.5
    after = Runner.of(bloq).run(start)
    wanted = np.zeros((size, 2**m), dtype=complex)
    bits = [(0, 1)] * controls
    for number, (*on, x, y) in enumerate(product(*bits, range(2**m), range(2**m))):
        wanted[number, all(on) * multiplied(x, y, m)] = start[number]
    np.testing.assert_allclose(after, wanted.ravel(), atol=1e-12)
    freed = controlled(MeasuredFieldProduct(m), controls)
    for seed, undone in enumerate((freed, bloq.adjoint()) * 3):
        back = Runner.of(undone).run(after, seed)
        np.testing.assert_allclose(back, start, atol=1e-12)
    for form in (bloq, freed):
        assert cost_by_annotation(form) == cost_by_counting(form)


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
