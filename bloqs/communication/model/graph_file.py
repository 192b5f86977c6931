"""Graph networks as JSON, or on a graph of networkx.

`{"edges": [[0, 1], [1, 2, 0.5]], "features": [[...], ...], "weights": [[[...]], ...], "biases":
[[...], ...], "readout": [...], "activation": [c0, c1, c2]}`: nodes are rows of the features, edges
have weight 1 if none is given, weights have a matrix (D, H) for each hop from 0. `"batch_norm"`, a
list of {mean, variance, scale, shift, epsilon} for each hop, is folded into weights and biases.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from bloqs.communication.model.graph import GraphNetwork, folded_batch_norm
from bloqs.communication.model.model_file import (
    GRAPH_KEYS,
    GRAPH_OPTIONS,
    check_keys,
    content_of,
    number,
    numbers,
    parsed,
)

OTHER_NAMES = {"read-out": "readout", "read_out": "readout", "LayerNorm": "layer_norm",
               "layernorm": "layer_norm", "layer-norm": "layer_norm"}  # fmt: skip
"""Spellings of keys that mean one of ours."""

NORM_KEYS = ("mean", "variance", "scale", "shift", "epsilon")


def graph_from_file(path: Path) -> GraphNetwork:
    """The network that a JSON file holds.

    Raises:
        ValueError: if the file is no JSON of a graph network, in one sentence.
    """
    return graph_from_content(content_of(path), Path(path).name)


def graph_from_text(text: str, where: str = "the text") -> GraphNetwork:
    """The network that a JSON text holds; errors call it `where`."""
    return graph_from_content(parsed(text, where), where)


def graph_from_content(content: Mapping[str, Any], where: str = "the graph") -> GraphNetwork:
    """The network that a JSON object is; errors call it `where`."""
    content = {OTHER_NAMES.get(key, key): value for key, value in content.items()}
    check_keys(content, GRAPH_KEYS, GRAPH_OPTIONS, where)
    if content.get("layer_norm", False) is not False:
        raise ValueError(
            f"{where}: LayerNorm divides by the spread of the data, so that the network is no "
            "quadratic form; leave it out or train with batch norm, which is folded"
        )
    features = matrix(content["features"], f"{where}: features")
    adjacency = adjacency_of(content["edges"], len(features), f"{where}: edges")
    weights = [matrix(w, f"{where}: weights[{r}]") for r, w in entries(content, "weights", where)]
    biases = [numbers(b, f"{where}: biases[{r}]") for r, b in entries(content, "biases", where)]
    pairs = [(w, np.array(b)) for w, b in zip(weights, biases, strict=False)]
    if "batch_norm" in content and len(weights) == len(biases):
        pairs = _folded(content, pairs, where)
        weights, biases = [w for w, _ in pairs], [[*b] for _, b in pairs]
    readout = content["readout"]
    is_flat = isinstance(readout, list) and not any(isinstance(x, list) for x in readout)
    read = numbers if is_flat else matrix
    try:
        network = GraphNetwork(
            adjacency=adjacency,
            features=features,
            weights=weights,
            biases=biases,
            readout=read(readout, f"{where}: readout"),
            activation=numbers(content["activation"], f"{where}: activation"),
        )
        check_size(network)
        return network
    except ValueError as error:
        raise ValueError(f"{where}: {error}" if where not in str(error) else str(error)) from error


def check_size(network: GraphNetwork) -> None:
    """Refuse numbers of which a double holds no square.

    Raises:
        ValueError: saying which.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        finite = {
            "a value": np.isfinite(network.node_values()).all(),
            "the norm of the features": np.isfinite(np.sum(network.features**2)),
        }
    for what, holds in finite.items():
        if not holds:
            raise ValueError(
                f"{what} is infinite in double precision, as numbers of the network are up to "
                f"{largest(network):.3g}; scale them down"
            )


def largest(network: GraphNetwork) -> float:
    """Size of the largest number."""
    parts = (network.features, *network.weights, *network.biases, network.readout)
    return float(max(np.max(np.abs(each), initial=0.0) for each in parts))


