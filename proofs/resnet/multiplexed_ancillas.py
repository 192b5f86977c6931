"""Ancillas of the multiplexed construction, counted among the qubits of its circuit."""

import numpy as np
import sympy

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.resnet.kernel import Kernel
from bloqs.resnet.multiplexed_convolution import MultiplexedConvolution
from estimator.circuit import circuit_of, is_countable
from estimator.symbols import c, d
from proofs.theorem import Measurement, Theorem


def derive() -> sympy.Expr:
    """One channel index, k and l of d bits, two flags of what is missing, two overflow bits."""
    index, flags, overflow = c + 2 * d, 2, 2
    return sympy.sympify(index + flags + overflow)


def measure(c: int, d: int) -> Measurement:
    """Qubits that go in and come out, less those of the image, for 2 x 2 pixels."""
    kernel = Kernel.of(np.ones((2**c, 2**c, 2**d, 2**d)))
    circuit = circuit_of(
        MultiplexedConvolution(kernel, 1, 4, QROMLoader(), Rotation.BITWISE), is_countable
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
    says="The multiplexed construction of a zero-padded convolution has c + 2 d + 4 ancillas.",
    relation="==",
    value=c + 2 * d + 4,
    derive=derive,
    measure=measure,
    instances=({c: 0, d: 1}, {c: 1, d: 1}, {c: 1, d: 2}, {c: 2, d: 1}),
    false_twin=c + 2 * d + 3,  # one flag shared by rows and columns
    source="ours; [RHGPR25] Lem. 5 needs 2 + 8 D + 2 log2(C D)",
)
