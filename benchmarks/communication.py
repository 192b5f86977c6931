"""Models of two parties: gradients from circuits, exact protocols run, what long ones cost.

Gradients are those of layers of a block of Alice and a block of Bob, four Pauli rotations each, in
double precision. The peers shift every angle both ways, with a gate of their own for a rotation and
for the data; ours are made of the gates that each party runs, messages included. Exact protocols
are made from their instance, audited and run gate by gate; the peer has Cirq's Shannon
decomposition of the same unitary, and its simulator. Messages are known to ours alone: costs are
compared with gates and qubits asked of Qualtran.
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
from bloqs.communication.circuits.matching_shots import HiddenMatchingShot, edge_law
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.circuits.subspace_shots import VectorInSubspace
from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.counts import Variant
from bloqs.communication.model.matching_problem import HiddenMatching, Matching
from bloqs.communication.model.subspace_problem import (
    SubspaceProblem,
    completed,
    random_in,
    random_subspace,
)
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.send import Send
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation
from estimator.costs.holders import audit

SIZES = ((3, 1), (5, 3))
"""Qubits and layers of the models."""

GATES = 4
"""Trainable rotations of a block."""

MESSAGES = 800

EXACT = (3, 5)
"""Qubits of exact protocols."""


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


def matching(qubits: int) -> HiddenMatching:
    """A quarter of the places matched, at random."""
    rng, size = np.random.default_rng(qubits), 2**qubits
    edges = Matching.of_share(size, 0.25, rng)
    string = rng.integers(0, 2, size)
    return HiddenMatching(string, edges, [int(string[i] ^ string[j]) for i, j in edges.edges])


def subspace(qubits: int) -> SubspaceProblem:
    """A vector inside half of the space."""
    rng = np.random.default_rng(qubits)
    basis = random_subspace(2**qubits, rng)
    return SubspaceProblem(random_in(basis, rng, True), basis)


def run_audited(bloq: Bloq) -> Any:
    """The last state of a protocol whose holders were looked at."""
    audit(bloq)
    return Runner.of(bloq).run(0)


def matching_run(problem: HiddenMatching) -> Any:
    """Probability of each edge and parity."""
    shot = HiddenMatchingShot.of(problem)
    return edge_law(shot, run_audited(shot))


def subspace_run(problem: SubspaceProblem) -> Any:
    """Probability that qubit 0 says inside."""
    final = run_audited(VectorInSubspace.of(problem))
    return np.sum(np.abs(final[: len(final) // 2]) ** 2)


def probabilities_by_cirq(unitary: Any, vector: Any) -> Any:
    """Of all outcomes, with Cirq's own gates for the unitary."""
    qubits = cirq.LineQubit.range(len(vector).bit_length() - 1)
    circuit = cirq.Circuit(cirq.quantum_shannon_decomposition(qubits, unitary))
    simulator = cirq.Simulator(dtype=np.complex128)
    start = np.asarray(vector, dtype=np.complex128)
    found = simulator.simulate(circuit, qubit_order=qubits, initial_state=start)
    return np.abs(found.final_state_vector) ** 2


def matching_by_cirq(problem: HiddenMatching) -> Any:
    """The same, in the basis of the matching."""
    found = probabilities_by_cirq(problem.matching.basis, problem.state)
    return found[: 2 * len(problem.matching.edges)].reshape(-1, 2)


def subspace_by_cirq(problem: SubspaceProblem) -> Any:
    """The same, by the orthogonal matrix that takes the subspace to a half."""
    found = probabilities_by_cirq(completed(problem.subspace).T, problem.vector)
    return np.sum(found[: len(found) // 2])


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


def _exact(what: str, setup: Any, ours: Any, peer: Any) -> list[Case]:
    return [
        Case(
            what=f"one run of {what}, circuit made",
            size=f"{qubits} qubits",
            setup=partial(setup, qubits),
            ours=ours,
            peer=peer,
            same=close,
            note="Cirq: Shannon decomposition of the same unitary, data as its initial state",
            needs="cirq",
        )
        for qubits in EXACT
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
        *_exact("hidden matching", matching, matching_run, matching_by_cirq),
        *_exact("vector in subspace", subspace, subspace_run, subspace_by_cirq),
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
