"""A derivative is minus the mean of Y on the branch times the generator, moved to the end."""

from typing import Any

import numpy as np

from bloqs.communication.circuits.gradient_shot import expected_values, gradient_shots
from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.pauli import pauli_matrix
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.forms import ROUNDING
from proofs.operator_claim import OperatorClaim


def _model(n: int, seed: int) -> PartyModel:
    """Two blocks of Alice and two of Bob, three rotations each."""
    rng = np.random.default_rng([n, seed])
    blocks = []
    for owner in ("Alice", "Bob", "Alice", "Bob"):
        strings = ["".join(rng.choice([*"IXYZ"], n)) for _ in range(3)]
        blocks.append(Block(owner, [Gate(x, float(rng.uniform(-3, 3))) for x in strings]))
    return PartyModel(n, rng.normal(size=2**n), blocks)


def _derivatives(n: int, seed: int, scale: float) -> Any:
    """By matrices: rotations with cosines and sines, and each derivative as its own product."""
    model = _model(n, seed)
    gates = [gate for block in model.blocks for gate in block.gates]
    unit, read = np.eye(2**n), pauli_matrix("Z" + "I" * (n - 1))
    turns = [
        np.cos(g.angle / 2) * unit - 1j * np.sin(g.angle / 2) * pauli_matrix(g.letters)
        for g in gates
    ]
    start = np.asarray(model.data) / np.linalg.norm(model.data)
    found = []
    for k, gate in enumerate(gates):
        state, moved = start.astype(complex), start.astype(complex)
        for j, turn in enumerate(turns):
            state, moved = turn @ state, turn @ moved
            if j == k:
                moved = -0.5j * scale * pauli_matrix(gate.letters) @ moved
        found.append(2 * float(np.vdot(state, read @ moved).real))
    return np.array(found)


def specification(n: int, seed: int, is_grouped: bool) -> Any:
    """Derivatives of the loss, by the product rule."""
    return _derivatives(n, seed, 1.0)


def whole_generator(n: int, seed: int, is_grouped: bool) -> Any:
    """The derivative of a rotation by its full angle."""
    return _derivatives(n, seed, 2.0)


def simulate(n: int, seed: int, is_grouped: bool) -> tuple[Any, Measurement]:
    """Means of the bits of every run, gate by gate, and the largest run."""
    found, qubits, gates = [], 0, 0
    for shot in gradient_shots(_model(n, seed), is_grouped):
        runner = Runner.of(shot)
        found.append(expected_values(shot, runner.run(0)))
        qubits, gates = max(qubits, runner.qubits), max(gates, runner.gates)
        fidelity = str(runner.fidelity)
    run = Measurement(value=0.0, qubits=qubits, gates=gates, fidelity=fidelity)
    return np.concatenate(found), run


THEOREM = OperatorClaim(
    says="On (|0>U|mu> + |1>|nu>)/sqrt(2) the mean of -Y x V P V^+ is the derivative of the loss "
    "by the angle of P, V what follows in its block; commuting neighbours are read together.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"n": n, "seed": seed, "is_grouped": together}
        for n in (1, 2, 3)
        for seed, together in ((0, True), (1, False))
    ),
    false_twin=whole_generator,
    twin_says="The derivative is twice as large, that of a rotation by the full angle.",
    bound=lambda **_: ROUNDING,
    norm="l2",
    source="[GMSM24] Figure 1, forward and backward features; derived",
    assumptions=("Each parameter is the angle of one Pauli rotation.",),
)
