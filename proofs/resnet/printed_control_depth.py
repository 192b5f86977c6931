"""Printed: what the controls of a convolution's linear combination do to its depth."""

import numpy as np

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.published_claims import PublishedClaims
from bloqs.convolution.published_select import PublishedSelect
from estimator.costs.circuit import Circuit, circuit_of, is_countable
from proofs.claim import Measurement
from proofs.erratum import Erratum

SIDE = 2
"""log2 of the image side, the same for all. Unit: qubits."""


def _kernel(C: int, D: int) -> Kernel:
    return Kernel.of(np.ones((C, C, D, D)))


def _circuit(C: int, D: int) -> Circuit:
    """The choice among all terms, gate by gate."""
    return circuit_of(PublishedSelect(_kernel(C, D), SIDE, shares_ancillas=False), is_countable)


def _depth(C: int, D: int) -> int:
    """Each of C**2 D**2 terms has D shifts of one size, all of whose gates wait for the index."""
    touched = {str(qubit) for op in _circuit(C, D).operations for qubit in op.qubits}
    return sum(name.startswith("index") for name in touched) * C**2 * D**3


def observe(C: int, D: int) -> Measurement:
    """Depth relative to that of 2 channels and a 2 x 2 kernel, so that no constant matters.

    Index qubits are those that the circuit touches. Also the ratio of what the library states.
    """
    stated = [PublishedClaims(_kernel(*size), SIDE).depth for size in ((C, D), (2, 2))]
    circuit = _circuit(C, D)
    return Measurement(
        value=_depth(C, D) / _depth(2, 2),
        stated=float(stated[0]) / float(stated[1]),
        qubits=circuit.peak,
        gates=len(circuit.operations),
        fidelity="counted",
    )


def _logs(C: int, D: int) -> tuple[int, int]:
    """log2 C and log2 D, rounded up."""
    return (C - 1).bit_length(), (D - 1).bit_length()


ERRATUM = Erratum(
    says="The linear combination for C channels and a D x D kernel has depth "
    "log C log D C**2 D**3 m**2 up to a constant: none for a 1 x 1 kernel, and for a 2 x 2 kernel "
    "eight times as much with 4 channels as with 2.",
    corrected_says="It has depth (log C + log D) C**2 D**3 m**2 up to a constant, for the index "
    "that each gate waits for has as many qubits as its parts together: some for a 1 x 1 kernel, "
    "and for a 2 x 2 kernel six times as much with 4 channels as with 2.",
    see="resnet.published_convolution_operator",
    relation="==",
    observe=observe,
    printed=lambda C, D: float(np.prod(_logs(C, D))) * C**2 * D**3 / 2**5,
    corrected=lambda C, D: sum(_logs(C, D)) / 2 * C**2 * D**3 / 2**5,
    instances=({"C": 4, "D": 1}, {"C": 4, "D": 2}, {"C": 2, "D": 4}),
    twin_says="The sum of the logarithms is what is printed.",
    source="[RHGPR25] Lem. 5, by Lem. B.5",
)
