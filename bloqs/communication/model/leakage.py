"""What a receiver can learn from states at most, whatever it measures."""

import math
from typing import Any

import sympy

from bloqs.communication.model.rounding import is_symbolic


def leaked_bits(entries: Any, copies: Any) -> Any:
    r"""$\log_2 \binom{N + k - 1}{k}$: k copies of a state lie in the symmetric subspace.

    Holevo's bound on the bits that k copies of a state of N entries tell. It bounds every
    receiver, also a dishonest one, but is neither differential privacy nor cryptography.

    Args:
        entries: N, length of the data.
        copies: k, that reach the receiver.

    Raises:
        ValueError: if a number is negative, or N is not positive.
    """
    if is_symbolic(entries, copies):
        return sympy.log(sympy.binomial(entries + copies - 1, copies), 2)
    if entries < 1 or copies < 0:
        raise ValueError(f"leakage needs N >= 1 and k >= 0, got N={entries} and k={copies}")
    ways = math.lgamma(entries + copies) - math.lgamma(copies + 1) - math.lgamma(entries)
    return ways / math.log(2)


def interactive_bits(to_receiver: Any, from_receiver: Any, is_entangled: bool = False) -> Any:
    """Most bits that a party learns from messages both ways.

    Without prior entanglement min(2 q, q + q'), q qubits to it and q' from it; with it 2 q.
    """
    if is_entangled:
        return 2 * to_receiver
    if is_symbolic(to_receiver, from_receiver):
        return sympy.Min(2 * to_receiver, to_receiver + from_receiver)
    return min(2 * to_receiver, to_receiver + from_receiver)


def guess_probability(bits: Any, qubits: Any, is_entangled: bool = False) -> Any:
    """Most probability with which a uniform string of so many bits is guessed from qubits.

    2**(q - m), and 2**(2 q - m) with prior entanglement; at most 1.
    """
    exponent = (2 * qubits if is_entangled else qubits) - bits
    return 2 ** sympy.Min(0, exponent) if is_symbolic(exponent) else 2.0 ** min(0, exponent)
