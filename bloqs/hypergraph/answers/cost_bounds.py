"""Lower and upper bounds on classical memory beside what a model takes, for each variant."""

from collections.abc import Callable, Sequence
from typing import Any

import sympy
from qualtran.symbolics import is_symbolic

from bloqs.hypergraph import symbols
from bloqs.hypergraph.answers.letters import Letters
from bloqs.hypergraph.model.bounds import (
    BOUNDS,
    MemoryBound,
    bottleneck_bits,
    bound,
    cache_bits,
    forgotten_edges,
    upper_bits_always,
    upper_bits_at_cut,
    upper_bits_of_pairs,
    window_bits,
)
from bloqs.hypergraph.model.field import least_field
from estimator.report.parts import Column, Row, Table
from estimator.report.text import EXACT, Style

MOST_SEARCHED = 1000
"""Modes up to which a first advantage is looked for."""

QUBITS_ALONE, FIELDS_ALONE = "no: about plain qubits", "no: about fields"
ON_QUBITS = "on qubits in groups of m"
AT_THE_CUT = "classical, at the cut, at most"
WEIGHTS_0_1 = "classical, at the cut, weights 0 and 1"
VALUE = Style(
    "value",
    lambda value: "-" if value is None else EXACT.text(value),
    lambda value: "-" if value is None else EXACT.full(value),  # type: ignore[misc]
)
"""A number or a formula; a dash for none."""


def value_column(rows: Sequence[Row], key: str, label: str) -> Column:
    """A column of values: numbers on the right, formulas, which take several lines, on the left."""
    is_formula = any(getattr(row.get(key), "free_symbols", ()) for row in rows)
    return Column(key=key, label=label, style=VALUE, align="left" if is_formula else "right")


def lower_rows(letters: Letters) -> list[Row]:
    """Each bound: its bits, from which n on they exceed qubits, and whether it is proved here."""
    return [_row(each, letters) for each in BOUNDS] + (
        [_grouped_row(letters)] if letters.variant == "qubit" else []
    )


def _row(each: MemoryBound, letters: Letters) -> Row:
    proved, holds = _standing(each, letters)
    k, m = letters.k, letters.m if each.modes_are_fields else 1
    if letters.variant == "qumode" and each.modes_are_fields and not is_symbolic(k):
        m = least_field(k).bit_length() - 1  # any field that is large enough
    bits = first = None
    if holds:
        try:
            bits = each.value(letters.n, k, m)
            if not is_symbolic(k):
                first = _first(lambda n: None if each.least(n, k) else each.value(n, k, m),
                               lambda n: n * letters.m, k)  # fmt: skip
        except ValueError as problem:
            proved = f"not here: {problem}"
    return {
        "bound": each.name,
        "theorem": each.theorem,
        "bits": bits,
        "first": first,
        "proved": proved,
        "constant_cell": "yes" if each.is_constant_cell else "no",
        "reads": each.reads,
        "assumptions": "; ".join(each.assumptions),
    }


