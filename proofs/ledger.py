"""The ledger: every claim of the project, examined."""

import time
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import proofs
from estimator.ask.question import Asked, Tracker, untracked
from estimator.discover import instances_of
from estimator.report.model import Report
from proofs.claim import AbstractClaim
from proofs.ledger_view import Entry, claims_report, ledger_report
from proofs.papers import is_from


def claims(names: Sequence[str] = (), paper: str | None = None) -> dict[str, AbstractClaim]:
    """Every claim whose module name contains one of `names`; all if there are none.

    Args:
        names: parts of names.
        paper: key or arXiv number of a paper; only claims that cite it or are about it.

    Raises:
        ValueError: if one of `names` or the paper matches nothing.
    """
    found: dict[str, AbstractClaim] = instances_of(AbstractClaim, proofs)  # type: ignore[type-abstract]
    named = {key.split(":")[0].removeprefix("proofs."): claim for key, claim in found.items()}
    if unmatched := [part for part in names if not any(part in name for name in named)]:
        lasts = [name.split(".")[-1] for name in named]
        near = get_close_matches(unmatched[0], lasts, n=5, cutoff=0.5) or lasts[:5]
        raise ValueError(
            f"no claim matches {', '.join(unmatched)}; there is {', '.join(near)} and others, "
            f"{len(named)} in all (`quledger check --list`)"
        )
    chosen = {
        name: claim
        for name, claim in sorted(named.items())
        if (not names or any(part in name for part in names))
        and (paper is None or is_from(claim.source, paper, name))
    }
    if not chosen:
        raise ValueError(f"no claim matches {', '.join(names)} and cites {paper}")
    return chosen


def examined(chosen: Mapping[str, AbstractClaim], track: Tracker = untracked) -> list[Entry]:
    """Examine claims; one that raises is an entry with a problem.

    Args:
        chosen: the claims, by name.
        track: hands on the claims one by one, and shows how far that is.
    """
    entries = []
    for name, claim in track(list(chosen.items()), "checking"):
        start = time.perf_counter()
        finding, problem = None, ""
        try:
            finding = claim.examine()
        except Exception as error:  # a claim must not take the others down
            problem = f"{type(error).__name__}: {' '.join(str(error).split())}"
        entries.append(Entry(name, claim, finding, problem, time.perf_counter() - start))
    return entries


def check(asked: Asked) -> Report:
    """The claims that are asked for, examined.

    Raises:
        ValueError: if a name or the paper matches nothing.
    """
    chosen = claims(asked.get("names", ()), asked.get("paper"))
    if asked.get("list"):
        return claims_report(chosen)
    return ledger_report(examined(chosen, asked.track))
