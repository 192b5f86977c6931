"""Flattened circuits act like the bloqs they come from, on qubits nobody else is using."""

from itertools import product

import cirq
import numpy as np
import pytest
from attrs import frozen
from qualtran import Bloq, BloqBuilder, DecomposeTypeError, QUInt, Signature
from qualtran.bloqs.arithmetic import Add, AddK, Negate, Xor
from qualtran.bloqs.arithmetic.controlled_addition import CAdd
from qualtran.bloqs.basic_gates import (
    CNOT,
    Hadamard,
    Rx,
    Ry,
    Rz,
    SGate,
    Swap,
    TGate,
    Toffoli,
    TwoBitCSwap,
    TwoBitSwap,
    XGate,
    ZPowGate,
)
from qualtran.bloqs.data_loading.qrom import QROM
from qualtran.bloqs.data_loading.select_swap_qrom import SelectSwapQROM
from qualtran.bloqs.mcmt import And, MultiControlX
from qualtran.bloqs.rotations.phase_gradient import PhaseGradientState

from estimator.costs.circuit import circuit_of
from estimator.costs.gate_sets import is_countable, is_elementary
from estimator.costs.live_qubits import LiveQubits
from estimator.symbols import n


@frozen
class Crossed(Bloq):
    """Returns its two qubits under each other's name, after a CNOT: relabelled wires."""

    @property
    def signature(self):
        return Signature.build(x=1, y=1)

    def build_composite_bloq(self, bb, x, y):
        x, y = bb.add(CNOT(), ctrl=x, target=y)
        return {"x": y, "y": x}

    def call_classically(self, x, y):
        return (x ^ y, x)


@frozen
class AndThenForget(Bloq):
    """Target gains x AND y by way of a work qubit, twice over, so that work qubits come back."""

    @property
    def signature(self):
        return Signature.build(x=1, y=1, target=1)

    def build_composite_bloq(self, bb, x, y, target):
        for _ in range(3):
            (x, y), work = bb.add(And(), ctrl=[x, y])
            work, target = bb.add(CNOT(), ctrl=work, target=target)
            x, y = bb.add(And().adjoint(), ctrl=[x, y], target=work)
        return {"x": x, "y": y, "target": target}

    def call_classically(self, x, y, target):
        return (x, y, target ^ (x & y))


@frozen
class Twice(Bloq):
    """Three ANDs in work qubits, of which two are alive together once a first one was freed."""

    @property
    def signature(self):
        return Signature.build(x=1, y=1, z=1, target=1)

    def build_composite_bloq(self, bb, x, y, z, target):
        (x, y), first = bb.add(And(), ctrl=[x, y])
        x, y = bb.add(And().adjoint(), ctrl=[x, y], target=first)
        (x, y), both = bb.add(And(), ctrl=[x, y])
        (both, z), three = bb.add(And(), ctrl=[both, z])
        three, target = bb.add(CNOT(), ctrl=three, target=target)
        both, z = bb.add(And().adjoint(), ctrl=[both, z], target=three)
        x, y = bb.add(And().adjoint(), ctrl=[x, y], target=both)
        return {"x": x, "y": y, "z": z, "target": target}

    def call_classically(self, x, y, z, target):
        return (x, y, z, target ^ (x & y & z))


@frozen
class LoadAndKeep(Bloq):
    """A right register made of an AND, a left register freed into it: sides and order."""

    @property
    def signature(self):
        return And().signature

    def build_composite_bloq(self, bb, ctrl):
        ctrl, target = bb.add(And(1, 0), ctrl=ctrl)
        ctrl, again = bb.add(And(0, 1), ctrl=ctrl)
        again, target = bb.add(CNOT(), ctrl=again, target=target)
        ctrl = bb.add(And(0, 1).adjoint(), ctrl=ctrl, target=again)
        return {"ctrl": ctrl, "target": target}

    def call_classically(self, ctrl):
        return ctrl, int(ctrl[0] ^ ctrl[1])


