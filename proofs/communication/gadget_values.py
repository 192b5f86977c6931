"""Hidden matching inside a graph network, by signed rows and on a plain graph."""

import numpy as np
import sympy

from bloqs.communication.model.gadgets import graph_gadget, relative_value, signed_gadget
from bloqs.communication.model.matching_problem import HiddenMatching, Matching
from bloqs.communication.symbols import N, share
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Each edge adds (1 + 1)**2 or (1 - 1)**2; a row has length sqrt 2, and rows are orthogonal."""
    one, other = sympy.symbols("one other", integer=True)
    row = (one + other) ** 2
    step("an edge of the bit 1", row.subs({one: 1, other: -1}))
    edge = row.subs({one: 1, other: 1})
    total = share * N * edge
    norm = one**2 + other**2
    step("norm of the form", norm.subs({one: 1, other: 1}), 2)
    return total / N / 2


def measure(N: int, alpha: float) -> Measurement:
    """Both gadgets for a random string and matching; the bit 1 must give 0."""
    rng, found = np.random.default_rng(N), []
    matching, x = Matching.of_share(N, alpha, rng), rng.integers(0, 2, N)
    for bit in (0, 1):
        weights = [int(x[i] ^ x[j]) ^ bit for i, j in matching.edges]
        problem = HiddenMatching(x, matching, weights)
        q, data = signed_gadget(problem)
        network = graph_gadget(problem)
        signed = data @ q @ data / N / np.linalg.norm(q, 2)
        pooled = float(network.values()[0]) / N
        found += [signed, relative_value(network, N), pooled]
    right = np.ptp(found[:3]) < 1e-9 and np.max(np.abs(found[3:])) < 1e-9
    return Measurement(value=float(found[0] if right else np.nan))


THEOREM = Theorem(
    says="By signed rows of edges, and on an unweighted graph with the network's own hop operator, "
    "<Q>/|Q| is 2 alpha if the hidden bit is 0 and 0 if it is 1; pooled, 2 alpha N or 0.",
    relation="==",
    value=2 * share,
    derive=derive,
    measure=measure,
    instances=({N: 4, share: 0.5}, {N: 8, share: 0.25}, {N: 32, share: 0.25}),
    false_twin=share,
    twin_says="Each edge adds one to the sum over nodes.",
    source="[GKKRW07] partial matchings; derived",
    tolerance=1e-9,
)
