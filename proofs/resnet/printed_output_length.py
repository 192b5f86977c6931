"""Printed: the smallest length of the output block's sum."""

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.vector_sum import VectorSum
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.erratum import Erratum


def observe(tau: float) -> Measurement:
    """1 - N**2 for the length N that a circuit of the sum leaves on zero, for phi = -psi."""
    psi = LoadedVector.of(np.array([1.0, 1.0]), 5, QROMLoader(), Rotation.BITWISE)
    phi = LoadedVector.of(np.array([-1.0, -1.0]), 5, QROMLoader(), Rotation.BITWISE)
    summed = VectorSum(psi, phi, tau, norm=2 * tau - 1)
    runner = Runner.of(summed)
    length = np.linalg.norm(runner.run()[:: 2**summed.ancilla_bitsize])
    return Measurement(
        value=float(1 - length**2),
        qubits=runner.qubits,
        gates=runner.gates,
        fidelity=str(runner.fidelity),
    )


ERRATUM = Erratum(
    says="N**2 >= tau**2 + (1 - tau)**2 + 2 tau (1 - tau) = 1 for the length N of "
    "tau psi + (1 - tau) phi, |phi| <= 1.",
    corrected_says="The sign of 2 tau (1 - tau) is minus: N >= 2 tau - 1, so N**2 may be "
    "4 tau (1 - tau) below 1.",
    see=None,
    relation="<=",
    observe=observe,
    printed=lambda tau: 0.0,
    corrected=lambda tau: 4 * tau * (1 - tau),
    instances=({"tau": 0.51}, {"tau": 0.8}),
    twin_says="The minus sign is what is printed.",
    source="[RHGPR25] Eq. (C.2)",
)
