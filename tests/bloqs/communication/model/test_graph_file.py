"""Graph files are read whole or refused in one sentence."""

import json

import numpy as np
import pytest

from bloqs.communication.model.graph_file import graph_from_file, graph_from_text

GOOD = {
    "edges": [[0, 1], [1, 2, 0.5]],
    "features": [[1.0, 0], [2.0, 1], [0, 3], [1, 1]],
    "weights": [[[1.0], [2.0]], [[0.5], [1.5]]],
    "biases": [[0.0], [1]],
    "readout": [1.0, -1.0],
    "activation": [0, 0.5, 1],
}
NORM = {"mean": [0.5], "variance": [3.0], "scale": [2.0], "shift": [1.0], "epsilon": 1.0}


def test_read(tmp_path):
    """Nodes without edges count; the dash in read-out is allowed; batch norm is folded."""
    file = tmp_path / "graph.json"
    file.write_text(json.dumps(GOOD))
    network = graph_from_file(file)
    assert network.nodes == 4
    np.testing.assert_array_equal(network.adjacency[1], [1, 0, 0.5, 0])
    dashed = {("read-out" if key == "readout" else key): value for key, value in GOOD.items()}
    assert graph_from_text(json.dumps(dashed)).values() == pytest.approx(network.values())
    plain = graph_from_text(json.dumps({**GOOD, "layer_norm": False}))  # says that there is none
    assert plain.values() == pytest.approx(network.values())
    normed = graph_from_text(json.dumps({**GOOD, "batch_norm": [NORM, NORM]}))
    np.testing.assert_allclose(normed.weights[0], [[1.0], [2.0]])
    np.testing.assert_allclose(normed.biases, [[0.5], [1.5]])
    np.testing.assert_allclose(normed.weights[1], network.weights[1])


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("edges", [[0, 4]], r"edges\[0\]: nodes are numbered from 0 to 3, .* got 4"),
        ("edges", [[0, True]], "got True"),
        ("edges", [[0, 1], [1, 0]], r"edges\[1\]: the edge \[1, 0\] is there twice"),
        ("edges", [[0, 1, -2]], r"edges\[0\]: weights of edges are not negative, got -2"),
        ("edges", [[0, 1, float("nan")]], "the weight is a finite number, got nan"),
        ("edges", [[0]], r"is \[node, node\] or \[node, node, weight\]"),
        ("edges", {}, "edges is a list of"),
        ("features", [[1, 2], [3]], r"rows of one length from 1, got lengths \[1, 2\]"),
        ("features", [], "at least one row"),
        ("weights", 3, "weights is a list"),
        ("weights", [[[1.0], [2.0]]], "each hop from 0, got 1 and 2"),
        ("activation", [0, 0, 1, 1], "got degree 3"),
        ("layer_norm", True, "LayerNorm .* no quadratic form"),
        ("LayerNorm", {"eps": 1e-5}, "LayerNorm .* no quadratic form"),
        ("batch_norm", [NORM], "for each of 2 hops, got 1"),
        ("batch_norm", [NORM, 3], r"batch_norm\[1\] is an object with mean"),
        ("batch_norm", [NORM, {"mean": [1]}], "lacks 'variance'"),
        ("batch_norm", [NORM, {**NORM, "mean": [1, 2]}], "has 1 numbers each"),
        ("features", [[1e200, 1], [1, 1], [1, 1], [1, 1]], "are up to 1e.200; scale them down"),
        ("colour", 1, "unknown key 'colour'"),
    ],
)
def test_refusals(key, value, message):
    with pytest.raises(ValueError, match=message):
        graph_from_text(json.dumps({**GOOD, key: value}))


def test_missing():
    with pytest.raises(ValueError, match="lacks 'weights'"):
        graph_from_text(json.dumps({k: v for k, v in GOOD.items() if k != "weights"}))


def test_features_whose_squares_no_double_holds():
    """Although every value of the network is finite."""
    large = [[1e200, 0], [0, 0], [0, 0], [0, 0]]
    nothing = [[[0.0], [0.0]], [[0.0], [0.0]]]
    with pytest.raises(ValueError, match=r"norm of the features is infinite .* up to 1e.200;"):
        graph_from_text(json.dumps({**GOOD, "features": large, "weights": nothing}))
