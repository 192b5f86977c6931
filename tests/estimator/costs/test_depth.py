"""Depths against chains of elementary gates found qubit by qubit in the flattened circuit."""

import cirq
import pytest
from attrs import frozen
from qualtran import Bloq, BloqBuilder, BQUInt, CtrlSpec, QInt, QUInt, Register, Signature
from qualtran.bloqs import arithmetic as ar
from qualtran.bloqs import basic_gates as gates
from qualtran.bloqs import mcmt
from qualtran.bloqs.arithmetic.sorting import Comparator
from qualtran.bloqs.block_encoding import LCUBlockEncoding
from qualtran.bloqs.chemistry.hubbard_model.qubitization import PrepareHubbard, SelectHubbard
from qualtran.bloqs.multiplexers.apply_gate_to_lth_target import ApplyGateToLthQubit
from qualtran.bloqs.state_preparation import PrepareUniformSuperposition
from qualtran.bloqs.swap_network import CSwapApprox, SwapWithZero
from qualtran.cirq_interop import BloqAsCirqGate, CirqGateAsBloq, get_named_qubits
from qualtran.resource_counting import GateCounts, QECGatesCost, get_cost_value
from qualtran.symbolics import HasLength

from estimator.costs.depth import T_DEPTH_PER_AND
from estimator.costs.keys import QueryDepth, TDepth, ToffoliDepth
from estimator.symbols import n

KNOWN = (mcmt.And, gates.Toffoli, gates.TwoBitCSwap)


def chain(operations, weight):
    """Weight of the heaviest path, two operations joined where they share a qubit."""
    ends = {}
    for operation in operations:
        end = max((ends.get(q, 0) for q in operation.qubits), default=0) + weight(operation)
        ends.update(dict.fromkeys(operation.qubits, end))
    return max(ends.values(), default=0)


def is_t(operation):
    return operation.gate in (cirq.T, cirq.T**-1)


def bloq_of(operation):
    gate = operation.gate
    return gate.bloq if isinstance(gate, BloqAsCirqGate) else gate


def toffolis(operation):
    gate = bloq_of(operation)
    if isinstance(gate, mcmt.And):
        return int(not gate.uncompute)
    return int(isinstance(gate, KNOWN) or gate in (cirq.CCX, cirq.CSWAP))


def flattened(bloq):
    registers = get_named_qubits(bloq.signature)
    return cirq.decompose(
        bloq.on_registers(**registers),
        keep=lambda op: (
            isinstance(bloq_of(op), KNOWN) or not isinstance(op.gate, Bloq | BloqAsCirqGate)
        ),
        on_stuck_raise=None,
        context=cirq.DecompositionContext(cirq.SimpleQubitManager()),
    )


def and_as_toffoli(controls, target, work):
    """A Toffoli from one AND and its measured uncomputation."""
    return [
        mcmt.And().on(*controls, work),
        cirq.CNOT(work, target),
        mcmt.And().adjoint().on(*controls, work),
    ]


def t_chain(operations):
    gates_only = cirq.decompose(
        operations,
        keep=lambda op: not isinstance(op.without_classical_controls().gate, Bloq),
        on_stuck_raise=None,
    )
    assert sum(map(is_t, gates_only)) == 4
    return chain(gates_only, is_t)


