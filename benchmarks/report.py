"""The rows of a run: as a table, as JSON, and where the ratio passes one."""

import json
import math
import os
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from attrs import frozen
from rich.table import Table

from benchmarks.benchmark import Case
from benchmarks.contest import Contest, Score, contest_json
from benchmarks.stopwatch import KILLED, LACKS, NOT_INSTALLED, OVER_MEMORY, Timing, over_time

PACKAGES = ("qualtran", "cirq-core", "quimb", "sympy", "numpy", "bartiq")
"""Distributions whose versions a result depends on."""

OPTIONAL = ("pennylane", "pyqsp", "nlft-qsp", "qsppack")
"""Peers that need not be there."""


@frozen
class Row:
    """A case and how long it took both of us."""

    case: Case
    ours: Timing
    peer: Timing | None

    @property
    def we_broke(self) -> str:
        """Why our answer does not count; empty if it does."""
        return self._trouble(self.ours)

    @property
    def peer_broke(self) -> str:
        """Why the peer's answer does not count; empty if it does or there is no peer."""
        return "" if self.peer is None else self._trouble(self.peer)

    def _trouble(self, timing: Timing) -> str:
        if timing.error is None or timing.error <= self.case.tolerance:
            return timing.trouble
        return f"wrong by {timing.error:.1g}"

    @property
    def our_fault(self) -> bool:
        """Whether the peer raised or was wrong where only a mistake of ours can make it so."""
        excused = self.case.until_broken or self.case.may_fail
        if not self.peer_broke or excused or self.peer is None:
            return False
        beyond = self.peer.trouble in (over_time(self.case.limit), OVER_MEMORY, KILLED)
        absent = self.peer.trouble == NOT_INSTALLED or self.peer.trouble.startswith(LACKS)
        return not (beyond or absent)

    @property
    def ratio(self) -> float | None:
        """Peer over ours: above one we are faster. `None` if one of the two has no answer."""
        if self.peer is None or self.peer.seconds is None or self.ours.seconds is None:
            return None
        if self.peer_broke or self.we_broke:
            return None
        return self.peer.seconds / self.ours.seconds

    @property
    def at_least(self) -> float | None:
        """What the ratio is at least, where the peer ran out of time."""
        if self.peer is None or self.peer.trouble != over_time(self.case.limit):
            return None
        if self.ours.seconds is None or self.we_broke:
            return None
        return self.case.limit / self.ours.seconds

    @property
    def agrees(self) -> bool | None:
        """Whether the answers are the same; `None` if that was not or could not be compared."""
        if self.ratio is None or self.case.same is None or self.peer is None:
            return None
        return self.case.same(self.ours.answer, self.peer.answer)

    @property
    def note(self) -> str:
        said = {True: "same answer", False: "ANSWERS DIFFER", None: ""}[self.agrees]
        return "; ".join(part for part in (self.case.note, said) if part)

    @property
    def shown_ratio(self) -> str:
        if self.ratio is not None:
            return f"{self.ratio:.3g}"
        return "" if self.at_least is None else f"> {self.at_least:.3g}"

    @property
    def shown_errors(self) -> str:
        both = (self.ours.error, None if self.peer is None else self.peer.error)
        return " / ".join(f"{each:.0e}" for each in both if each is not None)


def table_of(rows: Iterable[Row]) -> Table:
    """One line per row; what and note only where they change, errors only if there are any."""
    rows = list(rows)
    table = Table(title="Speed: ratio is peer over ours")
    with_errors = any(row.case.error is not None for row in rows)
    errors = ("errors",) if with_errors else ()
    for heading in ("what", "size", "ours", "peer", "ratio", *errors, "note"):
        text = heading in ("what", "size", "note")
        whole = heading not in ("what", "note")
        table.add_column(heading, justify="left" if text else "right", no_wrap=whole)
    before = ("", "")
    for row in rows:
        now = (row.case.what, row.note)
        what = "" if now[0] == before[0] else now[0]
        note = "" if now == before else now[1]
        if what and before[0]:
            table.add_section()
        peer = "" if row.peer is None else _shown(row.peer, row.peer_broke)
        cells = (row.shown_ratio, *((row.shown_errors,) if with_errors else ()), note)
        table.add_row(what, row.case.size, _shown(row.ours, row.we_broke), peer, *cells)
        before = now
    return table


def _shown(timing: Timing, broke: str) -> str:
    """A time, or the kind of trouble in its place or behind it."""
    kind = broke.split(":")[0]
    return f"{timing}, {kind}" if broke and timing.seconds is not None else kind or str(timing)


def crossings(rows: Iterable[Row]) -> list[str]:
    """For everything done in growing sizes, the size from which on we are faster."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if row.case.grows and (row.ratio is not None or row.at_least is not None):
            grouped.setdefault(row.case.what, []).append(row)
    return [f"{what}: {_crossing(same)}" for what, same in grouped.items() if len(same) > 1]


def breaks(rows: Iterable[Row]) -> list[str]:
    """For every peer that was asked until it broke, where and how."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if row.case.until_broken and row.peer_broke != NOT_INSTALLED:
            grouped.setdefault(row.case.what, []).append(row)
    return [f"{what}: {_breaking(same)}" for what, same in grouped.items()]


def faults(rows: Iterable[Row]) -> list[str]:
    """For every peer that failed by a mistake of ours, where and how."""
    return [
        f"{row.case.what}, {row.case.size}: a mistake of ours makes the peer fail "
        f"({row.peer_broke})"
        for row in rows
        if row.our_fault
    ]


def _breaking(rows: list[Row]) -> str:
    last = rows[-1]
    if last.peer_broke:
        return f"the peer breaks from {last.case.size} ({last.peer_broke})"
    return f"the peer holds to {last.case.size}, the largest asked"


def _crossing(rows: list[Row]) -> str:
    faster = [(row.ratio or row.at_least or 0.0) >= 1 for row in rows]
    if all(faster):
        return f"faster at every size from {rows[0].case.size}"
    if not faster[-1]:
        last = max((k for k, yes in enumerate(faster) if yes), default=-1)
        return f"slower from {rows[last + 1].case.size} on"
    first = len(faster) - faster[::-1].index(False)
    return f"faster from {rows[first].case.size} on"


def json_of(rows: Iterable[Row], held: Iterable[tuple[Contest, list[Score]]] = ()) -> bytes:
    """The rows, the contests and what they were measured on."""
    results = [
        {
            "what": row.case.what,
            "size": row.case.size,
            "ours_seconds": row.ours.seconds,
            "ours_first_seconds": row.ours.first,
            "ours_trouble": row.ours.trouble,
            "peer_seconds": row.peer and row.peer.seconds,
            "peer_trouble": row.peer and row.peer.trouble,
            "ours_error": _number(row.ours.error),
            "peer_error": row.peer and _number(row.peer.error),
            "ratio": row.ratio,
            "ratio_at_least": row.at_least,
            "agrees": row.agrees,
            "note": row.case.note,
            "headline": row.case.headline,
            "our_fault": row.our_fault,
        }
        for row in rows
    ]
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    versions = {name: version(name) for name in PACKAGES}
    versions |= {name: _version(name) for name in OPTIONAL}
    contests = [line for contest, scores in held for line in contest_json(contest, scores)]
    everything = {**machine, "versions": versions, "results": results, "contests": contests}
    return json.dumps(everything, indent=2).encode()


def _number(error: float | None) -> float | None:
    """JSON has no infinity and no NaN."""
    return error if error is not None and math.isfinite(error) else None


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return NOT_INSTALLED