QROM_DATA = [3, 1, 0, 2, 2, 7]
CLASSICAL = {
    "Add": Add(QUInt(3)),
    "Add-mixed": Add(QUInt(2), QUInt(3)),
    "CAdd": CAdd(QUInt(2), cv=1),
    "CAdd-zero": CAdd(QUInt(2), cv=0),
    "AddK": AddK(QUInt(3), 5),
    "Xor": Xor(QUInt(2)),
    "MultiControlX": MultiControlX((1, 0, 1, 1)),
    "And": And(),
    "And-inverse": And().adjoint(),
    "Toffoli": Toffoli(),
    "CSWAP": TwoBitCSwap(),
    "Swap": Swap(2),
    "QROM": QROM.build_from_data(QROM_DATA),
    "QROM-controlled": QROM.build_from_data([1, 2, 3], num_controls=1),
    "SelectSwapQROM": SelectSwapQROM.build_from_data([1, 2, 3, 0], log_block_sizes=(1,)),
    "Crossed": Crossed(),
    "Crossed-twice": Crossed().adjoint(),
    "AndThenForget": AndThenForget(),
    "Twice": Twice(),
    "LoadAndKeep": LoadAndKeep(),
}
UNITARY = {
    "Rz": Rz(0.3).controlled(),
    "Ry": Ry(0.7).controlled(),
    "Rx": Rx(0.9).controlled(),
    "ZPow": ZPowGate(0.3).controlled(),
    "T": TGate().controlled(),
    "S": SGate().controlled(),
    "H": Hadamard().controlled(),
    "Swap": TwoBitSwap().controlled(),
    "X": XGate().controlled(),
    "Crossed": Crossed(),
    "PhaseGradient": PhaseGradientState(3),
    "PhaseGradient-inverse": PhaseGradientState(3).adjoint(),
    "Xor": Xor(QUInt(2)),
}
PEAKS = {  # registers, and the ANDs that are alive together, counted by hand
    "Add": (Add(QUInt(4)), 4 + 4 + 3),  # carries into bits 1, 2, 3
    "Toffoli": (Toffoli(), 3),
    "And": (And(), 3),
    "And-inverse": (And().adjoint(), 3),
    "QROM": (QROM.build_from_data(list(range(8))), 3 + 3 + 2),  # a tree three deep, root not forked
    "AndThenForget": (AndThenForget(), 3 + 1),
    "Twice": (Twice(), 4 + 2),
    "LoadAndKeep": (LoadAndKeep(), 2 + 2),
    "Crossed": (Crossed(), 2),
    "gradient": (PhaseGradientState(5), 5),
    "MultiControlX": (MultiControlX((1, 1, 1, 1)), 5 + 3),  # ANDs of 2, 3 and 4 controls
}


def each(bloqs):
    return pytest.mark.parametrize("bloq", bloqs.values(), ids=bloqs.keys())


def final_state(circuit, start, seed=0):
    """Amplitudes of the outputs, after checking that every other qubit is in zero."""
    order = [*circuit.inputs, *sorted({*circuit.outputs, *circuit.work} - set(circuit.inputs))]
    initial = start << (len(order) - len(circuit.inputs))
    end = cirq.Simulator(seed=seed, dtype=np.complex128).simulate(
        cirq.Circuit(circuit.operations), qubit_order=order, initial_state=initial
    )
    tensor = end.final_state_vector.reshape((2,) * len(order))
    outputs = [order.index(qubit) for qubit in circuit.outputs]
    rest = [k for k in range(len(order)) if k not in outputs]
    table = np.transpose(tensor, outputs + rest).reshape(2 ** len(outputs), -1)
    np.testing.assert_allclose(table[:, 1:], 0, atol=1e-9)
    return table[:, 0]


def values(registers, bits):
    """Register values, as `call_classically` takes and gives them, of a big-endian number."""
    found = {}
    for reg in registers:
        shape = (*reg.shape, reg.bitsize)
        size = int(np.prod(shape))
        digits, bits = np.array(bits[:size]).reshape(shape), bits[size:]
        number = digits @ (2 ** np.arange(reg.bitsize)[::-1])
        found[reg.name] = number if reg.shape else int(number)
    return found


