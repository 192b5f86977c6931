"""The formulas of a question, one set for each combination of the values that need their own."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import product
from math import prod
from typing import Any

from attrs import evolve, field, frozen

from estimator.ask.parameter import Number, Size
from estimator.ask.question import Answer, Question, System, Tracker, answer_to, asked_of
from estimator.explorer.controls import UNSET, Controls
from estimator.explorer.shown_column import ShownColumn, columns_of
from estimator.grid.sizes import parameters_of
from estimator.report.parts import definitions
from estimator.symbols import moved

MOST = 2_000
"""Combinations that have formulas of their own, on one page."""


@frozen
class Form:
    """What a question answers in symbols.

    Args:
        values: of the controls that have formulas of their own, as typed, in their order.
        columns: what is said, in order.
        definitions: what symbols in formulas stand for, by name; keys of columns are such names.
        refusal: the sentence that there is no answer; empty if there is one.
    """

    values: tuple[str, ...]
    columns: tuple[ShownColumn, ...] = ()
    definitions: Mapping[str, Any] = field(factory=dict, hash=False)
    refusal: str = ""


def forms_of(
    system: System, question: Question, controls: Controls, tracker: Tracker
) -> list[Form]:
    """All formulas of a question.

    Args:
        system: whose question it is.
        question: with a declaration of what can be explored.
        controls: what moves.
        tracker: shows progress.

    Raises:
        ValueError: if there are too many, or none has an answer.
    """
    count = prod(len(each.stops) for each in controls.forms)
    if count > MOST:
        raise ValueError(
            f"a page has at most {MOST:,} sets of formulas, and {question.name} would have "
            f"{count:,}; name fewer values of "
            f"{', '.join(each.name for each in controls.forms)}"
        )
    points = list(product(*(each.stops for each in controls.forms)))
    found = [
        form_at(system, question, controls, point)
        for point in tracker(points, f"formulas of {question.name}")
    ]
    if all(each.refusal for each in found):
        raise ValueError(found[0].refusal)
    return found


def form_at(system: System, question: Question, controls: Controls, point: Sequence[str]) -> Form:
    """The formulas where these values stand."""
    named = dict(zip((each.name for each in controls.forms), point, strict=True))
    given = dict(controls.pinned) | {
        name: value
        for name, value in named.items()
        if value != UNSET and has_meaning(question, name, {**controls.pinned, **named})
    }
    try:
        asked = asked_of(question, given, None, system.home)
        symbols = dict(_symbols(question, controls, given))
        asked = evolve(
            asked,
            values={**asked.values, **symbols},
            named=asked.named | frozenset(symbols),
            is_brief=True,
        )
        answer: Answer = answer_to(system, question, asked)
    except ValueError as problem:
        return Form(tuple(point), refusal=" ".join(str(problem).split()))
    columns = columns_of(answer)
    known = {each.key: each.value for each in columns if not isinstance(each.value, (str, bool))}
    return Form(
        tuple(point),
        (*columns, *_rivals(system, question, asked)),
        {**known, **definitions(answer)},
    )


def _rivals(system: System, question: Question, asked: Any) -> Sequence[ShownColumn]:
    """What other ways of doing the same take."""
    assert question.explored is not None
    if question.explored.rivals is None:
        return ()
    module, _, function = question.explored.rivals.partition(":")
    found: Sequence[ShownColumn] = getattr(import_module(f"{system.home}.{module}"), function)(
        asked
    )
    return found


def _symbols(
    question: Question, controls: Controls, given: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """Numbers that are named by a symbol, those alone that have a meaning here."""
    for control in controls.numbers:
        if not is_named(question, control.name) or not has_meaning(question, control.name, given):
            continue
        yield control.name, moved(control.name, control.kind != "real")


def has_meaning(question: Question, name: str, given: Mapping[str, Any]) -> bool:
    """Whether a parameter means something where these choices stand."""
    assert question.explored is not None
    wanted = question.explored.where.get(name, {})
    return all(
        given.get(choice, question.parameter(choice).default or UNSET) in values
        for choice, values in wanted.items()
    )


def is_named(question: Question, name: str) -> bool:
    """Whether a number is named, by a symbol; others are symbols of formulas where unset."""
    explored = question.explored
    assert explored is not None
    parameter = question.parameter(name)
    if not isinstance(parameter, (Number, Size)):
        return False
    if name in explored.kept:
        return True
    if name in parameters_of(declared(question)):
        return False
    return parameter.default is not None or not parameter.symbol


def declared(question: Question) -> dict[str, str]:
    """What a question says that symbols of its formulas are."""
    assert question.explored is not None
    return {**question.sizes, **question.explored.symbols}


def sizes_of(question: Question, controls: Controls) -> dict[str, str]:
    """What the symbols of formulas are in the parameters that move."""
    found = declared(question)
    used = parameters_of(found)
    for control in controls.numbers:
        if control.name in used:
            continue
        parameter = question.parameter(control.name)
        symbol = "" if is_named(question, control.name) else getattr(parameter, "symbol", "")
        found.setdefault(symbol or control.name, control.name)
    return found
