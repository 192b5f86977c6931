"""The ledger: every claim of the project, examined, and an exit status."""

import json
import math
import time
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen
from rich.console import Console
from rich.progress import Progress

import proofs
from estimator.discover import instances_of
from proofs.claim import AbstractClaim, Finding
from proofs.erratum import Erratum
from proofs.ledger_view import show
from proofs.papers import is_from, papers_of


@frozen
class Entry:
    """One line of the ledger.

    Args:
        name: of the claim's module, without the package.
        claim: what was examined.
        finding: what came out, or `None` if it could not be examined.
        problem: why it could not.
        seconds: how long it took. Unit: seconds.
    """

    name: str
    claim: AbstractClaim
    finding: Finding | None
    problem: str
    seconds: float

    @property
    def accepted(self) -> bool:
        return self.finding is not None and self.finding.accepted


def claims(names: Sequence[str] = (), paper: str | None = None) -> dict[str, AbstractClaim]:
    """Every claim whose module name contains one of `names`; all if there are none.

    Args:
        names: parts of names.
        paper: key or arXiv number of a paper; only claims that cite it.

    Raises:
        ValueError: if one of `names` or the paper matches nothing.
    """
    found: dict[str, AbstractClaim] = instances_of(AbstractClaim, proofs)  # type: ignore[type-abstract]
    named = {key.split(":")[0].removeprefix("proofs."): claim for key, claim in found.items()}
    if unmatched := [part for part in names if not any(part in name for name in named)]:
        raise ValueError(f"no claim matches {', '.join(unmatched)}; there is {', '.join(named)}")
    chosen = {
        name: claim
        for name, claim in sorted(named.items())
        if (not names or any(part in name for part in names))
        and (paper is None or is_from(claim.source, paper))
    }
    if not chosen:
        raise ValueError(f"no claim matches {', '.join(names)} and cites {paper}")
    return chosen


def examined(chosen: Mapping[str, AbstractClaim]) -> list[Entry]:
    """Examine claims, with a bar on a terminal; a claim that raises is an entry with a problem."""
    entries = []
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("checking", total=len(chosen))
        for name, claim in chosen.items():
            progress.update(task, description=name)
            start = time.perf_counter()
            finding, problem = None, ""
            try:
                finding = claim.examine()
            except Exception as error:  # a claim must not take the others down
                problem = f"{type(error).__name__}: {' '.join(str(error).split())}"
            entries.append(Entry(name, claim, finding, problem, time.perf_counter() - start))
            progress.advance(task)
    return entries


def run(names: Sequence[str], as_json: bool, paper: str | None = None) -> int:
    """Examine claims and print them.

    Returns:
        The number of claims that are not accepted.

    Raises:
        ValueError: if one of `names` or the paper matches nothing.
    """
    entries = examined(claims(names, paper))
    if as_json:
        print(json.dumps([row(entry) for entry in entries], indent=2))
    else:
        show(entries)
    return sum(not entry.accepted for entry in entries)


def row(entry: Entry) -> dict[str, Any]:
    """One entry as JSON."""
    claim, finding = entry.claim, entry.finding
    about = {
        "claim": entry.name,
        "kind": type(claim).__name__,
        "says": claim.says,
        "assumptions": list(claim.assumptions),
        "source": claim.source,
        "papers": [{"key": key, "place": place} for key, place in papers_of(claim.source)],
        "accepted": entry.accepted,
        "problem": entry.problem or None,
        "seconds": round(entry.seconds, 3),
    }
    if isinstance(claim, Erratum):
        about |= {"corrected": claim.corrected_says, "see": claim.see}
    if finding is None:
        return about
    ratio = finding.worst_ratio
    return about | {
        "symbolic": None if finding.symbolic is None else finding.symbolic.value,
        "numeric": finding.numeric.value,
        "worst_gap": finding.worst_gap if math.isfinite(finding.worst_gap) else None,
        "worst_ratio": ratio if ratio is None or math.isfinite(ratio) else None,
        "remarks": list(finding.remarks),
        "runs": [
            {"qubits": run.qubits, "gates": run.gates, "fidelity": run.fidelity}
            for run in finding.measurements
        ],
    }
