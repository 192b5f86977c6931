"""Compiles the exclusion of one of three forms to turns, and writes down what they leave."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from bloqs.hypergraph.circuits.exclusion_angles import excluding_basis, turns_to_a_state
from bloqs.hypergraph.model.phase_polynomial import PhasePolynomial
from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.exclusion_search import MOST_CASES, polynomial_of
from bloqs.hypergraph.rivals.exclusion_task import forms_of

TURNS = 6
ANSWER = "six turns each take two vectors of the basis to states, within 1e-10"


def search_turns(task: Mapping[str, Any]) -> Certificate:
    """The basis, and the turns of the first two of its vectors.

    Raises:
        ValueError: if no measurement excludes the states.
    """
    forms = [polynomial_of(form) for form in forms_of(task)]
    points = 2 ** forms_of(task)[0].qubits
    gram = [
        [
            Fraction(PhasePolynomial((*a, *b)).exponential_sum(points - 1, MOST_CASES), points)
            for b in forms
        ]
        for a in forms
    ]
    states = excluding_basis(gram)
    turns = []
    for vector in (0, 1):
        found = turns_to_a_state(states, vector, TURNS)
        turns.append(
            {"vector": vector, "target": found.target, "first": found.first,
             "angles": list(found.angles)}
        )  # fmt: skip
    return Certificate(
        name="residual",
        task=task,
        answer=ANSWER,
        evidence={"states": states.real.tolist(), "turns": turns},
    )
