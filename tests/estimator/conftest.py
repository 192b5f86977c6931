import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

KERNEL = np.random.default_rng(3).normal(size=(2, 2, 3, 3))


@pytest.fixture
def network(tmp_path):
    """Writes a network of one convolution and returns its path."""

    def write(kernel=KERNEL, side=4, extra=(), kind="Conv", **attributes):
        attributes = ({"pads": [1, 1, 1, 1]} if kind == "Conv" else {}) | attributes
        graph = helper.make_graph(
            [helper.make_node(kind, ["x", "K", *dict(extra)], ["y"], "conv1", **attributes)],
            "small",
            [helper.make_tensor_value_info("x", TensorProto.DOUBLE, (1, 2, side, side))],
            [helper.make_tensor_value_info("y", TensorProto.DOUBLE, None)],
            [numpy_helper.from_array(w, n) for n, w in {"K": kernel, **dict(extra)}.items()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
        path = tmp_path / "net.onnx"
        path.write_bytes(onnx.shape_inference.infer_shapes(model).SerializeToString())
        return str(path)

    return write
