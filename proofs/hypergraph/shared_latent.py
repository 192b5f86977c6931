"""Beyond the paper: from which order on plain qubits need no memory at all."""

from itertools import combinations
from typing import Any

import numpy as np

from bloqs.hypergraph.model.bounds import upper_bits_at_cut
from bloqs.hypergraph.rivals.forgetful import ForgetfulMachine, all_edges
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.hypergraph.printed_plain_memory import is_right

ORDERS = ((3, 2), (4, 3), (5, 4), (6, 4), (6, 5), (7, 5), (7, 6), (12, 10), (13, 12), (14, 12))
RUN = ((6, 5), (7, 6))
"""Of these a machine is run."""


def stated(n: int, k: int) -> dict[str, Any]:
    """Whether the library's machine keeps nothing."""
    return {"none": int(upper_bits_at_cut(n, k) == 0)}


def found(n: int, k: int) -> tuple[dict[str, Any], Measurement]:
    """Whether points without a whole edge outweigh the others, by counting them one by one.

    Two points with k ones or more have different sets of whole edges: each is a class.
    """
    ones = np.bitwise_count(np.arange(2**n))
    others, rest = int((ones >= k).sum()), int((ones < k).sum())
    if others >= np.sqrt(rest):
        return {"none": 0}, Measurement(value=float(others))
    if (n, k) in RUN:
        right = is_right(ForgetfulMachine(n, k, all_edges(n, k)), 8)
        return {"none": int(right)}, Measurement(value=0.0)
    return {"none": 1}, Measurement(value=0.0)


def if_an_edge_is_rare(n: int, k: int) -> dict[str, Any]:
    """Fewer than half of the points have a whole edge."""
    points = sum(1 for size in range(k, n + 1) for _ in combinations(range(n), size))
    return {"none": int(2 * points < 2**n)}


THEOREM = AgreementClaim(
    says="On plain qubits all k-uniform hypergraphs share one latent state, and a classical "
    "machine keeps 0 bits at the cut, exactly if T < sqrt(2**n - T), T the points with k ones or "
    "more: for k = n - 1 >= 5, for k = n - 2 >= 12, and for k above about 0.89 n as n grows.",
    stated=stated,
    found=found,
    instances=lambda: [{"n": n, "k": k} for n, k in ORDERS],
    false_twin=if_an_edge_is_rare,
    twin_says="It is enough that fewer than half of the points have a whole edge.",
    source="ours; derived",
    assumptions=(
        "All writes come before all reads.",
        "Exactly: where they do not share, some measurement of all qubits tells it.",
    ),
)
