"""The layers of a classical network, apart from convolutions.

Every layer names the tensors it consumes (`inputs`) and the one it produces (`output`), so that
skip connections can be followed.
"""

import numpy as np
from attrs import cmp_using, field, frozen
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
"""Real entries, of any number of axes."""

ENTRYWISE = cmp_using(eq=np.array_equal)
"""Compares two arrays entry by entry; such a field stays out of the hash and the repr."""


@frozen(kw_only=True)
class AbstractLayer:
    """A step of the network.

    Args:
        name: of the node it was read from.
        inputs: names of the tensors consumed; the first layer consumes the network's input.
        output: name of the tensor produced.
    """

    name: str
    inputs: tuple[str, ...]
    output: str


@frozen(kw_only=True)
class Dense(AbstractLayer):
    """y = matrix @ x + bias on a flattened tensor.

    Args:
        matrix: shape (outputs, inputs).
        bias: shape (outputs,); zeros if there is none.
    """

    matrix: Matrix = field(eq=ENTRYWISE, hash=False, repr=False)
    bias: Matrix = field(eq=ENTRYWISE, hash=False, repr=False)

    def __attrs_post_init__(self) -> None:
        shapes = self.matrix.shape, self.bias.shape
        if self.matrix.ndim != 2 or not self.matrix.size or shapes[1] != shapes[0][:1]:
            raise ValueError(
                "Dense needs a matrix of shape (outputs, inputs) and a bias of shape (outputs,), "
                f"got {shapes[0]} and {shapes[1]}"
            )
        if not (np.isfinite(self.matrix).all() and np.isfinite(self.bias).all()):
            raise ValueError("Dense needs finite weights, got an entry that is NaN or infinite")

    @property
    def kernel_norm_1(self) -> float:
        """Sum of the absolute matrix entries."""
        return float(np.abs(self.matrix).sum())

    @property
    def row_sum(self) -> float:
        """s_r: the largest absolute row sum."""
        return float(np.abs(self.matrix).sum(axis=1).max())

    @property
    def column_sum(self) -> float:
        """s_c: the largest absolute column sum."""
        return float(np.abs(self.matrix).sum(axis=0).max())

    @property
    def spectral_norm(self) -> float:
        """The largest singular value, from a full decomposition."""
        return float(np.linalg.norm(self.matrix, ord=2))


@frozen(kw_only=True)
class Activation(AbstractLayer):
    """y = kind(scale * x), entry by entry.

    Args:
        kind: "relu", "erf", "sigmoid", "tanh", "gelu", "gelu-tanh", "silu", "softplus", "relu6".
        scale: dimensionless; 1 if the file multiplies by nothing.
    """

    kind: str
    scale: float = 1.0


@frozen(kw_only=True)
class Subsample(AbstractLayer):
    """y[c, i, j] = x[c, first + stride i, first + stride j]: every so many rows and columns.

    Args:
        first: row, and column, that is kept first. Unit: pixels.
        stride: from one kept row to the next. Unit: pixels.
        side: of the image that is left. Unit: pixels.
    """

    first: int
    stride: int
    side: int


@frozen(kw_only=True)
class AveragePool(AbstractLayer):
    """The mean over a square at every place, with zeros outside; the image keeps its side.

    Args:
        window: side D of the square. Unit: pixels.
        pad_begin: rows of the square above the place, and columns to the left. From 0 to D - 1.
        side: image side M. Unit: pixels.
    """

    window: int
    pad_begin: int
    side: int


@frozen(kw_only=True)
class GlobalAverage(AbstractLayer):
    """The mean of every channel.

    Args:
        side: image side M. Unit: pixels.
    """

    side: int


@frozen(kw_only=True)
class Transposition(AbstractLayer):
    """The axes in another order.

    Args:
        axes: old axis at each new place, batch axis included.
    """

    axes: tuple[int, ...]


@frozen(kw_only=True)
class Softmax(AbstractLayer):
    """Exponentials divided by their sum; the order of the scores stays."""


@frozen(kw_only=True)
class Skip(AbstractLayer):
    """y = weights[0] * x_0 + weights[1] * x_1 of two computed tensors of one shape.

    Args:
        weights: dimensionless; 1 where the file multiplies by nothing.
    """

    weights: tuple[float, float] = (1.0, 1.0)


@frozen(kw_only=True)
class Normalisation(AbstractLayer):
    """y = x / (l2 norm of x over `axes`).

    Args:
        axes: counted from 0, the batch axis.
        everything: whether the axes cover every entry, so that y has l2 norm 1.
    """

    axes: tuple[int, ...]
    everything: bool


@frozen(kw_only=True)
class NormReduction(AbstractLayer):
    """y = l2 norm of x over `axes`, which vanish or keep length 1.

    Args:
        axes: counted from 0, the batch axis.
    """

    axes: tuple[int, ...]


@frozen(kw_only=True)
class Power(AbstractLayer):
    """y = x ** exponent, entry by entry."""

    exponent: float


@frozen(kw_only=True)
class Scale(AbstractLayer):
    """y = factor * x, entry by entry; the factor is broadcast, so it may repeat channels."""

    factor: Matrix = field(eq=ENTRYWISE, hash=False, repr=False)


@frozen(kw_only=True)
class Shift(AbstractLayer):
    """y = x + constant, entry by entry."""

    constant: Matrix = field(eq=ENTRYWISE, hash=False, repr=False)


@frozen(kw_only=True)
class Reshape(AbstractLayer):
    """The same entries, last axis fastest, under a new shape, batch axis included."""

    shape: tuple[int, ...]
