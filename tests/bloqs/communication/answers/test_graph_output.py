"""Images of two digits on the pixel grid: one output of a trained network for a whole graph."""

import json

import networkx as nx
import numpy as np
import pytest
from attrs import evolve
from sklearn.datasets import load_digits

import quledger
from bloqs.communication.answers import graph_output
from bloqs.communication.answers.graph_output import decisions, sent
from bloqs.communication.model.graph import GraphNetwork

HIDDEN, HOPS = 6, 3
GRID = nx.convert_node_labels_to_integers(nx.grid_2d_graph(8, 8))


def images():
    """Zeros and ones, and 1 or -1 for each."""
    pixels, digits = load_digits(return_X_y=True)
    return pixels[digits < 2] / 16, 2.0 * digits[digits < 2] - 1


def network(image, readout):
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(1, HIDDEN)) for _ in range(HOPS)]
    biases = [rng.normal(size=HIDDEN) for _ in range(HOPS)]
    adjacency = nx.to_numpy_array(GRID)
    return GraphNetwork(adjacency, image[:, None], weights, biases, readout, (0.0, 0.5, 0.3))


@pytest.fixture(scope="module")
def readout():
    """Fitted by least squares to all images."""
    pixels, wanted = images()
    hidden = [network(each, np.eye(HIDDEN * HOPS)).values() for each in pixels]
    return np.linalg.lstsq(np.array(hidden), wanted, rcond=1e-8)[0]


@pytest.mark.parametrize("step", [20, pytest.param(1, marks=pytest.mark.slow)])
def test_every_image_is_told_by_shots(step, readout, rng):
    """In the class of the network, which is right; quantum sends more than the image has bits."""
    pixels, wanted = images()
    rhos = []
    for image, label in zip(pixels[::step], wanted[::step], strict=True):
        whole = network(image, readout)
        ((best, other, output),) = decisions(whole, None)
        assert (best, other) == (1, 0)
        assert output.form_value() == pytest.approx(output.value, abs=1e-9)
        assert np.sign(output.value) == label
        assert np.sign(output.sampled(output.shots(None, 0.001), rng)) == label
        numbers = sent(whole, None, None, 0.001)
        assert numbers["qubits"] > numbers["shipping"] < numbers["sketch"]
        rhos.append(output.rho)
    assert 40 < np.median(rhos) < 110


def test_a_form_that_is_too_large_is_refused(readout, monkeypatch):
    """A side of one more than all features."""
    ((*_, output),) = decisions(network(images()[0][0], readout), None)
    monkeypatch.setattr(graph_output, "DENSE", 65)
    assert output.form.shape == (65, 65)
    monkeypatch.setattr(graph_output, "DENSE", 64)
    with pytest.raises(ValueError, match="up to 63 features in all are simulated, got 64; ask for"):
        output.form_value()


def test_a_file_of_one_image(readout, tmp_path):
    """Its class from shots, and all three numbers; the sum over all nodes has no node."""
    pixels, wanted = images()
    one = network(pixels[0], readout)
    content = {
        "edges": [*map(list, GRID.edges)],
        "features": one.features.tolist(),
        "weights": [each.tolist() for each in one.weights],
        "biases": [each.tolist() for each in one.biases],
        "readout": one.readout.tolist(),
        "activation": list(one.activation),
    }
    file = tmp_path / "image.json"
    file.write_text(json.dumps(content))
    ran = quledger.simulate(file, delta=0.05, pooled=True)
    assert ran.passed
    (row,) = ran["nodes"]
    assert (row["node"], row["class"]) == ("all", int(wanted[0] > 0))
    assert row["gap"] < 1e-9
    (output,) = (each for *_, each in decisions(one, None))
    assert row["shots"] == output.shots(None, 0.05)
    (cost,) = quledger.cost(file, delta=0.05, pooled=True)["nodes"]
    assert {name: row[name] for name in cost} == cost
    assert any("quantum sends more" in line and "sum over all" in line for line in ran["notes"])
    with pytest.raises(ValueError, match="has no node 3; leave --node out"):
        quledger.cost(file, delta=0.05, node=3, pooled=True)


def test_a_value_of_zero_has_no_sign(readout):
    """Shots to a share of the range do without one."""
    ((*_, output),) = decisions(network(images()[0][0], readout), None)
    nothing = evolve(output, value=0.0)
    with pytest.raises(ValueError, match="shots tell no sign of it; give --epsilon"):
        nothing.error(None)
    assert nothing.error(0.1) == pytest.approx(0.05 * output.range)
    assert output.error(None) == abs(output.value)


def test_whose_output_is_read(readout):
    """Nodes from 0 to the last."""
    one = network(images()[0][0], readout)
    assert graph_output.nodes_of(one, None) == [*range(64)]
    assert graph_output.nodes_of(one, None, True) == [None]
    assert graph_output.nodes_of(one, 0) == [0]
    assert graph_output.nodes_of(one, 63) == [63]
    for node, is_pooled, said in ((64, False, "from 0 to 63, got 64"), (0, True, "no node 0")):
        with pytest.raises(ValueError, match=said):
            graph_output.nodes_of(one, node, is_pooled)


@pytest.mark.parametrize(("relative", "share"), [(0.1, 0.1), (1.0, 1.0), (3.0, 1.0)])
def test_a_share_is_at_most_one(readout, relative, share):
    ((*_, output),) = decisions(network(images()[0][0], readout), None)
    assert output.share(relative) == pytest.approx(share)
    assert output.share(None) == pytest.approx(1 / output.rho)
