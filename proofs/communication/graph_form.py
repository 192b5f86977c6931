"""A graph network of degree 2 is a quadratic form of its data."""

from typing import Any

import networkx as nx
import numpy as np

from bloqs.communication.model.graph import GraphNetwork
from proofs.claim import Measurement
from proofs.forms import ROUNDING
from proofs.operator_claim import OperatorClaim

SIGMA = (0.0169394634, 0.5, 0.3078363964)


def _parts(nodes: int, seed: int) -> tuple[Any, ...]:
    """Adjacency with an isolated node, features, weights and biases of two hops, read-out."""
    rng = np.random.default_rng(seed)
    graph = nx.gnp_random_graph(nodes - 1, 0.6, seed=seed)
    graph.add_node(nodes - 1)
    a = nx.to_numpy_array(graph)
    return (
        a,
        rng.normal(size=(nodes, 2)),
        rng.normal(size=(2, 2, 3)),
        rng.normal(size=(2, 3)),
        (rng.normal(size=6)),
    )


def _network(nodes: int, seed: int, constant: float) -> Any:
    """The value at every node, by the network's own formula."""
    a, x, w, b, v = _parts(nodes, seed)
    degree = a.sum(axis=1)
    root = np.sqrt(np.where(degree > 0, degree, 1.0))
    even = a / root[:, None] / root
    sums = even.sum(axis=1, keepdims=True)
    hop = even / np.where(sums > 0, sums, 1.0)
    z = np.concatenate([x @ w[0] + b[0], hop @ x @ w[1] + b[1]], axis=1)
    return (constant + SIGMA[1] * z + SIGMA[2] * z**2) @ v


def specification(nodes: int, seed: int) -> Any:
    """Polynomial activation, two hops, read-out."""
    return _network(nodes, seed, SIGMA[0])


def without_constant(nodes: int, seed: int) -> Any:
    """As if the constant of the activation were in no form."""
    return _network(nodes, seed, 0.0)


def simulate(nodes: int, seed: int) -> tuple[Any, Measurement]:
    """The form on the extended data, at every node."""
    network = GraphNetwork(*_parts(nodes, seed), SIGMA)
    x = network.extended
    values = [x @ network.quadratic_form(0, node) @ x for node in range(nodes)]
    return np.array(values), Measurement(value=0.0)


THEOREM = OperatorClaim(
    says="The value of a graph network with an activation of degree 2 at any node is a quadratic "
    "form of (1, vec X), also where the node is isolated.",
    specification=specification,
    simulate=simulate,
    instances=({"nodes": 4, "seed": 0}, {"nodes": 9, "seed": 1}),
    false_twin=without_constant,
    twin_says="Only products of data are in a quadratic form.",
    bound=lambda **_: ROUNDING,
    norm="l2",
    source="[FRCEBM20] networks of hops; [GMSM24] quadratic activation; derived",
)
