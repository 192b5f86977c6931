"""Names from files are printed without what a terminal would obey, and cut."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from estimator.network.names import LONGEST, shown
from estimator.network.onnx_reader import read_network

UGLY = "\x1b[31mred\x07\n\u202e" + "x" * 5000


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("conv1", "conv1"),
        ("größe", "größe"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\nb", "a\\nb"),
        ("\u202e", "\\u202e"),
        ("y" * 61, "y" * 57 + "..."),
    ],
)
def test_a_name_is_shown(name, wanted):
    assert shown(name) == wanted


def written(path, kind="Relu"):
    """Two convolutions in a row whose tensors differ only where their names are cut."""
    tensors = [UGLY + str(place) for place in range(3)]
    kernel = numpy_helper.from_array(np.ones((1, 1, 1, 1), np.float32), "K")
    nodes = [
        helper.make_node("Conv", ["x", "K"], [tensors[0]], name=UGLY),
        helper.make_node("Conv", [tensors[0], "K"], [tensors[1]], name=UGLY),
        helper.make_node(kind, [tensors[1]], [tensors[2]], name=UGLY),
    ]
    shape = [1, 1, 2, 2]
    ends = [helper.make_tensor_value_info(x, TensorProto.FLOAT, shape) for x in ("x", tensors[2])]
    graph = helper.make_graph(nodes, UGLY, ends[:1], ends[1:], [kernel])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)]), path)
    return path


def test_a_network_is_read_under_names_that_can_be_printed(tmp_path):
    """The graph is the same; every name is printable and short."""
    network = read_network(written(tmp_path / "net.onnx"))
    assert network.name == shown(UGLY)
    assert len(network.layers) == 3
    for text in (network.name, *(layer.name for layer in network.layers)):
        assert text.isprintable()
        assert len(text) <= LONGEST


def test_a_refusal_is_one_short_line(tmp_path):
    path = written(tmp_path / "net.onnx", kind="Bogus\x1b[2J")
    with pytest.raises(ValueError, match=r"has operator Bogus\\x1b\[2J \(node") as problem:
        read_network(path)
    assert str(problem.value).isprintable()
    assert len(str(problem.value)) < 400
