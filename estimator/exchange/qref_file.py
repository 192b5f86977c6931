"""Answers as QREF, the exchange format of routines, for bartiq and whatever else reads it.

Both are documents of QREF version 1. In `qref` every routine states what one run of it takes. In
`bartiq` only routines that call nothing do: it is uncompiled, and bartiq adds up. Formulas keep
their symbols, which are the input parameters of the routines that have them.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import sympy
import yaml

from estimator.costs.any_bloq import with_room
from estimator.exchange.routines import ADDITIVE, Routine, tree_of
from estimator.report.formula import pasteable
from estimator.report.model import Report
from estimator.report.parts import Fact, Facts
from estimator.report.plain import dumped
from estimator.report.text import bloq_name
from estimator.symbols import bare

AT_ROOT = ("qubits", "toffoli_depth")
"""Facts of an answer that do not add up, so that the whole alone has them."""

WRITTEN = (sympy.Add, sympy.Mul, sympy.Pow, sympy.Number, sympy.NumberSymbol, sympy.Symbol,
           sympy.Function, sympy.Max, sympy.Min, sympy.Sum, sympy.Product, sympy.Tuple)  # fmt: skip
"""What a formula may be made of."""


def _readable(formula: sympy.Expr) -> sympy.Expr:
    """A formula in the words of bartiq."""

    def over(name: str) -> Any:
        def nested(inside: sympy.Expr, *limits: sympy.Tuple) -> sympy.Expr:
            for limit in limits:
                inside = sympy.Function(name)(inside, *limit)
            return inside

        return nested

    found = formula.replace(sympy.Sum, over("sum_over")).replace(sympy.Product, over("prod_over"))
    return found.xreplace({sympy.pi: bare("PI"), sympy.E: sympy.Function("exp")(1)})


def qref(reports: Sequence[Report], ending: str) -> bytes:
    """The routines of a bloq, each with its own numbers.

    Raises:
        ValueError: if the bloq does not say what it costs, or a formula cannot be written.
    """
    return _document(reports[0], ending, is_compiled=True)


def bartiq(reports: Sequence[Report], ending: str) -> bytes:
    """The same for bartiq to add up.

    Raises:
        ValueError: as `qref`.
    """
    return _document(reports[0], ending, is_compiled=False)


def _document(report: Report, ending: str, *, is_compiled: bool) -> bytes:
    try:
        root = with_room(lambda: tree_of(report.bloq, _per_rotation(report)))
    except Exception as problem:  # bloqs of anyone may fail in any way
        said = " ".join(str(problem).split())[:200]
        raise ValueError(
            f"{bloq_name(report.bloq)} does not state what it costs, so it is no routine: {said}"
        ) from None
    program = _routine(root, _word(type(root.bloq).__name__), is_compiled)
    stated = {each["name"] for each in program.get("resources", ())}
    called = {name for each, _ in root.calls for name in each.takes}
    at_root = [
        _resource(name, sympy.Integer(0), "additive")
        for name in ADDITIVE
        if name not in stated and name not in called
    ]
    for part in report.parts:
        if isinstance(part, Fact) and part.key in AT_ROOT:
            value = sympy.sympify(part.value)
            kind = "qubits" if part.key == "qubits" else "other"
            at_root.append(_resource(part.key, value, kind))
            _need(program, _symbols([value]))
    program["resources"] = [*program.get("resources", ()), *at_root]
    program["meta"] = {"title": report.title, **_meaning(report)}
    document = {"version": "v1", "program": program}
    if ending == ".json":
        return (dumped(document) + "\n").encode()
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=10**6).encode()


def _meaning(report: Report) -> dict[str, Any]:
    """Symbols and functions that occur."""
    return {"symbols": dict(report.glossary)} if report.glossary else {}


def _routine(routine: Routine, name: str, is_compiled: bool) -> dict[str, Any]:
    """A routine and all that it calls."""
    taken: set[str] = set()
    children = []
    for each, times in routine.calls:
        word = _word(type(each.bloq).__name__)
        own = _free_name(word, taken)
        child = _routine(each, own, is_compiled)
        children.append(child if times == 1 else _repeated(child, times, taken))
    states = is_compiled or not children
    takes = routine.takes if states else {}
    found: dict[str, Any] = {"name": name, "type": type(routine.bloq).__name__}
    found["input_params"] = sorted(_symbols(takes.values()))
    if takes:
        found["resources"] = [_resource(key, x, "additive") for key, x in takes.items()]
    if children:
        found["children"] = children
        _link(found)
    found["meta"] = {"bloq": bloq_name(routine.bloq)}
    return found


def _repeated(child: dict[str, Any], times: sympy.Expr, taken: set[str]) -> dict[str, Any]:
    """A routine that is called several times."""
    found = {
        "name": _free_name(f"{child['name']}_calls", taken),
        "input_params": sorted(_symbols([times])),
        "children": [child],
        "repetition": {"count": _number(times), "sequence": {"type": "constant", "multiplier": 1}},
    }
    _link(found)
    return found


def _link(routine: dict[str, Any]) -> None:
    """Hand the parameters of all that a routine calls on to it."""
    links: dict[str, list[str]] = {}
    for child in routine["children"]:
        for name in child["input_params"]:
            links.setdefault(name, []).append(f"{child['name']}.{name}")
    _need(routine, links)
    if links:
        routine["linked_params"] = [
            {"source": name, "targets": links[name]} for name in sorted(links)
        ]


def _need(routine: dict[str, Any], names: Iterable[str]) -> None:
    routine["input_params"] = sorted({*routine["input_params"], *names})


def _resource(name: str, value: sympy.Expr, kind: str) -> dict[str, Any]:
    return {"name": _word(name), "type": kind, "value": _number(value)}


def _number(value: sympy.Expr) -> int | str:
    """A whole number as it is, anything else as a formula.

    Raises:
        ValueError: if it holds what bartiq does not read.
    """
    if value.is_Integer:
        return int(value)
    formula = pasteable(value)
    for part in sympy.preorder_traversal(formula):
        if not isinstance(part, WRITTEN):
            raise ValueError(
                f"QREF has no {type(part).__name__} in its formulas, got {part!s:.60}; "
                "give numbers for symbols"
            )
    return str(_readable(formula))


def _symbols(values: Iterable[sympy.Expr]) -> set[str]:
    return {symbol.name for value in values for symbol in pasteable(value).free_symbols}


def _word(text: str) -> str:
    """A name that QREF allows."""
    word = re.sub(r"\W|[^\x00-\x7f]", "_", text).strip("_") or "routine"
    return f"_{word}" if word[0].isdigit() else word


def _free_name(word: str, taken: set[str]) -> str:
    name, number = word, 2
    while name in taken:
        name, number = f"{word}_{number}", number + 1
    taken.add(name)
    return name


def _per_rotation(report: Report) -> int:
    """T gates of a rotation in an answer."""
    price = next(
        (part for part in report.parts if isinstance(part, Facts) and part.key == "rotation_price"),
        None,
    )
    found = {row.key: row.value for row in price.rows} if price else {}
    return int(found.get("t_per_rotation", 1))
