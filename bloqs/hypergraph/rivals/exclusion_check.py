"""Checks a measurement that leaves out one of three states, or a reason why there is none, exactly.

A measurement is right if its probabilities are zero on the diagonal, not negative, sum to 1 for
each state, and those of the one answer that two states share multiply to their squared overlap:
then amplitudes with these absolute values, and phases taken from the overlaps, have the states'
Gram matrix, so that the states are their columns in some basis.

A reason is right if |j><j| - N >= 0 for each j, N has no negative entry off its diagonal, and
tr N + 2 sum N_ij r_ij > 0 with r_ij**2 at most the squared overlaps. Put the phase of <psi_i|psi_j>
on N_ij; minors of order 1 and 2 do not see phases, and the determinant of |j><j| - N is least
without. So sum N_ij |psi_i><psi_j| lies below each projector and has a positive trace, whatever
the phases; a measurement with an answer for each state would give it a trace of at most zero.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.vector_engine import VectorEngine
from bloqs.hypergraph.rivals.certificate import Certificate, demand, examined
from bloqs.hypergraph.rivals.exclusion_task import forms_of, overlaps_from_text
from estimator.ask.question import Tracker

Number = tuple[Fraction, Fraction]
"""p + q sqrt(D), as (p, q)."""


def written_signs(form: Sentence) -> np.ndarray:
    """(-1)**f at each point, as whole numbers."""
    engine = VectorEngine()
    state = engine.start(form)
    for actions in form.actions:
        for action in actions:
            state = engine.act(state, action)
    return np.rint(state.real * 2 ** (form.qubits / 2)).astype(np.int64)


def overlaps_of(task: Mapping[str, Any]) -> tuple[Fraction, ...]:
    """Squared, of 12, 13, 23.

    Raises:
        ValueError: if the task is none.
    """
    if task.keys() == {"overlaps"}:
        return overlaps_from_text(",".join(task["overlaps"]))
    demand(task.keys() == {"forms", "modes", "q"}, "the task is none")
    signs = [written_signs(form) for form in forms_of(task)]
    demand(len(signs) == 3, "the task has not three forms")
    return tuple(Fraction(int(one @ two), len(one)) ** 2 for one, two in combinations(signs, 2))


def _sign(number: Number, root: int) -> int:
    """-1, 0 or 1."""
    p, q = number
    larger = p * p - q * q * root
    if larger == 0:
        return 0 if p * q <= 0 else (1 if p > 0 else -1)
    main = p if larger > 0 else q
    return 1 if main > 0 else -1


def _times(one: Number, two: Number, root: int) -> Number:
    return one[0] * two[0] + one[1] * two[1] * root, one[0] * two[1] + one[1] * two[0]


def check_measurement(given: Mapping[str, Any], overlaps: Sequence[Fraction]) -> str:
    """Whether probabilities are those of a measurement that leaves out one of three states."""
    root = given["root"]
    demand(isinstance(root, int) and root >= 0, "a root is taken of a whole number from 0")
    rows = [[(Fraction(p), Fraction(q)) for p, q in row] for row in given["probabilities"]]
    demand([len(row) for row in rows] == [3, 3, 3], "there are three answers for three states")
    for answer in range(3):
        demand(_sign(rows[answer][answer], root) == 0, f"answer {answer + 1} does not leave out")
    demand(all(_sign(x, root) >= 0 for row in rows for x in row), "a probability is negative")
    for state in range(3):
        total = sum(row[state][0] for row in rows) - 1, sum(row[state][1] for row in rows)
        demand(_sign((Fraction(total[0]), Fraction(total[1])), root) == 0,
               f"the probabilities at state {state + 1} do not sum to 1")  # fmt: skip
    for (one, two), overlap in zip(combinations(range(3), 2), overlaps, strict=True):
        p, q = _times(rows[3 - one - two][one], rows[3 - one - two][two], root)
        demand(_sign((p - overlap, q), root) == 0,
               f"the overlap of {one + 1} and {two + 1} is another")  # fmt: skip
    return "the probabilities of a measurement, exact"


def check_reason(given: Mapping[str, Any], overlaps: Sequence[Fraction]) -> str:
    """Whether a matrix shows that there is no measurement."""
    n = [[Fraction(x) for x in row] for row in given["n"]]
    roots = [Fraction(x) for x in given["roots"]]
    demand([len(row) for row in n] == [3, 3, 3] and len(roots) == 3, "N has three rows")
    demand(all(n[i][j] == n[j][i] for i in range(3) for j in range(3)), "N is not symmetric")
    pairs = list(combinations(range(3), 2))
    demand(all(n[i][j] >= 0 for i, j in pairs), "N is negative off its diagonal")
    demand(all(r >= 0 and r * r <= x for r, x in zip(roots, overlaps, strict=True)),
           "a root is larger than that of the overlap")  # fmt: skip
    gain = 2 * sum(n[i][j] * r for (i, j), r in zip(pairs, roots, strict=True))
    demand(n[0][0] + n[1][1] + n[2][2] + gain > 0, "the trace is not positive")
    for state in range(3):
        m = [[(i == j == state) - n[i][j] for j in range(3)] for i in range(3)]
        for size in (1, 2, 3):
            for places in combinations(range(3), size):
                minor = determinant([[m[i][j] for j in places] for i in places])
                demand(minor >= 0, f"N does not lie below state {state + 1}")
    return "a matrix below all three states with a positive trace, exact"


def determinant(matrix: list[list[Fraction]]) -> Fraction:
    """By the first row."""
    if not matrix:
        return Fraction(1)
    total = Fraction(0)
    for column, entry in enumerate(matrix[0]):
        rest = [row[:column] + row[column + 1 :] for row in matrix[1:]]
        total += (-1) ** column * entry * determinant(rest)
    return total


@examined
def check_exclusion(certificate: Certificate, track: Tracker) -> str:
    """Whether the measurement or the reason is right."""
    overlaps = overlaps_of(certificate.task)
    evidence = certificate.evidence
    if "measurement" in evidence:
        demand(certificate.answer == "one of three states can be left out", "it answers otherwise")
        return check_measurement(evidence["measurement"], overlaps)
    demand(
        certificate.answer == "no measurement leaves out one of three states",
        "it answers otherwise",
    )
    return check_reason(evidence["reason"], overlaps)
