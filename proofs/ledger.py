"""The ledger: every claim of the project, examined, printed, and an exit status."""

import json
import math
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.progress import Progress
from rich.text import Text

import proofs
from estimator.discover import instances_of
from proofs.examine import examine
from proofs.theorem import Claim, Finding, OperatorClaim, Theorem


def claims(names: Sequence[str] = ()) -> dict[str, Claim]:
    """Every claim whose module name contains one of `names`; all if there are none.

    Raises:
        ValueError: if one of `names` matches nothing.
    """
    found: dict[str, Claim] = {
        **instances_of(Theorem, proofs),
        **instances_of(OperatorClaim, proofs),
    }
    named = {key.split(":")[0].removeprefix("proofs."): claim for key, claim in found.items()}
    chosen = {
        name: claim
        for name, claim in sorted(named.items())
        if not names or any(part in name for part in names)
    }
    if unmatched := [part for part in names if not any(part in name for name in named)]:
        raise ValueError(f"no claim matches {', '.join(unmatched)}; there is {', '.join(named)}")
    return chosen


def run(names: Sequence[str], as_json: bool) -> int:
    """Examine claims and print them.

    Returns:
        The number of claims that are not accepted.

    Raises:
        ValueError: if one of `names` matches nothing.
    """
    chosen = claims(names)
    findings: dict[str, Finding] = {}
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("checking", total=len(chosen))
        for name, claim in chosen.items():
            progress.update(task, description=name)
            findings[name] = examine(claim)
            progress.advance(task)
    if as_json:
        print(json.dumps([_row(n, chosen[n], findings[n]) for n in chosen], indent=2))
    else:
        _show(chosen, findings)
    return sum(not finding.accepted for finding in findings.values())


def _row(name: str, claim: Claim, finding: Finding) -> dict[str, Any]:
    return {
        "claim": name,
        "says": claim.says,
        "source": claim.source,
        "symbolic": None if finding.symbolic is None else finding.symbolic.value,
        "numeric": finding.numeric.value,
        "accepted": finding.accepted,
        "worst_gap": finding.worst_gap if math.isfinite(finding.worst_gap) else None,
        "runs": [
            {"qubits": run.qubits, "gates": run.gates, "fidelity": run.fidelity}
            for run in finding.measurements
        ],
    }


def _show(chosen: dict[str, Claim], findings: dict[str, Finding]) -> None:
    console = Console(highlight=False)
    for name, claim in chosen.items():
        finding = findings[name]
        widest = max(finding.measurements, key=lambda run: (run.qubits, run.gates))
        fidelities = " and ".join(sorted({run.fidelity for run in finding.measurements}))
        mark, style = ("holds", "green") if finding.accepted else ("REJECTED", "bold red")
        derived = "" if finding.symbolic is None else f"derivation {finding.symbolic.value}; "
        console.print(Text.assemble((f"{mark:9}", style), (name, "bold")))
        for line in (
            claim.says,
            f"{derived}measurement {finding.numeric.value} on {len(finding.measurements)} "
            f"instances {fidelities}, up to {widest.qubits} qubits and {widest.gates} gates, "
            f"worst gap {finding.worst_gap:.1e}",
            claim.source,
        ):
            console.print(Padding(Text(line), (0, 0, 0, 9)))
    rejected = [name for name, finding in findings.items() if not finding.accepted]
    if rejected:
        console.print(Text(f"not accepted: {', '.join(rejected)}", style="bold red"))
    else:
        console.print(Text(f"all {len(findings)} claims hold", style="green"))
