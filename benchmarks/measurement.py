"""Time both sides of a case, judge their answers, and stop asking a peer that has broken."""

from importlib import import_module

from attrs import define, evolve, field

from benchmarks.benchmark import Case
from benchmarks.report import Row
from benchmarks.stopwatch import LACKS, NOT_INSTALLED, Timing, timed

OURS_LIMIT = 120.0
"""Longest time we give ourselves. Unit: seconds."""


@define
class Measurement:
    """A run in progress: remembers which peers broke."""

    _broken: set[str] = field(factory=set)

    def leaves_out(self, case: Case) -> bool:
        """Whether the peer already broke at a smaller size."""
        return case.until_broken and case.what in self._broken

    def row_of(self, case: Case) -> Row:
        """Time and judge one case."""
        ours = judged(timed(case.ours, case.setup, OURS_LIMIT, case.afresh), case)
        row = Row(case, ours, peer_timing(case))
        if row.peer_broke:
            self._broken.add(case.what)
        return row


def peer_timing(case: Case) -> Timing | None:
    """How the peer did; what it needs is imported outside the clock."""
    if case.peer is None:
        return None
    if case.needs:
        try:
            import_module(case.needs)
        except ModuleNotFoundError as missing:
            there = missing.name != case.needs.split(".")[0]
            return Timing(None, trouble=f"{LACKS} {missing.name}" if there else NOT_INSTALLED)
    return judged(timed(case.peer, case.setup, case.limit, case.afresh), case)


def judged(timing: Timing, case: Case) -> Timing:
    """With the error of its answer, if there is one and it can be judged."""
    if case.error is None or timing.seconds is None:
        return timing
    return evolve(timing, error=case.error(timing.answer))
