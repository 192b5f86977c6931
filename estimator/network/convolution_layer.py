"""A two-dimensional convolution layer and the norms that decide its quantum cost."""

import numpy as np
from attrs import field, frozen
from scipy.sparse.linalg import LinearOperator, svds

from estimator.network.layers import ENTRYWISE, AbstractLayer, Matrix
from estimator.network.linear_functions import cross_correlation

DENSE_SIDE = 64
"""Up to this many rows or columns a spectral norm comes from a full decomposition."""


@frozen(kw_only=True)
class Convolution(AbstractLayer):
    r"""Two-dimensional, stride 1, no bias, zeros outside, image side kept.

    With `flipped_kernel` $K'$ and `offset` $o$, and zero outside the image, computes
    $$out[i; z, y] = \sum_{jkl} K'[i,j,k,l]\, X[j; z-(k-o), y-(l-o)].$$

    Args:
        kernel: $K$, shape (C_out, C_in, D, D): output channel, input channel, row, column; the
            orientation of ONNX, which slides it without flipping.
        pad_begin: zeros added above and to the left. Unit: pixels. From 0 to D - 1;
            D - 1 - pad_begin are added below and to the right.
        side: image side M. Unit: pixels.
    """

    kernel: Matrix = field(eq=ENTRYWISE, hash=False, repr=False)
    pad_begin: int
    side: int

    def __attrs_post_init__(self) -> None:
        shape = self.kernel.shape
        if len(shape) != 4 or shape[2] != shape[3] or not self.kernel.size:
            raise ValueError(
                f"Convolution needs a kernel of shape (C_out, C_in, D, D), got {shape}"
            )
        if not np.isfinite(self.kernel).all():
            raise ValueError(
                "Convolution needs finite weights, got an entry that is NaN or infinite"
            )
        _checked_side(self.side)
        if not 0 <= self.pad_begin < shape[3]:
            raise ValueError(
                f"Convolution needs 0 <= pad_begin < D, got {self.pad_begin} with D={shape[3]}"
            )

    @property
    def flipped_kernel(self) -> Matrix:
        """K', the kernel of the true convolution; shape (C_out, C_in, D, D)."""
        return self.kernel[:, :, ::-1, ::-1]

    @property
    def offset(self) -> int:
        """Index of the row, and of the column, of `flipped_kernel` that does not shift. Pixels."""
        return self.kernel.shape[3] - 1 - self.pad_begin

    @property
    def pads(self) -> tuple[int, int, int, int]:
        """Zeros added at row begin, column begin, row end, column end. Pixels."""
        return self.pad_begin, self.pad_begin, self.offset, self.offset

    @property
    def strides(self) -> tuple[int, int]:
        """Rows and columns the kernel moves at a time. Pixels."""
        return 1, 1

    @property
    def padding(self) -> str:
        """The ONNX name of the padding: SAME (centred), SAME_UPPER, SAME_LOWER or NOTSET."""
        surplus = self.offset - self.pad_begin
        return {0: "SAME", 1: "SAME_UPPER", -1: "SAME_LOWER"}.get(surplus, "NOTSET")

    @property
    def kernel_norm_1(self) -> float:
        """Sum of the absolute kernel entries."""
        return float(np.abs(self.kernel).sum())

    @property
    def row_sum(self) -> float:
        """s_r: the largest absolute kernel sum that reaches one output channel."""
        return float(np.abs(self.kernel).sum(axis=(1, 2, 3)).max())

    @property
    def column_sum(self) -> float:
        """s_c: the largest absolute kernel sum that leaves one input channel."""
        return float(np.abs(self.kernel).sum(axis=(0, 2, 3)).max())

    def spectral_norm_bound(self, image_side: int) -> float:
        """An upper bound on the spectral norm of the zero-padded operator.

        The operator is a block of the circulant one on M + D - 1 pixels per axis, whose norm is
        the largest norm of its C_out x C_in symbol over exactly that many frequencies per axis.
        On fewer frequencies the maximum can lie below the norm.

        Args:
            image_side: M. Unit: pixels. At least 1.
        """
        points = _checked_side(image_side) + self.kernel.shape[3] - 1
        symbol = np.fft.fft2(self.kernel, s=(points, points))
        return float(np.linalg.norm(symbol.transpose(2, 3, 0, 1), ord=2, axis=(2, 3)).max())

    def spectral_norm(self, image_side: int) -> float:
        """The spectral norm of the zero-padded operator, by Lanczos iteration on the operator.

        Args:
            image_side: M. Unit: pixels. At least 1; memory grows as M**2.
        """
        M = _checked_side(image_side)
        C_out, C_in = self.kernel.shape[:2]
        adjoint = self.flipped_kernel.transpose(1, 0, 2, 3)

        def apply(x: Matrix) -> Matrix:
            image = x.reshape(1, C_in, M, M)
            return cross_correlation(image, self.kernel, self.pads).ravel()

        def apply_adjoint(y: Matrix) -> Matrix:
            image = y.reshape(1, C_out, M, M)
            return cross_correlation(image, adjoint, self.pads[::-1]).ravel()

        shape = (C_out * M**2, C_in * M**2)
        if not self.kernel.any():
            return 0.0
        if min(shape) <= DENSE_SIDE:
            columns = [apply(unit) for unit in np.eye(shape[1])]
            return float(np.linalg.norm(np.stack(columns, axis=1), ord=2))
        operator = LinearOperator(shape, apply, apply_adjoint, dtype=np.float64)
        start = np.random.default_rng(0).normal(size=min(shape))
        return float(svds(operator, k=1, v0=start, return_singular_vectors=False)[0])


def _checked_side(image_side: int) -> int:
    if not isinstance(image_side, int | np.integer) or image_side < 1:
        raise ValueError(f"Convolution needs an integer image side >= 1 pixel, got {image_side!r}")
    return int(image_side)