def _grouped_row(letters: Letters) -> Row:
    """Theorem C on plain qubits: groups of m of them are modes."""
    field, n, k = bound("field"), letters.n, letters.k
    m = symbols.m if is_symbolic(k) else least_field(k).bit_length() - 1
    bits = first = None
    if is_symbolic(n, k):
        bits = sympy.binomial(sympy.floor(n / m), k) - 1
    elif n // m >= k:
        bits = field.value(n // m, k, m)
    if not is_symbolic(k):
        first = _first(lambda qubits: field.value(qubits // m, k, m) if qubits // m >= k else 0,
                       lambda qubits: qubits, k)  # fmt: skip
    return {
        "bound": "field on qubits",
        "theorem": "Theorem C",
        "bits": bits,
        "first": first,
        "proved": f"yes, {ON_QUBITS}" + ("" if is_symbolic(m) else f" = {m}"),
        "constant_cell": "yes",
        "reads": field.reads,
        "assumptions": "; ".join((*field.assumptions, "writes are those of the field")),
    }


def _first(bits: Callable[[int], Any], qubits: Callable[[int], Any], k: int) -> int | None:
    """The least n from which on bits exceed qubits, as far as it is looked for."""
    found = None
    for n in range(MOST_SEARCHED, k - 1, -1):
        value = bits(n)
        if value is None or not value > qubits(n):
            break
        found = n
    return found


def _standing(each: MemoryBound, letters: Letters) -> tuple[str, bool]:
    """Whether a bound is proved for a variant, in words; and whether it has a value there."""
    variant, k = letters.variant, letters.k
    is_two = not is_symbolic(k) and k == 2
    match each.name, variant:
        case "paper", "qubit":
            if is_two:
                return "yes, by Theorem B", True
            if not is_symbolic(letters.n, k) and letters.n == k:
                return "yes: one edge, 0 bits", True
            return ("at k = 2 alone" if is_symbolic(k) else "no: fails at the cut"), True
        case "paper", "field":
            return "yes, by Theorem C", True
        case "paper", "qumode":
            return "yes, by Theorem C, squeezed enough", True
        case "pauli", "qubit":
            if is_symbolic(k):
                return "at k = 2 alone", False
            return ("yes" if is_two else "no: about k = 2"), is_two
        case (("matching" | "uniform"), "qubit"):
            return "yes", True
        case (("field" | "field-weights"), "qubit"):
            return FIELDS_ALONE, False
        case (("field" | "field-weights"), "field"):
            return "yes", True
        case "field", "qumode":
            return "yes, squeezed enough", True
        case "field-weights", "qumode":
            return FIELDS_ALONE, False
    return QUBITS_ALONE, False


def bounds_tables(letters: Letters) -> tuple[Table, Table]:
    """The lower bounds, and, as data alone, what each of them assumes."""
    rows = lower_rows(letters)
    unit = "modes" if letters.variant == "qumode" else "qubits"
    shown = [
        Column(key="bound"),
        Column(key="theorem"),
        value_column(rows, "bits", "bits, at least"),
        value_column(rows, "first", f"exceeds {unit} from n"),
        Column(key="constant_cell", label="constant cell"),
        Column(key="proved", label="proved here"),
    ]
    whole = [Column(key=key) for key in ("bound", "theorem", "reads", "assumptions")]
    heading = f"lower bounds on classical memory at the write|read cut, {letters.variant}"
    kept = [{key.key: row[key.key] for key in shown} for row in rows]
    said = [{key.key: row[key.key] for key in whole} for row in rows]
    return (
        Table(
            key="bounds",
            columns=shown,
            rows=kept,
            heading=heading,
            is_section=True,
            grows=("bound", "bits"),
        ),
        Table(key="bound_assumptions", columns=whole, rows=said, place="data"),
    )


def upper_rows(letters: Letters) -> list[Row]:
    """Machines that are right: memory in bits, and when."""
    n, k = letters.n, letters.k
    rows: list[Row] = []
    if letters.variant == "qubit":
        rows.append({"what": AT_THE_CUT, "bits": _upper_at_cut(n, k)})
        if not is_symbolic(k) and k == 2:
            always = None if is_symbolic(n) else upper_bits_always(n)
            if always is None:
                always = n + sympy.Sum(sympy.log(2**symbols.j + 1, 2), (symbols.j, 1, n))
            rows.append({"what": "classical, at all times, at most", "bits": always})
    elif letters.variant == "field":
        every = upper_bits_of_pairs(letters.m * letters.edges)
        rows.append({"what": WEIGHTS_0_1, "bits": upper_bits_of_pairs(letters.edges)})
        rows.append({"what": "classical, at the cut, all weights", "bits": every})
    else:
        rows.append({"what": WEIGHTS_0_1, "bits": upper_bits_of_pairs(letters.edges)})
    return rows


def _upper_at_cut(n: Any, k: Any) -> Any:
    if not is_symbolic(n, k):
        return upper_bits_at_cut(n, k)
    if is_symbolic(k):
        return sympy.binomial(n, k)
    # more modes do not help, and of fewer all edges are forgotten
    return sympy.Max(0, sympy.binomial(n, k) - forgotten_edges(4 * k, k))


def name_bits(letters: Letters) -> Any:
    """Bits of classical control that say which edge a token is about."""
    edges = letters.edges
    if is_symbolic(edges):
        return sympy.ceiling(sympy.log(edges, 2))
    return (edges - 1).bit_length()


def model_rows(letters: Letters) -> list[Row]:
    """What Transformers keep: nothing in them is assumed."""
    sizes = letters.layers, letters.width, letters.precision
    return [
        {"what": "key-value cache", "bits": cache_bits(*sizes, letters.length)},
        {"what": "cache of a window", "bits": window_bits(*sizes, letters.length, letters.window)},
        {
            "what": "one vector between encoder and decoder",
            "bits": bottleneck_bits(letters.width, letters.precision),
        },
    ]
