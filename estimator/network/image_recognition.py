"""From operators on images to layers: a stride, a bias and a group are layers of their own.

A Conv becomes a convolution that keeps the image's side, then the rows and columns that are kept,
then what is added to each channel. A kernel that is dilated, or not square, is written out with the
zeros it has there, which changes nothing that is computed.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from estimator.network.convolution_layer import Convolution
from estimator.network.grouped_convolution import GroupedConvolution
from estimator.network.layers import (
    AbstractLayer,
    AveragePool,
    GlobalAverage,
    Scale,
    Shift,
    Subsample,
)
from estimator.network.linear_functions import Array, normalising_terms
from estimator.network.onnx_operators import Operator

Shapes = Mapping[str, tuple[int, ...]]

Step = tuple[Callable[..., AbstractLayer], dict[str, object]]
"""A kind of layer, and its fields but for the tensors."""


def convolution_layers(
    operator: Operator, source: str, constants: Mapping[str, Array], shapes: Shapes
) -> list[AbstractLayer]:
    """The layers of a Conv.

    Args:
        operator: a Conv with explicit pads.
        source: tensor that it is applied to.
        constants: every constant tensor.
        shapes: of every tensor.

    Raises:
        ValueError: if its images are not square, before or after, or grow.
    """
    side = _square(operator, shapes[operator.inputs[0]])
    kernel = constants[operator.inputs[1]]
    attributes = operator.attributes
    stride = _one(operator, "strides")
    pads = tuple(attributes["pads"])
    kernel, pad_begin = _written_out(kernel, pads, attributes.get("dilations", (1, 1)))
    groups = attributes.get("group", 1)
    after = _kept_side(operator, shapes[operator.output], side, stride, pads)
    bias = None
    if len(operator.inputs) > 2 and operator.inputs[2]:
        bias = constants[operator.inputs[2]]
    shared = {"kernel": kernel, "pad_begin": pad_begin, "side": side}
    steps: list[Step] = [
        (GroupedConvolution, {"groups": groups, **shared}) if groups > 1 else (Convolution, shared),
        *_kept(stride, side, after),
    ]
    if bias is not None and bias.any():
        steps.append((Shift, {"constant": bias[:, None, None]}))
    return _chained(operator, source, steps)


def pool_layers(operator: Operator, source: str, shapes: Shapes) -> list[AbstractLayer]:
    """The layers of an AveragePool.

    Raises:
        ValueError: if its window or its images are not square, or places at the border average
            over fewer pixels.
    """
    side = _square(operator, shapes[operator.inputs[0]])
    window = _one(operator, "kernel_shape")
    stride, pads = _one(operator, "strides"), tuple(operator.attributes["pads"])
    if any(pads) and not operator.attributes.get("count_include_pad", 0):
        raise ValueError(
            f"{operator} has pads {list(pads)} that it does not count; set count_include_pad=1, or "
            "average without padding"
        )
    if pads[0] != pads[1]:
        raise ValueError(f"{operator} has pads {list(pads)}; pad rows and columns alike")
    after = _kept_side(operator, shapes[operator.output], side, stride, pads)
    if (window, after) == (side, 1):
        return _chained(operator, source, [(GlobalAverage, {"side": side})])
    average: Step = (AveragePool, {"window": window, "pad_begin": pads[0], "side": side})
    return _chained(operator, source, [average, *_kept(stride, side, after)])


def global_average(operator: Operator, source: str, shapes: Shapes) -> AbstractLayer:
    """The layer of a GlobalAveragePool, or of a ReduceMean over rows and columns.

    Raises:
        ValueError: if the images are not square.
    """
    side = _square(operator, shapes[operator.inputs[0]])
    return GlobalAverage(name=operator.name, inputs=(source,), output=operator.output, side=side)


def normalisation_layers(
    operator: Operator, source: str, constants: Mapping[str, Array], shapes: Shapes
) -> list[AbstractLayer]:
    """A BatchNormalization that could not be folded: a factor and a summand for each channel."""
    terms = [constants[name] for name in operator.inputs[1:5]]
    factor, summand = normalising_terms(terms, operator.attributes.get("epsilon", 1e-5))
    shape = (-1,) + (1,) * (len(shapes[operator.inputs[0]]) - 2)
    steps: list[Step] = [(Scale, {"factor": factor.reshape(shape)})]
    if summand.any():
        steps.append((Shift, {"constant": summand.reshape(shape)}))
    return _chained(operator, source, steps)


def _chained(operator: Operator, source: str, steps: Sequence[Step]) -> list[AbstractLayer]:
    """Layers one after another, the last of which makes the operator's output."""
    between = [f"{operator.output}/{number}" for number in range(1, len(steps))]
    ends = [source, *between, operator.output]
    return [
        kind(name=operator.name, inputs=(start,), output=end, **fields)
        for (kind, fields), start, end in zip(steps, ends, ends[1:], strict=False)
    ]


def _kept(stride: int, side: int, after: int) -> list[Step]:
    """The rows and columns that are kept, if not all of them are."""
    if (stride, after) == (1, side):
        return []
    return [(Subsample, {"first": 0, "stride": stride, "side": after})]


def _square(operator: Operator, shape: tuple[int, ...]) -> int:
    if len(shape) != 4 or shape[2] != shape[3]:
        sides = " x ".join(map(str, shape[2:]))
        raise ValueError(f"{operator} sees {sides} pixels; the image must be square")
    return shape[2]


def _one(operator: Operator, key: str) -> int:
    """The number that an attribute has for rows and columns alike."""
    numbers = list(operator.attributes.get(key, (1, 1)))
    if len(set(numbers)) != 1:
        raise ValueError(f"{operator} has {key} {numbers}; rows and columns need the same")
    return int(numbers[0])


def _written_out(kernel: Array, pads: Sequence[int], dilations: Sequence[int]) -> tuple[Array, int]:
    """A square kernel with all its zeros, and the pixels it is padded by above and to the left."""
    sides = kernel.shape[2:]
    reach = [step * (side - 1) + 1 for step, side in zip(dilations, sides, strict=True)]
    pad = max(pads[:2])
    begins = [pad - each for each in pads[:2]]
    side = max(pad + 1, *(begin + size for begin, size in zip(begins, reach, strict=True)))
    if (side, side) == tuple(sides):
        return kernel, pad
    whole = np.zeros((*kernel.shape[:2], side, side))
    rows, columns = (
        slice(begin, begin + size, step)
        for begin, size, step in zip(begins, reach, dilations, strict=True)
    )
    whole[:, :, rows, columns] = kernel
    return whole, pad


def _kept_side(
    operator: Operator, shape: tuple[int, ...], side: int, stride: int, pads: Sequence[int]
) -> int:
    """Side of the image that is left, every place of which lies inside the image before."""
    after = _square(operator, shape)
    if stride * (after - 1) >= side:
        raise ValueError(
            f"{operator} has pads {list(pads)} that make {after * stride} places of {side}; pad no "
            "more than the window reaches"
        )
    return after
