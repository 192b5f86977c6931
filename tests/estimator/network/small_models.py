"""Small ONNX models made by hand, for the tests beside."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def model(nodes, weights=None, shape=(1, 2, 4, 4), opset=18, element=TensorProto.DOUBLE):
    """A model whose input is `x` and whose output is `y`."""
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", element, shape)],
        [helper.make_tensor_value_info("y", element, None)],
        [numpy_helper.from_array(np.asarray(w), name) for name, w in (weights or {}).items()],
    )
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid("com.example", 1)]
    bare = helper.make_model(graph, opset_imports=opsets)
    inferred = onnx.shape_inference.infer_shapes(bare)
    if not inferred.graph.output[0].type.tensor_type.HasField("shape"):
        inferred.graph.output[0].CopyFrom(helper.make_tensor_value_info("y", element, shape))
    return inferred
