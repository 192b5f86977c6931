"""One adder and one overflow bit encode every power of the one-sided shift at once."""

from typing import Any

import numpy as np

from bloqs.convolution.shift import Shift
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.operator_claim import OperatorClaim


def specification(m: int, d: int, v: int) -> Any:
    """Q**v for the shift Q without wrap-around, its transpose for negative v."""
    Q = np.eye(2**m, k=-1)
    return np.linalg.matrix_power(Q if v >= 0 else Q.T, abs(v))


def simulate(m: int, d: int, v: int) -> tuple[Any, Measurement]:
    """The block with overflow bit zero, for v in two's complement."""
    runner = Runner.of(Shift(m, d, wraps=False, signed=True, direction=1))
    first = (v % 2**d) * 2 ** (m + 1)
    columns = [runner.run(first + x)[first : first + 2**m] for x in range(2**m)]
    measurement = Measurement(
        value=0.0, qubits=runner.qubits, gates=runner.gates, fidelity=runner.fidelity
    )
    return np.stack(columns, axis=1), measurement


def cyclic(m: int, d: int, v: int) -> Any:
    """The shift that comes back in on the other side: no overflow bit."""
    return np.roll(np.eye(2**m), v, axis=0)


THEOREM = OperatorClaim(
    says="An (m + 1)-bit adder whose overflow bit starts and ends in zero encodes Q**v exactly, "
    "for every signed d-bit shift v.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"m": m, "d": d, "v": v}
        for m, d in ((1, 1), (2, 2), (2, 3), (3, 3))
        for v in range(-(2**d) // 2, 2**d // 2)
        if abs(v) <= 2**m
    ),
    false_twin=cyclic,
    twin_says="Pixels that leave the image come back in on the other side.",
    bound=lambda **_: 1e-12,
    norm="spectral",
    source="[RHGPR25] Lem. B.15 for the operator; the circuit is ours",
)
