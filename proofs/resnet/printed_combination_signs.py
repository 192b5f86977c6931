"""Printed: a linear combination by roots of its weights, prepared and unprepared."""

from typing import Any

import numpy as np
from qualtran import Bloq

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.linear_combination import LinearCombination
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.leaves import MatrixLeaf, unitary


def _unitary(bloq: Bloq) -> Any:
    """What a circuit without ancillas does, by a run for each basis state."""
    runner = Runner.of(bloq)
    return np.stack([runner.run(x) for x in range(2 ** len(runner.circuit.inputs))], axis=1)


def observe(first: complex, second: complex) -> Measurement:
    """Coefficient of U_1 in what U_b' SELECT U_b encodes, for two unitaries, |b| = 1 each.

    U_b prepares the roots of the moduli by a circuit, and gives them the phases of the roots; U_b'
    is its inverse.
    """
    leaves = (MatrixLeaf(1, 1.0, 1, 0), MatrixLeaf(2, 1.0, 1, 0))
    moduli = (abs(first), abs(second))
    parts = LinearCombination(leaves, moduli, 5, QROMLoader(), Rotation.BITWISE)
    phases = np.exp(1j * np.angle(np.sqrt(np.array([first, second], dtype=complex))))
    U_b = np.kron(np.diag(phases) @ _unitary(parts.prepare), np.eye(2))
    encoded = 2 * (U_b.conj().T @ _unitary(parts.select) @ U_b)[:2, :2]
    terms = np.stack([unitary(1, 1).ravel(), unitary(1, 2).ravel()], axis=1)
    runner = Runner.of(parts)
    return Measurement(
        value=float(np.linalg.lstsq(terms, encoded.ravel())[0][1].real),
        qubits=runner.qubits,
        gates=runner.gates,
        fidelity=str(runner.fidelity),
    )


ERRATUM = Erratum(
    says="With sqrt(b_j) prepared and unprepared around the choice of U_j, the circuit encodes "
    "sum b_j U_j.",
    corrected_says="It encodes sum |b_j| U_j; the phase of b_j belongs in the choice of U_j.",
    see="encodings.linear_combination_operator",
    relation="==",
    observe=observe,
    printed=lambda first, second: float(np.real(second)),
    corrected=lambda first, second: abs(second),
    instances=({"first": 1.0, "second": -1.0}, {"first": 1.0, "second": 1.0j}),
    twin_says="The sum with moduli is what is printed.",
    source="[RHGPR25] Lem. B.5",
)
