"""Both ways give every basis state the sign of its trace."""

from itertools import product

import numpy as np
import pytest
import sympy

from bloqs.hypergraph.circuits.field_hyperedge_phase import FieldHyperedgePhase, FieldWay
from bloqs.hypergraph.symbols import k, m, weight
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting

POWERS = {2: (1, 2, 3), 3: (1, 2, 4, 3, 6, 7, 5)}
"""By m: 1, a, a**2, ... until it begins again."""

TRACES = {2: (0, 1), 3: (1, 0, 0)}
"""By m: traces of 1, a, ..., by hand: x^2+x+1 has the trace 1, x^3+x+1 has none."""


def sign(c, numbers, bits):
    """By logarithms."""
    if 0 in numbers:
        return 1
    logs = sum(POWERS[bits].index(each) for each in (c, *numbers)) % (2**bits - 1)
    value = POWERS[bits][logs]
    return (-1) ** sum(TRACES[bits][i] for i in range(bits) if value >> i & 1)


CASES = [
    *((order, 2, c, way) for order in (2, 3, 4) for c in (1, 2, 3) for way in FieldWay),
    *((1, bits, c, way) for bits, c in ((2, 2), (3, 5)) for way in FieldWay),
    *((3, 3, c, way) for c in (1, 6) for way in FieldWay),
    (4, 3, 5, FieldWay.PRODUCT),
]


@pytest.mark.parametrize(("order", "bits", "c", "way"), CASES)
@pytest.mark.parametrize("is_controlled", [False, True])
def test_signs_of_all_basis_states(order, bits, c, way, is_controlled):
    if order * bits > 9 and is_controlled:
        bits, c = 2, 3
    bloq = FieldHyperedgePhase(order, bits, c, way, is_controlled=is_controlled)
    ranges = [range(2)] * is_controlled + [range(2**bits)] * order
    wanted = np.array(
        [
            1 if is_controlled and not each[0] else sign(c, each[is_controlled:], bits)
            for each in product(*ranges)
        ]
    )
    start = np.full(len(wanted), len(wanted) ** -0.5)
    for form, seed in ((bloq, 0), (bloq.adjoint(), 1)):
        np.testing.assert_allclose(
            Runner.of(form).run(start, seed), start * wanted, atol=1e-12, err_msg=str(form)
        )


@pytest.mark.parametrize(
    ("order", "bits", "toffolis"), [(3, 2, 3), (4, 3, 12), (5, 3, 18), (6, 3, 24), (7, 4, 45)]
)
def test_toffolis_of_the_product(order, bits, toffolis):
    """At the field that an order needs; by both routes."""
    bloq = FieldHyperedgePhase(order, bits)
    width = (2 * order - 2) * bits
    for cost in (cost_by_annotation(bloq), cost_by_counting(bloq)):
        assert (cost.toffolis, cost.qubits) == (toffolis, width)


@pytest.mark.parametrize(
    ("order", "bits", "least", "most"), [(3, 2, 5, 6), (4, 3, 72, 112), (5, 3, 348, 483)]
)
def test_ands_of_the_expansion(order, bits, least, most):
    """The cheapest and the dearest weight."""
    ands = [
        cost_by_annotation(FieldHyperedgePhase(order, bits, c, FieldWay.EXPANSION)).toffolis
        for c in range(1, 2**bits)
    ]
    assert (min(ands), max(ands)) == (least, most)


@pytest.mark.parametrize("way", FieldWay)
@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbols_and_numbers_say_the_same(way, is_controlled):
    symbolic = FieldHyperedgePhase(k, m, weight, way, is_controlled=is_controlled)
    stated = cost_by_annotation(symbolic)
    for order, bits, c in ((2, 1, 1), (3, 2, 3), (4, 2, 1), (3, 3, 6)):
        bloq = FieldHyperedgePhase(order, bits, c, way, is_controlled=is_controlled)
        found = cost_by_counting(bloq)
        at = stated.subs({k: order, m: bits, weight: c})
        for column in ("toffoli", "measurements", "qubits", "rotations", "t"):
            assert sympy.sympify(getattr(at, column)) == getattr(found, column), (str(bloq), column)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((0, 2), "at least one mode, got k=0"),
        ((3, 6), "fields of 1 to 5 bits, got m=6"),
        ((3, 2, 0), "from 1 to 3 in a field of 4, got c=0"),
        ((3, 2, 4), "from 1 to 3 in a field of 4, got c=4"),
    ],
)
def test_refusals(arguments, why):
    with pytest.raises(ValueError, match=why):
        FieldHyperedgePhase(*arguments)
