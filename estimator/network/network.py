"""A classical network: its layers with their weights, or its layers' shapes alone.

`estimator.network.onnx_reader.read_network` makes a `Network` from a file. A `NetworkShape` needs
no weights, and its sizes may be symbols, so it also describes networks nobody has trained.
"""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import sympy
from attrs import field, frozen
from numpy.typing import NDArray

from estimator.network.convolution_layer import Convolution
from estimator.network.layers import AbstractLayer, Dense
from estimator.network.linear_functions import Array
from estimator.network.onnx_operators import Operator, evaluate

Size: TypeAlias = int | sympy.Expr
"""A positive integer, or an expression in `estimator.symbols` that stands for one."""


@frozen
class ConvolutionShape:
    """A stride-1 convolution that keeps the image side, without its weights.

    Args:
        C_out: output channels.
        C_in: input channels.
        D: kernel side. Unit: pixels.
        M: image side. Unit: pixels.

    Raises:
        ValueError: if a size is not an integer of at least 1 or an expression.
    """

    C_out: Size
    C_in: Size
    D: Size
    M: Size

    def __attrs_post_init__(self) -> None:
        _check_sizes(self, C_out=self.C_out, C_in=self.C_in, D=self.D, M=self.M)

    @property
    def parameters(self) -> Size:
        """Weights; there is no bias."""
        return self.C_out * self.C_in * self.D**2

    @property
    def flops(self) -> Size:
        """Additions and multiplications of the direct sum, padding zeros included."""
        return 2 * self.C_out * self.C_in * self.D**2 * self.M**2


@frozen
class DenseShape:
    """A dense layer without its weights.

    Args:
        N_out: outputs.
        N_in: inputs.

    Raises:
        ValueError: if a size is not an integer of at least 1 or an expression.
    """

    N_out: Size
    N_in: Size

    def __attrs_post_init__(self) -> None:
        _check_sizes(self, N_out=self.N_out, N_in=self.N_in)

    @property
    def parameters(self) -> Size:
        """Weights; a bias is not counted."""
        return self.N_out * self.N_in

    @property
    def flops(self) -> Size:
        """Additions and multiplications of the matrix-vector product."""
        return 2 * self.N_out * self.N_in


def _check_sizes(shape: object, **sizes: Size) -> None:
    for name, size in sizes.items():
        symbolic = isinstance(size, sympy.Expr)
        whole = isinstance(size, int) and not isinstance(size, bool)
        if not (whole or symbolic) or (symbolic and not _may_be_integer(size)):
            raise ValueError(f"{type(shape).__name__} needs an integer {name}, got {size!r}")
        if sympy.sympify(size).is_positive is False:
            raise ValueError(f"{type(shape).__name__} needs {name} >= 1, got {size}")


def _may_be_integer(size: sympy.Expr) -> bool:
    return bool(size.is_integer if size.is_number else size.is_integer is not False)


@frozen
class NetworkShape:
    """The layers with weights, in the order of evaluation; entrywise layers are left out."""

    layers: tuple[ConvolutionShape | DenseShape, ...]

    @property
    def parameters(self) -> Size:
        """Weights of all layers."""
        return sum((layer.parameters for layer in self.layers), start=0)

    @property
    def flops(self) -> Size:
        """Additions and multiplications of all layers, entrywise layers not counted."""
        return sum((layer.flops for layer in self.layers), start=0)


@frozen
class Network:
    """A feed-forward network with one input and one output.

    Args:
        layers: in the order of evaluation; skip connections follow from `inputs` and `output`.
        input_shape: (1, channels, side, side) for images, (1, length) for vectors.
        name: for messages.
        operators: the same network as a graph that can be evaluated.
        constants: the tensors of the graph that do not depend on the input.
        input_name: tensor that holds the input.
        output_name: tensor that holds the output.
    """

    layers: tuple[AbstractLayer, ...]
    input_shape: tuple[int, ...]
    name: str
    operators: tuple[Operator, ...] = field(repr=False)
    constants: Mapping[str, Array] = field(eq=False, repr=False)
    input_name: str
    output_name: str

    @property
    def convolutions(self) -> tuple[Convolution, ...]:
        """The convolution layers, in the order of evaluation."""
        return tuple(layer for layer in self.layers if isinstance(layer, Convolution))

    @property
    def dense(self) -> tuple[Dense, ...]:
        """The dense layers, in the order of evaluation."""
        return tuple(layer for layer in self.layers if isinstance(layer, Dense))

    @property
    def shape(self) -> NetworkShape:
        """The sizes of the convolution and dense layers, without the weights."""
        shapes: list[ConvolutionShape | DenseShape] = []
        for layer in self.layers:
            if isinstance(layer, Convolution):
                C_out, C_in, D, _ = layer.kernel.shape
                shapes.append(ConvolutionShape(C_out, C_in, D, layer.side))
            elif isinstance(layer, Dense):
                shapes.append(DenseShape(*layer.matrix.shape))
        return NetworkShape(tuple(shapes))

    def forward(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """The network's output, in double precision.

        Args:
            x: array of shape `input_shape`.

        Raises:
            ValueError: if x has another shape or an entry that is not finite, or if an operator
                produces such an entry, for instance by normalising a zero vector.
        """
        x = np.asarray(x)
        if x.dtype.kind not in "fiub":
            raise ValueError(f"{self.name} needs an input of real numbers, got {x.dtype}")
        x = x.astype(np.float64)
        if x.shape != self.input_shape:
            raise ValueError(
                f"{self.name} needs an input of shape {self.input_shape}, got {x.shape}"
            )
        if not np.isfinite(x).all():
            raise ValueError(
                f"{self.name} needs a finite input, got an entry that is NaN or infinite"
            )
        values = evaluate(self.operators, {**self.constants, self.input_name: x})
        for operator in self.operators:
            if not np.isfinite(values[operator.output]).all():
                raise ValueError(
                    f"{self.name} divides by zero or overflows on this input, first in {operator}"
                )
        return values[self.output_name]
