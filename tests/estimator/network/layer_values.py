"""What the layers of a network compute, one after another, by formulas of its own."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.special import erf, expit, ndtr

from estimator.network.convolution_layer import Convolution
from estimator.network.grouped_convolution import GroupedConvolution
from estimator.network.layers import (
    AbstractLayer,
    Activation,
    AveragePool,
    Dense,
    GlobalAverage,
    Normalisation,
    NormReduction,
    Power,
    Reshape,
    Scale,
    Shift,
    Skip,
    Softmax,
    Subsample,
    Transposition,
)
from estimator.network.linear_functions import Array, convolve, cross_correlation

CURVES: dict[str, Callable[[Array], Array]] = {
    "erf": erf,
    "gelu": lambda x: x * ndtr(x),
    "gelu-tanh": lambda x: x * expit(np.sqrt(8 / np.pi) * (x + 0.044715 * x**3)),
    "hard-swish": lambda x: x * np.clip(x + 3, 0, 6) / 6,
    "relu": lambda x: np.maximum(x, 0.0),
    "relu6": lambda x: np.clip(x, 0.0, 6.0),
    "sigmoid": expit,
    "silu": lambda x: x * expit(x),
    "softplus": lambda x: np.logaddexp(x, 0.0),
    "tanh": np.tanh,
}
"""Name of an activation -> what it computes."""


def layer_values(layers: Sequence[AbstractLayer], name: str, x: Array) -> dict[str, Array]:
    """Every tensor, by name.

    Args:
        layers: in the order of evaluation.
        name: of the network's input.
        x: its value, batch axis included.
    """
    values = {name: np.asarray(x, dtype=np.float64)}
    for layer in layers:
        values[layer.output] = _value(layer, *(values[each] for each in layer.inputs))
    return values


def _value(layer: Any, x: Array, *others: Array) -> Array:
    match layer:
        case Convolution():
            return cross_correlation(x, layer.kernel, layer.pads)
        case GroupedConvolution():
            end = layer.kernel.shape[3] - 1 - layer.pad_begin
            pads = (layer.pad_begin, layer.pad_begin, end, end)
            return convolve(x, layer.kernel, pads=pads, group=layer.groups)
        case Subsample():
            rows = slice(layer.first, layer.first + layer.stride * layer.side, layer.stride)
            return x[:, :, rows, rows]
        case AveragePool():
            size = layer.window
            end = size - 1 - layer.pad_begin
            pads = (layer.pad_begin, layer.pad_begin, end, end)
            kernel = np.full((x.shape[1], 1, size, size), 1 / size**2)
            return convolve(x, kernel, pads=pads, group=x.shape[1])
        case GlobalAverage():
            return x.mean(axis=(2, 3), keepdims=True)
        case Dense():
            column = x.shape[0] != 1
            y = layer.matrix @ x.reshape(-1) + layer.bias
            return y[:, None] if column else y[None]
        case Activation():
            return CURVES[layer.kind](layer.scale * x)
        case Skip():
            return layer.weights[0] * x + layer.weights[1] * others[0]
        case Normalisation():
            return (
                x / np.linalg.norm(x, axis=None)
                if layer.everything
                else x / np.sqrt((x * x).sum(axis=layer.axes, keepdims=True))
            )
        case NormReduction():
            return np.sqrt((x * x).sum(axis=layer.axes))
        case Power():
            return x**layer.exponent
        case Scale():
            return layer.factor * x
        case Shift():
            return x + layer.constant
        case Reshape():
            return x.reshape(layer.shape)
        case Transposition():
            return x.transpose(layer.axes)
        case Softmax():
            powers = np.exp(x - x.max())
            return powers / powers.sum()
    raise TypeError(f"{type(layer).__name__} is no layer of a network")
