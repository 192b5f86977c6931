r"""Hidden matching inside a graph network: why messages about a graph's data can be hard.

With $\sigma(z) = z^2$ and sums over nodes, the value is $2\alpha N$ or 0 by the hidden bit, up to
the scale of the gadget.
"""

from typing import Any

import numpy as np

from bloqs.communication.model.graph import GraphNetwork, form_of
from bloqs.communication.model.matching_problem import HiddenMatching


def signed_gadget(problem: HiddenMatching) -> tuple[Any, Any]:
    """Q from signed rows of edges, and the data of Alice.

    A row has 1 at i and (-1)**w at j; it is the hop operator of no graph.

    Returns:
        Arrays of shape (N, N) and (N,), and <Q>/|Q| is 2 alpha if the bit is 0, else 0.

    Raises:
        ValueError: if the problem has no weights.
    """
    rows = np.zeros((len(problem.matching.edges), problem.matching.size))
    for e, (i, j) in enumerate(problem.matching.edges):
        rows[e, i], rows[e, j] = 1.0, (-1.0) ** weights_of(problem)[e]
    q = form_of(rows, np.ones(len(rows)), (0.0, 0.0, 1.0))
    return q, 1.0 - 2 * np.array(problem.string)


def weights_of(problem: HiddenMatching) -> tuple[int, ...]:
    """The weights of a problem with a hidden bit.

    Raises:
        ValueError: if there are none.
    """
    if problem.weights is None:
        raise ValueError("a gadget hides a bit, so the matching needs weights")
    return problem.weights


def graph_gadget(problem: HiddenMatching) -> GraphNetwork:
    """The same on an unweighted graph with the network's own hop operator.

    Node 2i + t, t = 0, 1, holds the feature (-1)**t (-1)**x_i of Alice; edge e has two nodes after
    them, t = 0, 1, each joined to (i, t) and (j, w + t), by Bob. One hop.
    """
    size, edges = problem.matching.size, problem.matching.edges
    nodes = 2 * size + 2 * len(edges)
    a = np.zeros((nodes, nodes))
    for e, (i, j) in enumerate(edges):
        for t in (0, 1):
            here = 2 * size + 2 * e + t
            for other in (2 * i + t, 2 * j + (weights_of(problem)[e] ^ t)):
                a[here, other] = a[other, here] = 1.0
    signs = np.repeat(1.0 - 2 * np.array(problem.string), 2) * np.tile([1.0, -1.0], size)
    return GraphNetwork(
        adjacency=a,
        features=np.concatenate([signs, np.zeros(2 * len(edges))])[:, None],
        weights=(np.zeros((1, 1)), np.ones((1, 1))),
        biases=(np.zeros(1), np.zeros(1)),
        readout=np.array([0.0, 1.0]),
        activation=(0.0, 0.0, 1.0),
    )


def data_form(problem: HiddenMatching) -> tuple[Any, Any]:
    """Q of the graph's gadget on the 2N nodes that hold data, and the data.

    Returns:
        Arrays of shape (2N, 2N) and (2N,), and <Q>/|Q| is 2 alpha if the bit is 0, else 0.

    Raises:
        ValueError: if the problem has no weights.
    """
    network, size = graph_gadget(problem), 2 * problem.matching.size
    return network.quadratic_form(0)[1 : 1 + size, 1 : 1 + size], network.features[:size, 0]


def relative_value(network: GraphNetwork, size: int) -> float:
    """<Q>/|Q| of a gadget's network, Q on the 2N nodes that hold data."""
    data = network.features[: 2 * size, 0]
    q = network.quadratic_form(0)[1 : 1 + 2 * size, 1 : 1 + 2 * size]
    return float(data @ q @ data / (data @ data) / np.linalg.norm(q, 2))
