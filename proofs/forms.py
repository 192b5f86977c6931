"""What an encoding does in each of its forms: plain, and controlled with the control off and on.

A claim about one form alone would let a wrong gate pass in another.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.composite import controlled_form
from bloqs.simulation.runner import Runner
from estimator.costs.circuit import Blocks
from proofs.claim import Measurement

Matrix = NDArray[np.complex128]
NONE: Blocks = {}

ROUNDING = 1e-9
"""What rounding errors of a simulated circuit can add up to. Unit: 1."""


def vector_forms(bloq: AbstractVectorEncoding, blocks: Blocks = NONE) -> tuple[Matrix, Measurement]:
    """The encoded vector; what is left of zero where the control is off; the vector where it is on.

    The control runs in superposition, so that a relative phase is seen.

    Returns:
        Array of shape (3, 2**n), and the sizes of the larger circuit.
    """
    flags, alpha = 2**bloq.ancilla_bitsize, float(bloq.alpha)
    plain = Runner.of(bloq, blocks).run().reshape(-1, flags)[:, 0]
    runner = Runner.of(controlled_form(bloq), blocks)
    start = np.zeros(2 ** len(runner.circuit.inputs))
    start[0] = start[len(start) // 2] = np.sqrt(0.5)
    off, on = np.sqrt(2) * runner.run(start).reshape(2, -1, flags)[:, :, 0]
    return np.stack([alpha * plain, off, alpha * on]), _sizes(runner)


def vector_specified(vector: Any) -> Matrix:
    """What `vector_forms` must give for an encoding of this vector."""
    zero = np.eye(1, len(vector))[0]
    return np.stack([vector, zero, vector])


def operator_forms(
    bloq: AbstractBlockEncoding, blocks: Blocks = NONE
) -> tuple[Matrix, Measurement]:
    """The encoded operator; what is done where the control is off; the operator where it is on.

    Returns:
        Array of shape (3 * 2**n, 2**n), and the sizes of the larger circuit.
    """
    flags, alpha, size = 2**bloq.ancilla_bitsize, float(bloq.alpha), 2**bloq.system_bitsize
    plain, runner = Runner.of(bloq, blocks), Runner.of(controlled_form(bloq), blocks)
    columns = []
    for x in range(size):
        start = np.zeros((2, size, flags))
        start[:, x, 0] = np.sqrt(0.5)
        off, on = np.sqrt(2) * runner.run(start.reshape(-1)).reshape(2, size, flags)[:, :, 0]
        once = plain.run(x * flags).reshape(size, flags)[:, 0]
        columns.append(np.concatenate([alpha * once, off, alpha * on]))
    return np.stack(columns, axis=1), _sizes(runner)


def operator_specified(matrix: Any) -> Matrix:
    """What `operator_forms` must give for an encoding of this operator."""
    return np.concatenate([matrix, np.eye(len(matrix)), matrix])


def _sizes(runner: Runner) -> Measurement:
    return Measurement(
        value=0.0, qubits=runner.qubits, gates=runner.gates, fidelity=str(runner.fidelity)
    )
