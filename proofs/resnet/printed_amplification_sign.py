"""Printed: three calls around two reflections encode +W."""

import numpy as np

from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.leaves import MatrixLeaf, unitary


def observe(seed: int) -> Measurement:
    """Mean of the diagonal of W' times what U R U' R U encodes, for a unitary W and its half U."""
    half = DeamplifiedEncoding(MatrixLeaf(seed, 1.0, 1, 0), 2)
    runner, flags = Runner.of(half), 2**half.ancilla_bitsize
    U = np.stack([runner.run(x) for x in range(2 * flags)], axis=1)
    R = np.kron(np.eye(2), np.diag([-1.0] + [1.0] * (flags - 1)))
    block = (U @ R @ U.conj().T @ R @ U)[::flags, ::flags]
    along = np.trace(unitary(1, seed).conj().T @ block) / 2
    return Measurement(
        value=float(along.real),
        qubits=runner.qubits,
        gates=3 * runner.gates,
        fidelity=str(runner.fidelity),
    )


ERRATUM = Erratum(
    says="For U with block W / 2, the sequence U R U' R U, R = 1 - 2 |0><0|, encodes W.",
    corrected_says="It encodes T_3(W / 2) = -W; beside another branch the sign must be made good.",
    see="encodings.exact_amplification_operator",
    relation="==",
    observe=observe,
    printed=lambda seed: 1.0,
    corrected=lambda seed: -1.0,
    instances=({"seed": 1}, {"seed": 2}),
    twin_says="-W is what is printed.",
    source="[RHGPR25] Lem. B.4",
)
