"""The four swap tests between the signed parts of kernel values and of a solution."""

import numpy as np
from numpy.typing import NDArray

from bloqs.abstract import AbstractLoader, AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.ntk.circuits.class_part import ClassPart
from bloqs.ntk.circuits.tabulated_kernel import TabulatedKernel
from bloqs.ntk.model.readout import check_four, signed_parts
from bloqs.readout.encoded_swap_test import EncodedSwapTest

SIGNS = (1, -1)


def four_overlaps(
    kernel: NDArray[np.float64],
    solution: NDArray[np.float64],
    vector: AbstractVectorEncoding,
    b: int,
    loader: AbstractLoader,
    rotation: Rotation,
) -> dict[tuple[int, int], EncodedSwapTest]:
    """The tests of |<k^s|x^t>|**2, by s and t; `model.readout.from_four` puts them together.

    The parts of the solution are those of the classes, which its signs must follow. A part of the
    kernel values that is zero has no test.

    Args:
        kernel: clipped kernel values as rows, shape (2**n,).
        solution: of the masked kernel as rows, of any length, shape (2**n,).
        vector: preparation of the solution: a solver, or the labels for the diagonal.
        b: bits of an angle of the kernel values. Unit: qubits.
        loader: the memory that holds them.
        rotation: how the bits of an angle turn a flag.

    Raises:
        ValueError: if an entry of the solution has not the sign of its class, a class has no
            weight, or as the parts.

    Source: [ZNL21] Eq. A.38
    """
    half = len(solution) // 2
    labels = np.where(np.arange(len(solution)) < half, 1.0, -1.0)
    check_four(solution, labels)
    lengths = [float(np.linalg.norm(part)) for part in (solution[:half], solution[half:])]
    whole = float(np.linalg.norm(solution))
    parts = {
        t: ClassPart(vector, t < 0, length / whole)
        for t, length in zip(SIGNS, lengths, strict=True)
    }
    tests = {}
    for s, values in zip(SIGNS, signed_parts(kernel), strict=True):
        if np.any(values):
            prepared = TabulatedKernel.of(values, b, loader, rotation)
            tests |= {(s, t): EncodedSwapTest(prepared, part) for t, part in parts.items()}
    return tests
