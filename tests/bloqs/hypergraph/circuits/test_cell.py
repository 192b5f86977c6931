"""A cell acts on the places that it names, and is as wide as it says."""

from itertools import product

import numpy as np
import pytest
import sympy

from bloqs.hypergraph.circuits.cell import HRNNCell
from bloqs.hypergraph.symbols import k, m, n, weight
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting


def signs(bloq):
    size = 2 ** bloq.signature.n_qubits()
    return Runner.of(bloq).run(np.full(size, size**-0.5)) * size**0.5


def test_an_edge_is_written_where_it_is_named():
    found = signs(HRNNCell(4, "W", (3, 0, 2)))
    wanted = [(-1) ** (x[3] & x[0] & x[2]) for x in product((0, 1), repeat=4)]
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def test_bit_zero_of_a_mode_is_the_constant_term():
    """Tr(x y) of F_4 with Tr(1) = 0 and Tr(a) = Tr(a**2) = 1, on modes 2 and 0 of three."""
    found = signs(HRNNCell(3, "W", (2, 0), m=2))
    wanted = [
        (-1) ** (x[0] & z[1] ^ x[1] & z[0] ^ x[1] & z[1])
        for x, _, z in product(product((0, 1), repeat=2), repeat=3)
    ]
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def test_the_inverse_of_a_trained_write():
    cell = HRNNCell(3, "W", (0, 2), theta=0.7, is_trainable=True)
    np.testing.assert_allclose(signs(cell) * signs(cell.adjoint()), 1, atol=1e-12)
    with pytest.raises(ValueError, match="chosen by a token, so it has no control"):
        cell.controlled()


@pytest.mark.parametrize(
    ("symbolic", "concrete"),
    [
        (
            HRNNCell(n, "W", None, weight=weight, m=m, k=k),
            lambda size, order: HRNNCell(size, "W", tuple(range(order)), weight=3, m=2),
        ),
        (
            HRNNCell(n, "W", None, k=k),
            lambda size, order: HRNNCell(size, "W", tuple(range(order))),
        ),
        (
            HRNNCell(n, "MK", None, k=k),
            lambda size, order: HRNNCell(size, "MK", tuple(range(order))),
        ),
        (
            HRNNCell(n, "MP", None, k=k),
            lambda size, order: HRNNCell(size, "MP", tuple(range(order)), "X" * order),
        ),
    ],
)
def test_symbols_and_numbers_say_the_same(symbolic, concrete):
    stated = cost_by_annotation(symbolic)
    for size, order in ((3, 2), (5, 3), (6, 4)):
        at = stated.subs({n: size, k: order, m: 2, weight: 3})
        found = cost_by_counting(concrete(size, order))
        for column in ("toffoli", "measurements", "qubits", "rotations", "t"):
            assert sympy.sympify(getattr(at, column)) == getattr(found, column), column


def test_two_hundred_modes_cost_no_more_than_five():
    gates = [cost_by_counting(HRNNCell(size, "MK", (0, 1, 2, 3))) for size in (5, 200)]
    assert gates[0].toffolis == gates[1].toffolis == 2
    assert [cost.qubits - size for cost, size in zip(gates, (5, 200), strict=True)] == [3, 3]
