"""As implemented in Qualtran: the error of a Chebyshev polynomial of an encoding."""

from typing import Any

import numpy as np
from qualtran.bloqs.block_encoding import ChebyshevPolynomial

from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator.phases.conventions import reflection_phases
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.leaves import MatrixLeaf
from proofs.stated import StatedEncoding


def _transformed(order: int, value: float) -> SingularValueTransform:
    """The circuit of T_j of a unitary times `value`: W(x) without phases makes T_j."""
    scaled = DeamplifiedEncoding(MatrixLeaf(1, 1.0, 1, 0), 1 / value)
    phases = tuple(reflection_phases(np.zeros(order + 1)).tolist())
    return SingularValueTransform(scaled, phases, order, error=0.0)


def observe(order: int, error: float) -> Measurement:
    """Distance of T_j of the singular value 1 from T_j of 1 - e, encoded by circuits."""
    blocks: list[Any] = [encoded_matrix(_transformed(order, x)) for x in (1.0, 1.0 - error)]
    runner = Runner.of(_transformed(order, 1.0 - error))
    return Measurement(
        value=float(np.linalg.norm(blocks[0] - blocks[1], 2)),
        qubits=runner.qubits,
        gates=runner.gates,
        fidelity=str(runner.fidelity),
    )


def implemented(order: int, error: float) -> float:
    """The epsilon of Qualtran's bloq: j e."""
    return float(ChebyshevPolynomial(StatedEncoding(1.0, error), order).epsilon)


ERRATUM = Erratum(
    says="T_j of an encoding with alpha 1 and epsilon e has epsilon j e: .16 for j = 16, e = .01.",
    corrected_says="It has epsilon j**2 e, the slope of T_j at 1: T_16(1) and T_16(.99) are 1.64 "
    "apart.",
    see=None,
    relation="<=",
    observe=observe,
    printed=implemented,
    corrected=lambda order, error: order**2 * error,
    instances=({"order": 16, "error": 0.01}, {"order": 3, "error": 0.001}),
    twin_says="j**2 e is what is implemented.",
    source="[HKYPYMBR24] qualtran 0.7.0, block_encoding.ChebyshevPolynomial",
)
