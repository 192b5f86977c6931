"""Printed: the angle by which the norm of a column is stored."""

from math import acos, cos, pi, sqrt

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.erratum import Erratum

BITS = 9
"""Of the fraction of a half turn. Unit: qubits."""


def _stored(norm: float) -> float:
    """The fraction b / D of a half turn that is stored for this norm."""
    return round(acos(norm) / pi * 2**BITS) / 2**BITS


def observe(norm: float) -> Measurement:
    """Amplitude that a circuit leaves on zero, turning by the angle that it stores for the norm."""
    vector = np.array([norm, sqrt(1 - norm**2)])
    runner = Runner.of(LoadedVector.of(vector, BITS + 1, QROMLoader(), Rotation.BITWISE))
    return Measurement(
        value=float(runner.run()[0].real),
        qubits=runner.qubits,
        gates=runner.gates,
        fidelity=str(runner.fidelity),
    )


ERRATUM = Erratum(
    says="The stored b_j, arccos(a_j) D / pi, satisfy arccos(b_j pi / D) = a_j.",
    corrected_says="They satisfy cos(b_j pi / D) = a_j.",
    see="encodings.squared_product_operator",
    relation="==",
    observe=observe,
    printed=lambda norm: acos(_stored(norm) * pi),
    corrected=lambda norm: cos(_stored(norm) * pi),
    instances=({"norm": 0.9}, {"norm": 0.6}),
    twin_says="The cosine is what is printed.",
    source="[RHGPR25] Lem. B.13",
)
