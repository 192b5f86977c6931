"""The tables of the README: one row for each headline, one for each contestant."""

from collections.abc import Iterable

from benchmarks.benchmark import Case
from benchmarks.contest import Contest, Outcome, Score
from benchmarks.report import Row

SPEED_HEADING = "| what | ratio |\n| --- | --- |"
CONTEST_HEADING = "| who | right | wrong | no answer | hung |\n| --- | --- | --- | --- | --- |"
OUTCOMES = (Outcome.SOLVED, Outcome.WRONG, Outcome.OPEN, Outcome.HUNG)


def headlines(cases: Iterable[Case]) -> list[str]:
    """The first cells of the table of speed, in order."""
    return list(dict.fromkeys(case.headline for case in cases if case.headline))


def speed_table(rows: Iterable[Row]) -> str:
    """The table of speed as Markdown; empty if no row belongs there."""
    rows = list(rows)
    lines = [
        f"| {headline} | {_span([row for row in rows if row.case.headline == headline])} |"
        for headline in headlines(row.case for row in rows)
    ]
    return "\n".join([SPEED_HEADING, *lines]) if lines else ""


def contest_lines(contest: Contest, scores: Iterable[Score]) -> str:
    """The table of a contest as Markdown."""
    lines = []
    for each in scores:
        counts = " | ".join(str(each.count(outcome)) for outcome in OUTCOMES)
        lines.append(f"| {each.contestant.short} | {counts} |")
    return "\n".join([CONTEST_HEADING, *lines])


def _span(rows: list[Row]) -> str:
    """The ratios of the rows, from the smallest to the largest, two digits each."""
    found = [(row.ratio, "") for row in rows if row.ratio is not None]
    found += [(row.at_least, "more than ") for row in rows if row.at_least is not None]
    if not found:
        return rows[-1].peer_broke or "no peer"
    (low, below), (high, above) = min(found), max(found)
    least, most = below + _two_digits(low or 0.0), above + _two_digits(high or 0.0)
    return least if least == most else f"{least} to {most}"


def _two_digits(ratio: float) -> str:
    return f"{float(f'{ratio:.2g}'):g}"
