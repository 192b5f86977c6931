"""The circuit of a singular value transform, multiplied out."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

Complex = NDArray[np.complex128]


@pytest.fixture
def qsvt_matrix() -> Callable[..., Complex]:
    """`qsvt_matrix(reflection, unitary, rows, columns)`: the encoded block of the circuit.

    The circuit is that of `estimator.phases.conventions`. A is the upper left block of the unitary:
    one projector is on the first `rows` basis states, the other on the first `columns`. The block
    has shape (rows, columns) for odd degree and (columns, columns) for even degree.
    """

    def multiplied(
        reflection: NDArray[np.float64], unitary: Complex, rows: int, columns: int
    ) -> Complex:
        size = len(unitary)
        right, left = (np.where(np.arange(size) < rank, 1, -1) for rank in (columns, rows))
        product = np.diag(np.exp(1j * reflection[-1] * right))
        for step, angle in enumerate(reflection[-2::-1]):
            signal, sign = (unitary, left) if step % 2 == 0 else (unitary.conj().T, right)
            product = np.exp(1j * angle * sign)[:, None] * (signal @ product)
        return product[: rows if len(reflection) % 2 == 0 else columns, :columns]

    return multiplied
