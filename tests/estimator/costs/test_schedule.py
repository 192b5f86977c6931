import cirq
import pytest
from attrs import frozen
from qualtran import Bloq, GateWithRegisters, QAny, QBit, Register, Side, Signature
from qualtran.bloqs.basic_gates import Toffoli, XGate
from qualtran.bloqs.bookkeeping import Allocate, Free
from qualtran.bloqs.chemistry.hubbard_model.qubitization.select_hubbard import (
    HubbardMajorannaOperator,
)
from qualtran.symbolics import SymbolicInt

from estimator.costs.schedule import schedule_of
from estimator.symbols import n


@frozen
class TwoFlags(GateWithRegisters):
    """Two work qubits allocated together, the second touched after the first is done."""

    measured: bool

    @property
    def signature(self):
        return Signature.build(x=1)

    def decompose_from_registers(self, *, context, x):
        first, second = context.qubit_manager.qalloc(2)
        correction = cirq.measure(first, key="m"), cirq.X(*x).with_classical_controls("m")
        return [
            cirq.CNOT(*x, first),
            correction if self.measured else (),
            cirq.CNOT(*x, second),
            cirq.Z(*x),
        ]


@frozen
class OneOfTwo(GateWithRegisters):
    """Takes two qubits in, gives neither back, and touches one of them alone."""

    @property
    def signature(self):
        return Signature([Register("x", QAny(2), side=Side.LEFT)])

    def decompose_from_registers(self, *, context, x):
        return [cirq.H(x[0])]


def live_after_each_step(schedule):
    live, history = set(schedule.takes), []
    for step in schedule.steps:
        assert set(step.takes) <= live
        live = live - set(step.takes) | set(step.gives)
        history.append(len(live))
    assert live == set(schedule.gives)
    return history


def test_work_qubits_live_from_first_to_last_use():
    """Also when the manager hands them out early and never hears of them again."""
    schedule = schedule_of(TwoFlags(measured=True))
    kinds = [type(step.bloq) for step in schedule.steps]
    assert [kinds.index(Allocate), kinds.count(Allocate), kinds.count(Free)] == [0, 2, 2]
    assert live_after_each_step(schedule) == [2, 2, 2, 1, 1, 2, 2, 1, 1]
    assert XGate() in [step.bloq for step in schedule.steps]  # under its classical control


def test_a_qubit_that_nothing_touches_is_freed_at_once():
    """The other one after the last that happens to it."""
    schedule = schedule_of(OneOfTwo())
    assert schedule.steps[0].bloq == Free(QBit())
    assert live_after_each_step(schedule)[0] == 1


def test_the_adjoint_runs_backwards():
    forwards = schedule_of(TwoFlags(measured=False))
    assert live_after_each_step(forwards) == [2, 2, 1, 2, 2, 1, 1]
    assert live_after_each_step(forwards.adjoint()) == [1, 2, 2, 1, 2, 2, 1]
    bloqs = [step.bloq for step in forwards.steps]
    assert [step.bloq.adjoint() for step in forwards.adjoint().steps] == bloqs[::-1]


def test_a_sub_circuit_is_one_step_even_where_its_author_inlines_it():
    assert len(schedule_of(HubbardMajorannaOperator(4, 4)).steps) == 1
    assert len(HubbardMajorannaOperator(4, 4).decompose_bloq().bloq_instances) > 100


def test_an_atomic_bloq_has_no_schedule():
    assert schedule_of(Toffoli()) is None
    assert schedule_of(Toffoli().adjoint().controlled()) is not None  # Toffoli's own control


@frozen
class Fussy(Bloq):
    """Whatever the size, its circuit cannot be built."""

    bits: SymbolicInt

    @property
    def signature(self):
        return Signature.build(x=self.bits)

    def build_composite_bloq(self, bb, x):
        raise ValueError(f"Fussy has no circuit for {self.bits} bits")


def test_only_symbolic_sizes_excuse_a_failing_circuit(monkeypatch):
    assert schedule_of(Fussy(n)) is None
    assert schedule_of(Fussy(3)) is None  # somebody else's
    monkeypatch.setattr(Fussy, "__module__", "bloqs.fussy")
    assert schedule_of(Fussy(n)) is None
    with pytest.raises(ValueError, match="Fussy has no circuit for 3 bits"):
        schedule_of(Fussy(3))
