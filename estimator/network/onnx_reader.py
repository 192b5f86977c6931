"""Read a classical network from an ONNX file, or say at once everything that stands in the way."""

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from attrs import frozen

from estimator.network.entrywise_functions import ENTRYWISE_FUNCTIONS
from estimator.network.layer_recognition import found_layers
from estimator.network.linear_functions import Array
from estimator.network.names import shown
from estimator.network.network import Network
from estimator.network.onnx_file import checked, model_of
from estimator.network.onnx_operators import FUNCTIONS, Operator, evaluate
from estimator.network.refused_operators import REASONS, UNKNOWN

FLOATS = (onnx.TensorProto.FLOAT, onnx.TensorProto.DOUBLE, onnx.TensorProto.FLOAT16)
INTEGERS = (onnx.TensorProto.INT32, onnx.TensorProto.INT64)

LARGEST_INPUT = 2**24
"""Entries of the input tensor up to which a network is read."""

REAL_INPUTS = (*ENTRYWISE_FUNCTIONS, "Conv", "Gemm", "MatMul", "BatchNormalization")
"""Operators that take real numbers where they act on the network's tensors; Pow's exponent, which
is its second input, may be a whole number."""

Shape = tuple[int, ...]


def read_network(path: str | Path) -> Network:
    """The network in an ONNX file, weights in double precision.

    The file must have one input, an image of fixed square size or a vector, with batch size 1
    (or left open, then taken as 1), and one output. Weights may lie in files beside it.

    Raises:
        ValueError: if the file is not a valid ONNX model, or holds anything that `Network` does
            not describe: the sentence names each node, the rule and the value found.
    """
    path = Path(path)
    kept = _kept.get(path.absolute())
    if kept is not None and all(_stamp(file) == stamp for file, stamp in kept.stamps.items()):
        return kept.network
    read: list[Path] = []
    try:
        found = _network(model_of(path, read), path.stem)
    except ValueError as error:
        raise ValueError(f"{path}: {' '.join(str(error).split())}") from error
    _kept.clear()
    _kept[path.absolute()] = _Kept({file: _stamp(file) for file in read}, found)
    return found


@frozen
class _Kept:
    """The network read last, and what its files were like."""

    stamps: Mapping[Path, tuple[int, ...]]
    network: Network


_kept: dict[Path, _Kept] = {}
"""The network read last, by path: one question may look at a file more than once."""


def _stamp(file: Path) -> tuple[int, ...]:
    """What changes when a file does; nothing if it is gone."""
    try:
        about = file.stat()
    except OSError:
        return ()
    return about.st_mtime_ns, about.st_size, about.st_ino, about.st_ctime_ns


def _network(model: onnx.ModelProto, stem: str) -> Network:
    problems = _unread(model.graph.node)
    try:
        checked(model)
    except ValueError as problem:
        raise _refusal(problems or [str(problem)]) from problem
    graph = model.graph
    constants: dict[str, Array] = {}
    for tensor in graph.initializer:
        constants[tensor.name] = _array(tensor, tensor.name)
    inputs = [value for value in graph.input if value.name not in constants]
    if len(inputs) != 1 or len(graph.output) != 1:
        raise ValueError(
            f"has {len(inputs)} inputs and {len(graph.output)} outputs; quledger reads networks "
            "with one of each"
        )
    shape, output = _input_shape(inputs[0]), graph.output[0].name
    shapes = _shapes(model, inputs[0].name, shape) | {x: y.shape for x, y in constants.items()}
    operators: list[Operator] = []
    for node in graph.node:
        if not _is_read(node):
            continue
        try:
            operator = _operator(node, constants, shapes)
        except ValueError as problem:
            problems.append(str(problem))
            continue
        made = _constant(operator, constants, shapes)
        if made is None:
            operators.append(operator)
        else:
            constants[operator.output], shapes[operator.output] = made, made.shape
    if not problems and (output in constants or output == inputs[0].name):
        raise ValueError(f"has an output '{output}' that no operator computes from the input")
    for name, constant in constants.items():
        if not np.isfinite(constant).all():
            raise ValueError(f"has weights '{name}' with an entry that is NaN or infinite")
    if not problems:
        problems += _integers(operators, constants)
        _complete(shapes, operators, constants, inputs[0].name, shape)
    known = [each for each in operators if each.output in shapes]
    layers, more = found_layers(known, constants, shapes, output)
    if problems or more:
        raise _refusal([*problems, *more])
    return Network(
        layers=layers,
        input_shape=shape,
        name=graph.name or stem,
        operators=tuple(operators),
        constants=constants,
        input_name=inputs[0].name,
        output_name=output,
    )


