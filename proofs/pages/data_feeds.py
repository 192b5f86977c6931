"""The ledger as data: all of it in one file, and as a JSON Feed for readers of news."""

import math
from collections.abc import Sequence
from typing import Any

from estimator.report.formula import exact_text
from estimator.report.plain import dumped
from proofs.ledger_view import Entry, row
from proofs.pages.claim_page import formula_of
from proofs.pages.claim_words import NOISE, limits, said, standing, verdict_word, whose
from proofs.pages.code_reached import full_name
from proofs.pages.list_pages import Codes, page_of

SCHEMA = "quledger-ledger/1"
"""Name of the shape of `ledger.json`."""

FEED = "https://jsonfeed.org/version/1.1"
"""Name of the shape of `feed.json`."""

DIGITS = 6
"""Significant digits of a number that was measured."""


def ledger_json(entries: Sequence[Entry], codes: Codes, about: dict[str, Any]) -> bytes:
    """Every claim with what came out; `files` lists what the folder holds.

    Measured numbers have six significant digits, and those below 1e-12 are zero: further digits are
    rounding errors and depend on the machine.

    Args:
        entries: the claims, examined.
        codes: the constructions that each names.
        about: what else the file says, before the claims.
    """
    claims = [_claim(entry, codes) for entry in entries]
    found = {"schema": SCHEMA, **about, "rounding": {"digits": DIGITS, "zero_below": NOISE}}
    return _text({**found, "claims": claims})


def feed_json(entries: Sequence[Entry]) -> bytes:
    """The claims as items of a feed, errata first; without dates, which no claim has."""
    ordered = sorted(entries, key=lambda entry: (standing(entry).key != "printed", entry.name))
    items = [
        {
            "id": entry.name,
            "url": page_of(entry.name),
            "title": f"{verdict_word(entry)}: {entry.name}",
            "content_text": "\n".join(_lines(entry)),
            "tags": [standing(entry).key, type(entry.claim).__name__, entry.name.split(".")[0]],
        }
        for entry in ordered
    ]
    return _text(
        {
            "version": FEED,
            "title": "Quledger: the ledger of claims",
            "description": "Statements about quantum machine learning, put to the test.",
            "language": "en",
            "items": items,
        }
    )


def _lines(entry: Entry) -> list[str]:
    corrected = getattr(entry.claim, "corrected_says", "")
    came_out = entry.problem if entry.finding is None else said(entry.claim, entry.finding)
    lines = [entry.claim.says, f"Corrected, by us: {corrected}" if corrected else ""]
    return [line for line in [*lines, f"{came_out}.", f"Source: {entry.claim.source}"] if line]


def _claim(entry: Entry, codes: Codes) -> dict[str, Any]:
    data = row(entry)
    data.pop("seconds")
    data.pop("runs", None)
    claim, finding, twin, code = entry.claim, entry.finding, entry.twin, codes[entry.name]
    formula = formula_of(claim)
    data |= {
        "verdict": verdict_word(entry),
        "standing": standing(entry).key,
        "page": page_of(entry.name),
        "formula": None if formula is None else exact_text(formula),
        "false_twin": claim.twin_says,
        "false_twin_falls": None if twin is None else not twin.accepted,
        "not_shown": limits(claim, finding),
        "whose": [{"what": what, "whose": author} for what, author in whose(claim)],
        "bloqs": [full_name(each) for each in code.bloqs],
        "bloqs_within": [full_name(each) for each in code.parts],
    }
    if finding is not None:
        data |= {
            "steps": [{"why": each.name, "formula": str(each)} for each in finding.steps],
            "instances": [
                {
                    **(finding.routes[at] if at < len(finding.routes) else {"measured": run.value}),
                    "qubits": run.qubits,
                    "gates": run.gates,
                    "fidelity": run.fidelity,
                }
                for at, run in enumerate(finding.measurements)
            ],
        }
    return {key: _rounded(value) for key, value in data.items()}


def _rounded(value: Any) -> Any:
    """A value with few digits in its numbers, and text in place of those that are not finite."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    if value is None or isinstance(value, bool | str | int):
        return value
    number = float(value)
    if not math.isfinite(number):
        return str(number)
    if number.is_integer() and abs(number) < 2**53:
        return int(number)
    return 0 if abs(number) < NOISE else float(f"{number:.{DIGITS}g}")


def _text(found: Any) -> bytes:
    return f"{dumped(found)}\n".encode()
