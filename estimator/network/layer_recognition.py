"""From an operator graph to layers: which operators together make one layer of the network.

A `Mul` by a number becomes the scale of the activation, or the weight of the skip, that it
feeds; a `ReduceL2` and the `Div` it feeds become a normalisation; a `BatchNormalization` becomes
part of the weights before it, and several operators that together are an activation that one.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from estimator.network.arranging_functions import reduced_axes
from estimator.network.entrywise_recognition import with_activations
from estimator.network.image_recognition import (
    convolution_layers,
    global_average,
    normalisation_layers,
    pool_layers,
)
from estimator.network.layers import (
    AbstractLayer,
    Activation,
    Dense,
    Normalisation,
    NormReduction,
    Power,
    Reshape,
    Scale,
    Shift,
    Skip,
    Softmax,
    Transposition,
)
from estimator.network.linear_functions import Array
from estimator.network.normalisation_folding import with_normalisations_folded
from estimator.network.onnx_operators import Operator
from estimator.network.refused_operators import UNDESCRIBED

ACTIVATIONS = {
    "Erf": "erf",
    "Relu": "relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Softplus": "softplus",
    "Gelu": "gelu",
    "Swish": "silu",
    "HardSwish": "hard-swish",
}
"""Operator -> name of the activation."""

RENAMING = ("Identity", "Dropout", "Cast")
"""Operators that change no number in inference."""

SHAPING = ("Flatten", "Reshape", "Squeeze", "Unsqueeze")
"""Operators after which the same entries have another shape."""


def found_layers(
    operators: Sequence[Operator],
    constants: Mapping[str, Array],
    shapes: Mapping[str, tuple[int, ...]],
    output: str,
) -> tuple[tuple[AbstractLayer, ...], list[str]]:
    """The layers on which the tensor `output` depends, in the order of evaluation.

    Args:
        operators: in the order of evaluation, each depending on the network's input.
        constants: every other tensor.
        shapes: of every tensor.
        output: name of the network's output.

    Returns:
        The layers, and a sentence for every operator that no layer describes; a division by a norm
        that is not described has no sentence of its own.
    """
    graph, weights = with_normalisations_folded(operators, constants, output)
    graph = with_activations(graph, weights, output)
    builder, problems, failed = _Builder(weights, shapes, output), [], set[str]()
    for operator in graph:
        try:
            builder.add(operator)
        except (ValueError, KeyError) as problem:
            if operator.kind != "Div" or not failed.intersection(operator.inputs):
                problems.append(str(problem))
            failed.add(operator.output)
    needed, layers = {builder.source(output)}, []
    for layer in reversed(builder.made.values()):
        if layer.output in needed:
            needed |= set(layer.inputs)
            layers.append(layer)
    return tuple(reversed(layers)), problems


@attrs.define
class _Builder:
    constants: Mapping[str, Array]
    shapes: Mapping[str, tuple[int, ...]]
    last: str
    made: dict[str, AbstractLayer] = attrs.field(factory=dict)
    aliases: dict[str, str] = attrs.field(factory=dict)

    def add(self, operator: Operator) -> None:
        if operator.kind in RENAMING:
            self.aliases[operator.output] = self.source(operator.inputs[0])
        else:
            for layer in self.layers(operator):
                self.made[layer.output] = layer

    def layers(self, operator: Operator) -> list[AbstractLayer]:
        first = self.source(operator.inputs[0])
        match operator.kind:
            case "Conv":
                return convolution_layers(operator, first, self.constants, self.shapes)
            case "AveragePool":
                return pool_layers(operator, first, self.shapes)
            case "BatchNormalization":
                return normalisation_layers(operator, first, self.constants, self.shapes)
            case "Sub":
                return self.difference(operator)
            case _:
                return [self.layer(operator)]

    def layer(self, operator: Operator) -> AbstractLayer:
        first = self.source(operator.inputs[0])
        name, output = operator.name, operator.output
        match operator.kind:
            case "GlobalAveragePool":
                return global_average(operator, first, self.shapes)
            case "ReduceMean" if self.axes(operator) == (2, 3):
                return global_average(operator, first, self.shapes)
            case "Gemm" | "MatMul":
                return self.dense(operator)
            case kind if kind in ACTIVATIONS or kind == "Clip":
                before, scale = self.unscaled(first)
                return Activation(
                    name=name,
                    inputs=(before,),
                    output=output,
                    kind=self.activation(operator),
                    scale=scale,
                )
            case "Add" if not self.constants.keys() & set(operator.inputs):
                return self.skip(operator)
            case "Add":
                tensor, constant = self.split(operator)
                return Shift(name=name, inputs=(tensor,), output=output, constant=constant)
            case "Mul" if first == self.source(operator.inputs[1]):
                return Power(name=name, inputs=(first,), output=output, exponent=2.0)
            case "Mul":
                tensor, factor = self.split(operator)
                return Scale(name=name, inputs=(tensor,), output=output, factor=factor)
            case "Neg":
                return Scale(name=name, inputs=(first,), output=output, factor=np.array(-1.0))
            case "Div":
                return self.quotient(operator)
            case "Pow":
                exponent = self.constants.get(operator.inputs[1])
                if exponent is None or exponent.size != 1:
                    raise ValueError(f"{operator} needs one constant number as its exponent")
                return Power(
                    name=name, inputs=(first,), output=output, exponent=float(exponent.item())
                )
            case "ReduceL2":
                return NormReduction(
                    name=name, inputs=(first,), output=output, axes=self.axes(operator)
                )
            case "Softmax" if output == self.last:
                return Softmax(name=name, inputs=(first,), output=output)
            case "Transpose":
                axes = operator.attributes.get("perm")
                if axes is None:
                    axes = reversed(range(len(self.shapes[operator.inputs[0]])))
                return Transposition(name=name, inputs=(first,), output=output, axes=tuple(axes))
            case kind if kind in SHAPING:
                return Reshape(name=name, inputs=(first,), output=output, shape=self.shapes[output])
            case kind:
                reason = UNDESCRIBED.get(kind, "no layer here describes it")
                raise ValueError(f"{operator} is applied to a computed tensor: {reason}")

    def activation(self, operator: Operator) -> str:
        if operator.kind == "Clip":
            least, most = (
                self.constants.get((*operator.inputs, "", "")[place]) for place in (1, 2)
            )
            if least is not None and most is not None and (least.min(), most.max()) == (0, 6):
                return "relu6"
            raise ValueError(f"{operator} has other limits than 0 and 6, those of ReLU6")
        if operator.kind == "Swish" and operator.attributes.get("alpha", 1.0) != 1:
            raise ValueError(f"{operator} has alpha {operator.attributes['alpha']}; only 1 is read")
        if operator.attributes.get("approximate") == b"tanh":
            return "gelu-tanh"
        return ACTIVATIONS[operator.kind]

    def difference(self, operator: Operator) -> list[AbstractLayer]:
        left, right = operator.inputs
        if right in self.constants:
            return [
                Shift(
                    name=operator.name, inputs=(self.source(left),), output=operator.output,
                    constant=-self.constants[right],
                )
            ]  # fmt: skip
        negative = f"{operator.output}/1"
        minus = Scale(
            name=operator.name, inputs=(self.source(right),), output=negative,
            factor=np.array(-1.0),
        )  # fmt: skip
        if left in self.constants:
            last: AbstractLayer = Shift(
                name=operator.name, inputs=(negative,), output=operator.output,
                constant=self.constants[left],
            )  # fmt: skip
            return [minus, last]
        if self.shapes[left] != self.shapes[right]:
            raise ValueError(
                f"{operator} subtracts shapes {self.shapes[left]} and {self.shapes[right]}; make "
                "them equal"
            )
        first, weight = self.unscaled(left)
        second, other = self.unscaled(right)
        return [
            Skip(
                name=operator.name, inputs=(first, second), output=operator.output,
                weights=(weight, -other),
            )
        ]  # fmt: skip

    def source(self, tensor: str) -> str:
        return self.aliases.get(tensor, tensor)

    def split(self, operator: Operator) -> tuple[str, Array]:
        """The computed input and the constant one, in whichever order."""
        left, right = operator.inputs
        if left in self.constants:
            left, right = right, left
        if right not in self.constants:
            raise ValueError(
                f"{operator} combines two computed tensors; one must be a constant, which gates of "
                "squeeze-and-excitation and of gated units are not: leave the gate out"
            )
        return self.source(left), self.constants[right]

    def unscaled(self, tensor: str) -> tuple[str, float]:
        """The tensor before any multiplications by a number, and the product of the numbers."""
        tensor, factor, shape = self.source(tensor), 1.0, self.shapes[tensor]
        while isinstance(layer := self.made.get(tensor), Scale):
            if layer.factor.size != 1 or self.shapes[layer.inputs[0]] != shape:
                break
            tensor, factor = layer.inputs[0], factor * float(layer.factor.item())
        return tensor, factor

    def axes(self, operator: Operator) -> tuple[int, ...]:
        ndim = len(self.shapes[operator.inputs[0]])
        given = self.constants.get((*operator.inputs, "")[1], operator.attributes.get("axes"))
        return reduced_axes(ndim, given)

    def dense(self, operator: Operator) -> Dense:
        tensor, matrix = self.split(attrs.evolve(operator, inputs=operator.inputs[:2]))
        attributes, x_first = operator.attributes, operator.inputs[1] in self.constants
        unusual = operator.kind == "Gemm" and (attributes.get("transA") or not x_first)
        if matrix.ndim != 2 or unusual:
            raise ValueError(f"{operator} needs the form x @ matrix with a constant 2-D matrix")
        matrix = matrix.T if x_first and not attributes.get("transB") else matrix
        if matrix.shape[1] != np.prod(self.shapes[tensor], dtype=int):
            raise ValueError(
                f"{operator} multiplies a tensor of shape {self.shapes[tensor]}; flatten it first"
            )
        bias = np.zeros(matrix.shape[0])
        if len(operator.inputs) == 3 and operator.inputs[2]:
            if operator.inputs[2] not in self.constants:
                raise ValueError(f"{operator} adds a computed tensor; its bias must be a constant")
            bias = bias + attributes.get("beta", 1.0) * self.constants[operator.inputs[2]].ravel()
        return Dense(
            name=operator.name,
            inputs=(tensor,),
            output=operator.output,
            matrix=attributes.get("alpha", 1.0) * matrix,
            bias=bias,
        )

    def skip(self, operator: Operator) -> Skip:
        shapes = [self.shapes[tensor] for tensor in operator.inputs]
        if shapes[0] != shapes[1]:
            raise ValueError(f"{operator} adds shapes {shapes[0]} and {shapes[1]}; make them equal")
        (left, left_weight), (right, right_weight) = map(self.unscaled, operator.inputs)
        return Skip(
            name=operator.name,
            inputs=(left, right),
            output=operator.output,
            weights=(left_weight, right_weight),
        )

    def quotient(self, operator: Operator) -> Scale | Normalisation:
        numerator, denominator = map(self.source, operator.inputs)
        if denominator in self.constants:
            divisor = self.constants[denominator]
            if not divisor.all():
                raise ValueError(f"{operator} divides by a constant that contains zero")
            return Scale(
                name=operator.name, inputs=(numerator,), output=operator.output, factor=1 / divisor
            )
        norm, shape = self.made.get(denominator), self.shapes[numerator]
        if not isinstance(norm, NormReduction) or norm.inputs != (numerator,):
            raise ValueError(
                f"{operator} must divide by a constant or by the ReduceL2 of its own numerator"
            )
        kept = tuple(1 if axis in norm.axes else size for axis, size in enumerate(shape))
        if self.shapes[denominator] != kept and np.prod(kept) != 1:
            raise ValueError(f"{operator} divides by a ReduceL2 without keepdims; set keepdims=1")
        return Normalisation(
            name=operator.name,
            inputs=(numerator,),
            output=operator.output,
            axes=norm.axes,
            everything=bool(np.prod(kept) == 1),
        )