def _refusal(problems: Sequence[str]) -> ValueError:
    """One sentence for one problem, a numbered list for several."""
    if len(problems) == 1:
        return ValueError(problems[0])
    listed = "; ".join(f"({number}) {each}" for number, each in enumerate(problems, start=1))
    return ValueError(f"{len(problems)} things stand in the way: {listed}")


def _is_read(node: onnx.NodeProto) -> bool:
    return node.domain in ("", "ai.onnx") and node.op_type in FUNCTIONS


def _unread(nodes: Iterable[onnx.NodeProto]) -> list[str]:
    """A sentence for each kind of operator that is not read."""
    places: dict[str, list[str]] = {}
    for node in nodes:
        if not _is_read(node):
            own = node.domain in ("", "ai.onnx")
            kind = shown(node.op_type if own else f"{node.domain}.{node.op_type}")
            places.setdefault(kind, []).append(_name(node))
    sentences = []
    for kind, names in places.items():
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        reason = REASONS.get(kind, UNKNOWN)
        sentences.append(f"has operator {kind} (node '{names[0]}'{more}): {reason}")
    return sentences


def _name(node: onnx.NodeProto) -> str:
    return node.name or ", ".join(node.output)


def _array(tensor: onnx.TensorProto, name: str) -> Array:
    if tensor.data_type not in (*FLOATS, *INTEGERS, onnx.TensorProto.BOOL):
        kind = onnx.TensorProto.DataType.Name(tensor.data_type)
        raise ValueError(
            f"stores '{name}' as {kind}; quledger reads FLOAT16, FLOAT, DOUBLE and integers"
        )
    kind = np.float64 if tensor.data_type in FLOATS else np.int64
    array = onnx.numpy_helper.to_array(tensor).astype(kind)
    array.flags.writeable = False
    return array


def _input_shape(value: onnx.ValueInfoProto) -> Shape:
    tensor = value.type.tensor_type
    if tensor.elem_type not in FLOATS:
        raise ValueError(
            f"has input '{value.name}' that is not FLOAT16, FLOAT or DOUBLE; change its type"
        )
    sizes = [dim.dim_value if dim.HasField("dim_value") else None for dim in tensor.shape.dim]
    if len(sizes) not in (2, 4):
        raise ValueError(
            f"has input '{value.name}' with {len(sizes)} axes; quledger reads images (batch, "
            "channel, row, column) and vectors (batch, entry)"
        )
    if sizes[0] not in (None, 0, 1):
        raise ValueError(f"has batch size {sizes[0]}; export with batch size 1")
    fixed = [size for size in sizes[1:] if size]
    if len(fixed) != len(sizes) - 1:
        raise ValueError(f"has a dynamic size in input '{value.name}'; export with fixed sizes")
    if len(fixed) == 3 and fixed[1] != fixed[2] and fixed[0] != fixed[1]:
        raise ValueError(
            f"has images of {fixed[1]} x {fixed[2]} pixels; quledger reads square ones"
        )
    if math.prod(fixed) > LARGEST_INPUT:
        raise ValueError(
            f"has {math.prod(fixed)} input entries; quledger reads up to {LARGEST_INPUT}"
        )
    return 1, *fixed


