"""From a file to an ONNX model: its bytes, weights kept in files beside it, and its version."""

from collections.abc import Iterator
from pathlib import Path

import onnx
from onnx import external_data_helper

from estimator.network.names import with_shown_names
from estimator.whole_file import bytes_of_file

OLDEST_OPSET = 13
"""First version of ONNX's operators whose meaning `estimator.network.onnx_operators` follows."""


def model_of(path: Path, read: list[Path] | None = None) -> onnx.ModelProto:
    """The model in a file, weights included, checked by ONNX itself.

    Weights in files of their own are read from the model's folder and from nowhere else.

    Args:
        path: of the file.
        read: a list to which the files that are read are added.

    Raises:
        ValueError: if there is no valid model, with the reason.
    """
    files = [] if read is None else read
    files.append(path)
    model = with_shown_names(_stored(path))
    if not model.graph.node:
        raise ValueError("is not an ONNX model with operators; export the network to ONNX first")
    if model.graph.sparse_initializer:
        raise ValueError("has sparse weights; store them as ordinary initializers")
    for tensor in _tensors(model):
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            files.append(_read_beside(tensor, path.resolve().parent))
    opset = opset_of(model)
    if opset < OLDEST_OPSET:
        raise ValueError(f"uses ONNX opset {opset}; export with opset {OLDEST_OPSET} or later")
    if opset > onnx.defs.onnx_opset_version():
        raise ValueError(
            f"uses ONNX opset {opset}, which the installed onnx {onnx.__version__} does not know; "
            f"export with opset {onnx.defs.onnx_opset_version()} or earlier"
        )
    return model


def checked(model: onnx.ModelProto) -> None:
    """Refuse what ONNX's own checker refuses.

    Raises:
        ValueError: with the checker's reason.
    """
    try:
        onnx.checker.check_model(model, full_check=True)
    except Exception as error:  # the checker and shape inference share no narrower base class
        reason = str(error).strip().splitlines()[0].rstrip(".")
        raise ValueError(f"is rejected by the ONNX checker: {reason}") from error


def opset_of(model: onnx.ModelProto) -> int:
    """The version of ONNX's own operators that a model uses; 0 if it names none."""
    return max((o.version for o in model.opset_import if o.domain in ("", "ai.onnx")), default=0)


def _stored(path: Path) -> onnx.ModelProto:
    if not path.exists():
        raise ValueError("no such file; give the path of an ONNX model")
    try:
        content = bytes_of_file(path)
    except OSError as error:
        raise ValueError(f"cannot be opened as a file ({error.strerror})") from error
    try:
        return onnx.load_model_from_string(content)
    except Exception as error:  # protobuf's DecodeError, of a package without types
        raise ValueError("is not an ONNX model; export the network to ONNX first") from error


def _tensors(model: onnx.ModelProto) -> Iterator[onnx.TensorProto]:
    yield from model.graph.initializer
    for node in model.graph.node:
        for attribute in node.attribute:
            yield attribute.t
            yield from attribute.tensors


def _read_beside(tensor: onnx.TensorProto, folder: Path) -> Path:
    """Put the weights of a tensor, kept in a file of the folder, into the tensor; that file."""
    about = {entry.key: entry.value for entry in tensor.external_data}
    named = about.get("location", "")
    place = (folder / named).resolve()
    if not named or Path(named).is_absolute() or folder not in place.parents:
        raise ValueError(
            f"keeps '{tensor.name}' in {named!r}, outside the model's folder; put the file of "
            "weights beside the model"
        )
    if not place.is_file():
        raise ValueError(
            f"keeps '{tensor.name}' in {named!r}, which is not there; put that file beside the "
            "model, or export with all weights in one file"
        )
    try:
        start, length = int(about.get("offset", 0)), int(about.get("length", -1))
    except ValueError:
        raise ValueError(f"keeps '{tensor.name}' at no place in {named!r}; export again") from None
    size = place.stat().st_size
    wanted = _bytes_of(tensor)
    if length < 0:
        length = size - start
    if start < 0 or start + length > size or length != wanted:
        raise ValueError(
            f"keeps '{tensor.name}' of {wanted} bytes in bytes {start} to {start + length} of "
            f"{named!r}, which has {size}; export again"
        )
    external_data_helper.load_external_data_for_tensor(tensor, str(folder))
    tensor.data_location = onnx.TensorProto.DEFAULT
    del tensor.external_data[:]
    return place


def _bytes_of(tensor: onnx.TensorProto) -> int:
    entries = 1
    for size in tensor.dims:
        entries *= size
    try:
        each = onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type).itemsize
    except KeyError:
        raise ValueError(f"keeps '{tensor.name}' in a type that ONNX does not know") from None
    return entries * int(each)
