"""The ledger: every claim of the project, examined."""

from collections.abc import Sequence
from difflib import get_close_matches

import proofs
from estimator.ask.question import Asked
from estimator.discover import instances_of
from estimator.report.model import Report
from proofs.claim import AbstractClaim
from proofs.examining import available_workers, examined
from proofs.ledger_view import claims_report, ledger_report
from proofs.papers import is_from, keys_of, rests_on


def claims(
    names: Sequence[str] = (), paper: str | None = None, about: Sequence[str] = ()
) -> dict[str, AbstractClaim]:
    """Every claim whose module name contains one of `names`; all if there are none.

    Args:
        names: parts of names.
        paper: key or arXiv number of a paper; only claims that cite it or are about it.
        about: source of an answer and modules of its bloqs; only claims that it rests on.

    Raises:
        ValueError: if one of `names` or the paper matches nothing.
    """
    if paper is not None:
        keys_of(paper)  # refused before any claim is loaded
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
        and (not about or rests_on(name, claim.source, about))
    }
    if not chosen and about:
        raise ValueError(f"no claim is about {', '.join(about)}")
    if not chosen:
        raise ValueError(f"no claim matches {', '.join(names)} and cites {paper}")
    return chosen


def check(asked: Asked) -> Report:
    """The claims that are asked for, examined.

    Raises:
        ValueError: if a name or the paper matches nothing.
    """
    chosen = claims(asked.get("names", ()), asked.get("paper"), asked.get("about", ()))
    if asked.get("list"):
        return claims_report(chosen)
    workers = asked.get("workers") or available_workers()
    return ledger_report(examined(chosen, asked.track, workers))