def _shapes(model: onnx.ModelProto, name: str, shape: Shape) -> dict[str, Shape]:
    """Shapes of the tensors that ONNX can tell, for one image."""
    single = onnx.ModelProto()
    single.CopyFrom(model)
    for value in single.graph.input:
        if value.name == name:
            for dim, size in zip(value.type.tensor_type.shape.dim, shape, strict=True):
                dim.dim_value = size
    del single.graph.value_info[:]
    for value in single.graph.output:
        value.type.tensor_type.ClearField("shape")
    inferred = onnx.shape_inference.infer_shapes(single, data_prop=True)
    found = {name: shape}
    for value in (*inferred.graph.value_info, *inferred.graph.output):
        tensor = value.type.tensor_type
        sizes = [dim.dim_value for dim in tensor.shape.dim if dim.HasField("dim_value")]
        if tensor.HasField("shape") and len(sizes) == len(tensor.shape.dim):
            found[value.name] = tuple(sizes)
    return found


def _complete(
    shapes: dict[str, Shape],
    operators: Sequence[Operator],
    constants: dict[str, Array],
    name: str,
    shape: Shape,
) -> None:
    """Add the shapes that ONNX cannot tell, by evaluating the network once."""
    if any(operator.output not in shapes for operator in operators):
        probe = evaluate(operators, {**constants, name: np.ones(shape)})
        shapes.update({each: value.shape for each, value in probe.items()})


def _constant(
    operator: Operator, constants: dict[str, Array], shapes: dict[str, Shape]
) -> Array | None:
    """What an operator makes of constants, or of a shape alone; `None` if it needs the input."""
    if operator.kind == "Shape" and operator.inputs[0] in shapes:
        sizes = np.array(shapes[operator.inputs[0]], dtype=np.int64)
        return sizes[operator.attributes.get("start", 0) : operator.attributes.get("end")]
    if all(name in constants for name in operator.inputs if name):
        return evaluate([operator], constants)[operator.output]
    return None


def _integers(operators: Sequence[Operator], constants: dict[str, Array]) -> list[str]:
    """A sentence for every whole number where a real one belongs."""
    return [
        f"{operator} takes integer '{name}'; use a real tensor"
        for operator in operators
        for place, name in enumerate(operator.inputs)
        if name in constants
        and constants[name].dtype.kind == "i"
        and operator.kind in REAL_INPUTS
        and (operator.kind, place) != ("Pow", 1)
    ]


def _operator(
    node: onnx.NodeProto, constants: dict[str, Array], shapes: dict[str, Shape]
) -> Operator:
    attributes: dict[str, Any] = {
        attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute
    }
    operator = Operator(node.op_type, _name(node), tuple(node.input), node.output[0], attributes)
    if len([name for name in node.output if name]) > 1:
        raise ValueError(f"{operator} has several outputs; export the network for inference")
    if node.op_type == "Constant":
        ((kind, value),) = attributes.items()
        if kind not in ("value", "value_float", "value_floats", "value_int", "value_ints"):
            raise ValueError(f"{operator} has {kind}; quledger reads tensors and numbers")
        array = _array(value, operator.output) if kind == "value" else np.asarray(value)
        attributes = {"value": array}
    elif node.op_type == "ConstantOfShape":
        filled = _array(attributes["value"], operator.output) if attributes else np.zeros(1)
        attributes = {"value": filled.reshape(())[()]}
    elif node.op_type == "Conv":
        attributes = _convolution_attributes(operator, constants, shapes)
    elif node.op_type == "AveragePool":
        attributes = _pool_attributes(operator, shapes)
    elif node.op_type == "BatchNormalization":
        if attributes.pop("training_mode", 0) or any(
            name not in constants for name in operator.inputs[1:]
        ):
            raise ValueError(f"{operator} is in training mode; export the network for inference")
        attributes.pop("momentum", None)
    elif node.op_type == "Dropout":
        attributes = {}
    elif node.op_type == "Cast":
        attributes.pop("saturate", None)
        attributes.pop("round_mode", None)
    elif node.op_type == "Reshape" and operator.inputs[1] not in constants:
        raise ValueError(f"{operator} has a computed shape; export with fixed sizes")
    elif node.op_type in ("ReduceL2", "ReduceMean") and attributes.pop("noop_with_empty_axes", 0):
        raise ValueError(f"{operator} sets noop_with_empty_axes; name the axes instead")
    return Operator(operator.kind, operator.name, operator.inputs, operator.output, attributes)