def entries(content: Mapping[str, Any], key: str, where: str) -> list[tuple[int, Any]]:
    """The entries of a list, numbered."""
    if not isinstance(content[key], list):
        raise ValueError(f"{where}: {key} is a list, one entry for each hop from 0")
    return [*enumerate(content[key])]


def _folded(content: Mapping[str, Any], pairs: list[Any], where: str) -> list[Any]:
    found = entries(content, "batch_norm", where)
    if len(found) != len(pairs):
        raise ValueError(f"{where}: batch_norm is for each of {len(pairs)} hops, got {len(found)}")
    folded = []
    for r, norm in found:
        at = f"{where}: batch_norm[{r}]"
        if not isinstance(norm, dict):
            raise ValueError(f"{at} is an object with {', '.join(NORM_KEYS)}")
        check_keys(norm, NORM_KEYS, (), at)
        parts = [numbers(norm[key], f"{at}: {key}") for key in NORM_KEYS[:-1]]
        w, b = pairs[r]
        if {len(part) for part in parts} != {len(b)} or w.shape[1] != len(b):
            raise ValueError(f"{at} has {len(b)} numbers each, one for each hidden unit of its hop")
        mean, variance, scale, shift = map(np.array, parts)
        added = number(norm["epsilon"], f"{at}: epsilon")
        folded.append(folded_batch_norm(w, b, mean, variance, scale, shift, added))
    return folded


def matrix(rows: object, where: str) -> Any:
    """Rows of numbers, equally many in each; shape (rows, columns).

    Raises:
        ValueError: if they are not.
    """
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"{where} is a list of at least one row of numbers")
    read = [numbers(row, f"{where}[{i}]") for i, row in enumerate(rows)]
    if len({len(row) for row in read}) > 1 or not read[0]:
        lengths = sorted({len(row) for row in read})
        raise ValueError(f"{where} has rows of one length from 1, got lengths {lengths}")
    return np.array(read)


def adjacency_of(edges: object, nodes: int, where: str) -> Any:
    """Adjacency matrix of undirected edges [i, j] or [i, j, weight].

    Raises:
        ValueError: if an edge is none, is there twice, or has a negative weight.
    """
    if not isinstance(edges, list):
        raise ValueError(f"{where} is a list of [node, node] or [node, node, weight]")
    a, seen = np.zeros((nodes, nodes)), set()
    for place, edge in enumerate(edges):
        at = f"{where}[{place}]"
        if not isinstance(edge, list) or len(edge) not in (2, 3):
            raise ValueError(f"{at} is [node, node] or [node, node, weight], got {edge!r:.40}")
        for end in edge[:2]:
            if isinstance(end, bool) or not isinstance(end, int) or not 0 <= end < nodes:
                raise ValueError(
                    f"{at}: nodes are numbered from 0 to {nodes - 1}, one for each row of the "
                    f"features, got {end!r:.40}"
                )
        heavy = number(edge[2], f"{at}: the weight") if len(edge) == 3 else 1.0
        if heavy < 0:
            raise ValueError(f"{at}: weights of edges are not negative, got {heavy}")
        ends = frozenset(edge[:2])
        if ends in seen:
            raise ValueError(f"{at}: the edge {[*edge[:2]]} is there twice; keep one")
        seen.add(ends)
        a[edge[0], edge[1]] = a[edge[1], edge[0]] = heavy
    return a


def graph_from_networkx(
    graph: nx.Graph,
    features: Any,
    weights: Any,
    biases: Any,
    readout: Any,
    activation: Any,
    weight: str | None = None,
) -> GraphNetwork:
    """A network on a graph whose nodes are in the order of the features' rows.

    Args:
        graph: undirected.
        features: shape (nodes, D).
        weights: of each hop from 0, shape (D, H).
        biases: of each hop, shape (H,).
        readout: shape (hidden,) or (classes, hidden).
        activation: c_0, c_1, c_2.
        weight: name of the edges' weight; 1 each if not given.

    Raises:
        ValueError: if the graph is directed, or a number is refused.
    """
    if graph.is_directed():
        raise ValueError("a graph network is on an undirected graph, got a directed one")
    adjacency = nx.to_numpy_array(graph, weight=weight)
    return GraphNetwork(adjacency, features, weights, biases, readout, activation)
