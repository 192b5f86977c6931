"""Quadratic forms by circuits: gadgets of hidden matching, and networks, in both ways."""

import networkx as nx
import numpy as np
import sympy

from bloqs.communication.circuits.form_shot import WAYS, FormShot
from bloqs.communication.model.graph import GraphNetwork
from bloqs.communication.model.matching_problem import HiddenMatching, Matching
from bloqs.communication.symbols import N, share
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Z after a turn by the arc of an eigenvalue, over the weight of edges that agree."""
    value = sympy.Symbol("value", real=True)
    turn = sympy.Matrix([sympy.cos(sympy.acos(value) / 2), sympy.sin(sympy.acos(value) / 2)])
    mean = sympy.simplify(sympy.expand_trig(turn[0] ** 2 - turn[1] ** 2))
    step("the flag's mean is the eigenvalue", sympy.simplify(mean - value))
    inside = sympy.Integer(2) / N * share * N  # two of N entries of each edge, in its sum
    return inside * mean.subs(value, 1) + (1 - inside) * mean.subs(value, 0)


def _mean(shot: FormShot) -> float:
    values, likely = shot.law(Runner.of(shot).run(0))
    return float(values @ likely)


def _network_gap(N: int) -> float:
    """Circuits against a random network with an isolated node."""
    rng = np.random.default_rng(N)
    graph = nx.path_graph(4)
    graph.add_node(4)
    w, b, v = rng.normal(size=(2, 1, 3)), rng.normal(size=(2, 3)), rng.normal(size=6)
    features = rng.normal(size=(5, 1))
    network = GraphNetwork(nx.to_numpy_array(graph), features, [*w], [*b], v, (0.1, 0.5, 0.3))
    length = float(np.sum(network.extended**2))
    return max(
        abs(_mean(FormShot.of_network(network, 0, node, way)) * length - network.values(node)[0])
        for node in (None, 1, 4)
        for way in WAYS
    )


def measure(N: int, alpha: float) -> Measurement:
    """Both gadgets in both ways for both bits; the bit 1 must give 0, networks their values."""
    rng, found = np.random.default_rng(N), []
    matching, x = Matching.of_share(N, alpha, rng), rng.integers(0, 2, N)
    for bit in (0, 1):
        weights = [int(x[i] ^ x[j]) ^ bit for i, j in matching.edges]
        problem = HiddenMatching(x, matching, weights)
        for is_signed in (True, False):
            for way in WAYS:
                shot = FormShot.of_gadget(problem, is_signed, way)
                found.append(_mean(shot) / shot.reading.norm)
    right = np.ptp(found[:4]) < 1e-9 and np.max(np.abs(found[4:])) < 1e-9
    return Measurement(value=found[0] if right and _network_gap(N) < 1e-9 else float("nan"))


THEOREM = Theorem(
    says="Read in the eigenbasis of the form, and by a flag whose Z is a block-encoding of it, "
    "both gadgets of hidden matching have the mean 2 alpha if the hidden bit is 0 and 0 if it is "
    "1, and a graph network has its value, at an isolated node too.",
    relation="==",
    value=2 * share,
    derive=derive,
    measure=measure,
    instances=({N: 4, share: 0.25}, {N: 8, share: 0.375}),
    false_twin=4 * share - 1,
    twin_says="The flag is turned by twice the arc.",
    source="[GMSM24] graph networks; [GKKRW07] matchings; derived",
    tolerance=1e-9,
)