def test_t_depth_of_an_and_is_that_of_its_circuit():
    assert t_chain([mcmt.And().on(*cirq.LineQubit.range(3))]) == T_DEPTH_PER_AND
    assert get_cost_value(mcmt.And(), TDepth()) == T_DEPTH_PER_AND


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("swap", [False, True])
def test_t_depth_of_a_toffoli_is_that_of_an_and(swap, seed):
    """Four T suffice: the circuit acts as Toffoli, or as CSWAP, on every basis state."""
    x, y, z, work = cirq.LineQubit.range(4)
    around = [cirq.CNOT(z, y)] if swap else []
    circuit = [*around, *and_as_toffoli((x, y), z, work), *around]
    assert t_chain(circuit) == T_DEPTH_PER_AND
    bloq = gates.TwoBitCSwap() if swap else gates.Toffoli()
    assert get_cost_value(bloq, TDepth()) == T_DEPTH_PER_AND
    run = cirq.Circuit(cirq.decompose(circuit))
    for state in range(8):
        bits = [state >> 2, state >> 1 & 1, state & 1]
        if swap:
            image = [bits[0], *(bits[:0:-1] if bits[0] else bits[1:])]
        else:
            image = [bits[0], bits[1], bits[2] ^ (bits[0] & bits[1])]
        expected = 2 * (4 * image[0] + 2 * image[1] + image[2])
        final = cirq.Simulator(seed=seed).simulate(
            run, qubit_order=[x, y, z, work], initial_state=2 * state
        )
        assert abs(final.final_state_vector[expected]) == pytest.approx(1, abs=1e-5)


@frozen
class Row(Bloq):
    """Runs `gate` on each pair of neighbours in turn: the staircase or, `apart`, side by side."""

    gate: Bloq
    apart: bool

    @property
    def signature(self):
        return Signature([Register("q", QUInt(1), shape=(6,))])

    def build_composite_bloq(self, bb: BloqBuilder, q):
        for first in (0, 2, 4) if self.apart else (0, 1, 2, 3, 4):
            q[first : first + 2] = bb.add(self.gate, q=q[first : first + 2])
        return {"q": q}


@frozen
class Pair(Bloq):
    """A black box on two qubits, called `oracle`."""

    oracle: str

    @property
    def signature(self):
        return Signature([Register("q", QUInt(1), shape=(2,))])


TOFFOLI = {
    "AND": (mcmt.And(), 1),
    "AND backwards is a measurement": (mcmt.And().adjoint(), 0),
    "T": (gates.TGate(), 0),
    "Rz": (gates.Rz(0.1), 0),
    "cirq.CCZ": (CirqGateAsBloq(cirq.CCZ), 1),
    "one control, four swaps": (gates.CSwap(4), 4),
    "ladder of 5": (mcmt.MultiAnd((1, 1, 0, 1, 1)), 4),
    "ladder backwards": (mcmt.MultiAnd((1, 1, 0, 1, 1)).adjoint(), 0),
    "ladder under control": (mcmt.MultiAnd((1, 1, 1)).controlled(), 2),
    "adder": (ar.Add(QUInt(7)), 6),
    "adder backwards": (ar.Add(QUInt(7)).adjoint(), 6),
    "adder, symbolic": (ar.Add(QUInt(n)), n - 1),
    "ladder, symbolic": (mcmt.MultiAnd(HasLength(n)), n - 1),
    "power": (gates.Power(ar.Add(QUInt(7)), n), 6 * n),
    "four controls": (gates.XGate().controlled(CtrlSpec(cvs=(1, 1, 0, 1))), 3),
}


@pytest.mark.parametrize("name", TOFFOLI)
def test_toffoli_depth(name):
    bloq, expected = TOFFOLI[name]
    assert get_cost_value(bloq, ToffoliDepth()) == expected


T_GATES = {
    "T": (gates.TGate(), 1),
    "T backwards": (gates.TGate().adjoint(), 1),
    "eighth turn": (gates.ZPowGate(0.25), 1),
    "other turn": (gates.ZPowGate(0.3), 0),
    "S": (gates.SGate(), 0),
    "T on each of four": (gates.OnEach(4, gates.TGate()), 1),
    "adder": (ar.Add(QUInt(7)), 12),
    "swaps": (gates.CSwap(4), 8),
}


@pytest.mark.parametrize("name", T_GATES)
def test_t_depth(name):
    bloq, expected = T_GATES[name]
    assert get_cost_value(bloq, TDepth()) == expected


