"""The report of an audit: how much of printed growth answers was evaluated, and what is false."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from estimator.ask.parameter import quoted
from estimator.ask.text_file import STANDARD_INPUT
from estimator.growth_audit.answer_file import FileRead, WrittenAnswer, answer_of, answers_in
from estimator.growth_audit.examine import examine
from estimator.growth_audit.tally import Failure, Tally
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Table
from estimator.report.text import SHORT, TEXT

POINTS = 100
"""At which every claim is evaluated, unless others are named."""

MOST_POINTS = 10**6

Tracker = Callable[[Iterable[Any], str], Iterable[Any]]


def audit(
    file: str | Path,
    points: Any = POINTS,
    seed: Any = 0,
    tracker: Tracker = lambda steps, label: steps,
) -> Report:
    """Evaluate all claims of the answers in a file at points.

    Args:
        file: what `quledger growth` printed, as text or JSON, or what it did of a file; `-` is what
            comes in.
        points: of every claim.
        seed: of chance.
        tracker: shows progress.

    Returns:
        A report that passed if nothing false was found, and `None` if nothing was evaluated.

    Raises:
        ValueError: if the file is none of these, or a number is out of range; in one sentence.
    """
    _check("points", points, 1, MOST_POINTS)
    _check("seed", seed, 0, 2**63)
    title = "what came in" if str(file) == STANDARD_INPUT else str(file)
    return _report(title, answers_in(file), points, seed, tracker)


def audit_plain(title: str, plain: Any, points: Any = POINTS, seed: Any = 0) -> Report:
    """Evaluate all claims of one answer, as JSON has it, at points.

    Raises:
        ValueError: as `audit`.
    """
    _check("points", points, 1, MOST_POINTS)
    _check("seed", seed, 0, 2**63)
    read = FileRead((answer_of("the answer", plain),), 0)
    return _report(title, read, points, seed, lambda steps, label: steps)


def _check(name: str, value: Any, least: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(
            f"{name} must be a whole number from {least} to {most}, got {quoted(value)}"
        )


def _report(title: str, read: FileRead, points: int, seed: int, tracker: Tracker) -> Report:
    tally = Tally()
    answers: tuple[WrittenAnswer, ...] = read.answers
    for answer in tracker(answers, "audit") if len(answers) > 1 else answers:
        examine(answer, points, seed, tally)
    tally.skip("questions that were refused", read.refused)
    rows = [
        Fact(key="answers", value=tally.answers, unit="with a verdict"),
        Fact(key="claims", value=tally.claims),
        Fact(key="evaluated", value=tally.evaluated, label="of them evaluated"),
        Fact(key="steps", value=tally.steps),
        Fact(key="points", value=tally.points, unit="over all claims"),
        Fact(key="comparisons", value=tally.comparisons),
        Fact(
            key="worst_ratio",
            value=tally.worst,
            label="worst ratio of a claim",
            unit="left side over right side",
            style=SHORT,
            kind=Kind.MEASURED,
        ),
    ]
    return Report(
        title=f"audit of {title}",
        settings={"points": points, "seed": seed},
        parts=[
            Facts(key="audit", rows=rows),
            *_skipped(tally),
            *_false(tally.failures),
            Notes(key="summary", lines=[_summary(tally)]),
        ],
        passed=None if not tally.evaluated and not tally.failures else not tally.failures,
    )


def _skipped(tally: Tally) -> list[Table]:
    rows = [{"why": why, "times": count} for why, count in sorted(tally.skipped.items())]
    if not rows:
        return []
    columns = (Column(key="times", align="right"), Column(key="why", label="not evaluated"))
    return [Table(key="skipped", columns=columns, rows=rows)]


def _false(failures: list[Failure]) -> list[Facts | Table]:
    """The first failure in full, and the others by name."""
    if not failures:
        return []
    first = failures[0]
    at = ", ".join(f"{name} = {value}" for name, value in first.point.items())
    said = (("in", first.answer), ("what", first.what), ("why", first.why), ("at", at))
    sides = (("left", first.left), ("right", first.right))
    rows = [Fact(key=key, value=x, style=TEXT) for key, x in (*said, *sides) if x]
    columns = tuple(Column(key=key) for key in ("answer", "why"))
    others = [{"answer": each.answer, "why": each.why} for each in failures[1:]]
    found: list[Facts | Table] = [Facts(key="false", heading="false", rows=rows)]
    if others:
        found.append(Table(key="false_too", heading="false too", columns=columns, rows=others))
    return found


def _summary(tally: Tally) -> str:
    if tally.failures:
        return f"false: {len(tally.failures)} of {tally.answers} answers"
    if not tally.evaluated:
        return "nothing could be evaluated"
    return "everything that was evaluated agrees"
