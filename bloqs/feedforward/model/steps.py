"""What a network does to the register that holds its vector, one step after another.

Each step says in NumPy what the register holds afterwards, padding included: that is what the
circuit of the step is compared with.
"""

import abc

import numpy as np
from attrs import field, frozen

from bloqs.feedforward.model.register import Register, Values
from estimator.network.entrywise_functions import ENTRYWISE_FUNCTIONS
from estimator.network.layers import ENTRYWISE, Matrix
from estimator.network.linear_functions import convolve

CURVES = {
    "erf": "Erf",
    "gelu": "Gelu",
    "hard-swish": "HardSwish",
    "relu": "Relu",
    "sigmoid": "Sigmoid",
    "silu": "Swish",
    "softplus": "Softplus",
    "tanh": "Tanh",
}
"""Activation -> the operator that computes it."""


def curve(kind: str, x: Values) -> Values:
    """An activation of every entry.

    Args:
        kind: as in `estimator.network.layers.Activation`.
        x: of any shape.
    """
    if kind == "relu6":
        return np.clip(x, 0.0, 6.0)
    if kind == "gelu-tanh":
        return ENTRYWISE_FUNCTIONS["Gelu"](x, approximate=b"tanh")
    return ENTRYWISE_FUNCTIONS[CURVES[kind]](x)


@frozen(kw_only=True)
class AbstractStep(abc.ABC):
    """A step.

    Args:
        name: of the layer it belongs to.
        inputs: names of what it consumes.
        output: name of what it makes.
        before: the register of what it consumes.
        after: the register of what it makes.
    """

    name: str
    inputs: tuple[str, ...]
    output: str
    before: Register
    after: Register

    @abc.abstractmethod
    def apply(self, x: Values, *others: Values) -> Values:
        """What is in the register afterwards."""


@frozen(kw_only=True)
class Widen(AbstractStep):
    """Further channels, all zero."""

    def apply(self, x: Values, *others: Values) -> Values:
        found = np.zeros(2**self.after.n)
        found[: x.size] = x.reshape(-1)
        return found.reshape(self.after.shape)


@frozen(kw_only=True)
class Narrow(AbstractStep):
    """Channels that are zero are left out of the index; their qubits must be found in zero."""

    def apply(self, x: Values, *others: Values) -> Values:
        return x[: self.after.shape[0]]


