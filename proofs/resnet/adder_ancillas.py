"""Ancillas of the adder construction, counted among the qubits of its circuit."""

import numpy as np
import sympy

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.resnet.adder_convolution import AdderConvolution
from bloqs.resnet.kernel import Kernel
from estimator.circuit import circuit_of, is_countable
from estimator.symbols import c, d
from proofs.theorem import Measurement, Theorem


def derive() -> sympy.Expr:
    """Indices i, j of c bits and k, l of d bits, the exchanged channel, two overflow bits."""
    index, exchanged, overflow = 2 * c + 2 * d, c, 2
    return sympy.sympify(index + exchanged + overflow)


def measure(c: int, d: int) -> Measurement:
    """Qubits that go in and come out, less those of the image, for 2 x 2 pixels."""
    kernel = Kernel.of(np.ones((2**c, 2**c, 2**d, 2**d)))
    circuit = circuit_of(
        AdderConvolution(kernel, 1, 4, QROMLoader(), Rotation.BITWISE), is_countable
    )
    touched = {qubit for op in circuit.operations for qubit in op.qubits}
    ancillas = [qubit for qubit in circuit.inputs if qubit in touched]
    return Measurement(
        value=len(ancillas) - (c + 2),
        qubits=circuit.peak,
        gates=len(circuit.operations),
        fidelity="counted",
    )


THEOREM = Theorem(
    says="The adder construction of a zero-padded convolution has 3 c + 2 d + 2 ancillas.",
    relation="==",
    value=3 * c + 2 * d + 2,
    derive=derive,
    measure=measure,
    instances=({c: 0, d: 1}, {c: 1, d: 1}, {c: 1, d: 2}, {c: 2, d: 1}),
    false_twin=2 * c + 2 * d + 2,  # forgetting the exchanged channel
    source="ours; [RHGPR25] Lem. 5 needs 2 + 8 D + 2 log2(C D)",
)