@frozen
class Told(Bloq):
    """States its depth and its gates; the circuit is an adder of six ANDs."""

    with_circuit: bool

    @property
    def signature(self):
        return Signature.build(x=7)

    def build_composite_bloq(self, bb, x):
        if not self.with_circuit:
            return super().build_composite_bloq(bb, x=x)
        return {"x": bb.add(ar.AddK(QUInt(7), 3), x=x)}

    def my_static_costs(self, cost_key):
        told = {ToffoliDepth: 3, QECGatesCost: GateCounts(t=5, and_bloq=1, cswap=2)}
        return told.get(type(cost_key), NotImplemented)


@pytest.mark.parametrize("with_circuit", [False, True])
def test_a_stated_depth_travels_through_wrappers(with_circuit):
    told = Told(with_circuit)
    for bloq in (told, told.adjoint(), told.controlled(), told.adjoint().controlled()):
        assert get_cost_value(bloq, ToffoliDepth()) == 3


def test_stated_gates_without_circuit_run_in_sequence():
    assert get_cost_value(Told(with_circuit=False), TDepth()) == 5 + 2 + 2 * 2
    assert get_cost_value(Told(with_circuit=True), TDepth()) == 6 * 2


QUERIES = {
    "leaf": (Pair("U"), 1),
    "backwards": (Pair("U").adjoint(), 1),
    "controlled": (Pair("U").controlled(CtrlSpec(cvs=(0, 1))), 1),
    "other oracle": (Pair("V"), 0),
    "side by side": (Row(Pair("U"), apart=True), 1),
    "staircase": (Row(Pair("U"), apart=False), 5),
    "staircase backwards": (Row(Pair("U"), apart=False).adjoint(), 5),
    "side by side on one control": (Row(Pair("U"), apart=True).controlled(), 3),
    "power": (gates.Power(Row(Pair("U"), apart=True), n), n),
}


@pytest.mark.parametrize("name", QUERIES)
def test_query_depth(name):
    bloq, expected = QUERIES[name]
    assert get_cost_value(bloq, QueryDepth("U")) == expected


CIRCUITS = [
    ApplyGateToLthQubit(Register("i", BQUInt(3, 6)), lambda _: cirq.Z, control_regs=()),
    Comparator(3),
    CSwapApprox(4),
    LCUBlockEncoding(SelectHubbard(2, 2), PrepareHubbard(2, 2, t=1, u=4)),
    PrepareUniformSuperposition(12),
    SelectHubbard(3, 3, control_val=1),
    SwapWithZero(3, 2, 5),
    ar.AddK(QUInt(4), 3).controlled(),
    ar.CAdd(QUInt(5)),
    ar.GreaterThan(4, 4),
    ar.HammingWeightCompute(7),
    ar.LessThanConstant(5, 3),
    ar.Negate(QInt(5)),
    ar.OutOfPlaceAdder(5),
    gates.CSwap(3),
    mcmt.MultiAnd((1,) * 6),
]


@pytest.mark.parametrize("bloq", CIRCUITS, ids=lambda bloq: type(bloq).__name__)
def test_blocks_bound_the_flattened_circuit(bloq):
    """Longest chain of the flattened circuit <= our depth <= all the gates in a row."""
    counts, circuit = get_cost_value(bloq, QECGatesCost()), flattened(bloq)
    serial = counts.and_bloq + counts.toffoli + counts.cswap
    assert chain(circuit, toffolis) <= get_cost_value(bloq, ToffoliDepth()) <= serial
    layers = chain(circuit, lambda op: is_t(op) + T_DEPTH_PER_AND * toffolis(op))
    assert 0 < layers <= get_cost_value(bloq, TDepth()) <= counts.t + T_DEPTH_PER_AND * serial


def test_blocks_do_not_overlap():
    """The bound is not tight: a second staircase could start two steps after the first."""
    stairs = Row(Pair("U"), apart=False)
    qubits = cirq.LineQubit.range(6)
    twice = 2 * [cirq.CZ(*qubits[first : first + 2]) for first in range(5)]
    assert chain(twice, lambda operation: 1) == 7
    assert get_cost_value(gates.Power(stairs, 2), QueryDepth("U")) == 10
