"""One claim in full: statement, assumptions, derivation, instances, false twin, source."""

from collections.abc import Iterable
from typing import Any

from estimator.ask.question import Asked, Tracker, untracked
from estimator.report.model import Report
from estimator.report.parts import Notes, Part
from estimator.symbols import glossary_of
from proofs.certificate_claim import CertificateClaim
from proofs.claim import AbstractClaim, Finding
from proofs.coverage_claim import CoverageClaim
from proofs.erratum import Erratum
from proofs.examining import examined
from proofs.growth_claim import GrowthClaim
from proofs.inequality import InequalityClaim
from proofs.ledger import claims
from proofs.ledger_view import extent, head_of, verdicts
from proofs.open_question import OpenQuestion
from proofs.operator_claim import OperatorClaim
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
    parts += _section("derivation", _derivation(claim, entry.finding))
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


def shown_by(claim: AbstractClaim, finding: Finding) -> str:
    """What a derivation shows and how, in one sentence."""
    taken = f"{len(finding.steps)} steps, each of which SymPy checks"
    if len(finding.steps) == 1:
        taken = "one step, which SymPy checks"
    if isinstance(claim, GrowthClaim):
        return (
            f"Shown: {claim.relation}({claim.function}) as {claim.regime}, for the cost or a bound "
            f"on it, in {taken}, and a chain of comparisons that a second program verified."
        )
    if isinstance(claim, InequalityClaim):
        return f"Shown: the formula above is an upper bound, in {taken}."
    return f"Shown: the formula above is the count, in {taken}."


NO_DERIVATION = (
    "There is none: the operator that the circuit encodes is measured, here against a "
    "specification in plain NumPy, and no formula is derived."
)
"""Said of a claim about an operator."""


NO_SEARCH = (
    "There is none: a certificate is found by a search and read by a checker that shares no code "
    "with it; its size is below, in bytes."
)
"""Said of a claim that is shown by certificates."""


NO_ESTIMATE = (
    "There is none: errors are drawn and compared with the bound, and an exact binomial test "
    "decides; below is the share beyond it."
)
"""Said of a claim about a bound that is exceeded rarely."""


NO_THEORY = (
    "There is none: the numbers are recorded, and the verdict on each arm follows by t, Holm's "
    "correction and a margin; below is each difference."
)
"""Said of a claim about recorded runs."""

UNDERIVED = {
    CertificateClaim: NO_SEARCH,
    OperatorClaim: NO_DERIVATION,
    CoverageClaim: NO_ESTIMATE,
    RecordClaim: NO_THEORY,
}
"""Kinds of claims without a derivation, and what is said instead."""


def _derivation(claim: AbstractClaim, finding: Finding) -> list[str]:
    if type(claim) in UNDERIVED:
        return [UNDERIVED[type(claim)]]
    derive = getattr(claim, "derive", getattr(claim, "cost", None))
    said = []
    if derive is not None:
        said = [shown_by(claim, finding), " ".join((derive.__doc__ or "").split())]
    steps = [f"{k}. {s.name}: {s}" for k, s in enumerate(finding.steps, start=1)]
    verdict = [] if finding.symbolic is None else [f"Derivation {finding.symbolic.value}."]
    return [*said, *steps, *finding.witness.splitlines(), *verdict]


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
