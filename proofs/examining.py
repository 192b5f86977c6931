"""Claims put to the test, one after another or several at a time."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from estimator.ask.question import Tracker, untracked
from proofs.claim import AbstractClaim, Finding
from proofs.ledger_view import Entry

WORTH_WORKERS = 8
"""Fewer claims than these are examined in this process: a worker has to start first."""

Outcome = tuple[Finding | None, Finding | None, str, float]
"""What was found, of the false twin as well, why nothing was, and the seconds it took."""


def examined(
    chosen: Mapping[str, AbstractClaim],
    track: Tracker = untracked,
    workers: int = 1,
    twins: bool = False,
) -> list[Entry]:
    """Examine claims; one that raises is an entry with a problem.

    The entries are in the order of the claims, and the same whatever the number of workers, but for
    the seconds.

    Args:
        chosen: the claims, by name.
        track: hands on the claims one by one, and shows how far that is.
        workers: processes at a time.
        twins: whether their false twins are examined too.
    """
    steps = list(chosen.items())
    if workers > 1 and len(chosen) >= WORTH_WORKERS and _can_fork():
        with _copies(chosen, workers) as pool:
            outcomes = pool.imap(_outcome_at, ((place, twins) for place in range(len(chosen))))
            return [_entry(step, next(outcomes)) for step in track(steps, "checking")]
    return [_entry(step, _outcome(step[1], twins)) for step in track(steps, "checking")]


def _entry(step: tuple[str, AbstractClaim], outcome: Outcome) -> Entry:
    (name, claim), (finding, twin, problem, seconds) = step, outcome
    return Entry(name, claim, finding, problem, seconds, twin)


def available_workers() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _outcome(claim: AbstractClaim, twins: bool) -> Outcome:
    start = time.perf_counter()
    finding, twin, problem = None, None, ""
    try:
        finding = claim.examine()
        twin = claim.examine(twin=True) if twins else None
    except Exception as error:  # a claim must not take the others down
        finding, problem = None, f"{type(error).__name__}: {' '.join(str(error).split())}"
    return finding, twin, problem, time.perf_counter() - start


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


_shared: list[AbstractClaim] = []
"""The claims, for workers, which are copies of this process: claims hold functions, which cannot be
sent."""


def _outcome_at(step: tuple[int, bool]) -> Outcome:
    place, twins = step
    return _outcome(_shared[place], twins)


@contextmanager
def _copies(chosen: Mapping[str, AbstractClaim], workers: int) -> Iterator[Any]:
    """Copies of this process, made before anything shows progress in a thread of its own."""
    _shared[:] = chosen.values()
    context: Any = multiprocessing.get_context("fork")
    ignore_interrupts = (signal.SIGINT, signal.SIG_IGN)  # whoever waits for them has them stopped
    try:
        with context.Pool(min(workers, len(chosen)), signal.signal, ignore_interrupts) as pool:
            yield pool
    finally:
        _shared.clear()
