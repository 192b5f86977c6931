"""One claim in full: statement, assumptions, derivation, instances, false twin, source."""

from collections.abc import Iterable
from typing import Any

from estimator.ask.question import Asked, Tracker, untracked
from estimator.report.model import Report
from estimator.report.parts import Notes, Part
from estimator.symbols import glossary_of
from proofs.claim import AbstractClaim, Finding
from proofs.erratum import Erratum
from proofs.examining import examined
from proofs.ledger import claims
from proofs.ledger_view import derivation_lines, extent, head_of, verdicts
from proofs.open_question import OpenQuestion
from proofs.papers import ARXIV, papers_of
from proofs.record_claim import RecordClaim

MOST_SHOWN = 12
"""Instances printed one by one."""


def claim_named(name: str) -> tuple[str, AbstractClaim]:
    """The one claim whose name is, or ends in, or contains `name`.

    Raises:
        ValueError: if there is none, or more than one.
    """
    found = claims([name])
    last = [full for full in found if full.split(".")[-1] == name]
    for exact in ([full for full in found if full == name], last):
        if len(exact) == 1:
            return exact[0], found[exact[0]]
    if len(found) > 1:
        raise ValueError(f"{name} is part of {len(found)} names: {', '.join(found)}")
    return next(iter(found.items()))


def explain(asked: Asked) -> Report:
    """One claim and its false twin, examined.

    Raises:
        ValueError: if the name is that of no claim, or of several.
    """
    return explanation(*claim_named(asked.values["claim"]), asked.track)


def explanation(full: str, claim: AbstractClaim, track: Tracker = untracked) -> Report:
    """Everything about one claim; it passes if it is accepted and its twin is not."""
    (entry,) = examined({full: claim}, track)
    parts: list[Part] = [Notes(key="claim", lines=[head_of(entry)])]
    parts += _section("statement", _statement(full, claim))
    parts += _section("assumptions", claim.assumptions)
    if entry.finding is None:
        parts += _section("problem", [entry.problem], "Could not be examined")
        return Report(title=full, head="none", parts=parts, passed=False)
    twin = claim.examine(twin=True)
    parts += _section("derivation", derivation_lines(claim, entry.finding))
    parts += _section("measurement", _measurement(claim, entry.finding))
    parts += _section("false_twin", _twin(claim, twin), "False twin")
    parts += _section("source", _source(claim))
    return Report(title=full, head="none", parts=parts, passed=entry.accepted and not twin.accepted)


def _section(key: str, lines: Iterable[str], heading: str | None = None) -> list[Notes]:
    shown = list(lines)
    if not shown:
        return []
    title = key.capitalize() if heading is None else heading
    return [Notes(key=key, lines=shown, heading=title, indent=2)]


def _statement(full: str, claim: AbstractClaim) -> list[str]:
    if isinstance(claim, Erratum):
        see = [f"See {claim.see}."] if claim.see else []
        read = [f"Read by us: {claim.reading}"] if claim.reading else []
        return [f"Printed: {claim.says}", *read, f"Corrected: {claim.corrected_says}", *see]
    if isinstance(claim, OpenQuestion):
        return [claim.says, f"Undecided: {claim.reason}"]
    formula: Any = getattr(claim, "value", getattr(claim, "bound", None))
    symbols: set[Any] = getattr(formula, "free_symbols", set())
    glossary = glossary_of(f"bloqs.{full.split('.')[0]}")
    meanings = [f"{symbol}: {glossary[symbol]}" for symbol in sorted(symbols, key=str)]
    return [claim.says, *([f"Formula: {formula}"] if symbols else []), *meanings]


def _measurement(claim: AbstractClaim, finding: Finding) -> list[str]:
    if isinstance(claim, RecordClaim):
        record = claim.record()
        settled = f"margin {record.margin:g}, against {record.against}"
        return [record.data, f"{record.quantity}; {settled}", *finding.remarks]
    instances = getattr(claim, "instances", ())
    instances = instances() if callable(instances) else instances
    lines = []
    for instance, run in list(zip(instances, finding.measurements, strict=False))[:MOST_SHOWN]:
        sizes = ", ".join(f"{name}={size}" for name, size in instance.items())
        circuit = f" ({run.qubits} qubits, {run.gates} gates, {run.fidelity})" if run.gates else ""
        lines.append(f"{sizes}: {run.value:.6g}{circuit}")
    if len(instances) > MOST_SHOWN:
        lines.append(f"and {len(instances) - MOST_SHOWN} more")
    return [*lines, verdicts(claim, finding)]


def _twin(claim: AbstractClaim, twin: Finding) -> list[str]:
    formula: Any = getattr(claim, "false_twin", None)
    shown = [f"Formula: {formula}"] if hasattr(formula, "free_symbols") else []
    if isinstance(claim, Erratum):
        return [
            f"The corrected statement taken for the printed one: {claim.twin_says}",
            "It falls as an erratum: no instance refutes it, so that there would be nothing to "
            f"correct ({extent(twin)}).",
        ]
    return [claim.twin_says, *shown, f"It falls: {verdicts(claim, twin)}"]


def _source(claim: AbstractClaim) -> list[str]:
    keys = [key for key, _ in papers_of(claim.source) if ARXIV[key]]
    links = [f"[{key}] is arXiv:{ARXIV[key]}" for key in keys]
    return [claim.source, *dict.fromkeys(links)]
