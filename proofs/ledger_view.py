"""The ledger on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from proofs.claim import AbstractClaim, Finding
from proofs.erratum import Erratum
from proofs.growth_claim import GrowthClaim


class Entry(Protocol):
    """What is shown of one line of the ledger."""

    @property
    def name(self) -> str: ...
    @property
    def claim(self) -> AbstractClaim: ...
    @property
    def finding(self) -> Finding | None: ...
    @property
    def problem(self) -> str: ...
    @property
    def accepted(self) -> bool: ...


def show(entries: Sequence[Entry]) -> None:
    """Print every entry: what is claimed, the verdicts, the source; then how many hold."""
    console = Console(highlight=False)
    for entry in entries:
        mark, style = mark_of(entry)
        console.print(Text.assemble((f"{mark:9}", style), (entry.name, "bold")))
        for line in lines_of(entry):
            console.print(Padding(Text(line), (0, 0, 0, 9)))
    rejected = [entry.name for entry in entries if not entry.accepted]
    if rejected:
        console.print(Text(f"not accepted: {', '.join(rejected)}", style="bold red"))
        return
    errata = sum(isinstance(entry.claim, Erratum) for entry in entries)
    claims = len(entries) - errata
    holding = f"all {claims} claims hold" if claims > 1 else "the claim holds" if claims else ""
    failing = f"{errata} printed statements fail, corrected they do not" if errata else ""
    if errata == 1:
        failing = "1 printed statement fails, corrected it does not"
    console.print(Text("; ".join(filter(None, (holding, failing))), style="green"))


def mark_of(entry: Entry) -> tuple[str, str]:
    """The verdict in one word, and its colour."""
    if entry.finding is None:
        return "ERROR", "bold red"
    if not entry.accepted:
        return "REJECTED", "bold red"
    return ("FAILS", "yellow") if isinstance(entry.claim, Erratum) else ("holds", "green")


def lines_of(entry: Entry) -> list[str]:
    """What stands below the name of a claim."""
    claim, finding = entry.claim, entry.finding
    lines = [claim.says]
    if isinstance(claim, Erratum):
        see = f" (see {claim.see})" if claim.see else ""
        lines = [f"printed: {claim.says}", f"corrected: {claim.corrected_says}{see}"]
    lines.append(entry.problem if finding is None else verdicts(claim, finding))
    return [*lines, claim.source]


def verdicts(claim: AbstractClaim, finding: Finding) -> str:
    """Both routes, what they were tried on, and how close it was."""
    derived = "" if finding.symbolic is None else f"derivation {finding.symbolic.value}; "
    return f"{derived}{evidence(claim, finding)}"


def evidence(claim: AbstractClaim, finding: Finding) -> str:
    """What was measured, and what came out."""
    if isinstance(claim, Erratum):
        return f"{'; '.join(finding.remarks)}; {extent(finding)}"
    remarks = "".join(f"; {remark}" for remark in finding.remarks)
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
