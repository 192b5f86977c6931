"""CNOTs and depths of every example that states its CNOTs, as stated and as counted."""

import pytest
from qualtran import Bloq, BloqExample
from qualtran.resource_counting import get_cost_value

import bloqs
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.counted import flat_cnot_depth, flat_two_qubit_depth
from estimator.costs.gate_counts import cnots_stated
from estimator.costs.keys import CnotDepth, TwoQubitDepth
from estimator.discover import instances_of

EXAMPLES = {name: x.make() for name, x in instances_of(BloqExample, bloqs).items()}
STATING = {name: bloq for name, bloq in EXAMPLES.items() if cnots_stated(bloq) is not None}
WITH_CIRCUIT = {name: bloq for name, bloq in STATING.items() if isinstance(cnots_stated(bloq), int)
                and "symbolic" not in name}  # fmt: skip
HOMES = ("bloqs.contrastive.", "bloqs.gates.controlled_turn", "bloqs.gates.pair_turn",
         "bloqs.readout.destructive_swap_test")  # fmt: skip


def forms(bloq: Bloq) -> list[Bloq]:
    """The bloq, inverted and under a control too if it can be."""
    if hasattr(bloq, "decompose_from_registers"):
        return [bloq]
    plain = [bloq, bloq.adjoint()]
    if any(register.name == "ctrl" for register in bloq.signature):
        return plain  # a second control is Qualtran's, which states nothing
    return [*plain, bloq.controlled(), bloq.controlled().adjoint()]


@pytest.mark.parametrize("name", WITH_CIRCUIT)
def test_stated_is_counted(name):
    """CNOTs exactly; depths are not below those of the packed circuit."""
    for form in forms(WITH_CIRCUIT[name]):
        assert cost_by_annotation(form).cnots == cost_by_counting(form).cnots
        assert circuit_of(form).operations
        assert flat_cnot_depth(form) <= get_cost_value(form, CnotDepth())
        assert flat_two_qubit_depth(form) <= get_cost_value(form, TwoQubitDepth())


def test_where_cnots_are_not_stated_there_is_no_number():
    """Absent, not zero: other call graphs leave Clifford gates out, or Qualtran miscounts them."""
    stating = {name for name in EXAMPLES if name.startswith(HOMES)}
    assert set(STATING) == stating
    assert len(EXAMPLES) - len(STATING) > 300
    silent = [bloq for name, bloq in EXAMPLES.items() if name not in STATING][::25]
    assert all(cost_by_annotation(bloq).cnots is None for bloq in silent)
