"""The black box of what comes before: forms, calls, qubits, no circuit."""

import pytest
from qualtran import DecomposeTypeError
from qualtran.resource_counting import QubitCount

from bloqs.feedforward.circuits.earlier_vector import EarlierVector
from estimator.costs.cost import cost_by_annotation
from estimator.costs.depth import ToffoliDepth
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost

BOX = EarlierVector(3, 2, 1.5, 0.25, name="x", work=4)
FORMS = {"plain": BOX, "controlled": BOX.controlled(), "adjoint": BOX.adjoint()}


def test_forms():
    """Control and inverse in either order; a control is a qubit more; numbers stay."""
    controlled = BOX.controlled()
    assert (controlled.is_controlled, controlled.is_adjoint) == (True, False)
    assert BOX.adjoint().controlled() == BOX.controlled().adjoint() != BOX.controlled()
    assert BOX.adjoint().adjoint() == BOX
    assert [BOX.signature.n_qubits(), controlled.signature.n_qubits()] == [5, 6]
    for form in (BOX, controlled, BOX.adjoint()):
        assert (form.alpha, form.epsilon, form.name, form.work) == (1.5, 0.25, "x", 4)


@pytest.mark.parametrize(
    "form", [BOX, BOX.controlled(), BOX.adjoint()], ids=["plain", "controlled", "adjoint"]
)
def test_costs_one_call(form):
    cost = cost_by_annotation(form)
    assert cost.queries == {"earlier vector": 1}
    assert (cost.t, cost.toffoli, cost.rotations, cost.cswap) == (0, 0, 0, 0)
    assert known_cost(form, ToffoliDepth()) == 0
    qubits = 5 + 4 + form.is_controlled
    assert known_cost(form, PeakQubits()) == known_cost(form, QubitCount()) == qubits


def test_has_no_circuit():
    with pytest.raises(DecomposeTypeError, match="is an oracle: its calls are counted"):
        BOX.decompose_bloq()
    assert BOX.bloq_counts() == {}
