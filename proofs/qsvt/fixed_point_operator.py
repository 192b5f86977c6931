"""Fixed-point amplification: every length from a smallest one upwards is lifted to nearly one."""

from typing import Any

import numpy as np

from bloqs.qsvt.fixed_point import FixedPointAmplification
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def specification(a: int, length: int, delta: float) -> Any:
    """The unit vector, its first entry real and positive."""
    return _without_phase(VectorLeaf(1, 1, a).vector)


def other_vector(a: int, length: int, delta: float) -> Any:
    """The unit vector with its entries exchanged."""
    return _without_phase(VectorLeaf(1, 1, a).vector[::-1])


def _without_phase(vector: Any) -> Any:
    return vector * np.exp(-1j * np.angle(vector[0]))


def _bloq(a: int, length: int, delta: float) -> FixedPointAmplification:
    return FixedPointAmplification(VectorLeaf(1, 1, a), length, delta)


def simulate(a: int, length: int, delta: float) -> tuple[Any, Measurement]:
    """Every gate executed; the phase, which depends on the length, is taken off."""
    bloq = _bloq(a, length, delta)
    runner = Runner.of(bloq)
    left = runner.run()[:: 2**bloq.ancilla_bitsize]
    sizes = Measurement(
        value=0.0, qubits=runner.qubits, gates=runner.gates, fidelity=str(runner.fidelity)
    )
    return _without_phase(left), sizes


THEOREM = OperatorClaim(
    says="L calls between phases in closed form lift an encoded vector of unknown length, up to a "
    "phase, to within 1 - sqrt(1 - delta**2) of length one.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"a": 1, "length": 5, "delta": 0.1},
        {"a": 2, "length": 9, "delta": 0.2},
        {"a": 1, "length": 7, "delta": 0.01},
    ),
    false_twin=other_vector,
    twin_says="Another vector of the same length comes out.",
    bound=lambda **instance: float(_bloq(**instance).epsilon) + 1e-9,
    norm="l2",
    source="[YLC14] Eq. 3",
)
