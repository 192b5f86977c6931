"""The ideal memory: queries, no gates, no circuit."""

import numpy as np
import pytest
from qualtran import DecomposeTypeError
from qualtran.resource_counting import get_cost_value

from bloqs.data_loading.ideal_qram import IdealQRAM
from bloqs.data_loading.load_table import LoadTable
from bloqs.data_loading.unary_iteration import UnaryIteration
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.costs.keys import QueryDepth, TDepth, ToffoliDepth


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize(("a", "b"), [(1, 1), (3, 2), (symbols.a, symbols.b)])
def test_costs_one_query(a, b, is_controlled):
    """Its registers and one call; load and unload are one call each."""
    bloq = IdealQRAM(None, a, b, is_controlled)
    assert cost_by_annotation(bloq) == Cost(qubits=a + b + int(is_controlled), queries={"QRAM": 1})
    for half in (LoadTable(bloq), LoadTable(bloq).adjoint()):
        assert cost_by_annotation(half) == cost_by_annotation(bloq)


@pytest.mark.parametrize(("a", "b"), [(3, 2), (symbols.a, symbols.b)])
def test_query_depth_is_one_and_gate_depth_none(a, b):
    """Only for the oracle of this name."""
    bloq = IdealQRAM(None, a, b)
    assert get_cost_value(bloq, QueryDepth("QRAM")) == 1
    assert get_cost_value(LoadTable(bloq), QueryDepth("QRAM")) == 1
    assert get_cost_value(bloq, QueryDepth("another")) == 0
    assert get_cost_value(bloq, ToffoliDepth()) == get_cost_value(bloq, TDepth()) == 0


def test_has_no_circuit():
    """Nobody can count what nobody has built."""
    with pytest.raises(DecomposeTypeError):
        cost_by_counting(IdealQRAM((0, 1, 2, 3), 2, 2))


@pytest.mark.parametrize("is_controlled", [False, True])
def test_tensors_are_those_of_a_circuit_with_the_same_table(is_controlled):
    """Of which it is the oracle."""
    table = (3, 0, 1, 2)
    oracle = IdealQRAM(table, 2, 2, is_controlled)
    circuit = UnaryIteration(table, 4, 2, is_controlled)
    np.testing.assert_allclose(oracle.tensor_contract(), circuit.tensor_contract(), atol=1e-9)


def test_without_a_table_there_is_no_number():
    with pytest.raises(NotImplementedError, match="not classically simulable"):
        IdealQRAM(None, 2, 2).call_classically(address=0, target=0)


@pytest.mark.parametrize(
    ("table", "a", "message"),
    [
        (None, 0, "IdealQRAM needs address_bitsize >= 1, got 0"),
        ((1, 2, 3), 2, "table must have 4 entries, got 3"),
        ((1, 2, 3, 4), 2, "table entry 4 does not fit into 2 bits"),
    ],
)
def test_refuses_impossible_tables(table, a, message):
    with pytest.raises(ValueError, match=message):
        IdealQRAM(table, a, bitsize=2)
