"""Models of two parties: every gradient from circuits, and what long protocols cost.

Gradients are those of layers of a block of Alice and a block of Bob, four Pauli rotations each, in
double precision. The peers shift every angle both ways, with a gate of their own for a rotation and
for the data; ours are made of the gates that each party runs, messages included. Messages are known
to ours alone: costs are compared with gates and qubits asked of Qualtran.
"""

from functools import partial
from importlib import import_module
from typing import Any

import cirq
import numpy as np
from qualtran import Bloq, BloqBuilder
from qualtran.resource_counting import QECGatesCost, QubitCount, get_cost_value

from benchmarks.benchmark import Benchmark, Case
from bloqs.communication.answers.gradient_runs import gradient_runs
from bloqs.communication.circuits.inference_shot import inference_shot_symbolic_example
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.counts import Variant
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.send import Send
from estimator.costs.cost import cost_by_annotation

SIZES = ((3, 1), (5, 3))
"""Qubits and layers of the models."""

GATES = 4
"""Trainable rotations of a block."""

MESSAGES = 800


def model(qubits: int, layers: int) -> PartyModel:
    """Rotations drawn at random, no identity among them."""
    rng = np.random.default_rng(qubits)
    blocks = []
    for owner in ("Alice", "Bob") * layers:
        rows = rng.integers(0, 4, (GATES, qubits))
        rows[~rows.any(axis=1), 0] = 1
        letters = ["".join("IXYZ"[x] for x in row) for row in rows]
        blocks.append(Block(owner, [Gate(x, float(rng.uniform(-3, 3))) for x in letters]))
    return PartyModel(qubits, rng.normal(size=2**qubits), blocks)


def ours(variant: Variant, given: PartyModel) -> Any:
    """Circuits made, and every gate run."""
    return gradient_runs(given, variant, 0.1, 0.05).means


def by_cirq(given: PartyModel) -> Any:
    """The two-term rule on Cirq's simulator."""
    qubits = cirq.LineQubit.range(given.qubits)
    data = np.asarray(given.data) / np.linalg.norm(given.data)
    gates = [gate for block in given.blocks for gate in block.gates]
    strings = [cirq.DensePauliString(gate.letters).on(*qubits) for gate in gates]
    simulator, reads = cirq.Simulator(dtype=np.complex128), cirq.Z(qubits[0])

    def loss(place: int, turn: float) -> float:
        turns = [gate.angle + turn * (k == place) for k, gate in enumerate(gates)]
        rotations = [
            cirq.PauliStringPhasor(string, exponent_neg=x / 2 / np.pi, exponent_pos=-x / 2 / np.pi)
            for string, x in zip(strings, turns, strict=True)
        ]
        circuit = cirq.Circuit(rotations)
        (found,) = simulator.simulate_expectation_values(
            circuit, reads, qubit_order=qubits, initial_state=data.astype(np.complex128)
        )
        return float(found.real)

    shifts = [(loss(k, np.pi / 2), loss(k, -np.pi / 2)) for k in range(len(gates))]
    return np.array([(up - down) / 2 for up, down in shifts])


def by_pennylane(given: PartyModel) -> Any:
    """Its parameter shift on its own simulator."""
    qml = import_module("pennylane")
    numbers = import_module("pennylane.numpy")
    gates = [gate for block in given.blocks for gate in block.gates]
    data = np.asarray(given.data) / np.linalg.norm(given.data)

    @qml.qnode(qml.device("default.qubit", wires=given.qubits), diff_method="parameter-shift")
    def loss(turns: Any) -> Any:
        qml.StatePrep(data, wires=range(given.qubits))
        for k, gate in enumerate(gates):
            qml.PauliRot(turns[k], gate.letters, wires=range(given.qubits))
        return qml.expval(qml.PauliZ(0))

    turns = numbers.array([gate.angle for gate in gates], requires_grad=True)
    return np.asarray(qml.grad(loss)(turns))


def protocol() -> Bloq:
    """A register that goes to and fro between two parties, each with a block of its own."""
    parts: list[Bloq] = []
    for owner, other, letters in (("Alice", "Bob", "XZ"), ("Bob", "Alice", "YI")):
        block = PauliBlock(2, (PauliRotation(letters, 0.3), PauliRotation("IX", 0.7)))
        parts += [PartyBlock(owner, block), Send(owner, other, 2)]
    builder = BloqBuilder()
    system = builder.add_register("system", 2)
    for _ in range(MESSAGES // 2):
        for part in parts:
            (register,) = part.signature
            (system,) = builder.add_t(part, **{register.name: system})
    return builder.finalize(system=system)


def qualtran(bloq: Any) -> Any:
    return get_cost_value(bloq, QECGatesCost()), get_cost_value(bloq, QubitCount())


def close(one: Any, other: Any) -> bool:
    return bool(np.allclose(one, other, atol=1e-9))


def _gradients(variant: Variant, peer: Any, name: str, needs: str, headline: str) -> list[Case]:
    return [
        Case(
            what=f"all gradients, {variant}, against {name}",
            size=f"{qubits} qubits, {layers} layers",
            setup=partial(model, qubits, layers),
            ours=partial(ours, variant),
            peer=peer,
            same=close,
            note=f"{name}: two runs for each of {2 * layers * GATES} parameters",
            needs=needs,
            headline=headline,
        )
        for qubits, layers in SIZES
    ]


COMMUNICATION = Benchmark(
    "communication",
    [
        *_gradients(
            "shift", by_cirq, "Cirq", "cirq",
            "every gradient of a model of two parties, 3 and 5 qubits, by shifts of the angles in "
            "circuits, against the same on Cirq's simulator",
        ),
        *_gradients(
            "grouped", by_cirq, "Cirq", "cirq", "the same by gradient states of commuting groups",
        ),
        *_gradients(
            "grouped", by_pennylane, "PennyLane", "pennylane",
            "the same, against PennyLane's parameter shift",
        ),
        Case(
            what="cost of a protocol, audited",
            size=f"{MESSAGES} messages",
            setup=protocol,
            ours=cost_by_annotation,
            peer=qualtran,
            note="Qualtran: `QECGatesCost`, `QubitCount`, which know of no messages",
            grows=False,
            afresh=True,
            headline=f"cost of a protocol of {MESSAGES} messages, nothing remembered, audited, "
            "against gates and qubits of Qualtran",
        ),
        Case(
            what="cost of one shot, all sizes symbols",
            size="n, L, P",
            setup=inference_shot_symbolic_example.make,
            ours=cost_by_annotation,
            peer=qualtran,
            note="Qualtran: `QECGatesCost`, `QubitCount`, which know of no messages",
            grows=False,
            afresh=True,
            headline="the same of one shot of a model, all sizes symbols",
        ),
    ],
)  # fmt: skip
