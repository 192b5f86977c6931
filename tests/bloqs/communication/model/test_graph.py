"""A graph network is its quadratic form: by nodes, pooled, folded, and on real graphs."""

import networkx as nx
import numpy as np
import pytest
from sklearn.datasets import load_digits

from bloqs.communication.model.graph import (
    GraphNetwork,
    chosen,
    folded_batch_norm,
    hop_operator,
    weight,
)
from bloqs.communication.model.graph_file import graph_from_networkx

ACTIVATION = (0.0169394634, 0.5, 0.3078363964)


def random_network(seed, graph, columns=2, hops=2, hidden=3, classes=1, features=None):
    rng = np.random.default_rng(seed)
    return graph_from_networkx(
        graph,
        rng.normal(size=(len(graph), columns)) if features is None else features,
        [rng.normal(size=(columns, hidden)) for _ in range(hops + 1)],
        [rng.normal(size=hidden) for _ in range(hops + 1)],
        rng.normal(size=(classes, hidden * (hops + 1))),
        ACTIVATION,
    )


def by_hand(network, node):
    """The values at a node, one neighbour at a time."""
    a, values = network.adjacency, np.zeros(len(network.readout))
    degree = a.sum(axis=1)
    signal, h = network.features.copy(), 0
    for w, b in zip(network.weights, network.biases, strict=True):
        for unit in range(len(b)):
            z = b[unit] + sum(signal[node, d] * w[d, unit] for d in range(w.shape[0]))
            values += network.readout[:, h] * sum(
                c * z**k for k, c in enumerate(network.activation)
            )
            h += 1
        after = np.zeros_like(signal)
        for i in range(len(a)):
            shares = {j: a[i, j] / np.sqrt(degree[i] * degree[j]) for j in np.flatnonzero(a[i])}
            for j, share in shares.items():
                after[i] += share / sum(shares.values()) * signal[j]
        signal = after
    return values


def isolated():
    graph = nx.gnp_random_graph(9, 0.3, seed=4)
    graph.add_node(9)
    return graph


@pytest.mark.parametrize("graph", [isolated(), nx.path_graph(3), nx.complete_graph(5)], ids=str)
def test_quadratic_form(graph):
    """Network, sum by hand, and form agree at every node and pooled."""
    network = random_network(1, graph, classes=3)
    x = network.extended
    assert len(x) == 1 + 2 * len(graph)
    for node in [None, *range(len(graph))]:
        values = network.values(node)
        forms = [x @ network.quadratic_form(row, node) @ x for row in range(3)]
        np.testing.assert_allclose(forms, values, atol=1e-9)
        hand = sum(by_hand(network, i) for i in range(len(graph)))
        np.testing.assert_allclose(values, hand if node is None else by_hand(network, node))
        pair = network.readout[0] - network.readout[2]
        assert x @ network.quadratic_form(pair, node) @ x == pytest.approx(values[0] - values[2])
        assert network.predicted(node) == int(np.argmax(values))


def test_karate_club():
    """Every node in the class that the network gives, by the sign of its form."""
    graph = nx.karate_club_graph()
    network = random_network(7, graph, columns=1, features=np.ones((34, 1)))
    x = network.extended
    for node in range(34):
        value = x @ network.quadratic_form(0, node) @ x
        assert value == pytest.approx(network.values(node)[0], abs=1e-9)
        assert network.predicted(node) == int(value > 0)
    assert network.qubits == 6


def test_zeros_and_ones():
    """Every image on the pixel grid, by one form."""
    images, digits = load_digits(return_X_y=True)
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(8, 8))
    network, q = None, None
    for image in images[digits < 2]:
        network = random_network(3, grid, columns=1, hops=1, features=image[:, None] / 16)
        q = network.quadratic_form(0) if q is None else q  # the data are in no part of it
        value = network.extended @ q @ network.extended
        assert value == pytest.approx(network.values()[0], abs=1e-9)
        assert chosen([value]) == network.predicted()
    assert network.qubits == 7


