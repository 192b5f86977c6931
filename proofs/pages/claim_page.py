"""The page of one claim: statement, reading, evidence, false twin, source, what is not shown."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import sympy
from qualtran import Bloq

from estimator.report.text import bloq_name, shorten
from estimator.symbols import glossary_of
from proofs.claim import AbstractClaim, Finding
from proofs.derivation import Step
from proofs.erratum import Erratum
from proofs.growth_claim import GrowthClaim
from proofs.inequality import InequalityClaim
from proofs.ledger_view import UNDERIVED, Entry, extent, shown_by
from proofs.open_question import OpenQuestion
from proofs.pages.claim_words import (
    doc_of,
    limits,
    number_text,
    numbers_say,
    reading,
    said,
    standing,
    whose,
)
from proofs.pages.code_reached import Reached, full_name
from proofs.pages.page_element import Inside, bullets, element, link, paragraph, table
from proofs.pages.page_formula import displayed, inline
from proofs.papers import ARXIV, papers_of
from proofs.record_claim import RecordClaim

CLOSEST = 12
"""Points shown of a bound that is attacked by random draws: those that come closest."""

LONGEST_VALUE = 60
"""Unit: characters."""

NO_FORMULA = "There is none: numbers are compared, instance by instance."
NO_PROOF: Mapping[type, str] = {
    Erratum: "None is needed: one counterexample refutes a statement. Instances of it are below.",
    OpenQuestion: "There is none: were there one, the question would not be open.",
}
"""What is said of kinds of claims that derive nothing."""

ROUTES = (
    ("derive", "derivation"), ("cost", "cost, derived"), ("specification", "specification"),
    ("measure", "measurement"), ("draw", "random points"), ("worst", "the worst point"),
    ("simulate", "simulation"), ("stated", "stated"), ("found", "found"), ("observe", "observed"),
    ("printed", "as printed"), ("corrected", "as corrected"), ("errors", "errors"),
    ("bound", "bound"), ("failure", "chance of failure"), ("search", "search"),
    ("checker", "checker"), ("shown", "proved"), ("reached", "reached"), ("record", "record"),
)  # fmt: skip
"""Functions of claims, and what a page calls them."""

Place = Callable[[str], str | None]
"""Where the page of a claim is, from this one; `None` if there is none."""


def claim_content(entry: Entry, code: Reached, place: Place) -> list[Element]:
    """Everything about one claim, below the name of the page.

    Args:
        entry: the claim, examined, its false twin too.
        code: the constructions that it names.
        place: of other claims.
    """
    claim, finding = entry.claim, entry.finding
    where = standing(entry)
    head = element("p", class_="verdict")
    head.append(element("strong", f"{where.name}.", class_=f"mark {where.key}"))
    head.append(element("span", f" {where.says}"))
    parts: list[Element] = [head]
    parts += _section("Statement", _statement(claim, place))
    parts += _section("Our reading", _reading(entry))
    if isinstance(claim, OpenQuestion):
        parts += _section("Why it is undecided", [paragraph(claim.reason)])
    parts += _section("What is the paper's and what is ours", [_whose(claim)])
    none = paragraph("None beyond the statement and the reading.")
    parts += _section("Assumptions", [bullets(claim.assumptions)] if claim.assumptions else [none])
    if finding is None:
        parts += _section("Problem", [paragraph(entry.problem)])
    else:
        parts += _section("Derivation", _derivation(claim, finding))
        parts += _section("Instances", _instances(claim, finding))
        parts += _section("False twin", _twin(entry))
        parts += _section("How it was decided", _decided(entry))
    parts += _section("What is not shown", [bullets(limits(claim, finding))])
    parts += _section("Source", _source(claim))
    parts += _section("Code", _code(entry.name, code))
    return parts


def _section(heading: str, inside: list[Element]) -> list[Element]:
    return [element("h2", heading), *inside]


def _statement(claim: AbstractClaim, place: Place) -> list[Element]:
    if not isinstance(claim, Erratum):
        return [element("blockquote", claim.says)]
    parts = [
        paragraph("Printed, in our words:"),
        element("blockquote", claim.says),
        paragraph("Corrected, by us:"),
        element("blockquote", claim.corrected_says),
    ]
    if claim.see:
        target = place(claim.see)
        shown: Inside = link(claim.see, target) if target else claim.see
        parts.append(paragraph("The corrected statement is shown in ", shown, "."))
    return parts


def _reading(entry: Entry) -> list[Element]:
    claim = entry.claim
    parts = [paragraph(reading(claim))]
    formula = formula_of(claim)
    if formula is None:
        return parts
    sign = "<=" if isinstance(claim, InequalityClaim) else getattr(claim, "relation", "")
    parts.append(displayed(formula, sign if sign in ("==", "<=") else ""))
    glossary = glossary_of(f"bloqs.{entry.name.split('.')[0]}")
    symbols = sorted(sympy.sympify(formula).free_symbols, key=str)
    known = [symbol for symbol in symbols if symbol in glossary]
    if known:
        terms = element("dl")
        for symbol in known:
            terms.append(element("dt", inline(symbol)))
            terms.append(element("dd", glossary[symbol]))
        parts.append(terms)
    return parts


def formula_of(claim: AbstractClaim) -> Any:
    """The formula that a claim is about; `None` if there is none."""
    for name in ("value", "function", "bound"):
        found = getattr(claim, name, None)
        if isinstance(found, sympy.Basic | int | float):
            return found
    return None


def _whose(claim: AbstractClaim) -> Element:
    terms = element("dl")
    for what, author in whose(claim):
        terms.append(element("dt", what))
        terms.append(element("dd", author))
    return terms


def _derivation(claim: AbstractClaim, finding: Finding) -> list[Element]:
    if type(claim) in UNDERIVED:
        return [paragraph(UNDERIVED[type(claim)])]
    derive = getattr(claim, "derive", getattr(claim, "cost", None))
    if derive is None:
        return [paragraph(NO_PROOF.get(type(claim), NO_FORMULA))]
    about = [shown_by(claim, finding), doc_of(derive)]
    parts = [paragraph(text) for text in about if text]
    if finding.steps:
        parts.append(element("ol", *map(_step, finding.steps)))
    if finding.derived is not None:
        parts.append(paragraph("So the cost, or a bound on it, is"))
        parts.append(displayed(finding.derived))
    if finding.witness:
        parts.append(paragraph("The chain of comparisons, as the checker read it:"))
        text = element("code", finding.witness)
        parts.append(
            element("div", element("pre", text), class_="wide", role="group", tabindex="0",
                    aria_label="witness")
        )  # fmt: skip
    if finding.symbolic is not None:
        parts.append(paragraph(f"Verdict of the derivation: {finding.symbolic.value}."))
    return parts


def _step(step: Step) -> Element:
    """One line of a derivation; an equation that SymPy has worked out already is told in words."""
    if step.relation == "==" and step.left == step.right:
        return element("li", f"{step.name}: both sides come to ", inline(step.right))
    return element("li", f"{step.name}:", displayed(step.right, step.relation, step.left))


def _instances(claim: AbstractClaim, finding: Finding) -> list[Element]:
    parts = []
    if isinstance(claim, RecordClaim):
        record = claim.record()
        parts.append(paragraph(f"{record.data} Measured: {record.quantity}."))
        parts.append(paragraph(f"Margin {record.margin:g}, against {record.against}."))
    if says := numbers_say(claim):
        parts.append(paragraph(says))
    rows = list(_rows(claim, finding))
    if isinstance(claim, InequalityClaim):
        rows.sort(key=lambda row: -float(finding.routes[row[0]]["ratio"]))
        number = f"{len(rows)} points were drawn at random, the first by hand; those that come "
        parts.append(paragraph(f"{number}closest to the bound are shown."))
        rows = rows[:CLOSEST]
    names = list(dict.fromkeys(name for _, cells in rows for name in cells))
    shown = [[str(at + 1), *(cells.get(name, "") for name in names)] for at, cells in rows]
    return [*parts, table(["no.", *names], shown, "instances")]


def _rows(claim: AbstractClaim, finding: Finding) -> Iterator[tuple[int, dict[str, str]]]:
    """Number of each instance, and its cells by heading."""
    instances: Any = getattr(claim, "instances", ())
    instances = list(instances() if callable(instances) else instances)
    for at, run in enumerate(finding.measurements):
        given: Mapping[Any, Any] = instances[at] if at < len(instances) else {}
        cells = {str(name): value_text(value) for name, value in given.items()}
        routes = finding.routes[at] if at < len(finding.routes) else {"measured": run.value}
        cells |= {name: number_text(value) for name, value in routes.items()}
        if run.stated is not None:
            cells["stated by the library"] = number_text(run.stated)
        if run.gates:
            cells |= {"qubits": str(run.qubits), "gates": str(run.gates)}
        yield at, cells | {"how": run.fidelity}


def value_text(value: Any) -> str:
    """A parameter of an instance, the same in every run."""
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, Bloq):
        return bloq_name(value, LONGEST_VALUE)
    if callable(value) and hasattr(value, "__name__"):
        return str(value.__name__)
    text = re.sub(r" at 0x[0-9a-f]+", "", " ".join(str(value).split()))
    return shorten(text, LONGEST_VALUE)


def _twin(entry: Entry) -> list[Element]:
    claim, twin = entry.claim, entry.twin
    parts = [paragraph(claim.twin_says)]
    formula = getattr(claim, "false_twin", None)
    if isinstance(formula, sympy.Basic):
        sign = "<=" if isinstance(claim, InequalityClaim) else getattr(claim, "relation", "")
        parts.append(displayed(formula, sign if sign in ("==", "<=") else ""))
    if twin is None:
        return [*parts, paragraph("It was not examined.")]
    if twin.accepted:
        return [
            *parts,
            paragraph(
                element("strong", "It does not fall"), f": {said(claim, twin)}. So the same "
                "evidence would show a false statement, and the verdict above is worth nothing.",
            ),
        ]  # fmt: skip
    if isinstance(claim, Erratum):
        meaning = (
            "It falls as an erratum: taken for the printed statement, no instance refutes it, so "
            f"that there would be nothing to correct ({extent(twin)}). So what refutes the printed "
            "statement is not the way it is tested."
        )
    elif isinstance(claim, OpenQuestion):
        meaning = (
            "It falls as an open question: of that enough is proved to settle the statement "
            f"({extent(twin)}). So a proof of the statement itself would have been noticed."
        )
    elif isinstance(claim, GrowthClaim):
        meaning = (
            f"It falls: {said(claim, twin)}. So both routes tell the function above from one that "
            "is nearly it."
        )
    else:
        meaning = (
            f"It falls: {said(claim, twin)}. So the evidence above tells the claim from its "
            "nearest mistake; evidence that both survive would show nothing."
        )
    return [*parts, paragraph(meaning)]


def _decided(entry: Entry) -> list[Element]:
    claim, finding = entry.claim, entry.finding
    parts = []
    if finding:
        came_out = said(claim, finding)
        parts.append(paragraph(f"{came_out[:1].upper()}{came_out[1:]}."))
    terms = element("dl")
    for name, shown in ROUTES:
        text = doc_of(value) if callable(value := getattr(claim, name, None)) else ""
        if text:
            terms.append(element("dt", shown))
            terms.append(element("dd", text))
    return [*parts, terms] if len(terms) else parts


def _source(claim: AbstractClaim) -> list[Element]:
    parts = [paragraph(claim.source)]
    numbers = {key: ARXIV[key] for key, _ in papers_of(claim.source) if ARXIV[key]}
    if numbers:
        papers = [
            element("span", f"[{key}] is ",
                    link(f"arXiv:{number}", f"https://arxiv.org/abs/{number}"))
            for key, number in numbers.items()
        ]  # fmt: skip
        parts.append(bullets(papers))
    return parts


def _code(name: str, code: Reached) -> list[Element]:
    how = "Found by following what the functions of the claim name, not by running them."
    parts = [
        paragraph("Claim: ", element("code", f"proofs/{name.replace('.', '/')}.py"), "; again by ",
                  element("code", f"quledger explain {name}"), ".")
    ]  # fmt: skip
    if code.bloqs:
        parts.append(paragraph("Bloqs whose code its routes name:"))
        parts.append(bullets(bloq_link(each, "../bloqs.html") for each in code.bloqs))
    else:
        parts.append(paragraph("It names no bloq of the library."))
    if code.files:
        listed = bullets(element("code", f"{x.replace('.', '/')}.py") for x in code.files)
        parts += [paragraph("Files of constructions that it names:"), listed]
    return [*parts, paragraph(how)]


def bloq_link(bloq: type, page: str = "") -> Element:
    """A link to a bloq in the list of all."""
    return link(bloq.__name__, f"{page}#{full_name(bloq)}")