def _convolution_attributes(
    conv: Operator, constants: dict[str, Array], shapes: dict[str, Shape]
) -> dict[str, Any]:
    """Explicit pads, strides, dilations and groups; and every refusal about them."""
    if any(name and name not in constants for name in conv.inputs[1:]):
        raise ValueError(f"{conv} has computed weights; quledger reads constant ones")
    kernel_shape = constants[conv.inputs[1]].shape
    if len(kernel_shape) != 4:
        raise ValueError(f"{conv} is {len(kernel_shape) - 2}-D; quledger reads 2-D convolutions")
    stated = tuple(conv.attributes.get("kernel_shape", kernel_shape[2:]))
    if stated != kernel_shape[2:]:
        raise ValueError(
            f"{conv} has kernel_shape {list(stated)} but weights of {list(kernel_shape[2:])}; "
            "export the network again"
        )
    dilations = tuple(conv.attributes.get("dilations", (1, 1)))
    strides = tuple(conv.attributes.get("strides", (1, 1)))
    reach = [by * (side - 1) + 1 for by, side in zip(dilations, kernel_shape[2:], strict=True)]
    return {
        "pads": _pads(conv, reach, strides, shapes),
        "strides": strides,
        "dilations": dilations,
        "group": conv.attributes.get("group", 1),
    }


def _pool_attributes(pool: Operator, shapes: dict[str, Shape]) -> dict[str, Any]:
    if pool.attributes.get("ceil_mode", 0):
        raise ValueError(f"{pool} sets ceil_mode; choose sizes that divide")
    if any(step != 1 for step in pool.attributes.get("dilations", ())):
        raise ValueError(f"{pool} has dilations {pool.attributes['dilations']}; use 1")
    window = tuple(pool.attributes["kernel_shape"])
    if len(window) != 2:
        raise ValueError(f"{pool} is {len(window)}-D; quledger reads 2-D pools")
    strides = tuple(pool.attributes.get("strides", (1, 1)))
    return {
        "kernel_shape": window,
        "pads": _pads(pool, window, strides, shapes),
        "strides": strides,
        "count_include_pad": pool.attributes.get("count_include_pad", 0),
    }


def _pads(
    operator: Operator, reach: Sequence[int], strides: Sequence[int], shapes: dict[str, Shape]
) -> tuple[int, ...]:
    """Row begin, column begin, row end, column end."""
    pads = tuple(operator.attributes.get("pads", (0, 0, 0, 0)))
    automatic = operator.attributes.get("auto_pad", b"NOTSET")
    if automatic in (b"SAME_UPPER", b"SAME_LOWER"):
        sides = shapes.get(operator.inputs[0], (0, 0, 1, 1))[2:]
        begins, ends = [], []
        for side, window, step in zip(sides, reach, strides, strict=True):
            total = max((-(-side // step) - 1) * step + window - side, 0)
            less, more = total // 2, total - total // 2
            begins.append(less if automatic == b"SAME_UPPER" else more)
            ends.append(more if automatic == b"SAME_UPPER" else less)
        pads = (*begins, *ends)
    if min(pads) < 0:
        raise ValueError(f"{operator} has pads {list(pads)}; cut the image before, not by padding")
    return pads
