"""How the costs of an answer grow."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import sympy

from estimator.growth.report import leading_as_json, leading_line
from estimator.report.model import Report
from estimator.report.parts import Fact, Facts, Notes
from estimator.symbols import renamed

GOES_TO_ZERO = ("epsilon", "eps", "varepsilon", "delta", "x_0")
"""Symbols of algorithms that are errors or margins."""


def costs_of(report: Report) -> dict[str, Any]:
    """The costs in a cost report, as expressions, by the names that growth uses.

    Those of every system, and the facts that a system says grow.
    """
    more = {
        f"{part.grows}{row.shown_label}": row.value
        for part in report.parts
        if isinstance(part, Facts) and part.grows is not None
        for row in part.rows
        if row.value is not None
    }
    parts: dict[str, Any] = {part.key: part for part in report.parts}
    gates = {row.key: row.value for row in parts["gates"].rows}
    return _plainly_named(
        {
            "T gates": gates["t"],
            "Toffoli and AND": gates["toffoli"],
            "CSWAP": gates["cswap"],
            "rotations": gates["rotations"],
            "measurements": gates["measurements"],
            **({"CNOT": gates["cnot"]} if "cnot" in gates else {}),
            "qubits": parts["qubits"].value,
            "Toffoli depth": parts["toffoli_depth"].value,
            **{f"calls of {row.key}": row.value for row in parts["queries"].rows},
            **more,
        }
    )


def _plainly_named(costs: Mapping[str, Any]) -> dict[str, Any]:
    """The costs with symbols that growth can read, such as `C_JA` in place of `C_{JA}`."""
    found = {name: sympy.sympify(cost) for name, cost in costs.items()}
    symbols = {symbol for cost in found.values() for symbol in cost.free_symbols}
    taken = {symbol.name for symbol in symbols if symbol.name.isidentifier()}
    names: dict[sympy.Symbol, sympy.Symbol] = {}
    for symbol in sorted(symbols, key=str):
        if not symbol.name.isidentifier():
            plain = re.sub(r"\W", "", symbol.name).lstrip("0123456789_") or "x"
            while plain in taken:
                plain += "_"
            taken.add(plain)
            names[symbol] = renamed(symbol, plain)
    return {name: cost.xreplace(names) for name, cost in found.items()}


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


def costs_growth(costs: Mapping[str, Any], regime: str | None, title: str) -> Report:
    """Leading terms of symbolic costs, by the name of the cost.

    Args:
        costs: the expressions.
        regime: what the symbols do; sizes grow and errors vanish if `None`.
        title: what the costs are those of.

    Raises:
        ValueError: if the regime is not understood.
    """
    found = algorithm_growth(costs, regime)
    lines = []
    for name, each in found.items():
        lines += [f"{name}: {each['cost']}   [{each['regime']}]", f"  {leading_line(name, each)}"]
    return Report(
        title=f"growth of {title}",
        settings={} if regime is None else {"regime": regime},
        head="none",
        parts=[
            *(Fact(key=name, value=each, place="data") for name, each in found.items()),
            Notes(key="shown costs", lines=lines, wraps=False, place="shown"),
        ],
    )


def algorithm_growth(costs: Mapping[str, Any], regime: str | None) -> dict[str, Any]:
    """Leading terms of the symbolic costs of an algorithm, by the name of the cost."""
    found: dict[str, Any] = {}
    for name, cost in costs.items():
        expression = sympy.sympify(cost)
        if not expression.free_symbols:
            continue
        used = regime or regime_of(expression.free_symbols)
        found[name] = {"cost": str(expression), "regime": used}
        found[name] |= leading_as_json(expression, used)
    return found
