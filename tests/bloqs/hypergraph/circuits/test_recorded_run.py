"""A run has the record, its probability and the state, and leaves no work qubit dirty."""

import cirq
import numpy as np
import pytest
from attrs import frozen
from qualtran import QAny, Register, Signature

from bloqs.hypergraph.circuits.matching_query import ShiftQuery
from bloqs.hypergraph.circuits.pauli_read import PauliRead
from bloqs.hypergraph.circuits.read import AbstractRead
from bloqs.hypergraph.circuits.recorded_run import RecordedRun


def run_recorded(bloq, start, seed):
    """A run whose record is drawn with the probabilities of the state."""
    random = np.random.default_rng(seed)
    return RecordedRun(bloq).run(start, lambda zero: int(random.random() >= zero), seed)


def replay_recorded(bloq, start, record):
    """The run with a given record."""
    left = iter(record)
    return RecordedRun(bloq).run(start, lambda _: next(left))


def test_a_bell_pair():
    """ZZ then XX of |0+>: fair coins, then the pair that they name."""
    start = np.array([1, 1, 0, 0]) / 2**0.5
    zz = replay_recorded(PauliRead("ZZ"), start, [1])
    assert (zz.record, zz.probability) == ((1,), pytest.approx(0.5))
    np.testing.assert_allclose(zz.state, [0, 1, 0, 0], atol=1e-12)
    xx = replay_recorded(PauliRead("XX"), zz.state, [1])
    assert xx.probability == pytest.approx(0.5)
    np.testing.assert_allclose(np.abs(xx.state) ** 2, [0, 0.5, 0.5, 0], atol=1e-12)
    assert xx.state[1] == pytest.approx(-xx.state[2])
    never = replay_recorded(PauliRead("XX"), xx.state, [0])
    assert (never.record, never.probability, never.state) == ((0,), 0.0, None)


def test_records_come_as_often_as_they_should():
    start = np.array([3, 4]) / 5
    ones = sum(run_recorded(PauliRead("Z"), start, seed).record[0] for seed in range(200))
    assert 0.5 < ones / 200 < 0.78
    again = [run_recorded(ShiftQuery(3, (0, 2)), np.ones(8) / 8**0.5, 7).record for _ in range(2)]
    assert again[0] == again[1]


@frozen
class Stale(AbstractRead):
    """A read that does not put its ancilla back to zero."""

    @property
    def reads(self):
        return 1

    @property
    def signature(self):
        return Signature([Register("qubits", QAny(1))])

    def operations(self, manager, **quregs):
        (ancilla,) = manager.qalloc(1)
        yield cirq.X(ancilla)
        yield cirq.CNOT(quregs["qubits"][0], ancilla)
        yield cirq.measure(ancilla, key="read 0")
        manager.qfree([ancilla])


def test_a_stale_ancilla_is_caught():
    with pytest.raises(AssertionError, match="leaves its work qubits dirty by 1"):
        replay_recorded(Stale(), np.array([1, 0]), [1])
