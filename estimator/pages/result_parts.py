"""Growth, comparison and theorems of a question, as HTML."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from estimator.pages.classical import comparison_of
from estimator.pages.growing import Grown, growth_of
from estimator.pages.pictures import chart
from estimator.pages.subject import Subject
from estimator.pages.theorems import Theorem, rests_on
from estimator.report.html import heading_html, parts_html
from estimator.report.model import Report
from estimator.report.parts import Fact, Facts, shown
from estimator.report.text import TEXT
from estimator.verdict import Verdict

TONES = {Verdict.HOLDS: "good", Verdict.FAILS: "bad", Verdict.UNDECIDED: "warning"}
"""How a verdict looks."""


def paragraph(text: str) -> str:
    """A sentence or several."""
    return f"<p>{escape(text)}</p>"


def no_answer(what: str, problem: ValueError) -> str:
    """Why a section has nothing to show."""
    return paragraph(f"{what}: {' '.join(str(problem).split()).rstrip('.')}.")


def growth_html(subject: Subject) -> tuple[str, Mapping[str, str]]:
    """The growth of every cost, and the meaning of its symbols."""
    try:
        growth = growth_of(subject)
    except ValueError as problem:
        return no_answer("There is no closed form to take the growth of", problem), {}
    kept = ", ".join(f"{name} = {value}" for name, value in growth.kept.items())
    asked = "The same question without its numbers"
    asked += f" but {kept}" if kept else ""
    intro = [
        paragraph(
            f"{asked}; sizes grow, errors vanish, all else stays. Each leading term is put to the "
            "proof as Theta of the cost, and a checker that shares no code with the search "
            "verified the witness below it."
        )
    ]
    none = [paragraph(f"{asked} has costs that are all numbers, so nothing grows.")]
    said = intro if growth.costs else none
    for each in growth.costs:
        said += _grown(each)
    if growth.plain:
        said.append(paragraph(f"Without a symbol: {'; '.join(growth.plain)}."))
    return "\n".join(said), growth.glossary


def _grown(each: Grown) -> Iterator[str]:
    yield heading_html(each.name, 3)
    verdict = f'<span class="{TONES[each.verdict]}">{each.verdict.value}</span>'
    facts = {"cost": each.cost, "regime": each.regime, "leading term": each.leading or "none found"}
    yield parts_html([_formulas(each.name, facts)])
    if each.leading:
        yield f"<p>cost = Theta(leading term): {verdict}</p>"
    else:
        yield f"<p>{verdict}</p>"
    number = len(each.witness)
    yield folded(f"witness, {number} line{'s' * (number > 1)}", each.witness)


def _formulas(name: str, facts: Mapping[str, str]) -> Facts:
    """What is known of a cost, in rows."""
    rows = [Fact(key=key, value=text, style=TEXT) for key, text in facts.items()]
    return Facts(key=name, rows=rows)


MOST_OPEN = 12
"""Lines of a witness or a derivation that a screen shows unasked; paper has them all."""


def folded(title: str, lines: Sequence[str]) -> str:
    """Lines that a reader may fold away, and finds folded if they are many."""
    state = " open" if len(lines) <= MOST_OPEN else ""
    body = "".join(
        f'<p style="margin-left:{(len(line) - len(line.lstrip())) / 2:g}em">'
        f"<code>{escape(line.strip())}</code></p>"
        for line in lines
    )
    return (
        f'<details{state}><summary>{escape(title)}</summary><div class="witness" role="group" '
        f'tabindex="0" aria-label="{escape(title)}">{body}</div></details>'
    )


def comparison_html(subject: Subject) -> str:
    """The comparison of the same system, and with which parameters."""
    try:
        found = comparison_of(subject)
    except ValueError as problem:
        return no_answer("There is no comparison to show", problem)
    handed = _settings(found.handed)
    question = found.question
    said = [
        paragraph(f"quledger {question.verb.name} {question.name}: {question.says}"),
        paragraph(f"Handed on from the question: {handed or 'nothing'}."),
    ]
    if found.kept_back:
        names = ", ".join(found.kept_back)
        said.append(paragraph(f"The comparison was not asked about: {names}."))
    if found.own:
        said.append(paragraph(f"Its own, as nobody named them: {_settings(found.own)}."))
    for number, report in enumerate(found.reports, 1):
        said.append(heading_html(report.title, 3))
        said.append(parts_html(shown(report.form()), 4))
        said.append(chart(report, f"compared-{number}"))
    return "\n".join(said)


def _settings(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {_written(value)}" for name, value in values.items())


def _written(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


RULE = (
    "Listed is every claim of the ledger that stands in the folder of this system or of a bloq "
    "that the circuit calls, and either cites a paper that the question cites, is about it, or "
    "names such a bloq's module. Each was examined, for this page or earlier by the same sources."
)


def theorems_html(subject: Subject, reports: Sequence[Report]) -> str:
    """The claims that the answer rests on."""
    try:
        found = rests_on(subject, reports)
    except ValueError as problem:
        return no_answer("The ledger has nothing on this question", problem)
    called = ", ".join(found.modules) or "none"
    said = [
        paragraph(RULE),
        paragraph(f"Modules of the bloqs that are called: {called}."),
        paragraph(f"{len(found.theorems)} claims: {found.summary}."),
    ]
    for each in found.theorems:
        said += _theorem(each)
    return "\n".join(said)


def _theorem(each: Theorem) -> Iterator[str]:
    yield heading_html(each.name, 3)
    tone = "bad"
    if each.is_accepted:
        tone = "good" if each.verdict.startswith("holds") else "warning"
    yield f'<p><span class="{tone}">{escape(each.verdict)}</span>; {escape(each.kind)}</p>'
    yield paragraph(each.says)
    for note in each.notes:
        yield paragraph(note)
    if each.assumptions:
        yield paragraph(f"Assumes: {' '.join(each.assumptions)}")
    yield paragraph(f"Source: {each.source}")
    if each.derivation:
        number = len(each.derivation)
        yield folded(f"derivation, {number} line{'s' * (number > 1)}", each.derivation)
