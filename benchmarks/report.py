"""The rows of a run: as a table, as JSON, and where the ratio passes one."""

import json
import os
import platform
from collections.abc import Iterable
from importlib.metadata import version

from attrs import frozen
from rich.table import Table

from benchmarks.benchmark import Case
from benchmarks.stopwatch import Timing, over_time

PACKAGES = ("qualtran", "cirq-core", "quimb", "sympy", "numpy")
"""Distributions whose versions a result depends on."""


@frozen
class Row:
    """A case and how long it took both of us."""

    case: Case
    ours: Timing
    peer: Timing | None

    @property
    def ratio(self) -> float | None:
        """Peer over ours: above one we are faster. `None` if one of the two did not finish."""
        if self.peer is None or self.peer.seconds is None or self.ours.seconds is None:
            return None
        return self.peer.seconds / self.ours.seconds

    @property
    def at_least(self) -> float | None:
        """What the ratio is at least, where the peer ran out of time."""
        if self.peer is None or self.peer.trouble != over_time(self.case.limit):
            return None
        if self.ours.seconds is None:
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


def table_of(rows: Iterable[Row]) -> Table:
    """One line per row; what and note only where they change."""
    table = Table(title="Speed: ratio is peer over ours")
    for heading in ("what", "size", "ours", "peer", "ratio", "note"):
        numeric = heading in ("ours", "peer", "ratio")
        table.add_column(heading, justify="right" if numeric else "left", no_wrap=numeric)
    before = ("", "")
    for row in rows:
        now = (row.case.what, row.note)
        what = "" if now[0] == before[0] else now[0]
        note = "" if now == before else now[1]
        if what and before[0]:
            table.add_section()
        peer = "" if row.peer is None else str(row.peer)
        table.add_row(what, row.case.size, str(row.ours), peer, row.shown_ratio, note)
        before = now
    return table


def crossings(rows: Iterable[Row]) -> list[str]:
    """For everything done in growing sizes, the size from which on we are faster."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if row.case.grows and (row.ratio is not None or row.at_least is not None):
            grouped.setdefault(row.case.what, []).append(row)
    return [f"{what}: {_crossing(same)}" for what, same in grouped.items() if len(same) > 1]


def _crossing(rows: list[Row]) -> str:
    faster = [(row.ratio or row.at_least or 0.0) >= 1 for row in rows]
    if all(faster):
        return f"faster at every size from {rows[0].case.size}"
    if not faster[-1]:
        last = max((k for k, yes in enumerate(faster) if yes), default=-1)
        return f"slower from {rows[last + 1].case.size} on"
    first = len(faster) - faster[::-1].index(False)
    return f"faster from {rows[first].case.size} on"


def json_of(rows: Iterable[Row]) -> bytes:
    """The rows and what they were measured on."""
    results = [
        {
            "what": row.case.what,
            "size": row.case.size,
            "ours_seconds": row.ours.seconds,
            "ours_first_seconds": row.ours.first,
            "ours_trouble": row.ours.trouble,
            "peer_seconds": row.peer and row.peer.seconds,
            "peer_trouble": row.peer and row.peer.trouble,
            "ratio": row.ratio,
            "ratio_at_least": row.at_least,
            "agrees": row.agrees,
            "note": row.case.note,
        }
        for row in rows
    ]
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    versions = {name: version(name) for name in PACKAGES}
    return json.dumps({**machine, "versions": versions, "results": results}, indent=2).encode()