@pytest.mark.parametrize("node", [None, 3])
def test_ends_of_the_spectrum(node, monkeypatch):
    """Of the whole matrix, and by a Krylov space; padding adds a zero."""
    network = random_network(2, isolated())
    values = np.linalg.eigvalsh(network.quadratic_form(0, node))
    expected = min(values[0], 0), max(values[-1], 0)
    assert network.ends(0, node) == pytest.approx(expected)
    monkeypatch.setattr("bloqs.communication.model.graph.DENSE", 2)
    assert network.ends(0, node) == pytest.approx(expected, rel=1e-8)


def test_hop_operator():
    """Rows sum to 1, that of an isolated node to 0; no entry where there is no edge."""
    a = nx.to_numpy_array(isolated())
    hop = hop_operator(a)
    np.testing.assert_allclose(hop.sum(axis=1), [1.0] * 9 + [0.0])
    assert ((hop > 0) == (a > 0)).all()
    half = hop_operator([[0, 1, 1], [1, 0, 0], [1, 0, 0]])
    np.testing.assert_allclose(half, [[0, 0.5, 0.5], [1, 0, 0], [1, 0, 0]])


def test_batch_norm_is_folded():
    """As if normalised after the weights."""
    rng = np.random.default_rng(5)
    w, b, mean, scale, shift = rng.normal(size=(4, 3)), *rng.normal(size=(4, 3))
    variance, x = rng.uniform(0.1, 2, 3), rng.normal(size=(6, 4))
    folded = folded_batch_norm(w, b, mean, variance, scale, shift, 1e-5)
    expected = (x @ w + b - mean) / np.sqrt(variance + 1e-5) * scale + shift
    np.testing.assert_allclose(x @ folded[0] + folded[1], expected)
    with pytest.raises(ValueError, match="positive in batch norm, got -0"):
        folded_batch_norm(w, b, mean, variance * 0 - 0.1, scale, shift, 0.0)


def test_weight():
    assert weight(3.0, 2.0, -0.5) == 12
    assert weight(3.0, 2.0, 0.0) == np.inf


GOOD = {
    "adjacency": [[0, 1], [1, 0]], "features": [[1.0], [2.0]], "weights": [[[1.0, 2.0]]],
    "biases": [[0.0, 0.0]], "readout": [1.0, -1.0], "activation": [0, 0, 1],
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("adjacency", [[0, -1], [-1, 0]], "finite and not negative, got -1"),
        ("adjacency", [[0, np.nan], [np.nan, 0]], "got nan"),
        ("adjacency", [[0, 1], [0, 0]], "is symmetric"),
        ("adjacency", [[0, 1]], "is square"),
        ("features", [[1.0]], r"a row for each of 2 nodes, got shape \(1, 1\)"),
        ("features", [[1.0], [np.inf]], "features of a network are finite, got inf"),
        ("weights", [], "each hop from 0, got 0 and 1"),
        ("weights", [[[1.0], [2.0]]], r"hop 0 have shape \(1, H\)"),
        ("biases", [[0.0]], r"its bias \(H,\), got \(1, 2\) and \(1,\)"),
        ("readout", [1.0], "2 entries a row"),
        ("activation", [0, 0, 1, 0.5], "of another degree than 2 .* got degree 3"),
        ("activation", [], "got degree 0 from 0 numbers"),
        ("activation", [np.nan], "an activation of a network are finite"),
    ],
)
def test_refusals(key, value, message):
    with pytest.raises(ValueError, match=message):
        GraphNetwork(**{**GOOD, key: value})


def test_nodes_have_numbers():
    with pytest.raises(ValueError, match="from 0 to 1, got 2"):
        GraphNetwork(**GOOD).values(2)
    with pytest.raises(ValueError, match="undirected graph, got a directed one"):
        random_network(0, nx.DiGraph([(0, 1)]))
