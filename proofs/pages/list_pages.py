"""The lists of the site: errata first, by paper, by verdict, by bloq."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from proofs.erratum import Erratum
from proofs.ledger_view import READINGS, Entry, is_reading, summary
from proofs.open_question import OpenQuestion
from proofs.pages.claim_words import STANDINGS, doc_of, standing, verdict_word
from proofs.pages.code_reached import Reached, full_name
from proofs.pages.page_element import bullets, element, link, paragraph
from proofs.papers import ABOUT, ARXIV, papers_of

Codes = Mapping[str, Reached]
"""Name of a claim -> the constructions that it names."""


def page_of(name: str) -> str:
    """The file of a claim's page, within the site."""
    return f"claims/{name}.html"


def index_content(entries: Sequence[Entry], about: str) -> list[Element]:
    """The first page: what is here, errata, open questions, all other claims."""
    errata = [x for x in entries if isinstance(x.claim, Erratum) and not is_reading(x)]
    readings = [x for x in entries if is_reading(x)]
    asked = [x for x in entries if isinstance(x.claim, OpenQuestion)]
    rest = [x for x in entries if not isinstance(x.claim, Erratum | OpenQuestion)]
    parts = [
        paragraph(
            "Every claim has been put to the test by every route it has, and so has a false twin: "
            "a statement that is nearly it and must fall. A claim is accepted if all routes agree."
        ),
        paragraph(f"{about}: {summary(entries).text}."),
    ]
    if errata:
        parts += [element("h2", "Errata: printed statements that fail"), _errata(errata)]
    if readings:
        parts.append(element("h2", "Errata of readings"))
        parts.append(paragraph(f"These fail {READINGS}."))
        parts.append(_errata(readings))
    if asked:
        parts += [element("h2", "Open questions"), claims_list(asked)]
    if rest:
        parts.append(element("h2", "Claims"))
    for folder, group in groupby(rest, lambda entry: entry.name.split(".")[0]):
        parts.append(element("h3", folder.replace("_", " ")))
        parts.append(claims_list(list(group)))
    return parts


def _errata(entries: Sequence[Entry]) -> Element:
    """Errata, what is printed beside what is right."""
    return _claims(entries, lambda entry: _retold(
        ("Printed", entry.claim.says),
        ("Corrected, by us", getattr(entry.claim, "corrected_says", "")),
    ))  # fmt: skip


def claims_list(entries: Sequence[Entry]) -> Element:
    """Claims with their statements."""
    return _claims(entries, lambda entry: paragraph(entry.claim.says))


def _claims(entries: Sequence[Entry], told: Callable[[Entry], Element]) -> Element:
    """An item for each claim: name and verdict, statement, source."""
    made = element("ul", class_="claims")
    for entry in entries:
        name = paragraph(link(entry.name, page_of(entry.name)), " ", _mark(entry))
        name.set("class", "name")
        source = element("p", entry.claim.source, class_="quiet")
        made.append(element("li", name, element("div", told(entry), source)))
    return made


def _retold(*told: tuple[str, str]) -> Element:
    terms = element("dl")
    for what, says in told:
        terms.append(element("dt", what))
        terms.append(element("dd", says))
    return terms


def _mark(entry: Entry) -> Element:
    return element("span", verdict_word(entry), class_=f"mark {standing(entry).key}")


def papers_content(entries: Sequence[Entry]) -> list[Element]:
    """The claims of each paper or book, and those that cite none."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        keys = {key for key, _ in papers_of(entry.claim.source)}
        keys |= {ABOUT.get(entry.name.split(".")[0], "")} - {""}
        for key in keys or {""}:
            found.setdefault(key, []).append(entry)
    parts = [paragraph("A claim is listed under every paper or book that its source cites, and "
                       "under the one that all claims of its folder are about.")]  # fmt: skip
    parts.append(_contents([(key or "ours", key or "no paper") for key in sorted(found)]))
    for key in sorted(found):
        parts.append(element("h2", f"[{key}]" if key else "No paper cited", id=key or "ours"))
        if number := ARXIV.get(key):
            text = f"arXiv:{number}"
            parts.append(element("p", link(text, f"https://arxiv.org/abs/{number}")))
        parts.append(claims_list(found[key]))
    return parts


def verdicts_content(entries: Sequence[Entry]) -> list[Element]:
    """The claims by what came out."""
    lists = [(each, [x for x in entries if standing(x) is each]) for each in STANDINGS]
    shown = [(each, group) for each, group in lists if group]
    parts = [_contents([(each.key, f"{each.name}: {len(group)}") for each, group in shown])]
    for each, group in shown:
        parts.append(element("h2", each.name, id=each.key))
        parts += [paragraph(each.says), claims_list(group)]
    return parts


def bloqs_content(entries: Sequence[Entry], codes: Codes) -> list[Element]:
    """The bloqs, each with the claims that name it and those that name what it is part of."""
    own: dict[type, list[str]] = {}
    inner: dict[type, list[str]] = {}
    for entry in entries:
        for bloq in codes[entry.name].bloqs:
            own.setdefault(bloq, []).append(entry.name)
        for bloq in codes[entry.name].parts:
            inner.setdefault(bloq, []).append(entry.name)
    parts = [
        paragraph(
            "Which bloqs a claim is about is found by following what the functions of the claim "
            "name, through the sources of claims and constructions: a bloq that is met so is named "
            "by the claim, one that is met in the methods of such a bloq is a part of it. Nothing "
            "is run for this; a name in a branch that no instance takes counts, and what is only "
            "reached through a value does not."
        )
    ]
    for package, group in groupby(sorted(own.keys() | inner.keys(), key=full_name), _package):
        parts.append(element("h2", package))
        for bloq in group:
            parts.append(element("h3", bloq.__name__, id=full_name(bloq)))
            parts.append(paragraph(doc_of(bloq).split(". ")[0].rstrip(".") + "."))
            parts.append(paragraph(element("code", bloq.__module__)))
            for text, names in (
                ("Named by", own.get(bloq)),
                ("Part of what is named by", inner.get(bloq)),
            ):
                if names:
                    parts.append(paragraph(f"{text}:"))
                    parts.append(bullets(link(name, page_of(name)) for name in names))
    return parts


def _package(bloq: type) -> str:
    return ".".join(bloq.__module__.split(".")[:2])


def _contents(places: Sequence[tuple[str, str]]) -> Element:
    return bullets(link(text, f"#{key}") for key, text in places)
