"""Everything that a page's script needs to know about a question, as JSON can hold it."""

from collections.abc import Mapping, Sequence
from typing import Any

import sympy

from estimator.ask.parameter import spelled
from estimator.ask.question import COST, Question, System, Tracker
from estimator.ask.synthesis import PHYSICAL, SYNTHESIS
from estimator.costs.budget import Synthesis
from estimator.costs.cost import T_PER_TOFFOLI
from estimator.explorer.controls import Controls
from estimator.explorer.degree_table import DegreeTables
from estimator.explorer.forms import Form, forms_of, sizes_of
from estimator.explorer.script_formula import NoScriptError, Steps
from estimator.explorer.shown_column import ShownColumn
from estimator.grid.sizes import formula_of
from estimator.symbols import bare

PRICED = ("t", "toffoli", "cswap", "rotations")
"""Columns that the T gates of everything are made of."""

TOTAL = "t_count"
"""The column with the T gates of everything."""

NO_MACHINE = "physical qubits and seconds come from a search; `quledger cost --physical` has them"
"""Why a page has no hardware."""


def payload_of(
    system: System, question: Question, controls: Controls, tracker: Tracker
) -> dict[str, Any]:
    """A question as a page's script reads it.

    Args:
        system: whose question it is.
        question: with a declaration of what can be explored.
        controls: what moves.
        tracker: shows progress.

    Raises:
        ValueError: if it has no formulas.
        NoScriptError: if a formula has something that the script does not know.
    """
    explored = question.explored
    assert explored is not None
    forms = forms_of(system, question, controls, tracker)
    sizes = sizes_of(question, controls)
    by_name = {each.name: each for each in controls.of}
    fixed = {name: question.parameter(name).parse(x) for name, x in controls.pinned.items()}
    tables = DegreeTables(by_name, sizes, fixed)
    steps = Steps(tables.step)
    price = _price(steps) if SYNTHESIS.name in by_name else None
    columns: dict[str, ShownColumn] = {}
    compiled = []
    for form in tracker(forms, f"steps of {question.name}"):
        for each in form.columns:
            columns.setdefault(each.key, each)
        compiled.append(_form(steps, form, price))
    return {
        "system": system.name,
        "name": question.name,
        "says": question.says,
        "source": question.source,
        "command": f"quledger {COST.name} {question.name}",
        "controls": [each.plain() for each in controls.of],
        "pinned": {spelled(name): str(x) for name, x in controls.pinned.items()},
        "leftOut": {
            **{spelled(name): why for name, why in controls.left_out.items()},
            **({spelled("physical"): NO_MACHINE} if PHYSICAL[0] in question.parameters else {}),
        },
        "where": {name: {x: list(y) for x, y in each.items()}
                  for name, each in explored.where.items()},
        "columns": [_column(each) for each in columns.values()],
        "sizes": {name: steps.of(formula_of(text), {}) for name, text in sizes.items()},
        "wholes": whole_symbols(question, sizes),
        "holds": _holds(steps, question, by_name, fixed),
        "forms": compiled,
        "tables": [each.plain() for each in tables.tables],
        "steps": [list(each) for each in steps.steps],
        "meets": [list(each) for each in explored.meets],
        "drawn": list(explored.drawn),
        "grows": explored.grows or next(iter(explored.starts), ""),
    }  # fmt: skip


def _column(column: ShownColumn) -> dict[str, Any]:
    return {
        "key": column.key,
        "label": column.label,
        "unit": column.unit,
        "group": column.group,
        "rival": column.is_rival,
    }


def _price(steps: Steps) -> int:
    """T gates of one rotation, by the means that is chosen."""
    error = bare("rotation_error")
    return steps.chosen(
        SYNTHESIS.name, {each.label: steps.of(each.t_count(error), {}) for each in Synthesis}
    )


def _form(steps: Steps, form: Form, price: int | None) -> dict[str, Any]:
    if form.refusal:
        return {"values": list(form.values), "refusal": form.refusal}
    found: dict[str, Any] = {}
    definitions = {
        name: x
        for name, x in form.definitions.items()
        if not (isinstance(x, sympy.Symbol) and x.name == name)
    }
    total = bare(TOTAL)
    of_total = [x for x in form.columns if total in getattr(x.value, "free_symbols", ())]
    for each in form.columns:
        if each not in of_total:
            found[each.key] = _value(steps, each.value, definitions)
    if price is not None and {TOTAL, *PRICED} <= found.keys():
        found[TOTAL] = _total(steps, [int(found[name][1]) for name in PRICED], price)
        steps.stand(TOTAL, found[TOTAL][1], definitions)
    for each in of_total:
        found[each.key] = _value(steps, each.value, definitions)
    return {"values": list(form.values), "columns": found}


def _value(steps: Steps, value: Any, definitions: Mapping[str, Any]) -> list[Any]:
    """Words as they are, or the place of a step."""
    if isinstance(value, (str, bool)):
        return ["words", str(value)]
    return ["step", steps.of(value, definitions)]


def _total(steps: Steps, places: Sequence[int], price: int) -> list[Any]:
    """T gates of everything: T, those of Toffoli-like gates, and those of rotations."""
    t, toffoli, cswap, rotations = places
    four = steps.add("whole", str(T_PER_TOFFOLI))
    return ["step", steps.add(
        "sum", t, steps.add("product", four, toffoli), steps.add("product", four, cswap),
        steps.add("product", price, rotations),
    )]  # fmt: skip


def whole_symbols(question: Question, sizes: Mapping[str, str]) -> dict[str, str]:
    """Symbols that have to be whole and not negative, with what they are in parameters."""
    names = {each.name for each in question.parameters}
    return {
        symbol: text
        for symbol, text in sizes.items()
        if text not in names or getattr(question.parameter(text), "whole", True)
    }


def _holds(
    steps: Steps, question: Question, known: Mapping[str, Any], fixed: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """What must not be negative, so that formulas in symbols are those of circuits."""
    explored = question.explored
    assert explored is not None
    rules = [(x.formula, dict(x.where), x.says) for x in explored.requires]
    rules += [
        (x.formula, {name: (value,) for name, value in x.where.items()},
         f"the formulas of this page need {x.formula} >= 0")
        for x in question.sizes_hold
    ]  # fmt: skip
    found = []
    for text, where, says in rules:
        formula = formula_of(text)
        names = {x.name for x in formula.free_symbols}
        if not names <= known.keys() | fixed.keys():
            continue
        given = {bare(name): fixed[name] for name in names & fixed.keys()}
        found.append({
            "step": steps.of(formula.xreplace(given), {}),
            "where": {name: list(values) for name, values in where.items()},
            "says": says,
        })  # fmt: skip
    return found


__all__ = ["NoScriptError", "payload_of"]
