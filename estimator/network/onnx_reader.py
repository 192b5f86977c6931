"""Read a classical network from an ONNX file, or say in one sentence why it cannot be read."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from estimator.network.layer_recognition import layers_of
from estimator.network.names import shown, with_shown_names
from estimator.network.network import Network
from estimator.network.onnx_operators import FUNCTIONS, Array, Operator, evaluate

OLDEST_OPSET = 13
"""First version of ONNX's operators whose meaning `estimator.network.onnx_operators` follows."""

FLOATS = (onnx.TensorProto.FLOAT, onnx.TensorProto.DOUBLE)
INTEGERS = (onnx.TensorProto.INT32, onnx.TensorProto.INT64)

LARGEST_INPUT = 2**24
"""Entries of the input tensor up to which a network is read."""

INTEGER_INPUTS = {("Reshape", 1), ("ReduceL2", 1), ("Pow", 1), ("Identity", 0)}
"""Operator and input position where a constant may be an integer."""


def read_network(path: str | Path) -> Network:
    """The network in an ONNX file, weights in double precision.

    The file must have one input, an image of fixed square size or a vector, with batch size 1
    (or left open, then taken as 1), and one output.

    Raises:
        ValueError: if the file is not a valid ONNX model, or holds anything that `Network` does
            not describe: the sentence names the node, the rule and the value found.
    """
    path = Path(path)
    try:
        return _network(_model(path), path.stem)
    except ValueError as error:
        raise ValueError(f"{path}: {' '.join(str(error).split())}") from error


def _model(path: Path) -> onnx.ModelProto:
    if not path.exists():
        raise ValueError("no such file; give the path of an ONNX model")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"cannot be opened as a file ({error.strerror})") from error
    try:
        model = onnx.load_model_from_string(content)
    except Exception as error:  # protobuf's DecodeError, of a package without types
        raise ValueError("is not an ONNX model; export the network to ONNX first") from error
    model = with_shown_names(model)
    if not model.graph.node:
        raise ValueError("is not an ONNX model with operators; export the network to ONNX first")
    for node in model.graph.node:
        kind = node.op_type if node.domain in ("", "ai.onnx") else f"{node.domain}.{node.op_type}"
        kind = shown(kind)
        if kind not in FUNCTIONS:
            raise ValueError(
                f"has operator {kind} (node '{_name(node)}'); quledger reads only "
                + ", ".join(sorted(FUNCTIONS))
            )
    if model.graph.sparse_initializer:
        raise ValueError("has sparse weights; store them as ordinary initializers")
    tensors = [*model.graph.initializer, *(a.t for n in model.graph.node for a in n.attribute)]
    for tensor in tensors:
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            raise ValueError(f"keeps '{tensor.name}' as external data; save all in one file")
    opset = max((o.version for o in model.opset_import if o.domain in ("", "ai.onnx")), default=0)
    if opset < OLDEST_OPSET:
        raise ValueError(f"uses ONNX opset {opset}; export with opset {OLDEST_OPSET} or later")
    if opset > onnx.defs.onnx_opset_version():
        raise ValueError(
            f"uses ONNX opset {opset}, which the installed onnx {onnx.__version__} does not know; "
            f"export with opset {onnx.defs.onnx_opset_version()} or earlier"
        )
    try:
        onnx.checker.check_model(model, full_check=True)
    except Exception as error:  # the checker and shape inference share no narrower base class
        reason = str(error).strip().splitlines()[0].rstrip(".")
        raise ValueError(f"is rejected by the ONNX checker: {reason}") from error
    return model


def _network(model: onnx.ModelProto, stem: str) -> Network:
    graph = model.graph
    constants = {tensor.name: _array(tensor, tensor.name) for tensor in graph.initializer}
    inputs = [value for value in graph.input if value.name not in constants]
    if len(inputs) != 1 or len(graph.output) != 1:
        raise ValueError(
            f"has {len(inputs)} inputs and {len(graph.output)} outputs; quledger reads networks "
            "with one of each"
        )
    shape, output = _input_shape(inputs[0]), graph.output[0].name
    operators = []
    for node in graph.node:
        operator = _operator(node, constants)
        used = [name for name in operator.inputs if name]
        for position, name in enumerate(operator.inputs):
            integer = name in constants and constants[name].dtype.kind == "i"
            if integer and (operator.kind, position) not in INTEGER_INPUTS:
                raise ValueError(f"{operator} takes integer '{name}'; use a real tensor")
        if all(name in constants for name in used):
            constants = evaluate([operator], constants)
        else:
            operators.append(operator)
    if output in constants or output == inputs[0].name:
        raise ValueError(f"has an output '{output}' that no operator computes from the input")
    for name, constant in constants.items():
        if not np.isfinite(constant).all():
            raise ValueError(f"has weights '{name}' with an entry that is NaN or infinite")
    probe = evaluate(operators, {**constants, inputs[0].name: np.ones(shape)})
    shapes = {name: value.shape for name, value in probe.items()}
    return Network(
        layers=layers_of(operators, constants, shapes, output),
        input_shape=shape,
        name=graph.name or stem,
        operators=tuple(operators),
        constants=constants,
        input_name=inputs[0].name,
        output_name=output,
    )


