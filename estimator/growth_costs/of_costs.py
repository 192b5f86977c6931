"""The costs of an answer as expressions that growth is asked of, and what their symbols do."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import sympy

from estimator.report.model import Report
from estimator.report.parts import Fact, Facts, Table, Value
from estimator.symbols import renamed

GOES_TO_ZERO = ("epsilon", "eps", "varepsilon", "delta", "x_0")
"""Symbols of algorithms that are errors or margins."""

GATES = {
    "t": "T gates",
    "toffoli": "Toffoli and AND",
    "cswap": "CSWAP",
    "rotations": "rotations",
    "measurements": "measurements",
    "cnot": "CNOT",
}
"""Gates by their keys in an answer; T in all is left out, as it prices rotations by a number."""


def costs_of(report: Report, facts: Collection[str] = ()) -> dict[str, Any]:
    """The costs in a cost report, as expressions, by the names that growth uses.

    Those of every system, and the facts and rows that a system says grow.

    Args:
        report: the answer.
        facts: keys of facts that are costs besides.
    """
    return plainly_named(dict(_costs(report, facts)), {})[0]


def _costs(report: Report, facts: Collection[str]) -> Iterator[tuple[str, Value]]:
    for part in report.parts:
        if isinstance(part, Facts) and part.key == "gates":
            known = {row.key: row.value for row in part.rows}
            yield from ((name, known[key]) for key, name in GATES.items() if key in known)
    for part in report.parts:
        if isinstance(part, Fact) and part.key in ("qubits", "toffoli_depth"):
            yield part.key.replace("toffoli_", "Toffoli "), part.value
    for part in report.parts:
        if isinstance(part, Table):
            yield from _rows(part)
        elif isinstance(part, Facts):
            yield from _facts(part, facts)


def _facts(part: Facts, facts: Collection[str]) -> Iterator[tuple[str, Value]]:
    before = {"queries": "calls of ", "communication": "", "parties": ""}.get(part.key)
    for row in part.rows:
        if isinstance(row.value, str | None):
            continue
        if before is not None:
            name = row.key if part.key == "queries" else row.shown_label
            yield f"{before}{name}", row.value
        elif part.grows is not None:
            yield f"{part.grows}{row.shown_label}", row.value
        elif row.key in facts:
            yield row.shown_label, row.value


def _rows(part: Table) -> Iterator[tuple[str, Value]]:
    """The formulas of a table, each by the name of its row and the heading of its column."""
    headings = {column.key: column.heading for column in part.columns}
    for row in part.rows:
        for key in part.grows[1:]:
            if isinstance(value := row.get(key), sympy.Basic):
                yield f"{row[part.grows[0]]}, {headings[key]}", value


def plainly_named(
    costs: Mapping[str, Any], definitions: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Costs and definitions with symbols that growth can read, as `C_JA` in place of `C_{JA}`."""
    found = {name: sympy.sympify(cost) for name, cost in costs.items()}
    known = {name: sympy.sympify(value) for name, value in definitions.items()}
    symbols = {s for each in (*found.values(), *known.values()) for s in each.free_symbols}
    taken = {symbol.name for symbol in symbols if symbol.name.isidentifier()}
    names: dict[sympy.Symbol, sympy.Symbol] = {}
    for symbol in sorted(symbols, key=str):
        if not symbol.name.isidentifier():
            plain = re.sub(r"\W", "", symbol.name).lstrip("0123456789_") or "x"
            while plain in taken:
                plain += "_"
            taken.add(plain)
            names[symbol] = renamed(symbol, plain)
    return (
        {name: cost.xreplace(names) for name, cost in found.items()},
        {name: value.xreplace(names) for name, value in known.items()},
    )


def with_definitions(
    cost: sympy.Expr, definitions: Mapping[str, Any], kept: Collection[str]
) -> sympy.Expr:
    """A cost with what its symbols stand for put in, to the last, but for those that are kept."""
    for _ in definitions:
        names = {
            symbol: definitions[symbol.name]
            for symbol in cost.free_symbols
            if symbol.name in definitions
            and symbol.name not in kept
            and symbol not in sympy.sympify(definitions[symbol.name]).free_symbols
        }
        if not names:
            break
        cost = cost.xreplace(names)
    if cost.has(sympy.binomial):
        cost = sympy.factor_terms(cost)
    return cost.replace(sympy.acosh, lambda x: sympy.log(x + sympy.sqrt(x**2 - 1)))


def regime_of(symbols: Iterable[sympy.Symbol]) -> str:
    """The regime in which sizes go to infinity, errors to zero, and all else stays.

    A size is a whole number, or a symbol of which nothing is said.
    """
    parts = []
    for symbol in sorted(symbols, key=str):
        is_bare = symbol.assumptions0.keys() <= {"commutative"}
        if symbol.name in GOES_TO_ZERO:
            parts.append(f"{symbol.name}->0")
        elif symbol.is_integer or is_bare:
            parts.append(f"{symbol.name}->oo")
        else:
            parts.append(f"{symbol.name} const")
    return ", ".join(parts)


def regime_parts(regime: str) -> dict[str, str]:
    """What a regime says of each symbol, in its words, by name."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;](?![^(\[]*[)\]])", regime):
        if name := re.search(r"[A-Za-z_]\w*", part):
            before = found.get(name[0])
            found[name[0]] = part.strip() if before is None else f"{before}, {part.strip()}"
    return found
