"""The ring on a device whose qubits are all alike, for claims about noise."""

from typing import Any

from numpy.typing import NDArray

from bloqs.contrastive.circuits.noisy_circuit import NoiseParts, noisy_means, placed_circuit
from bloqs.contrastive.circuits.representation_circuit import RepresentationCircuit
from bloqs.contrastive.model.device_calibration import Calibration, PairRates, QubitRates
from proofs.claim import Measurement
from proofs.contrastive.dense_circuit import some_settings

SINGLE, PAIR = 2e-3, 1.57e-2
"""Average errors of a gate on one qubit and of a CNOT."""


def settings(width: int, layers: int, size: float) -> NDArray[Any]:
    """Inputs, and angles up to so much of pi."""
    found = some_settings("ring", width, layers, 8)
    found[width:] *= size
    return found


def noisy(width: int, layers: int, size: float) -> tuple[NDArray[Any], Measurement]:
    """Outputs of the flattened circuit with noise after its gates."""
    angles = settings(width, layers, size)
    bloq = RepresentationCircuit(
        "ring", width, layers, tuple(angles[:width]), tuple(angles[width:])
    )
    edges = [(i, j) for i in range(width) for j in range(i + 1, width)]
    device = Calibration(
        device="uniform",
        date="none",
        source="none",
        qubits=(QubitRates(SINGLE, 35.0, 0.0, 0.0, 4000.0, 80.0, 80.0),) * width,
        pairs={edge: PairRates(PAIR, 430.0) for edge in edges},
    )
    circuit = placed_circuit(bloq, range(width))
    gates = len(list(circuit.all_operations()))
    run = Measurement(value=0.0, qubits=width, gates=gates, fidelity="gate by gate")
    return noisy_means(circuit, range(width), device, NoiseParts()), run
