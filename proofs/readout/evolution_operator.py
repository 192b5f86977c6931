"""The circuit of an evolution encodes the exponential of the matrix within the error it states."""

from typing import Any

import numpy as np
import scipy.linalg

from bloqs.readout.matrix_evolution import MatrixEvolution
from bloqs.simulation.runner import Runner, encoded_matrix
from proofs.claim import Measurement
from proofs.leaves import HermitianLeaf
from proofs.operator_claim import OperatorClaim


def _matrix() -> Any:
    return HermitianLeaf(2, 0.7).matrix


def specification(time: float, error: float) -> Any:
    """exp(i t A)."""
    return scipy.linalg.expm(1j * time * _matrix())


def real_sine(time: float, error: float) -> Any:
    """Cosine and sine added up as they are."""
    evolved = specification(time, error)
    back = evolved.conj().T
    whole: Any = (evolved + back) / 2 + (evolved - back) / 2j
    return whole


def simulate(time: float, error: float) -> tuple[Any, Measurement]:
    """Every gate executed."""
    bloq = MatrixEvolution(HermitianLeaf(2, 0.7), time, error)
    runner = Runner.of(bloq)
    run = Measurement(
        value=0.0,
        stated=float(bloq.epsilon),
        qubits=runner.qubits,
        gates=runner.gates,
        fidelity=str(runner.fidelity),
    )
    return np.asarray(encoded_matrix(bloq)), run


THEOREM = OperatorClaim(
    says="Three calls of half an evolution, whose slack is the root of half the error, encode "
    "exp(i t A) with alpha one within that error.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"time": time, "error": error} for time, error in ((0.5, 0.3), (1.5, 1e-2), (6.0, 1e-4))
    ),
    false_twin=real_sine,
    twin_says="Cosine and sine are added up without the imaginary unit.",
    bound=lambda error, **_: error,
    norm="spectral",
    source="[GSLW18] Thm. 58, amplified by Thm. 28; the slack is ours",
)
