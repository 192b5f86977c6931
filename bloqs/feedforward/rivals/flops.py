"""What the exact classical evaluation of a network costs, layer by layer.

Unit: FLOP. An addition, multiplication or value of an activation is one; a sum of n products is
2 n, its first term being added to zero; padding zeros are multiplied like any pixel. Only pixels
that a stride keeps are computed.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from estimator.network.convolution_layer import Convolution
from estimator.network.grouped_convolution import GroupedConvolution
from estimator.network.layers import (
    AbstractLayer,
    Activation,
    AveragePool,
    Dense,
    GlobalAverage,
    Reshape,
    Scale,
    Shift,
    Skip,
    Softmax,
    Subsample,
    Transposition,
)
from estimator.network.network import Network


@frozen(kw_only=True)
class LayerFlops:
    """One layer.

    Args:
        layer: its name.
        kind: of the layer.
        flops: of one evaluation.
        parameters: numbers it holds.
    """

    layer: str
    kind: str
    flops: int
    parameters: int


def layer_flops(network: Network) -> tuple[LayerFlops, ...]:
    """FLOP and parameters of every layer that computes something.

    Raises:
        ValueError: for a layer whose evaluation is not counted here.
    """
    shapes = {network.input_name: network.input_shape[1:]}
    rows: list[LayerFlops] = []
    for layer in network.layers:
        shape = shapes[layer.inputs[0]]
        after, flops, parameters = _counted(layer, shape, _kept(layer, network.layers))
        shapes[layer.output] = after
        if flops:
            rows.append(
                LayerFlops(
                    layer=layer.name or layer.output,
                    kind=type(layer).__name__,
                    flops=flops,
                    parameters=parameters,
                )
            )
    return tuple(rows)


def _kept(layer: AbstractLayer, layers: Sequence[AbstractLayer]) -> int | None:
    """Side of the image that a stride right after a layer keeps; `None` if all of it is used."""
    after = [each for each in layers if layer.output in each.inputs]
    if len(after) == 1 and isinstance(after[0], Subsample):
        return after[0].side
    return None


def _counted(
    layer: AbstractLayer, shape: tuple[int, ...], kept: int | None
) -> tuple[tuple[int, ...], int, int]:
    """Shape without batch axis, FLOP and parameters."""
    size = int(np.prod(shape))
    match layer:
        case Convolution() | GroupedConvolution():
            C_out, inside, D, _ = layer.kernel.shape
            side = kept or layer.side
            flops = 2 * C_out * inside * D**2 * side**2
            return (C_out, layer.side, layer.side), flops, layer.kernel.size
        case AveragePool():
            side = kept or layer.side
            return shape, shape[0] * side**2 * (layer.window**2 + 1), 0
        case GlobalAverage():
            return (shape[0], 1, 1), size + shape[0], 0
        case Subsample():
            return (shape[0], layer.side, layer.side), 0, 0
        case Dense():
            rows, columns = layer.matrix.shape
            bias = rows if layer.bias.any() else 0
            return (rows,), 2 * rows * columns + bias, layer.matrix.size + bias
        case Activation():
            return shape, size * (1 if layer.scale == 1 else 2), 0
        case Shift() | Scale():
            values = layer.constant if isinstance(layer, Shift) else layer.factor
            return shape, size, int(np.size(values))
        case Skip():
            return shape, size * (1 + sum(abs(w) != 1 for w in layer.weights)), 0
        case Reshape():
            return layer.shape[1:], 0, 0
        case Transposition():
            return tuple(np.array((1, *shape))[list(layer.axes)])[1:], 0, 0
        case Softmax():
            return shape, 3 * size, 0
    raise ValueError(f"the evaluation of {type(layer).__name__} is not counted")
