"""How the costs of a question grow, each with a witness that was checked."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from estimator.growth.decide import decide
from estimator.growth.report import answer_as_text
from estimator.growth_costs.costs_report import leading_lines
from estimator.growth_costs.of_costs import costs_of
from estimator.pages.subject import Subject
from estimator.report.model import Report
from estimator.report.text import EXACT
from estimator.verdict import Verdict


@frozen
class Grown:
    """How one cost grows.

    Args:
        name: of the cost.
        cost: the expression.
        regime: what the symbols do.
        leading: its leading term; empty if none was found.
        verdict: on cost = Theta(leading).
        witness: the lines of what shows it, or why it is undecided.
    """

    name: str
    cost: str
    regime: str
    leading: str
    verdict: Verdict
    witness: tuple[str, ...]


@frozen
class Growth:
    """How all costs grow.

    Args:
        kept: numbers that were kept, by name of the parameter.
        costs: those with symbols.
        plain: names of costs that are numbers all the same.
        glossary: meaning of the symbols.
    """

    kept: Mapping[str, Any]
    costs: tuple[Grown, ...]
    plain: tuple[str, ...]
    glossary: Mapping[str, str]


def growth_of(subject: Subject) -> Growth:
    """The growth of every cost of the same question in symbols.

    No number is given. If that leaves a cost without a leading term, one number is kept as it was
    asked, the first with which every cost has one.

    Raises:
        ValueError: if the question has no answer in symbols, in one sentence.
    """
    chosen: tuple[str, Report, dict[str, Any]] | None = None
    problem = ValueError("the answer names no cost that could grow")
    for kept in ["", *subject.numbers()]:
        try:
            report = subject.in_symbols([kept] if kept else [])
            costs = costs_of(report)
        except ValueError as refusal:
            problem = problem if chosen is not None or kept else refusal
            continue
        except KeyError:  # an answer without gates
            continue
        found = leading_lines(costs, None)
        is_whole = all(each["leading"] is not None for each in found.values())
        if chosen is None or (found and is_whole):
            chosen = (kept, report, found)
        if is_whole:
            break
    if chosen is None:
        raise problem
    kept, report, found = chosen
    grown = [
        _grown(name, found[name]) for name in subject.tracker(list(found), "growth of each cost")
    ]
    return Growth(
        {kept: subject.asked.values[kept]} if kept else {},
        tuple(grown),
        tuple(f"{name} is {EXACT.text(x)}" for name, x in costs_of(report).items()
              if name not in found),
        dict(report.glossary),
    )  # fmt: skip


def _grown(name: str, found: Mapping[str, Any]) -> Grown:
    cost, regime, leading = found["cost"], found["regime"], found["leading"]
    if leading is None:
        return Grown(name, cost, regime, "", Verdict.UNDECIDED, ("No leading term was found.",))
    answer = decide(cost, "Theta", leading, regime)
    if answer.verdict is not Verdict.UNDECIDED:
        answer.check()
    lines = answer_as_text(answer, regime).splitlines()[1:]
    return Grown(name, cost, regime, leading, answer.verdict, tuple(lines))