def _name(node: onnx.NodeProto) -> str:
    return node.name or ", ".join(node.output)


def _array(tensor: onnx.TensorProto, name: str) -> Array:
    if tensor.data_type not in (*FLOATS, *INTEGERS):
        kind = onnx.TensorProto.DataType.Name(tensor.data_type)
        raise ValueError(f"stores '{name}' as {kind}; quledger reads FLOAT, DOUBLE and integers")
    kind = np.float64 if tensor.data_type in FLOATS else np.int64
    array = onnx.numpy_helper.to_array(tensor).astype(kind)
    array.flags.writeable = False
    return array


def _input_shape(value: onnx.ValueInfoProto) -> tuple[int, ...]:
    tensor = value.type.tensor_type
    if tensor.elem_type not in FLOATS:
        raise ValueError(f"has input '{value.name}' that is not FLOAT or DOUBLE; change its type")
    sizes = [dim.dim_value if dim.HasField("dim_value") else None for dim in tensor.shape.dim]
    if len(sizes) not in (2, 4):
        raise ValueError(
            f"has input '{value.name}' with {len(sizes)} axes; quledger reads images (batch, "
            "channel, row, column) and vectors (batch, entry)"
        )
    if sizes[0] not in (None, 1):
        raise ValueError(f"has batch size {sizes[0]}; export with batch size 1")
    fixed = [size for size in sizes[1:] if size]
    if len(fixed) != len(sizes) - 1:
        raise ValueError(f"has a dynamic size in input '{value.name}'; export with fixed sizes")
    if len(fixed) == 3 and fixed[1] != fixed[2]:
        raise ValueError(
            f"has images of {fixed[1]} x {fixed[2]} pixels; quledger reads square ones"
        )
    if math.prod(fixed) > LARGEST_INPUT:
        raise ValueError(
            f"has {math.prod(fixed)} input entries; quledger reads up to {LARGEST_INPUT}"
        )
    return 1, *fixed


def _operator(node: onnx.NodeProto, constants: dict[str, Array]) -> Operator:
    attributes: dict[str, Any] = {
        attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute
    }
    operator = Operator(node.op_type, _name(node), tuple(node.input), node.output[0], attributes)
    if node.op_type == "Constant":
        ((kind, value),) = attributes.items()
        if kind not in ("value", "value_float", "value_floats", "value_int", "value_ints"):
            raise ValueError(f"{operator} has {kind}; quledger reads tensors and numbers")
        array = _array(value, operator.output) if kind == "value" else np.asarray(value)
        attributes = {"value": array}
    elif node.op_type == "Conv":
        attributes = {"pads": _pads(operator, constants)}
    elif node.op_type == "ReduceL2" and attributes.pop("noop_with_empty_axes", 0):
        raise ValueError(f"{operator} sets noop_with_empty_axes; name the axes instead")
    return Operator(operator.kind, operator.name, operator.inputs, operator.output, attributes)


def _pads(conv: Operator, constants: dict[str, Array]) -> tuple[int, ...]:
    """Row begin, column begin, row end, column end; and every refusal about attributes."""
    if conv.inputs[1] not in constants:
        raise ValueError(f"{conv} has computed weights; quledger reads constant ones")
    kernel_shape = constants[conv.inputs[1]].shape
    if len(kernel_shape) != 4:
        raise ValueError(f"{conv} is {len(kernel_shape) - 2}-D; quledger reads 2-D convolutions")
    if kernel_shape[2] != kernel_shape[3]:
        raise ValueError(
            f"{conv} has a {kernel_shape[2]} x {kernel_shape[3]} kernel; make it square"
        )
    for key in ("strides", "dilations"):
        if any(step != 1 for step in conv.attributes.get(key, ())):
            raise ValueError(f"{conv} has {key} {conv.attributes[key]}; quledger reads only 1")
    if (group := conv.attributes.get("group", 1)) != 1:
        raise ValueError(f"{conv} has group {group}; quledger reads only 1")
    if any(name and (name not in constants or constants[name].any()) for name in conv.inputs[2:]):
        raise ValueError(f"{conv} has a bias; quledger reads convolutions without one")
    stated = tuple(conv.attributes.get("kernel_shape", kernel_shape[2:]))
    if stated != kernel_shape[2:]:
        raise ValueError(
            f"{conv} has kernel_shape {list(stated)} but weights of {list(kernel_shape[2:])}; "
            "export the network again"
        )
    side = kernel_shape[3]
    pads = tuple(conv.attributes.get("pads", (0, 0, 0, 0)))
    automatic = conv.attributes.get("auto_pad", b"NOTSET")
    if automatic in (b"SAME_UPPER", b"SAME_LOWER"):
        less, more = (side - 1) // 2, side // 2
        begin, end = (less, more) if automatic == b"SAME_UPPER" else (more, less)
        pads = (begin, begin, end, end)
    top, left, bottom, right = pads
    if top + bottom != side - 1 or left + right != side - 1 or top != left or min(pads) < 0:
        raise ValueError(
            f"{conv} has pads {list(pads)} for a {side} x {side} kernel; to keep the image they "
            f"must be [p, p, q, q] with p + q = {side - 1}"
        )
    return pads
