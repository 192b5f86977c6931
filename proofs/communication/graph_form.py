"""A graph network of degree 2 is a quadratic form of its data."""

import networkx as nx
import numpy as np
import sympy

from bloqs.communication.model.graph import GraphNetwork
from estimator.symbols import theta
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem

SIGMA = (sympy.Rational(1, 60), sympy.Rational(1, 2), sympy.Rational(4, 13))
"""Coefficients of the activation."""


def derive() -> sympy.Expr:
    """The extended data meet g in z and e in 1; averages of equal data are the data."""
    g, x, b = sympy.Matrix(sympy.symbols("g0:3")), sympy.Matrix(sympy.symbols("x0:3")), SIGMA
    extended = x.subs("x0", 1)
    e = sympy.Matrix([1, 0, 0])
    q = b[2] * g * g.T + b[1] / 2 * (g * e.T + e * g.T) + b[0] * e * e.T
    z = (g.T * extended)[0]
    step("one unit", (extended.T * q * extended)[0], b[0] + b[1] * z + b[2] * z**2)
    weight = sympy.Symbol("weight", positive=True)
    step("averages of equal data", (weight * theta + (1 - weight) * theta), theta)
    return b[0] + b[1] * theta + b[2] * theta**2


def measure(theta: float) -> Measurement:
    """Equal data on a connected graph, by the form at a node; random data agree at every node."""
    rng = np.random.default_rng(1)
    activation = [float(c) for c in SIGMA]
    graph = nx.path_graph(5)
    a, ones = nx.to_numpy_array(graph), np.ones((5, 1))
    parts = ([[[1.0]], [[1.0]]], [[0.0], [0.0]], [0.25, 0.75], activation)
    equal = GraphNetwork(a, theta * ones, *parts)
    graph.add_node(5)
    a, x = nx.to_numpy_array(graph), rng.normal(size=(6, 2))
    w, b, v = rng.normal(size=(3, 2, 4)), rng.normal(size=(3, 4)), rng.normal(size=12)
    wild = GraphNetwork(a, x, [*w], [*b], v, activation)
    gaps = [
        each.extended @ each.quadratic_form(0, node) @ each.extended - each.values(node)[0]
        for each in (equal, wild)
        for node in (None, *range(each.nodes))
    ]
    found = equal.extended @ equal.quadratic_form(0, 2) @ equal.extended
    return Measurement(value=float(found if np.max(np.abs(gaps)) < 1e-9 else np.nan))


THEOREM = Theorem(
    says="The value of a graph network with an activation of degree 2, pooled or at any node, also "
    "an isolated one, is a quadratic form of (1, vec X); for equal data theta on a connected graph "
    "and a read-out that sums to 1 it is the activation of theta.",
    relation="==",
    value=SIGMA[0] + SIGMA[1] * theta + SIGMA[2] * theta**2,
    derive=derive,
    measure=measure,
    instances=tuple({theta: size} for size in (0.0, 0.7, -3.0)),
    false_twin=SIGMA[1] * theta + SIGMA[2] * theta**2,
    twin_says="The constant of the activation is in no form.",
    source="[FRCEBM20] networks of hops; [GMSM24] activations of degree 2; derived",
    tolerance=1e-9,
)
