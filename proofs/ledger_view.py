"""What the ledger says: a line of verdict for each claim, and the same as data."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from estimator.report.model import Report
from estimator.report.parts import Column, Kind, NoteLine, Notes, Part, Span, Table, Tone
from proofs.certificate_claim import CertificateClaim
from proofs.claim import AbstractClaim, Finding
from proofs.coverage_claim import CoverageClaim
from proofs.erratum import Erratum
from proofs.growth_claim import GrowthClaim
from proofs.inequality import InequalityClaim
from proofs.open_question import OpenQuestion
from proofs.operator_claim import OperatorClaim
from proofs.papers import papers_of
from proofs.record_claim import RecordClaim

INDENT = 9
"""Where the text below a verdict begins. Unit: characters."""

COLUMNS = (
    "claim", "kind", "says", "formula", "assumptions", "source", "papers", "accepted", "problem",
    "seconds", "reading", "corrected", "see", "reason", "symbolic", "numeric", "worst_gap",
    "worst_ratio", "remarks", "derivation", "runs",
)  # fmt: skip
"""Of the table of claims."""


@frozen
class Entry:
    """One line of the ledger.

    Args:
        name: of the claim's module, without the package.
        claim: what was examined.
        finding: what came out, or `None` if it could not be examined.
        problem: why it could not.
        seconds: how long it took. Unit: seconds.
        twin: what came out of examining its false twin, if that was asked for.
    """

    name: str
    claim: AbstractClaim
    finding: Finding | None
    problem: str
    seconds: float
    twin: Finding | None = None

    @property
    def accepted(self) -> bool:
        """Whether it was examined and every route says that it holds."""
        return self.finding is not None and self.finding.accepted


def ledger_report(entries: Sequence[Entry]) -> Report:
    """Every entry: what is claimed, the verdicts, the source; then how many hold."""
    printed = [entry for entry in entries if not is_reading(entry)]
    read = [entry for entry in entries if is_reading(entry)]
    shown: list[Part] = [Notes(key="shown claims", lines=_lines(printed), place="shown")]
    if read:
        shown.append(
            Notes(
                key="shown readings",
                lines=_lines(read),
                heading=READINGS,
                is_section=bool(printed),
                place="shown",
            )
        )
    units = {"seconds": "seconds"}
    kinds = dict.fromkeys(("seconds", "numeric", "worst_gap", "worst_ratio", "runs"), Kind.MEASURED)
    columns = [
        Column(key=key, unit=units.get(key, ""), kind=kinds.get(key, Kind.EXACT)) for key in COLUMNS
    ]
    return Report(
        title=f"check of {len(entries)} claims" if len(entries) > 1 else "check of 1 claim",
        head="none",
        parts=[
            *shown,
            Table(key="claims", columns=columns, rows=list(map(row, entries)), place="data"),
            Notes(key="summary", lines=[summary(entries)]),
        ],
        passed=all(entry.accepted for entry in entries),
    )


def summary(entries: Sequence[Entry]) -> NoteLine:
    """How many claims hold, or which do not."""
    rejected = [entry.name for entry in entries if not entry.accepted]
    if rejected:
        return NoteLine((Span(f"not accepted: {', '.join(rejected)}", Tone.BAD),))
    readings = sum(map(is_reading, entries))
    errata = sum(isinstance(entry.claim, Erratum) for entry in entries) - readings
    asked = sum(isinstance(entry.claim, OpenQuestion) for entry in entries)
    claims = len(entries) - errata - readings - asked
    holding = f"all {claims} claims hold" if claims > 1 else "the claim holds" if claims else ""
    failing = f"{errata} printed statements fail, corrected they do not" if errata else ""
    if errata == 1:
        failing = "1 printed statement fails, corrected it does not"
    ours = f"{readings} printed {'statements' if readings > 1 else 'statement'} as we read "
    ours = f"{ours}{'them' if readings > 1 else 'it'} {'fail' if readings > 1 else 'fails'}"
    undecided = f"{asked} {'statements stay' if asked > 1 else 'statement stays'} undecided"
    parts = (holding, failing, ours if readings else "", undecided if asked else "")
    return NoteLine((Span("; ".join(filter(None, parts)), Tone.GOOD),))


READINGS = "as we read them, which is not what is printed word for word"
"""Printed above errata that refute a reading of ours."""


def is_reading(entry: Entry) -> bool:
    """Whether what fails is our reading of a printed statement, not the statement itself."""
    return isinstance(entry.claim, Erratum) and bool(entry.claim.reading)


def _lines(entries: Sequence[Entry]) -> list[str | NoteLine]:
    lines: list[str | NoteLine] = []
    for entry in entries:
        lines.append(head_of(entry))
        lines += [NoteLine((Span(line),), INDENT) for line in lines_of(entry)]
    return lines


def claims_report(chosen: Mapping[str, AbstractClaim]) -> Report:
    """Names and statements of claims, none of them examined."""
    return Report(
        title=f"{len(chosen)} claims",
        parts=[
            Table(
                key="claims",
                columns=[
                    Column(key="claim", wraps=False),
                    Column(key="kind", wraps=False),
                    Column(key="says", least=24),
                    Column(key="source", least=12),
                ],
                rows=[
                    {
                        "claim": name,
                        "kind": type(claim).__name__,
                        "says": claim.says,
                        "source": claim.source,
                    }
                    for name, claim in chosen.items()
                ],
            )
        ],
    )


def row(entry: Entry) -> dict[str, Any]:
    """One entry as data."""
    claim, finding = entry.claim, entry.finding
    about: dict[str, Any] = {
        "claim": entry.name,
        "kind": type(claim).__name__,
        "says": claim.says,
        "formula": formula_of(claim),
        "assumptions": claim.assumptions,
        "source": claim.source,
        "papers": [{"key": key, "place": place} for key, place in papers_of(claim.source)],
        "accepted": entry.accepted,
        "problem": entry.problem or None,
        "seconds": round(entry.seconds, 3),
    }
    if isinstance(claim, Erratum):
        about |= {"corrected": claim.corrected_says, "see": claim.see}
        about |= {"reading": claim.reading or None}
    if isinstance(claim, OpenQuestion):
        about |= {"reason": claim.reason}
    if finding is None:
        return about
    return about | {
        "symbolic": None if finding.symbolic is None else finding.symbolic.value,
        "numeric": finding.numeric.value,
        "worst_gap": finding.worst_gap,
        "worst_ratio": finding.worst_ratio,
        "remarks": finding.remarks,
        "derivation": derivation_lines(claim, finding),
        "runs": [
            {"qubits": run.qubits, "gates": run.gates, "fidelity": run.fidelity}
            for run in finding.measurements
        ],
    }


def formula_of(claim: AbstractClaim) -> str | None:
    """What a claim says as a formula with symbols, if it has one."""
    formula: Any = getattr(claim, "value", getattr(claim, "bound", None))
    return str(formula) if getattr(formula, "free_symbols", None) else None


def mark_of(entry: Entry) -> tuple[str, Tone]:
    """The verdict in one word, and how it strikes the reader."""
    if entry.finding is None:
        return "ERROR", Tone.BAD
    if not entry.accepted:
        return "REJECTED", Tone.BAD
    if isinstance(entry.claim, OpenQuestion):
        return "UNDECIDED", Tone.WARNING
    return ("FAILS", Tone.WARNING) if isinstance(entry.claim, Erratum) else ("holds", Tone.GOOD)


def head_of(entry: Entry) -> NoteLine:
    """The verdict and the name of a claim."""
    mark, tone = mark_of(entry)
    return NoteLine((Span(f"{mark:{INDENT - 1}} ", tone), Span(entry.name, Tone.STRONG)))


def lines_of(entry: Entry) -> list[str]:
    """What stands below the name of a claim."""
    claim, finding = entry.claim, entry.finding
    lines = [claim.says]
    if isinstance(claim, Erratum):
        see = f" (see {claim.see})" if claim.see else ""
        read = [f"read by us: {claim.reading}"] if claim.reading else []
        lines = [f"printed: {claim.says}", *read, f"corrected: {claim.corrected_says}{see}"]
    if isinstance(claim, OpenQuestion):
        lines.append(f"undecided: {claim.reason}")
    lines.append(entry.problem if finding is None else verdicts(claim, finding))
    return [*lines, claim.source]


def verdicts(claim: AbstractClaim, finding: Finding) -> str:
    """Both routes, what they were tried on, and how close it was."""
    derived = "" if finding.symbolic is None else f"derivation {finding.symbolic.value}; "
    return f"{derived}{evidence(claim, finding)}"


def evidence(claim: AbstractClaim, finding: Finding) -> str:
    """What was measured, and what came out."""
    if isinstance(claim, Erratum | OpenQuestion):
        return f"{'; '.join(finding.remarks)}; {extent(finding)}"
    if isinstance(claim, CertificateClaim):
        number = len(finding.measurements)
        said = f"checker {finding.numeric.value} on {number} certificate{'s' * (number > 1)}"
        return f"{said}: {'; '.join(finding.remarks)}"
    if isinstance(claim, RecordClaim):
        return f"verdicts {'as stated' if finding.accepted else 'otherwise'}: " + "; ".join(
            finding.remarks
        )
    remarks = "".join(f"; {remark}" for remark in finding.remarks)
    if isinstance(claim, CoverageClaim):
        number = len(finding.measurements)
        return f"exact binomial test {finding.numeric.value} on {number} bounds{remarks}"
    if isinstance(claim, GrowthClaim):
        sizes = f"{len(finding.measurements)} sizes"
        return f"measurement {finding.numeric.value} on {sizes}{remarks}"
    if finding.worst_ratio is not None:
        number = len(finding.measurements)
        return (
            f"measurement {finding.numeric.value} on {number} points, worst ratio to the "
            f"bound {finding.worst_ratio:.4f}{remarks}"
        )
    gap = f"worst gap {finding.worst_gap:.1e}"
    return f"measurement {finding.numeric.value} on {extent(finding)}, {gap}{remarks}"


def extent(finding: Finding) -> str:
    """How many instances, how they were run, and how large they are."""
    runs = finding.measurements
    fidelities = " and ".join(sorted({run.fidelity for run in runs}))
    number = f"{len(runs)} instance{'s' if len(runs) > 1 else ''} {fidelities}"
    if not any(run.gates for run in runs):
        return number
    widest = max(runs, key=lambda run: (run.qubits, run.gates))
    return f"{number}, up to {widest.qubits} qubits and {widest.gates} gates"


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


def derivation_lines(claim: AbstractClaim, finding: Finding) -> list[str]:
    """Every step of a derivation and its verdict, or why there is none, a sentence a line."""
    if type(claim) in UNDERIVED:
        return [UNDERIVED[type(claim)]]
    derive = getattr(claim, "derive", getattr(claim, "cost", None))
    said = []
    if derive is not None:
        said = [shown_by(claim, finding), " ".join((derive.__doc__ or "").split())]
    steps = [f"{k}. {s.name}: {s}" for k, s in enumerate(finding.steps, start=1)]
    verdict = [] if finding.symbolic is None else [f"Derivation {finding.symbolic.value}."]
    return [*said, *steps, *finding.witness.splitlines(), *verdict]
