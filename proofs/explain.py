"""One claim in full: statement, assumptions, derivation, instances, false twin, source."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from estimator.symbols import GLOSSARY
from proofs.claim import AbstractClaim, Finding
from proofs.erratum import Erratum
from proofs.ledger import claims, examined
from proofs.ledger_view import mark_of, verdicts
from proofs.papers import ARXIV, papers_of

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


def explain(name: str) -> bool:
    """Examine one claim and its false twin, and print both.

    Returns:
        Whether the claim is accepted and its twin is not.

    Raises:
        ValueError: if `name` names no claim, or several.
    """
    full, claim = claim_named(name)
    (entry,) = examined({full: claim})
    console = Console(highlight=False)
    mark, style = mark_of(entry)
    console.print(Text.assemble((f"{mark:9}", style), (full, "bold")))
    _section(console, "Statement", _statement(claim))
    _section(console, "Assumptions", claim.assumptions)
    if entry.finding is None:
        _section(console, "Could not be examined", [entry.problem])
        return False
    _section(console, "Derivation", _derivation(claim, entry.finding))
    _section(console, "Measurement", _measurement(claim, entry.finding))
    twin = claim.examine(twin=True)
    _section(console, "False twin", _twin(claim, twin))
    _section(console, "Source", _source(claim))
    return entry.accepted and not twin.accepted


def _section(console: Console, title: str, lines: Iterable[str]) -> None:
    shown = list(lines)
    if not shown:
        return
    console.print(Text(title, style="bold"))
    for line in shown:
        console.print(Padding(Text(line), (0, 0, 0, 2)))


def _statement(claim: AbstractClaim) -> list[str]:
    if isinstance(claim, Erratum):
        see = [f"See {claim.see}."] if claim.see else []
        return [f"Printed: {claim.says}", f"Corrected: {claim.corrected_says}", *see]
    formula: Any = getattr(claim, "value", getattr(claim, "bound", None))
    symbols: set[Any] = getattr(formula, "free_symbols", set())
    meanings = [f"{symbol}: {GLOSSARY[symbol]}" for symbol in sorted(symbols, key=str)]
    return [claim.says, *([f"Formula: {formula}"] if symbols else []), *meanings]


def _derivation(claim: AbstractClaim, finding: Finding) -> list[str]:
    derive = getattr(claim, "derive", getattr(claim, "cost", None))
    said = [" ".join((derive.__doc__ or "").split())] if derive is not None else []
    steps = [f"{k}. {s.name}: {s}" for k, s in enumerate(finding.steps, start=1)]
    verdict = [] if finding.symbolic is None else [f"Derivation {finding.symbolic.value}."]
    return [*said, *steps, *finding.witness.splitlines(), *verdict]


def _measurement(claim: AbstractClaim, finding: Finding) -> list[str]:
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
    return [claim.twin_says, *shown, f"Falls: {verdicts(claim, twin)}"]


def _source(claim: AbstractClaim) -> list[str]:
    keys = [key for key, _ in papers_of(claim.source) if ARXIV[key]]
    links = [f"[{key}] is arXiv:{ARXIV[key]}" for key in keys]
    return [claim.source, *dict.fromkeys(links)]
