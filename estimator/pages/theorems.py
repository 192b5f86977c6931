"""The claims of the ledger that an answer rests on, with verdict and derivation."""

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import evolve, frozen

from estimator.ask.question import Asked, answer_to, asked_of
from estimator.ask.registry import FLOORS, Found, questions
from estimator.ask.stored import Memory, answer_from
from estimator.costs.prices import callees
from estimator.pages.subject import Subject, several
from estimator.report.model import Report
from estimator.store import Store, cache_folder

LEDGER = "check"
"""Verb of the question that examines claims."""

ABOUT = "about"
"""Its parameter for what an answer rests on."""


@frozen
class Theorem:
    """A claim that was examined.

    Args:
        name: in the ledger.
        kind: what kind of claim it is.
        verdict: in words.
        says: the statement.
        source: where it is from.
        assumptions: what must be true for it to be meant.
        notes: what else there is to say, one sentence each.
        derivation: its lines.
        is_accepted: whether every route says that it holds.
    """

    name: str
    kind: str
    verdict: str
    says: str
    source: str
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    derivation: tuple[str, ...]
    is_accepted: bool


@frozen
class Rests:
    """What an answer rests on.

    Args:
        modules: of the bloqs of its circuit, those that are ours.
        theorems: the claims, by name.
        summary: how many of them hold.
    """

    modules: tuple[str, ...]
    theorems: tuple[Theorem, ...]
    summary: str


def about_of(subject: Subject, reports: Iterable[Report]) -> list[str]:
    """What the ledger is told: the source of the question, its system, modules of its bloqs."""
    return [subject.question.source, subject.found.system.home, *modules_of(reports)]


def modules_of(reports: Iterable[Report]) -> list[str]:
    """The modules of all bloqs that circuits call and that are ours, in order."""
    todo = [report.bloq for report in reports if report.bloq is not None]
    seen = set(todo)
    while todo:
        for callee in callees(todo.pop()) or ():
            if callee not in seen:
                seen.add(callee)
                todo.append(callee)
    names = {type(bloq).__module__ for bloq in seen}
    return sorted(name for name in names if name.split(".")[0] in FLOORS)


def rests_on(subject: Subject, reports: Sequence[Report]) -> Rests:
    """The claims that an answer rests on, examined now or earlier by the same sources.

    Raises:
        ValueError: if there is none.
    """
    about = about_of(subject, reports)
    (found,) = (each for each in questions() if each.question.verb.name == LEDGER)
    asked: Asked = asked_of(found.question, {ABOUT: about}, None, found.system.home)
    asked = evolve(asked, tracker=subject.tracker)
    plain = _examined(found, asked).plain()
    theorems = tuple(theorem_of(row) for row in plain["claims"])
    return Rests(tuple(about[2:]), theorems, " ".join(map(str, plain["summary"])))


class NotAcceptedError(Exception):
    """Not every claim was accepted, so that the answer is not kept."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.title)
        self.report = report


def _examined(found: Found, asked: Asked) -> Report:
    """The claims examined, now or earlier by the same sources.

    Raises:
        ValueError: if there is none.
    """

    def answer() -> Report:
        (report,) = several(answer_to(found.system, found.question, asked))
        if not report.passed:
            raise NotAcceptedError(report)
        return report

    try:
        made = answer_from(Memory(Store(cache_folder())), found, asked, answer)
    except NotAcceptedError as refused:
        return refused.report
    return several(made)[0]


def theorem_of(row: dict[str, Any]) -> Theorem:
    """A row of the ledger."""
    accepted = bool(row["accepted"])
    notes = [
        f"{label}: {row[key]}"
        for key, label in (
            ("formula", "formula"),
            ("reading", "read by us"),
            ("corrected", "corrected"),
            ("reason", "undecided"),
            ("problem", "could not be examined"),
        )
        if row.get(key)
    ]
    notes += [str(remark) for remark in row.get("remarks") or ()]
    return Theorem(
        name=row["claim"],
        kind=row["kind"],
        verdict=_verdict(row, accepted),
        says=row["says"],
        source=row["source"],
        assumptions=tuple(row["assumptions"] or ()),
        notes=tuple(notes),
        derivation=tuple(row.get("derivation") or ()),
        is_accepted=accepted,
    )


def _verdict(row: dict[str, Any], accepted: bool) -> str:
    """What came out, as `check` says it: an erratum is accepted where the printed one fails."""
    if not accepted:
        return "not accepted"
    if row.get("reason"):
        return "undecided"
    if row.get("corrected"):
        return "the printed statement fails"
    routes = (("derivation", row.get("symbolic")), ("measurement", row.get("numeric")))
    said = [f"{name} {verdict}" for name, verdict in routes if verdict]
    return f"holds ({', '.join(said)})"
