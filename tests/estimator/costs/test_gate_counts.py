"""Gates counted the fast way are those that Qualtran counts."""

import pytest
import sympy
from qualtran import (
    Bloq,
    BloqExample,
    CtrlSpec,
    DecomposeNotImplementedError,
    DecomposeTypeError,
    QUInt,
)
from qualtran.bloqs import basic_gates, bookkeeping
from qualtran.bloqs.arithmetic import Add, LessThanConstant
from qualtran.bloqs.basic_gates import (
    CNOT,
    DiscardQ,
    Hadamard,
    Rx,
    Rz,
    SGate,
    TGate,
    Toffoli,
    XPowGate,
    ZPowGate,
)
from qualtran.bloqs.data_loading.qroam_clean import _qroam_clean_multi_data
from qualtran.bloqs.data_loading.qrom import _qrom_symb
from qualtran.bloqs.data_loading.select_swap_qrom import _qroam_symb_dirty_1d, _qroam_symb_dirty_2d
from qualtran.bloqs.mcmt import And, MultiControlX, MultiTargetCNOT
from qualtran.bloqs.qft import QFTTextBook
from qualtran.resource_counting import GateCounts, QECGatesCost, get_cost_value

import bloqs
from estimator import symbols
from estimator.costs.gate_counts import (
    GATES,
    KINDS,
    callees_of,
    callees_or_none,
    cnots_stated,
)
from estimator.costs.keys import CnotCount
from estimator.discover import instances_of

QUALTRANS = (_qrom_symb, _qroam_symb_dirty_1d, _qroam_symb_dirty_2d, _qroam_clean_multi_data)
EXAMPLES = {
    **instances_of(BloqExample, bloqs),
    **{example.name: example for example in QUALTRANS},
}
ROTATIONS = (
    *(Rz(0.3), Rz(sympy.pi / 4), Rz(float(sympy.pi / 4)), Rx(float(sympy.pi / 2))),
    *(Rz(symbols.theta), ZPowGate(0.25), ZPowGate(0.1), ZPowGate(1.0), XPowGate(0.5)),
)
OTHERS = (
    *(And(), And(0, 1), And().adjoint(), MultiTargetCNOT(3), MultiControlX((1, 0, 1))),
    *(QFTTextBook(4), LessThanConstant(4, 5)),
)


def gates_without_arguments():
    """Every gate and bookkeeping bloq of Qualtran that can be made without saying more."""
    for module in (basic_gates, bookkeeping):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, Bloq):
                try:
                    yield kind()
                except TypeError:
                    continue


def with_wrappers(bloq):
    yield from (bloq, bloq.adjoint())
    if all(reg.side.name == "THRU" for reg in bloq.signature):
        yield bloq.controlled()
        yield bloq.controlled(CtrlSpec(cvs=(1, 0)))


def numbers(bloq, key):
    """The counts without Clifford gates, multiplied out; the refusal of a bloq without any."""
    try:
        counts = get_cost_value(bloq, key)
    except Exception as refusal:
        return type(refusal)
    return {kind: sympy.expand(getattr(counts, kind)) for kind in KINDS}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example(name):
    """By one sum for each kind of gate, and by Qualtran's sums of records."""
    bloq = EXAMPLES[name].make()
    assert numbers(bloq, GATES) == numbers(bloq, QECGatesCost())


def test_every_gate():
    """Plain, inverted and controlled; more than forty of them."""
    plain = [*gates_without_arguments(), *ROTATIONS, *OTHERS]
    assert len(plain) > 40
    for gate in plain:
        if isinstance(gate, DiscardQ):  # Qualtran cannot say what it costs: nothing
            assert set(numbers(gate, GATES).values()) == {0}
            continue
        for bloq in with_wrappers(gate):
            assert numbers(bloq, GATES) == numbers(bloq, QECGatesCost()), str(bloq)


def test_clifford_gates_are_left_out():
    assert get_cost_value(Hadamard(), QECGatesCost()) == GateCounts(clifford=1)
    assert get_cost_value(Hadamard(), GATES) == GateCounts()


def test_callees_are_looked_up_once():
    """Also by different keys; a bloq without a call graph raises, or calls nothing."""
    assert callees_of(QFTTextBook(5)) is callees_of(QFTTextBook(5))
    for gate in (TGate(), SGate()):
        with pytest.raises((DecomposeTypeError, DecomposeNotImplementedError)):
            callees_of(gate)
        assert callees_or_none(gate) == []


@pytest.mark.parametrize(
    ("bloq", "cnots"),
    [
        (CNOT(), 1),
        (CNOT().adjoint(), 1),
        (Hadamard(), 0),
        (Toffoli(), 0),
        (TGate(), 0),
        (Add(QUInt(3)), None),
        (MultiTargetCNOT(3), None),
    ],
)
def test_cnots_of_gates_are_known_and_those_of_call_graphs_are_not(bloq, cnots):
    """A single gate is counted inside a bloq that states; alone it states nothing."""
    assert get_cost_value(bloq, CnotCount()) == cnots
    assert cnots_stated(bloq) is None
