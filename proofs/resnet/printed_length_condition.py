"""Printed: how far the length of an encoded vector is from one, in the proof of normalisation."""

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.linear_combination import LinearCombination
from bloqs.encodings.matrix_vector import MatrixVector
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.leaves import MatrixLeaf, VectorLeaf, unitary

WEIGHTS = (0.6, 0.3)


def _encoding(b: int) -> MatrixVector:
    """A vector that errs, as the weights of a combination are prepared by angles of b bits."""
    vector, leaves = VectorLeaf(1, 1), (MatrixLeaf(2, 1.0, 1, 0), MatrixLeaf(3, 1.0, 1, 0))
    A = LinearCombination(leaves, WEIGHTS, b, QROMLoader(), Rotation.BITWISE)
    meant = sum(w * unitary(1, leaf.seed) for w, leaf in zip(WEIGHTS, leaves, strict=True))
    return MatrixVector(A, vector, float(np.linalg.norm(meant @ vector.vector)))


def observe(b: int, e_1: float) -> Measurement:
    """|1 - alpha N| for an encoding with error e_0.

    N is the length that the circuit leaves where the ancillas are zero; e_1 is the error that the
    normalisation may add, and plays no part.
    """
    encoding = _encoding(b)
    runner = Runner.of(encoding)
    length = np.linalg.norm(runner.run()[:: 2**encoding.ancilla_bitsize])
    return Measurement(
        value=float(abs(1 - encoding.alpha * length)),
        qubits=runner.qubits,
        gates=runner.gates,
        fidelity=str(runner.fidelity),
    )


ERRATUM = Erratum(
    says="An encoding with error e_0 leaves a vector of length N with |1 - alpha N| <= e_1, e_1 "
    "the error of the normalisation.",
    corrected_says="|1 - alpha N| <= e_0, the error of the encoding.",
    see="qsvt.normalised_vector_error",
    relation="<=",
    observe=observe,
    printed=lambda b, e_1: e_1,
    corrected=lambda b, e_1: float(_encoding(b).epsilon),
    instances=({"b": 4, "e_1": 1e-3}, {"b": 6, "e_1": 1e-3}, {"b": 6, "e_1": 0.1}),
    twin_says="The error of the encoding is what is printed.",
    source="[RHGPR25] Lem. B.8, proof",
)
