"""The answer to how the costs of a question grow, as a table."""

from collections.abc import Mapping
from typing import Any

from estimator.ask.grown import Growth
from estimator.ask.question import Question, Tracker, untracked
from estimator.growth_costs.grown_costs import GrownCosts, Line
from estimator.growth_costs.of_costs import costs_of
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Notes, Part, Table, Tone, definitions
from estimator.report.text import EXACT

SHORT = 20
"""Longest formula that is not broken. Unit: characters."""

RELATIONS = {
    "~": "~ the quotient goes to one",
    "Theta": "Theta the cost lies between multiples of it",
    "O": "O the cost is at most a multiple of it",
}
"""What stands between a cost and its leading term."""


def costs_growth(
    report: Report,
    regime: str | None = None,
    question: Question | None = None,
    tracker: Tracker = untracked,
) -> Report:
    """Leading terms of the symbolic costs of an answer, beside what its paper prints.

    Args:
        report: the answer to a question of cost.
        regime: what the symbols do; what is declared if `None`, or else sizes grow and errors
            vanish. What it does not mention is as declared.
        question: what was asked, if that is known: it may say how growth is asked.
        tracker: shows progress.

    Raises:
        ValueError: if the regime is not understood or does not mention a symbol, or there is no
            cost with a symbol.
    """
    declared = None if question is None else question.growth
    costs = costs_of(report, () if declared is None else declared.facts)
    if not costs:
        raise ValueError(f"{report.title} names no cost that could grow")
    grown = GrownCosts.of(costs, definitions(report), declared, regime)
    if not grown.growing:
        raise ValueError(f"all costs of {report.title} are numbers: none of them grows")
    lines = [grown.line(name) for name in tracker(list(grown.growing), "growth of each cost")]
    named = {} if regime is None else {"regime": regime}
    return Report(
        title=f"growth of {report.title}",
        settings=named if declared is None else report.settings,
        parts=[
            *(Fact(key=each.name, value=_data(each, grown), place="data") for each in lines),
            Notes(key="shown regime", lines=[f"as {grown.regime}"], place="shown"),
            _table(lines),
            *_notes(lines, grown, declared),
        ],
        units={} if declared is None else dict(report.units),
        glossary=_glossary(report, grown, question),
    )


def _data(line: Line, grown: GrownCosts) -> dict[str, Any]:
    """A line in JSON."""
    found: dict[str, Any] = {
        "cost": str(line.cost),
        "regime": grown.regime,
        "leading": line.leading or None,
        "exact": line.relation == "~",
        "relation": line.relation,
    }
    if not line.leading:
        found["reason"] = line.reason
    if line.published is not None and line.within is not None:
        found |= {
            "published": _printed(line),
            "source": line.published.source,
            "origin": line.published.origin,
            "within": line.within.name,
        }
    return found


def _table(lines: list[Line]) -> Table:
    rows = [
        {
            "cost": each.name,
            "relation": each.relation if each.leading else "-",
            "leading": _broken(each.leading) or f"none found: {each.reason}",
            "published": _stated(each),
            "within": "" if each.within is None else each.within.name,
        }
        for each in lines
    ]
    columns = [
        Column(key="cost"),
        Column(key="relation", label=""),
        Column(key="leading", label="leading term"),
    ]
    if any(row["published"] for row in rows):
        columns += [
            Column(key="published"),
            Column(key="within", label="within"),
        ]
    return Table(key="shown growth", columns=columns, rows=rows, place="shown", keeps_words=True)


def _broken(formula: str) -> str:
    """A formula with blanks where a line of it may end, if it is long."""
    if len(formula) <= SHORT:
        return formula
    found, depth = "", 0
    for place, letter in enumerate(formula):
        depth += (letter == "(") - (letter == ")")
        is_product = letter == "*" and "*" not in formula[place - 1 : place + 2 : 2]
        found += " *" if is_product and depth == 0 else letter
    return found


def _stated(line: Line) -> str:
    """What the paper prints, and whether it is a lower bound; nothing if it prints nothing."""
    found = line.published
    if found is None:
        return ""
    return ("at least " if found.relation == "Omega" else "") + _broken(found.formula)


def _printed(line: Line) -> str:
    """What the paper prints, in its relation; nothing if it prints nothing."""
    found = line.published
    return "" if found is None else f"{found.relation}({found.formula})"


def _notes(lines: list[Line], grown: GrownCosts, declared: Growth | None) -> list[Part]:
    said = [RELATIONS[x] for x in RELATIONS if any(y.relation == x and y.leading for y in lines)]
    notes = ["; ".join(said)] if said else []
    if plain := {name: x for name, x in grown.plain.items() if x != 0}:
        shown = "; ".join(f"{name} {EXACT.text(x)}" for name, x in plain.items())
        notes.append(f"stays the same: {shown}")
    if nothing := [name for name, x in grown.plain.items() if x == 0]:
        notes.append(f"zero: {'; '.join(nothing)}")
    sources: dict[str, list[str]] = {}
    for each in lines:
        if each.published is not None:
            key = f"{each.published.source}, {each.published.origin}"
            sources.setdefault(key, []).append(each.name)
    notes += [f"published: {key} ({'; '.join(names)})" for key, names in sources.items()]
    powers = {x.published.power for x in lines if x.published is not None and x.published.power}
    notes += [f"{power}: a power that is not printed" for power in sorted(powers)]
    if declared is not None:
        if grown.named is None and not sources:
            notes.append("published: nothing about these costs is quoted of the paper here")
        for stands in declared.stands:
            if names := [name for name in stands.names if name in grown.bounds]:
                notes.append(
                    f"{', '.join(names)}: {stands.says}; at most a multiple of {stands.at_most}"
                )
        notes += declared.notes
    return [Notes(key="growth_notes", lines=notes, tone=Tone.QUIET)] if notes else []


def _glossary(report: Report, grown: GrownCosts, question: Question | None) -> dict[str, str]:
    """Meanings of the symbols that occur, in costs or in the regime."""
    used = {s.name for cost in grown.costs.values() for s in cost.free_symbols}
    found = {name: said for name, said in report.glossary.items() if name in used}
    moving = {*grown.read.growing, *grown.read.vanishing, *grown.read.constants}
    for each in () if question is None else question.parameters:
        name = getattr(each, "symbol", "") or each.name
        if name in moving and name not in found:
            found[name] = f"{each.meaning} [{getattr(each, 'unit', '') or 1}]"
    return dict(sorted(found.items()))


def leading_lines(costs: Mapping[str, Any], regime: str | None) -> dict[str, dict[str, Any]]:
    """Leading terms of symbolic costs, by the name of the cost, as JSON has them."""
    grown = GrownCosts.of(costs, {}, None, regime)
    return {name: _data(grown.line(name), grown) for name in grown.growing}
