r"""A residual network that a quantum computer can run coherently, evaluated exactly by NumPy.

Every layer maps unit vectors to unit vectors, entry $(channel, row, column)$ of the image at
index $(channel\, M + column)\, M + row$, as in $|channel\rangle |column\rangle |row\rangle$.
"""

import numpy as np
from attrs import cmp_using, field, frozen
from numpy.typing import NDArray
from scipy.special import erf

from estimator.network.convolution_layer import Convolution
from estimator.network.layers import ENTRYWISE, Matrix
from estimator.network.linear_functions import cross_correlation

NORM_SLACK = 1e-6
"""Excess over 1 of a spectral norm that counts as rounding of stored weights. Unit: 1."""

UNIT_SLACK = 1e-9
"""Distance of a norm from 1 that counts as rounding of arithmetic. Unit: 1."""


@frozen(eq=False)
class LinearOutput:
    r"""The output block $\psi \mapsto \tau\psi + (1-\tau) W |\psi|^2$, then normalised.

    Args:
        matrix: W, shape (N, N), spectral norm at most 1. One that exceeds 1 by rounding, up to
            `NORM_SLACK`, is divided by it, here and for everybody.
        tau: weight of the skip path, above 1/2, so that it cannot be cancelled, and below 1.

    Raises:
        ValueError: if the matrix is not square or too large in norm, or tau out of range.

    Source: [RHGPR25] Lem. C.1
    """

    matrix: Matrix = field(repr=False)
    tau: float

    def __attrs_post_init__(self) -> None:
        if self.matrix.ndim != 2 or self.matrix.shape[0] != self.matrix.shape[1]:
            raise ValueError(f"the output matrix must be square, got shape {self.matrix.shape}")
        if not 0.5 < self.tau < 1:
            raise ValueError(
                f"the skip weight tau must be above 1/2 and below 1, got {self.tau:.6g}"
            )
        norm = float(np.linalg.norm(self.matrix, ord=2))
        if not norm <= 1 + NORM_SLACK:
            raise ValueError(
                f"the output matrix must have spectral norm at most 1, got {norm:.6g}; divide it"
            )
        if norm > 1:
            object.__setattr__(self, "matrix", self.matrix / norm)

    def unnormalised(self, psi: Matrix) -> Matrix:
        r"""$\tau\psi + (1-\tau) W |\psi|^2$, shape (N,)."""
        return self.tau * psi + (1 - self.tau) * (self.matrix @ psi**2)


STEEPEST_SLOPE = float(np.sqrt(np.pi) / 2)
"""Slope at which erf(slope x) stops contracting, so that a skip path could be cancelled."""

Bins = NDArray[np.int64]
"""Class of every entry of the output vector."""


