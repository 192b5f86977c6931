"""What reading any matching takes."""

import numpy as np
import sympy

from bloqs.communication.circuits.matching_shots import HiddenMatchingShot, MatchingBasis, edge_law
from bloqs.communication.model.matching_problem import HiddenMatching, Matching
from bloqs.communication.model.routing import shift_of
from bloqs.communication.symbols import n
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_counting
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """A layer that parts the ends, and a network that sorts one half; N/2 rotations each."""
    k = sympy.Symbol("k", integer=True, positive=True)
    network = 1 + sympy.summation(2, (k, 2, n))  # one qubit takes one layer, each more two
    step("a network on n qubits", network, 2 * n - 1)
    layers = 1 + network.subs(n, n - 1)
    step("layers of a matching", layers, 2 * n - 2)
    return sympy.expand(layers * 2 ** (n - 1))


def measure(n: int) -> Measurement:
    """Rotations in the circuit for a random matching that is no shift, if it reads no wrong one."""
    rng, size = np.random.default_rng(n), 2**n
    matching = Matching.of_share(size, 0.5, rng)
    while shift_of(matching):
        matching = Matching.of_share(size, 0.5, rng)
    problem = HiddenMatching(rng.integers(0, 2, size), matching)
    shot = HiddenMatchingShot.of(problem)
    law = edge_law(shot, Runner.of(shot).run(0))
    wrong = 1 - float(law[np.arange(len(law)), np.array(problem.parities)].sum())
    cost = cost_by_counting(MatchingBasis(n, Private("Bob", matching.edges)))
    value = float(cost.rotations) if wrong < 1e-9 else float("nan")
    return Measurement(value=value, qubits=int(cost.qubits), gates=int(cost.rotations))


THEOREM = Theorem(
    says="Any matching of N = 2**n places is read without error after (n - 1) N rotations, n - 1 "
    "to each place, instead of the N**2 of a dense block.",
    relation="==",
    value=(n - 1) * 2**n,
    derive=derive,
    measure=measure,
    instances=({n: 3}, {n: 4}, {n: 5}),
    false_twin=(2 * n - 1) * 2 ** (n - 1),
    twin_says="A whole network is needed, on all qubits.",
    source="ours; derived",
)
