"""Printed: every row of the table of graph networks is of the polynomial kind."""

import networkx as nx
import numpy as np

from bloqs.communication.model.graph import GraphNetwork, folded_batch_norm
from proofs.claim import Measurement
from proofs.erratum import Erratum

SIGMA = (0.0169394634, 0.5, 0.3078363964)


def observe(norm: str) -> Measurement:
    """1 if the pooled value is a form of degree 2 along a line of data, else 0.

    That is, if its third difference vanishes and it is what the form of the network without
    LayerNorm gives. `norm` is what is done before the activation.
    """
    rng = np.random.default_rng(0)
    w, b, x, turn = rng.normal(size=(2, 3)), rng.normal(size=3), *rng.normal(size=(2, 5, 2))
    a, v = nx.to_numpy_array(nx.cycle_graph(5)), rng.normal(size=3)
    if norm == "batch":
        mean, variance, scale, shift = np.abs(rng.normal(size=(4, 3)))
        w, b = folded_batch_norm(w, b, mean, variance, scale, shift, 1e-5)
    values, forms = [], []
    for t in range(4):
        data = x + t * turn
        network = GraphNetwork(a, data, [w], [b], v, SIGMA)
        forms.append(network.extended @ network.quadratic_form(0) @ network.extended)
        if norm == "layer":
            z = data @ w + b
            z = (z - z.mean(axis=1, keepdims=True)) / z.std(axis=1, keepdims=True)
            values.append(((SIGMA[0] + SIGMA[1] * z + SIGMA[2] * z**2) @ v).sum())
        else:
            values.append(network.values()[0])
    third = values[3] - 3 * values[2] + 3 * values[1] - values[0]
    is_form = abs(third) < 1e-9 and np.allclose(values, forms)
    return Measurement(value=float(is_form))


ERRATUM = Erratum(
    says="The rows of the table of graph classification are networks with a polynomial activation "
    "of degree 2, whose outputs are quadratic forms of the data.",
    corrected_says="Rows whose published commands ask for LayerNorm before the activation (NCI1, "
    "IMDB-B, REDDIT-M) are no quadratic forms; without it, or with batch norm, they are.",
    reading="The commands are those of the authors' public program.",
    see="communication.graph_form",
    relation="==",
    observe=observe,
    printed=lambda norm: 1.0,
    corrected=lambda norm: float(norm != "layer"),
    instances=({"norm": "none"}, {"norm": "batch"}, {"norm": "layer"}),
    twin_says="That rows with LayerNorm are none is what is printed.",
    source="[GMSM24] Table 2; authors' program, commands of its README",
)
