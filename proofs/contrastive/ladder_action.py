"""CNOTs on all pairs are a ladder of CNOTs."""

import cirq

from bloqs.contrastive.circuits.entangler import Entangler
from estimator.costs.circuit import circuit_of
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

PATTERNS = ("all-to-all", "reverse-ladder")


def by_formula(width: int) -> dict[str, int]:
    """Each bit becomes its sum with the bit before it, modulo two, under both patterns."""
    images = [1 << k | (1 << (k + 1) if k + 1 < width else 0) for k in range(width)]
    return {f"{each}, bit {k}": images[k] for each in PATTERNS for k in range(width)}


def by_circuit(width: int) -> tuple[dict[str, int], Measurement]:
    """What the CNOTs of both circuits make of every single bit that is one."""
    numbers, gates = {}, 0
    for pattern in PATTERNS:
        circuit = circuit_of(Entangler(pattern, "CX", width))
        gates += len(circuit.operations)
        for k in range(width):
            bits = {qubit: int(k == place) for place, qubit in enumerate(circuit.inputs)}
            for operation in circuit.operations:
                if operation.gate != cirq.CNOT:
                    raise ValueError(f"{operation} is no CNOT")
                control, target = operation.qubits
                bits[target] ^= bits[control]
            image = sum(bits[qubit] << place for place, qubit in enumerate(circuit.outputs))
            numbers[f"{pattern}, bit {k}"] = image
    return numbers, Measurement(value=0.0, qubits=width, gates=gates, fidelity="counted")


def rising(width: int) -> dict[str, int]:
    """What the ladder in rising order does: each bit becomes the sum of all up to it."""
    images = [(1 << width) - (1 << k) for k in range(width)]
    return {f"{each}, bit {k}": images[k] for each in PATTERNS for k in range(width)}


THEOREM = AgreementClaim(
    says="CNOTs on all pairs in order, W (W - 1)/2 of them, do what the W - 1 CNOTs of the ladder "
    "do that begins with the last pair: to each bit the one before it is added.",
    stated=by_formula,
    found=by_circuit,
    instances=lambda: [{"width": width} for width in range(2, 13)],
    false_twin=rising,
    twin_says="The ladder begins with the first pair.",
    source="ours",
)