@frozen(eq=False)
class ResidualNetwork:
    r"""k blocks $\psi \mapsto \psi + \mathrm{erf}(\nu W_i \psi)$, each normalised; an output.

    The class probabilities are sums of squares of the last vector over the entries of a class.

    Args:
        blocks: the convolutions $W_i$, all of one size, spectral norm at most 1. At least one.
        slope: $\nu$, above 0 and below $\sqrt\pi/2$; published 4/5.
        output: the output block, or `None` if the last residual block's vector is measured.
        bins: class of every entry, shape (N,): integers from 0.
        copies: weights with which the one channel of the image is copied to the channels of the
            first convolution, l2 norm 1; `None` if the image has all channels already.

    Raises:
        ValueError: if a size does not fit or a norm or slope is out of range.

    Source: [RHGPR25] Thm. 2, Lem. 6, Def. B.7
    """

    blocks: tuple[Convolution, ...]
    slope: float
    output: LinearOutput | None
    bins: Bins = field(repr=False, eq=cmp_using(eq=np.array_equal))
    copies: Matrix | None = field(default=None, repr=False, eq=ENTRYWISE)

    def __attrs_post_init__(self) -> None:
        if not self.blocks:
            raise ValueError("a residual network needs at least one residual block, got none")
        sizes = {(*block.kernel.shape[:2], block.side) for block in self.blocks}
        if len(sizes) > 1 or self.blocks[0].kernel.shape[0] != self.blocks[0].kernel.shape[1]:
            raise ValueError(
                "a skip path needs equal channels and sides in all blocks, got (output channels, "
                f"input channels, side) {sorted(sizes)}"
            )
        if not 0 < self.slope < STEEPEST_SLOPE:
            raise ValueError(
                f"the slope of erf must be above 0 and below sqrt(pi)/2, got {self.slope:.6g}"
            )
        for number, block in enumerate(self.blocks, start=1):
            norm = block.spectral_norm_bound(block.side)
            if norm > 1 + NORM_SLACK:
                norm = block.spectral_norm(block.side)
            if norm > 1 + NORM_SLACK:
                raise ValueError(
                    f"convolution {number} must have spectral norm at most 1, got {norm:.6g}; "
                    "divide its kernel"
                )
        if self.output is not None and len(self.output.matrix) != self.N:
            raise ValueError(
                f"the output matrix must have N = {self.N} rows, got {len(self.output.matrix)}"
            )
        if self.bins.shape != (self.N,) or self.bins.dtype.kind != "i" or self.bins.min() < 0:
            raise ValueError(f"bins must be {self.N} classes from 0, got shape {self.bins.shape}")
        if self.copies is not None and (
            self.copies.shape != (self.C,) or abs(np.linalg.norm(self.copies) - 1) > NORM_SLACK
        ):
            raise ValueError(
                f"copies must be {self.C} weights of l2 norm 1, got {self.copies.tolist()}"
            )

    @property
    def C(self) -> int:  # noqa: N802
        """Channels."""
        return int(self.blocks[0].kernel.shape[0])

    @property
    def M(self) -> int:  # noqa: N802
        """Image side. Unit: pixels."""
        return self.blocks[0].side

    @property
    def N(self) -> int:  # noqa: N802
        """Length of the vectors, C M**2. Unit: entries."""
        return self.C * self.M**2

    @property
    def k(self) -> int:
        """Residual blocks."""
        return len(self.blocks)

    @property
    def classes(self) -> int:
        """Largest class plus one."""
        return int(self.bins.max()) + 1

    def vector_of(self, image: Matrix) -> Matrix:
        """The unit vector, shape (N,), that the network makes of an image.

        Args:
            image: shape (channels, M, M), channels 1 if there are `copies`, else C; not zero. A
                leading batch axis of length 1 is allowed.

        Raises:
            ValueError: if the image has another shape, is zero or is not finite.
        """
        channels = 1 if self.copies is not None else self.C
        image = np.asarray(image, dtype=np.float64)
        if image.shape not in ((channels, self.M, self.M), (1, channels, self.M, self.M)):
            raise ValueError(
                f"the image must have shape {(channels, self.M, self.M)}, got {image.shape}; bring "
                "it to that size before, nothing is resized here"
            )
        image = image.reshape(channels, self.M, self.M)
        largest = np.abs(image).max()
        if not (np.isfinite(largest) and largest > 0):
            raise ValueError(
                f"the image must be finite and not zero, got {largest} as its largest entry"
            )
        image = np.ldexp(image, -int(np.frexp(largest)[1]))  # exact; squares neither over- nor
        image = image / np.linalg.norm(image)  # underflow
        if self.copies is not None:
            image = image * (self.copies / np.linalg.norm(self.copies))[:, None, None]
        return column_major(image)

    def convolve(self, number: int, psi: Matrix) -> Matrix:
        """W_i psi, shape (N,), for block `number`, counted from 0."""
        block = self.blocks[number]
        image = psi.reshape(self.C, self.M, self.M).transpose(0, 2, 1)
        return column_major(cross_correlation(image[None], block.kernel, block.pads)[0])

    def unnormalised(self, number: int, psi: Matrix) -> Matrix:
        """psi + erf(slope W_i psi), shape (N,), for block `number`, counted from 0."""
        return psi + erf(self.slope * self.convolve(number, psi))

    def states(self, psi: Matrix) -> tuple[Matrix, ...]:
        """The input, the vector after each residual block and that after the output block.

        Args:
            psi: shape (N,), l2 norm 1; `vector_of` makes one of an image.

        Returns:
            k + 1 unit vectors of shape (N,), one more if there is an output block.

        Raises:
            ValueError: if psi has another shape or is no unit vector.
        """
        states = [self.checked(psi)]
        for number in range(self.k):
            states.append(_unit(self.unnormalised(number, states[-1])))
        if self.output is not None:
            states.append(_unit(self.output.unnormalised(states[-1])))
        return tuple(states)

    def norms(self, psi: Matrix) -> tuple[float, ...]:
        """The l2 norm that each normalisation divides by, one for each block; `psi` as `states`."""
        states = self.states(psi)
        norms = [self.unnormalised(number, states[number]) for number in range(self.k)]
        if self.output is not None:
            norms.append(self.output.unnormalised(states[self.k]))
        return tuple(float(np.linalg.norm(each)) for each in norms)

    def pool(self, psi: Matrix) -> Matrix:
        """Sum of squares over the entries of each class, shape (classes,)."""
        squares = np.bincount(self.bins, weights=psi**2, minlength=self.classes)
        return squares.astype(np.float64)

    def probabilities(self, psi: Matrix) -> Matrix:
        """The class probabilities, shape (classes,); `psi` as in `states`."""
        return self.pool(self.states(psi)[-1])

    def checked(self, psi: Matrix) -> Matrix:
        """`psi` as an array, if it is an input of this network.

        Raises:
            ValueError: if it has another shape than (N,) or is no unit vector.
        """
        psi = np.asarray(psi, dtype=np.float64)
        if psi.shape != (self.N,):
            raise ValueError(f"the input must be a vector of {self.N} entries, got {psi.shape}")
        if not abs(np.linalg.norm(psi) - 1) <= UNIT_SLACK:
            raise ValueError(
                f"the input must have l2 norm 1, got {np.linalg.norm(psi):.9g}; use vector_of"
            )
        return psi


def column_major(image: Matrix) -> Matrix:
    """The image (channel, row, column) as a vector, row fastest."""
    return image.transpose(0, 2, 1).ravel()


def consecutive_bins(N: int, classes: int) -> Bins:
    """Classes of N / classes consecutive entries each.

    Raises:
        ValueError: if `classes` does not divide N.

    Source: [RHGPR25] Def. B.7
    """
    if classes < 1 or N % classes:
        raise ValueError(f"classes must divide the vector length {N}, got {classes}")
    return np.repeat(np.arange(classes), N // classes)


def _unit(x: Matrix) -> Matrix:
    return x / np.linalg.norm(x)
