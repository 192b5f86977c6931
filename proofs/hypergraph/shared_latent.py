"""With edges of all modes but one, six modes or more, plain qubits need no memory at all."""

from typing import Any

import numpy as np

from bloqs.hypergraph.model.bounds import upper_bits_at_cut
from bloqs.hypergraph.rivals.forgetful import ForgetfulMachine, all_edges
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.hypergraph.printed_plain_memory import is_right


def stated(n: int) -> dict[str, Any]:
    """Bits as the library has them, and whether there are none."""
    return {"none": int(upper_bits_at_cut(n, n - 1) == 0)}


def found(n: int) -> tuple[dict[str, Any], Measurement]:
    """A machine that forgets all edges, if there is one, on sentences of random reads.

    There is none if the signs of all states add up, with equal weights, so that the most frequent
    of them can be made up for by the others.
    """
    points = np.arange(2**n)
    edges = [2**n - 1 - (1 << v) for v in range(n)]
    rows = np.array([points & mask == mask for mask in edges])
    _, sizes = np.unique(rows, axis=1, return_counts=True)
    roots = np.sort(np.sqrt(sizes))
    if roots[-1] <= roots[:-1].sum():
        return {"none": 0}, Measurement(value=float(n))
    right = is_right(ForgetfulMachine(n, n - 1, all_edges(n, n - 1)), 8)
    return {"none": int(right)}, Measurement(value=0.0)


def from_five_modes(n: int) -> dict[str, Any]:
    """One mode earlier."""
    return {"none": int(n >= 5)}


THEOREM = AgreementClaim(
    says="On plain qubits with k = n - 1 >= 5 all hypergraphs share one latent state, as n + 1 is "
    "below the square root of 2**n - n - 1: a classical machine keeps 0 bits at the cut; for "
    "smaller k = n - 1 they do not.",
    stated=stated,
    found=found,
    instances=lambda: [{"n": n} for n in (3, 4, 5, 6, 7)],
    false_twin=from_five_modes,
    twin_says="It begins at k = 4.",
    source="ours; derived",
    assumptions=("All writes come before all reads.",),
)