def joined(registers, given):
    """The big-endian number that register values spell."""
    bits = ""
    for reg in registers:
        for value in np.asarray(given[reg.name]).reshape(-1):
            bits += format(int(value) % 2**reg.bitsize, f"0{reg.bitsize}b")
    return int(bits or "0", 2)


@each(CLASSICAL)
def test_circuit_acts_like_the_bloq(bloq):
    """On every basis state, whatever is measured, the circuit does what the bloq says."""
    circuit = circuit_of(bloq)
    lefts, rights = list(bloq.signature.lefts()), list(bloq.signature.rights())
    assert all(is_elementary(op) for op in circuit.operations)
    for bits in product((0, 1), repeat=len(circuit.inputs)):
        given = values(lefts, bits)
        if "QROM" in str(type(bloq)) and given["selection"] >= bloq.data_shape[0]:
            continue
        if "QROM" in str(type(bloq)) and any(v for k, v in given.items() if "target" in k):
            continue
        if bloq == And().adjoint() and given["target"] != given["ctrl"].prod():
            continue
        wanted = bloq.call_classically(**given)
        wanted = dict(zip([reg.name for reg in rights], wanted, strict=True))
        start = int("".join(map(str, bits)), 2)
        for seed in range(2):
            end = final_state(circuit, start, seed)
            assert abs(end[joined(rights, wanted)]) == pytest.approx(1, abs=1e-9)


@each(UNITARY)
def test_circuit_acts_like_the_tensor(bloq):
    """The matrix of the circuit, column by column, is the bloq's tensor."""
    circuit = circuit_of(bloq)
    assert all(is_elementary(op) for op in circuit.operations)
    wanted = np.atleast_1d(bloq.tensor_contract())
    lefts, rights = len(circuit.inputs), len(circuit.outputs)
    wanted = wanted.reshape(2**rights, 2**lefts)
    if rights < lefts:  # frees what is in a known state: nothing is claimed of other inputs
        start = np.conj(wanted[0])
        order = list(circuit.inputs)
        end = cirq.Circuit(circuit.operations).final_state_vector(
            initial_state=start / np.linalg.norm(start), qubit_order=order, dtype=np.complex128
        )
        assert abs(end[0]) == pytest.approx(1, abs=1e-7)
        return
    found = np.stack([final_state(circuit, x) for x in range(2**lefts)], axis=1)
    overlap = np.trace(found.conj().T @ wanted)
    np.testing.assert_allclose(found * overlap / abs(overlap), wanted, atol=1e-7)


@each({name: bloq for name, (bloq, _) in PEAKS.items()})
def test_peak_is_the_hand_count(bloq, request):
    """The most qubits in use at once are the registers and the work qubits drawn by hand."""
    wanted = {id(each): peak for each, peak in PEAKS.values()}[id(bloq)]
    assert circuit_of(bloq, is_countable).peak == wanted


def test_work_qubits_are_told_apart(rng):
    """Whatever is allocated and freed in whatever order, no two qubits in use are the same."""
    manager = LiveQubits(in_use=3)
    live, most = [], 3
    for _ in range(300):
        if live and rng.random() < 0.45:
            gone = [live.pop(rng.integers(len(live))) for _ in range(rng.integers(len(live)) + 1)]
            manager.qfree(gone)
        else:
            live += manager.qalloc(int(rng.integers(1, 4)))
        assert len(set(live)) == len(live)
        most = max(most, 3 + len(live))
        assert manager.peak == most


@each(CLASSICAL | {name: bloq for name, (bloq, _) in PEAKS.items()})
def test_no_qubit_is_handed_out_twice(bloq):
    """Between an AND and its uncomputation, nobody else is given the AND's qubit.

    The AND's target is fresh when computed and gone when uncomputed, so replaying the circuit
    with a list of live qubits must never find one made twice or used after it was given back.
    """
    for keep in (is_elementary, is_countable):
        circuit = circuit_of(bloq, keep)
        live = set(circuit.inputs)
        for op in circuit.operations:
            assert len(set(op.qubits)) == len(op.qubits), f"{keep=}"
            gate = op.without_classical_controls().gate
            if isinstance(gate, And):
                *controls, target = op.qubits
                assert set(controls) <= live | set(circuit.work), f"{keep=}"
                if gate.uncompute:
                    live.discard(target)
                else:
                    assert target not in live, f"{keep=}"
                    live.add(target)
            else:
                live |= set(op.qubits) & set(circuit.work)
                assert set(op.qubits) <= live | set(circuit.outputs), f"{keep=}"
        assert set(circuit.work).isdisjoint({*circuit.inputs, *circuit.outputs}), f"{keep=}"
        assert circuit.peak <= len({*circuit.inputs, *circuit.outputs, *circuit.work}), f"{keep=}"
        assert circuit.peak >= max(len(circuit.inputs), len(circuit.outputs)), f"{keep=}"


