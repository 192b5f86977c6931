"""Printed: what the controls of a convolution's linear combination do to its depth."""

from functools import cache

import numpy as np

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.published_select import PublishedSelect
from estimator.costs.circuit import Circuit, circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.counted import toffoli_layers
from estimator.costs.gate_sets import is_countable
from proofs.claim import Measurement
from proofs.erratum import Erratum

SIDE = 2
"""log2 of the image side, the same for all. Unit: qubits."""


def _kernel(C: int, D: int) -> Kernel:
    return Kernel.of(np.ones((C, C, D, D)))


def _choice(C: int, D: int) -> PublishedSelect:
    return PublishedSelect(_kernel(C, D), SIDE, shares_ancillas=False)


@cache
def _circuit(C: int, D: int) -> Circuit:
    """The choice among all terms, gate by gate."""
    return circuit_of(_choice(C, D), is_countable)


def observe(C: int, D: int) -> Measurement:
    """Toffoli depth of the flattened circuit over that for 2 channels and a 2 x 2 kernel.

    It is the circuit of which the library states the gates: both counts of them agree.
    """
    circuit = _circuit(C, D)
    value = toffoli_layers(circuit) / toffoli_layers(_circuit(2, 2))
    counted, stated = cost_by_counting(_choice(C, D)), cost_by_annotation(_choice(C, D))
    return Measurement(
        value=value,
        stated=value * (float(stated.toffolis) / float(counted.toffolis)),
        qubits=circuit.peak,
        gates=len(circuit.operations),
        fidelity="counted",
    )


def _logs(C: int, D: int) -> tuple[int, int]:
    """log2 C and log2 D, rounded up."""
    return (C - 1).bit_length(), (D - 1).bit_length()


ERRATUM = Erratum(
    says="The linear combination for C channels and a D x D kernel has a depth of at most "
    "log C log D C**2 D**3 m**2 times a constant: none for a 1 x 1 kernel.",
    corrected_says="It has a depth of at most (log C + log D) C**2 D**3 m**2 times a constant, as "
    "the index that every gate waits for has as many qubits as its parts together: some for a "
    "1 x 1 kernel.",
    see="resnet.published_convolution_operator",
    relation="<=",
    observe=observe,
    printed=lambda C, D: float(np.prod(_logs(C, D))) * C**2 * D**3 / 2**5,
    corrected=lambda C, D: sum(_logs(C, D)) / 2 * C**2 * D**3 / 2**5,
    instances=({"C": 4, "D": 1}, {"C": 4, "D": 2}, {"C": 2, "D": 4}),
    twin_says="The sum of the logarithms is what is printed.",
    source="[RHGPR25] Lem. 5, by Lem. B.5",
)
