"""Printed: how the depth of an amplified convolution grows with the number of channels."""

from functools import cache

import numpy as np
from scipy.linalg import hadamard

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.published_select import PublishedSelect
from estimator.costs.cost import cost_by_counting
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.resnet.kernels import operator

SIDE = 1
"""log2 of the image side. Unit: qubits."""


@cache
def _work(C: int) -> Measurement:
    """Repetitions that a Hadamard matrix of channels needs, times the gates of each.

    Repetitions are the sum of all |K| over the spectral norm of the layer, by NumPy.
    """
    K = hadamard(C).astype(float)[:, :, None, None]
    repetitions = np.abs(K).sum() / np.linalg.norm(operator(K, SIDE), 2)
    cost = cost_by_counting(PublishedSelect(Kernel.of(K), SIDE, shares_ancillas=False))
    gates = int(cost.toffolis)
    return Measurement(
        value=float(repetitions * gates), qubits=int(cost.qubits), gates=gates, fidelity="counted"
    )


def observe(C: int) -> Measurement:
    """By how much repetitions times gates grow when there are four times the channels."""
    few, many = _work(C), _work(4 * C)
    return Measurement(
        value=many.value / few.value, qubits=many.qubits, gates=many.gates, fidelity="counted"
    )


def _logs(C: int) -> float:
    """By how much log C grows."""
    return np.log2(4 * C) / np.log2(C)


ERRATUM = Erratum(
    says="Amplified, the linear combination for C channels and a D x D kernel has depth "
    "C**3 D**4 times logarithms: for four times the channels 64 times as much, and a logarithm.",
    corrected_says="It is D C**(3/2) repetitions of C**2 D**3 gates times logarithms, which is "
    "C**(7/2) D**4: for four times the channels 128 times as much, and a logarithm.",
    see="resnet.kernel_norms",
    relation="<=",
    observe=observe,
    printed=lambda C: 4.0**3 * _logs(C),
    corrected=lambda C: 4.0**3.5 * _logs(C),
    instances=({"C": 2}, {"C": 4}),
    twin_says="C**(7/2) is what is printed.",
    source="[RHGPR25] Lem. 5",
)