@pytest.mark.parametrize(
    ("bloq", "gate"),
    [
        (And(), And()),
        (And(0, 1), And(0, 1)),
        (And().adjoint(), And().adjoint()),
        (Toffoli(), cirq.CCNOT),
        (TwoBitCSwap(), cirq.CSWAP),
    ],
)
def test_counting_keeps_what_is_counted(bloq, gate):
    """AND, its uncomputation, Toffoli and CSWAP are one operation to count, several to run."""
    (op,) = circuit_of(bloq, is_countable).operations
    assert op.gate == gate
    assert len(circuit_of(bloq).operations) > 1


@pytest.mark.parametrize("controls", [3, 4, 5, 6])
def test_many_controls_become_ands(controls):
    """An X with k controls is k - 1 ANDs, or k - 2 and a Toffoli, and nothing larger."""
    circuit = circuit_of(MultiControlX((1,) * controls), is_countable)
    gates = [op.without_classical_controls().gate for op in circuit.operations]
    ands = sum(isinstance(gate, And) and not gate.uncompute for gate in gates)
    assert ands + gates.count(cirq.CCNOT) == controls - 1
    assert all(len(op.qubits) <= 3 for op in circuit.operations)


def test_relabelling_is_free_and_seen():
    """A register may come out on other qubits than it went in on; no gate does that."""
    circuit = circuit_of(Crossed())
    assert len(circuit.operations) == 1
    assert circuit.outputs == circuit.inputs[::-1]


def test_a_block_is_left_whole():
    """A class named in `blocks` becomes the gate given for it, on the qubits it was called on."""
    bb = BloqBuilder()
    x, y = bb.add_register("x", 1), bb.add_register("y", 1)
    y, x = bb.add(Crossed(), x=y, y=x)
    swap = cirq.MatrixGate(np.eye(4)[[0, 2, 1, 3]], name="block")
    circuit = circuit_of(bb.finalize(x=x, y=y), blocks={Crossed: lambda bloq: swap})
    (op,) = circuit.operations
    assert op.gate is swap
    assert op.qubits == circuit.inputs[::-1]


@pytest.mark.parametrize("bloq", [Add(QUInt(n)), PhaseGradientState(n), Negate(QUInt(n))])
def test_symbols_have_no_circuit(bloq):
    """A symbolic size is refused as Qualtran refuses it, and the bloq is named."""
    with pytest.raises(DecomposeTypeError, match=f"{type(bloq).__name__}.* has a symbolic size"):
        circuit_of(bloq)


@frozen
class Opaque(Bloq):
    """Neither gate nor circuit."""

    @property
    def signature(self):
        return Signature.build(x=2)


def test_a_bloq_without_a_circuit_is_refused_by_name():
    """What cannot be taken apart is named."""
    with pytest.raises(DecomposeTypeError, match="Opaque has no circuit and is not a gate"):
        circuit_of(Opaque())


def test_one_qubit_registers_stay_in_order():
    """Inputs and outputs follow the signature, most significant bit first."""
    bb = BloqBuilder()
    flag, number = bb.add_register("flag", 1), bb.add_register("number", 2)
    bits = bb.split(number)
    bits[0] = bb.add(XGate(), q=bits[0])
    circuit = circuit_of(bb.finalize(flag=flag, number=bb.join(bits, QUInt(2))))
    assert [q.name for q in circuit.inputs] == ["flag", "number0", "number1"]
    assert circuit.operations == (cirq.X(circuit.inputs[1]),)
