"""Kernels, and what they do to an image, without any bloq."""

import numpy as np
from numpy.typing import NDArray


def sign_kernel(C_out: int, C_in: int, D: int) -> NDArray[np.float64]:
    """A kernel of random signs, which b-bit angles prepare without rounding.

    With all entries of one size, halving norms meets only the angles 0, pi/4 and pi/2, provided
    the kernel side is a power of two.
    """
    rng = np.random.default_rng(0)
    K = rng.choice([-1.0, 1.0], size=(C_out, C_in, D, D))
    K[0, 0, 0, 0], K[-1, -1, -1, -1] = 1.0, -1.0
    return K


def random_kernel(C_out: int, C_in: int, D: int) -> NDArray[np.float64]:
    """A kernel of normally distributed entries, with very different sums over its channels."""
    rng = np.random.default_rng(1)
    return rng.normal(size=(C_out, C_in, D, D)) * rng.uniform(0.1, 3, size=(C_out, C_in, 1, 1))


def kernel(C_out: int, C_in: int, D: int, exact: bool) -> NDArray[np.float64]:
    """The kernel of one instance."""
    return (sign_kernel if exact else random_kernel)(C_out, C_in, D)


def operator(K: NDArray[np.float64], m: int, flip: bool = False) -> NDArray[np.float64]:
    """The centred, zero-padded convolution with `K` as a matrix, by plain loops.

    Args:
        K: Array of shape (C_out, C_in, D, D).
        m: log2 of the image side.
        flip: whether to turn the kernel around, which makes it a cross-correlation.

    Returns:
        Array of shape (2**c M**2, 2**c M**2), index (channel, column, row), c for the larger
        channel count.
    """
    C_out, C_in, D, _ = K.shape
    M, C, offset = 2**m, 1 << (max(C_out, C_in) - 1).bit_length(), (D - 1) // 2
    taps = K[:, :, ::-1, ::-1] if flip else K
    matrix = np.zeros((C, M, M, C, M, M))
    for i, j, k, l in np.ndindex(taps.shape):
        for row in range(M):
            for column in range(M):
                z, y = row + k - offset, column + l - offset
                if 0 <= z < M and 0 <= y < M:
                    matrix[i, y, z, j, column, row] += taps[i, j, k, l]
    return matrix.reshape(C * M * M, C * M * M)
