"""Printed: in the circuit of a sum, the first vector is prepared where the flag is one."""

import numpy as np

from bloqs.encodings.vector_sum import VectorSum
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.leaves import VectorLeaf


def observe(tau: float) -> Measurement:
    """Ratio of the two vectors' amplitudes in the circuit as drawn, with sqrt(tau) on flag zero."""
    psi, phi = VectorLeaf(1, 2), VectorLeaf(2, 2)
    drawn = VectorSum(phi, psi, tau, norm=0.1)  # the first part is the one on flag zero
    runner = Runner.of(drawn)
    left = runner.run()[:: 2**drawn.ancilla_bitsize]
    (first, second), *_ = np.linalg.lstsq(np.stack([psi.block, phi.block], axis=1), left)
    return Measurement(
        value=float(abs(first / second)),
        qubits=runner.qubits,
        gates=runner.gates,
        fidelity=str(runner.fidelity),
    )


ERRATUM = Erratum(
    says="With sqrt(tau) on flag zero, psi prepared on flag one and phi on flag zero, the circuit "
    "encodes tau psi + (1 - tau) phi.",
    corrected_says="That circuit encodes (1 - tau) psi + tau phi; psi belongs on flag zero.",
    see="encodings.vector_sum_operator",
    relation="==",
    observe=observe,
    printed=lambda tau: tau / (1 - tau),
    corrected=lambda tau: (1 - tau) / tau,
    instances=({"tau": 0.2}, {"tau": 0.6}),
    twin_says="The weights exchanged are what is printed.",
    source="[RHGPR25] Fig. 3",
)
