"""Hidden matching inside a graph network, by signed rows and on a plain graph."""

from typing import Any

import numpy as np

from bloqs.communication.model.gadgets import graph_gadget, relative_value, signed_gadget
from bloqs.communication.model.matching_problem import HiddenMatching, Matching
from proofs.claim import Measurement
from proofs.forms import ROUNDING
from proofs.operator_claim import OperatorClaim


def specification(size: int, share: float, bit: int) -> Any:
    """<Q>/|Q| of both gadgets, and the pooled value of the graph."""
    relative = 0.0 if bit else 2 * share
    return np.array([relative, relative, relative * size])


def half(size: int, share: float, bit: int) -> Any:
    """One for each edge."""
    return specification(size, share, bit) / 2


def simulate(size: int, share: float, bit: int) -> tuple[Any, Measurement]:
    """A random string and matching with this bit."""
    rng = np.random.default_rng(size)
    matching = Matching.of_share(size, share, rng)
    x = rng.integers(0, 2, size)
    weights = [int(x[i] ^ x[j]) ^ bit for i, j in matching.edges]
    problem = HiddenMatching(x, matching, weights)
    q, data = signed_gadget(problem)
    network = graph_gadget(problem)
    signed = data @ q @ data / size / np.linalg.norm(q, 2)
    pooled = float(network.values()[0])
    found = np.array([signed, relative_value(network, size), pooled])
    return found, Measurement(value=0.0)


THEOREM = OperatorClaim(
    says="By signed rows of edges, and on an unweighted graph with the network's own hop operator, "
    "<Q>/|Q| is 2 alpha if the hidden bit is 0 and exactly 0 if it is 1; pooled, 2 alpha N or 0.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"size": size, "share": share, "bit": bit}
        for size, share in ((4, 0.5), (8, 0.25), (32, 0.25))
        for bit in (0, 1)
    ),
    false_twin=half,
    twin_says="Each edge adds one to the sum over nodes.",
    bound=lambda **_: ROUNDING,
    norm="l2",
    source="[GKKRW07] partial matchings; derived",
)
