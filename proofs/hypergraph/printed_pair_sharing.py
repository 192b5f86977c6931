"""Printed, and read of plain qubits: at most two hypergraphs share a latent state."""

from itertools import product

import numpy as np

from bloqs.hypergraph.model.exclusion import value_at
from bloqs.hypergraph.rivals.forgetful import ForgetfulMachine, shared_star
from proofs.claim import Measurement
from proofs.erratum import Erratum

MULTIPLE = 100.0
"""Of a state, above the operator."""


def observe(n: int, k: int) -> Measurement:
    """How many states, times a number, lie above one operator of trace 1.

    An answer whose share of the trace is above zero is then possible for all of these states.
    """
    family = shared_star(n, k)
    witness = ForgetfulMachine(n, k, family).witness
    masks = [tuple(sum(1 << v for v in edge) for edge in edges) for edges in family]
    values = np.array([[value_at(each, x) for x in range(2**n)] for each in masks])
    sharing = 0
    for chosen in product((0, 1), repeat=len(masks)):
        state = (-1.0) ** (np.array(chosen) @ values) / 2 ** (n / 2)
        left = np.linalg.eigvalsh(MULTIPLE * np.outer(state, state) - witness)
        sharing += bool(left[0] > -1e-9 and np.isclose(np.trace(witness), 1))
    return Measurement(value=float(sharing))


ERRATUM = Erratum(
    says="C(n, k) - 1: at most two hypergraphs share a latent state.",
    reading="The 1 that is taken off stands for a pair; a mode is a plain qubit, k is 3 or more.",
    corrected_says="2**(k - 1) hypergraphs can, all subsets of k - 1 edges that have k - 1 modes "
    "in common; with k = 2 or over fields two can.",
    see="hypergraph.polygon_exclusion",
    relation="<=",
    observe=observe,
    printed=lambda n, k: 2.0,
    corrected=lambda n, k: 2.0 ** (k - 1),
    instances=({"n": 3, "k": 2}, {"n": 4, "k": 3}, {"n": 6, "k": 4}),
    twin_says="That more of them share is what is printed.",
    source="[AG26] summary for the number; ours for what the 1 stands for",
)
