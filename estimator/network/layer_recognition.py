"""From an operator graph to layers: which operators together make one layer of the network.

A `Mul` by a number becomes the scale of the activation, or the weight of the skip, that it
feeds; a `ReduceL2` and the `Div` it feeds become a normalisation.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from estimator.network.convolution_layer import Convolution
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
)
from estimator.network.onnx_operators import Array, Operator, reduced_axes


def layers_of(
    operators: Sequence[Operator],
    constants: Mapping[str, Array],
    shapes: Mapping[str, tuple[int, ...]],
    output: str,
) -> tuple[AbstractLayer, ...]:
    """The layers on which the tensor `output` depends, in the order of evaluation.

    Args:
        operators: in the order of evaluation, each depending on the network's input.
        constants: every other tensor.
        shapes: of every tensor.
        output: name of the network's output.

    Raises:
        ValueError: if an operator is used in a way that no layer describes.
    """
    builder = _Builder(constants, shapes)
    for operator in operators:
        builder.add(operator)
    needed, layers = {builder.source(output)}, []
    for layer in reversed(builder.made.values()):
        if layer.output in needed:
            needed |= set(layer.inputs)
            layers.append(layer)
    return tuple(reversed(layers))


@attrs.define
class _Builder:
    constants: Mapping[str, Array]
    shapes: Mapping[str, tuple[int, ...]]
    made: dict[str, AbstractLayer] = attrs.field(factory=dict)
    aliases: dict[str, str] = attrs.field(factory=dict)

    def add(self, operator: Operator) -> None:
        if operator.kind == "Identity":
            self.aliases[operator.output] = self.source(operator.inputs[0])
        else:
            self.made[operator.output] = self.layer(operator)

    def layer(self, operator: Operator) -> AbstractLayer:
        first = self.source(operator.inputs[0])
        name, output = operator.name, operator.output
        match operator.kind:
            case "Conv":
                return self.convolution(operator)
            case "Gemm" | "MatMul":
                return self.dense(operator)
            case "Erf" | "Relu" | "Sigmoid" as kind:
                before, scale = self.unscaled(first)
                return Activation(
                    name=name, inputs=(before,), output=output, kind=kind.lower(), scale=scale
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
            case _:  # Flatten, Reshape
                return Reshape(name=name, inputs=(first,), output=output, shape=self.shapes[output])

    def source(self, tensor: str) -> str:
        return self.aliases.get(tensor, tensor)

    def split(self, operator: Operator) -> tuple[str, Array]:
        """The computed input and the constant one, in whichever order."""
        left, right = operator.inputs
        if left in self.constants:
            left, right = right, left
        if right not in self.constants:
            raise ValueError(f"{operator} combines two computed tensors; one must be a constant")
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

    def convolution(self, operator: Operator) -> Convolution:
        height, width = self.shapes[operator.inputs[0]][2:]
        if height != width:
            raise ValueError(f"{operator} sees {height} x {width} pixels; the image must be square")
        return Convolution(
            name=operator.name,
            inputs=(self.source(operator.inputs[0]),),
            output=operator.output,
            kernel=self.constants[operator.inputs[1]],
            pad_begin=operator.attributes["pads"][0],
            side=height,
        )

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
