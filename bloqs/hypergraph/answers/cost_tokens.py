"""What each token takes: gates, measurements and width, and whether that is constant in n."""

from math import comb
from typing import Any

import sympy
from qualtran import Bloq
from qualtran.symbolics import is_symbolic

from bloqs.hypergraph import symbols
from bloqs.hypergraph.answers.cost_bounds import value_column
from bloqs.hypergraph.answers.letters import Letters
from bloqs.hypergraph.circuits.cell import HRNNCell
from bloqs.hypergraph.circuits.exclusion_measurement import ExclusionMeasurement
from bloqs.hypergraph.circuits.field_hyperedge_phase import FieldHyperedgePhase, FieldWay
from bloqs.hypergraph.circuits.form_phase import FormPhase
from bloqs.hypergraph.circuits.matching_query import MatchingQuery, ShiftQuery
from bloqs.hypergraph.circuits.sentence import HRNNSentence
from bloqs.hypergraph.model.field_arithmetic import monomials
from estimator.costs.cost import cost_by_annotation
from estimator.report.parts import Column, Row, Table

LETTERS_READ = 4
"""Of the longest Pauli string that Theorem B reads."""


def sentence_of(letters: Letters) -> HRNNSentence:
    """Writes of edges, and reads of their stabilizers, as often as the letters say."""
    n, k, m = letters.n, letters.k, letters.m
    cells = (HRNNCell(n, "W", None, m=m, k=k), HRNNCell(n, "MK", None, m=m, k=k))
    return HRNNSentence(n, cells, m, times=(letters.writes, letters.reads))


def tokens_of(letters: Letters) -> list[tuple[str, Bloq, bool]]:
    """Each token as typed, its bloq, and whether it is of constant size in n."""
    n, k, m = letters.n, letters.k, letters.m
    name = "W(e:c)" if letters.variant == "field" else "W(e)"
    found: list[tuple[str, Bloq, bool]] = [(name, HRNNCell(n, "W", None, m=m, k=k), True)]
    if letters.variant == "qubit":
        angle = HRNNCell(n, "W", None, theta=symbols.angle, is_trainable=True, k=k)
        found.append(("W(e;theta)", angle, True))
    found += [
        ("MZ(v), MX(v)", HRNNCell(n, "MP", None, m=m, k=1), True),
        ("MP, 4 letters", HRNNCell(n, "MP", None, m=m, k=LETTERS_READ), True),
        ("MK(v;e)", HRNNCell(n, "MK", None, m=m, k=k), True),
        ("CX(a,t)", HRNNCell(n, "CX", None, m=m, k=2), True),
        ("CCX(a,b,t)", HRNNCell(n, "CX", None, m=m, k=3), True),
    ]
    if not is_symbolic(k):
        wide = modes_of_exclusion(letters)
        found.append((f"exclusion on {wide} modes", exclusion_of(wide, k, m), True))
    if letters.variant == "qubit":
        around = 2 * _at_a_mode(letters)
        cells = HRNNCell(n, "W", None, k=k), HRNNCell(n, "MP", None, k=1)
        found += [
            ("K_v, all edges at v", HRNNSentence(n, cells, times=(around, 1)), False),
            ("shift query", ShiftQuery(n, size=n), False),
            ("matching query, g Toffoli", MatchingQuery(n, toffolis=symbols.toffolis), False),
        ]
        if not is_symbolic(k):
            whole = FormPhase(n, 1, None, kinds=((k, 1, letters.edges),))
            everywhere = ExclusionMeasurement((whole, whole, whole))
            found.append(("exclusion on all modes", everywhere, False))
    return found


def sized_tokens(letters: Letters) -> list[tuple[str, Bloq]]:
    """Tokens whose circuits are the same formula of the letters at every size."""
    names = ("W(e)", "W(e:c)", "W(e;theta)", "MK(v;e)", "K_v, all edges at v")
    return [(name, bloq) for name, bloq, _ in tokens_of(letters) if name in names]


def modes_of_exclusion(letters: Letters) -> int:
    """Two edges have at most 2k modes, and no more than there are."""
    return int(2 * letters.k if is_symbolic(letters.n) else min(2 * letters.k, letters.n))


def exclusion_of(modes: int, k: int, m: Any) -> ExclusionMeasurement:
    """The exclusion of three forms with every edge of 1 to k of so many modes."""
    kinds = tuple((j, 1, comb(modes, j)) for j in range(1, k + 1))
    form = FormPhase(modes, m, None, kinds=kinds)
    return ExclusionMeasurement((form, form, form))


def _at_a_mode(letters: Letters) -> Any:
    n, k = letters.n, letters.k
    return sympy.binomial(n - 1, k - 1) if is_symbolic(n, k) else comb(n - 1, k - 1)


def tokens_table(letters: Letters, rotation: Any) -> Table:
    """A row for each token.

    Args:
        letters: sizes.
        rotation: T gates of a rotation.
    """
    rows = [_row(name, bloq, is_constant, rotation, letters)
            for name, bloq, is_constant in tokens_of(letters)]  # fmt: skip
    numbers = ("toffoli", "rotations", "t_count", "measurements", "qubits")
    labels = ("Toffoli", "rotations", "T in all", "measured", "qubits")
    columns = [
        Column(key="token"),
        *(value_column(rows, key, label) for key, label in zip(numbers, labels, strict=True)),
        Column(key="constant", label="constant in n"),
    ]
    heading = "each token; qubits at its widest, latent state included"
    return Table(
        key="tokens",
        columns=columns,
        rows=rows,
        heading=heading,
        is_section=True,
        grows=("token", "toffoli"),
    )


def _row(name: str, bloq: Bloq, is_constant: bool, rotation: Any, letters: Letters) -> Row:
    cost = cost_by_annotation(bloq)
    qubits: Any = cost.qubits
    if name.startswith("exclusion on") and is_constant:  # the other modes are there as well
        qubits += letters.qubits - bloq.signature.n_qubits()
    return {
        "token": name,
        "toffoli": cost.toffoli,
        "rotations": cost.rotations,
        "t_count": cost.t_count(rotation),
        "measurements": cost.measurements,
        "qubits": qubits,
        "constant": "yes" if is_constant else "no",
    }


def ways_note(letters: Letters) -> str | None:
    """The two ways to write an edge over a field, if their sizes are numbers."""
    k, m = letters.k, letters.m
    if letters.variant != "field" or is_symbolic(k, m) or k**m > 10**6:
        return None
    product = cost_by_annotation(FieldHyperedgePhase(k, m, 1, FieldWay.PRODUCT)).toffoli
    edges = [monomials(k, m, c) for c in range(1, 2**m)]
    low, high = ((k - 2) * number for number in (min(edges), max(edges)))
    return (
        f"a field write is a chain of products, {product} Toffoli; by expansion into edges on "
        f"qubits it takes {low:,} to {high:,}, by its weight"
    )


def control_bits(letters: Letters) -> Any:
    """Bits of classical control that name the three forms of an exclusion."""
    k, m = letters.k, letters.m
    if is_symbolic(k):
        return None
    return 3 * m * sum(comb(modes_of_exclusion(letters), j) for j in range(1, k + 1))