@frozen(kw_only=True)
class Convolve(AbstractStep):
    """A convolution, zero outside the register's image.

    Args:
        kernel: shape (C_out, C_in / groups, D, D), the orientation of ONNX.
        groups: parts into which the channels are divided.
        pad_begin: zeros above and to the left. Unit: pixels.
    """

    kernel: Matrix = field(eq=ENTRYWISE, hash=False, repr=False)
    groups: int
    pad_begin: int

    def apply(self, x: Values, *others: Values) -> Values:
        C_out, inside, D, _ = self.kernel.shape
        pads = (self.pad_begin,) * 2 + (D - 1 - self.pad_begin,) * 2
        image = x[: inside * self.groups].swapaxes(1, 2)[None]
        found = np.zeros(self.after.shape)
        made = convolve(image, self.kernel, pads=pads, group=self.groups)
        found[:C_out] = made[0].swapaxes(1, 2)
        return found

    @property
    def has_even_groups(self) -> bool:
        """Whether groups have as many channels in as out, and a power of two of them."""
        C_out, inside = self.kernel.shape[:2]
        return C_out == inside * self.groups and inside & (inside - 1) == 0

    @property
    def sums(self) -> tuple[float, float]:
        """The largest sums of |K| over one output and over one input channel, of taps that reach
        the register's image.
        """
        C_out, inside, D, _ = self.kernel.shape
        near = np.abs(np.arange(D)[::-1] - (D - 1 - self.pad_begin)) < 2**self.before.m
        sizes = np.abs(self.kernel * near[:, None] * near)
        by_group = sizes.reshape(self.groups, C_out // self.groups, inside, D, D)
        columns = by_group.sum(axis=(1, 3, 4))
        return float(sizes.sum(axis=(1, 2, 3)).max()), float(columns.max())

    @property
    def expanded(self) -> Matrix:
        """The kernel of shape (C_out, C_in, D, D), with the zeros between groups written out."""
        C_out, inside, *sides = self.kernel.shape
        kernel = np.zeros((C_out, inside * self.groups, *sides))
        height = C_out // self.groups
        for group in range(self.groups):
            rows = slice(group * height, (group + 1) * height)
            kernel[rows, group * inside : (group + 1) * inside] = self.kernel[rows]
        return kernel


@frozen(kw_only=True)
class Multiply(AbstractStep):
    """A matrix on the whole register.

    Args:
        matrix: shape (at most 2**n, 2**n), n the width of the register before.
    """

    matrix: Matrix = field(eq=ENTRYWISE, hash=False, repr=False)

    def apply(self, x: Values, *others: Values) -> Values:
        found = np.zeros(2**self.after.n)
        found[: len(self.matrix)] = self.matrix @ x.reshape(-1)
        return found.reshape(self.after.shape)


@frozen(kw_only=True)
class Add(AbstractStep):
    """A constant is added.

    Args:
        constant: for each channel, shape (2**c,), the same at all pixels; or for each entry, of
            the register's shape.
    """

    constant: Matrix = field(eq=ENTRYWISE, hash=False, repr=False)

    @property
    def is_by_channel(self) -> bool:
        """Whether all pixels of a channel get the same."""
        return self.constant.ndim == 1

    @property
    def whole(self) -> Values:
        """What is added, of the register's shape."""
        by_channel = self.constant.reshape(-1, 1, 1) if self.is_by_channel else self.constant
        return np.broadcast_to(by_channel, self.after.shape)

    def apply(self, x: Values, *others: Values) -> Values:
        return x + self.whole


@frozen(kw_only=True)
class Curve(AbstractStep):
    """y = f(scale x) - f(0), entry by entry.

    Args:
        kind: of the activation.
        scale: dimensionless.
    """

    kind: str
    scale: float

    def apply(self, x: Values, *others: Values) -> Values:
        return curve(self.kind, self.scale * x) - curve(self.kind, np.zeros(1))


@frozen(kw_only=True)
class Sum(AbstractStep):
    """weights[0] x_0 + weights[1] x_1.

    Args:
        weights: dimensionless, not zero.
    """

    weights: tuple[float, float]

    def apply(self, x: Values, *others: Values) -> Values:
        return self.weights[0] * x + self.weights[1] * others[0]


@frozen(kw_only=True)
class Pool(AbstractStep):
    """Every so many pixels, or means over squares of as many.

    Args:
        bits: log2 of how many rows, and columns, become one.
        averages: whether means are taken.
        factor: what means of the register are multiplied by, for images that do not fill it.
    """

    bits: int
    averages: bool
    factor: float = 1.0

    def apply(self, x: Values, *others: Values) -> Values:
        C, M, _ = x.shape
        step = 2**self.bits
        blocks = x.reshape(C, M // step, step, M // step, step)
        if self.averages:
            return self.factor * blocks.mean(axis=(2, 4))
        return blocks[:, :, 0, :, 0].copy()


@frozen(kw_only=True)
class Cut(AbstractStep):
    """Rows and columns from `side` on become zero.

    Args:
        side: rows, and columns, that stay. Unit: pixels.
    """

    side: int

    def apply(self, x: Values, *others: Values) -> Values:
        found = np.zeros_like(x)
        found[:, : self.side, : self.side] = x[:, : self.side, : self.side]
        return found


@frozen(kw_only=True)
class Rescale(AbstractStep):
    """y = factor x: what an amplitude stands for changes, and no gate but for a sign.

    Args:
        factor: dimensionless, not zero.
    """

    factor: float

    def apply(self, x: Values, *others: Values) -> Values:
        return self.factor * x
