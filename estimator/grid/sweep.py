"""Sweep a question of cost over a grid and write a table, a row for each point."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from itertools import product
from math import prod
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
from attrs import frozen

from estimator.ask.numbers import bound_text
from estimator.grid import workers as dask
from estimator.grid.array_formula import NoArrayError
from estimator.grid.asking import Asking
from estimator.grid.columns import ERROR, chosen
from estimator.grid.formula_grid import FormulaGrid
from estimator.grid.fragment import Fragment, of_rows, rows_in
from estimator.grid.halved import halved
from estimator.grid.plan import MOST_ROWS, Parts, Ranges, chunks, points_a_chunk
from estimator.grid.surface import surface
from estimator.grid.table_file import write_table
from estimator.grid.wanted import MOST_SHOWN, Wanted, check_wanted
from estimator.grid.whole_array import Array
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Notes, Part, Table
from estimator.report.plain import plain_value
from estimator.report.text import SHORT, TEXT, Style

PATIENCE = 20.0
"""Work of one process that is left to it: beyond this, workers are started. Unit: seconds."""

MAIN = (
    "toffoli", "t_count", "toffoli_depth", "qubits",
    "gidney_fowler.qubits", "gidney_fowler.seconds",
)  # fmt: skip
"""Columns that a reader is shown unless some are named."""

BARE = Style(
    "bare",
    lambda value: (
        ""
        if value is None
        else SHORT.text(value)
        if isinstance(value, (int, float))
        else str(value)
    ),
)
"""Numbers in short, and words as they are."""

PARAMETER = Style(
    "parameter", lambda value: bound_text(value) if type(value) is int else BARE.text(value)
)
"""A parameter as it may be typed: a large power of two as such."""

OVERHEAD = 2
"""Space that a table takes while it is put together, over the space that it takes in the end."""


TRIED = 60
"""Points that are tried besides, until one has an answer."""


def sweep(target: str, over: Any, fixed: Mapping[str, Any], wanted: Wanted) -> Report:
    """Ask at every point of a grid and write the table.

    Args:
        target: name of a question of cost, or the path of a file.
        over: texts NAME=VALUES, or values by name.
        fixed: parameters that are the same everywhere.
        wanted: what becomes of the answers.

    Raises:
        ValueError: if something is not understood, no point can be asked, an output is in the way
            or does not fit on the disk, or workers cannot be had; in one sentence.
    """
    asking = Asking.of(target, over, fixed)
    reads = [asking.file, *(x for x in fixed.values() if isinstance(x, (str, Path)))]
    check_wanted(wanted, reads)
    if wanted.scheduler is not None:
        dask.check_cluster(wanted.scheduler)
    if wanted.output is not None:
        return _Sweep(asking, wanted, wanted.output).report()
    if (points := prod(asking.shape)) > MOST_SHOWN:
        raise ValueError(
            f"{points:,} points are more than the {MOST_SHOWN:,} that are printed; name a table "
            f"with --output FILE.csv"
        )
    with TemporaryDirectory() as folder:
        return _Sweep(asking, wanted, Path(folder) / "rows.csv").report()


class _Sweep:
    """A sweep under way."""

    def __init__(self, asking: Asking, wanted: Wanted, output: Path) -> None:
        self.asking, self.wanted, self.output = asking, wanted, output
        self.points = prod(asking.shape)
        self.raw: dict[str, Any] = {}
        self.seconds = 0.0
        self._check_disk()
        self.formulas, self.why, names = self._formulas()
        self.names = chosen(names, wanted.columns)
        for name in self.names:
            if left := asking.missing(self.raw.get(name)):
                raise ValueError(
                    f"a sweep needs numbers, and {name} is a formula: give {left}, as a number or "
                    f"by --over, or other --columns"
                )

    def _first(self) -> dict[str, Any]:
        """The row of the first point that has an answer, of some that are tried.

        Raises:
            ValueError: if none has.
        """
        said = ""
        for place in _spread(self.asking.shape):
            began = perf_counter()
            try:
                self.raw = self.asking.cells(place)
            except ValueError as problem:
                said = said or " ".join(str(problem).split())
                continue
            self.seconds = perf_counter() - began
            return {name: plain_value(value) for name, value in self.raw.items()}
        raise ValueError(f"no point that was tried has an answer: {said}")

    def _check_disk(self) -> None:
        """Refuse a table that does not fit."""
        row = self.first = self._first()
        names = self.wanted.columns or list(row)
        length = sum(len(str(row.get(name, ""))) + 1 for name in names)
        length += sum(len(str(axis.values[-1])) + 1 for axis in self.asking.axes)
        folder = self.output.resolve().parent
        free, needed = shutil.disk_usage(folder).free, OVERHEAD * length * self.points
        if needed > free:
            raise ValueError(
                f"{self.points:,} points take about {needed / 1e9:,.3g} GB while they are written, "
                f"and {folder} has {free / 1e9:,.3g} GB; give fewer points or --columns"
            )

    def _formulas(self) -> tuple[FormulaGrid | None, str, list[str]]:
        """Formulas that stand for all points, or why there are none; and the columns."""
        try:
            grid = FormulaGrid(self.asking)
            return grid, "", grid.probed(self.wanted.columns)
        except NoArrayError as problem:
            return None, str(problem), list(self.first)

    def report(self) -> Report:
        """Do what is left, write the table, say so."""
        parts = Parts(self.output, self._question())
        if self.output.exists() and self.wanted.resume and not parts.is_there():
            raise ValueError(
                f"{self.output} is complete, nothing is left to go on with; give "
                f"--overwrite to work it out anew"
            )
        most = MOST_ROWS if self.formulas else points_a_chunk(self.points)
        cut = list(chunks(self.asking.shape, most))
        with parts.opened(self.wanted.overwrite):
            todo = [(i, each) for i, each in enumerate(cut) if not parts.is_done(i)]
            for _ in self.wanted.tracker(_Sized(self._work(todo, parts), len(todo)), "sweeping"):
                pass
            first = [axis.name for axis in self.asking.axes] + self.names
            if self.wanted.output is not None:
                write_table(self.output, lambda: parts.read(len(cut)), first)
            else:
                rows = [row for each in parts.read(len(cut)) for row in rows_in(each)]
            failed = sum(_failures(each) for each in parts.read(len(cut)))
            chart = surface(self.asking, self.names, parts, cut) if self.wanted.draws else []
            parts.remove()
        return self._said(failed, chart, [] if self.wanted.output else self._table(rows))

    def _table(self, rows: Sequence[Mapping[str, Any]]) -> list[Part]:
        """The rows: the main costs for a reader, all of them as data."""
        axes = [axis.name for axis in self.asking.axes]
        errors = [ERROR] if any(row.get(ERROR) for row in rows) else []
        main = [name for name in self.names if name in MAIN] or self.names
        shown = [*axes, *(self.wanted.columns or main), *errors]
        return [
            Table(
                key="shown rows",
                columns=[
                    Column(
                        key=x,
                        style=TEXT if x == ERROR else PARAMETER if x in axes else BARE,
                        align="right",
                    )
                    for x in shown
                ],
                rows=rows,
                place="shown",
            ),
            Table(
                key="rows",
                columns=[Column(key=x, style=BARE) for x in [*axes, *self.names, *errors]],
                rows=rows,
                place="data",
            ),
        ]

    def _question(self) -> dict[str, Any]:
        """What the chunks are of."""
        asking = self.asking
        return {
            "target": asking.target,
            "question": f"{asking.found.system.home}: {asking.found.question.name}",
            "parameters": {name: str(value) for name, value in sorted(asking.fixed.items())},
            "axes": [[axis.name, [str(x) for x in axis.values]] for axis in asking.axes],
            "columns": self.names,
            "way": "formulas" if self.formulas else "points",
            "version": dask.identity(),
        }

    def _work(self, todo: Sequence[tuple[int, Ranges]], parts: Parts) -> Iterator[int]:
        """Chunks that are done, one by one."""
        if self.formulas is not None:
            for number, ranges in todo:
                parts.keep(number, self._block(self.formulas, ranges))
                yield number
            return

        def keep(number: int, rows: list[dict[str, Any]]) -> None:
            parts.keep(number, self._of_points(dict(todo)[number], rows))

        count = self.wanted.workers or dask.processors()
        left = self.seconds * sum(prod(map(len, ranges)) for _, ranges in todo)
        is_long = self.wanted.workers is None and count > 1 and left > PATIENCE and dask.has_dask()
        if self.wanted.scheduler or (self.wanted.workers or 1) > 1 or is_long:
            task = (self.asking.target, self.asking.fixed, self.asking.axes)
            yield from dask.spread(todo, task, self.wanted.scheduler, count, keep)
            return
        for number, ranges in todo:
            keep(number, [self.asking.row(place) for place in product(*ranges)])
            yield number

    def _block(self, formulas: FormulaGrid, ranges: Ranges) -> Fragment:
        """A chunk by formulas."""
        columns = dict(halved(formulas, ranges, self.names))
        errors = columns.pop(ERROR)
        if any(errors.ravel()):
            empty = errors != ""
            for name, column in columns.items():
                whole = np.array(np.broadcast_arrays(column, empty)[0], dtype=object)
                whole[np.broadcast_to(empty, whole.shape)] = None
                columns[name] = whole
            columns[ERROR] = errors
        return Fragment(tuple(map(len, ranges)), {**self._parameters(ranges), **columns})

    def _of_points(self, ranges: Ranges, rows: Sequence[Mapping[str, Any]]) -> Fragment:
        """A chunk from rows."""
        shape = tuple(map(len, ranges))
        kept = [{name: row[name] for name in (*self.names, ERROR) if name in row} for row in rows]
        found = of_rows(kept)
        columns = {name: column.reshape(shape) for name, column in found.columns.items()}
        return Fragment(shape, {**self._parameters(ranges), **columns})

    def _parameters(self, ranges: Ranges) -> dict[str, Array]:
        """The columns of the parameters that vary."""
        found: dict[str, Array] = {}
        for i, (axis, places) in enumerate(zip(self.asking.axes, ranges, strict=True)):
            values: Array = np.empty(len(places), dtype=object)
            values[:] = [_cell(axis.values[j]) for j in places]
            shape = [1] * len(ranges)
            shape[i] = len(places)
            found[axis.name] = values.reshape(shape)
        return found

    def _said(self, failed: int, chart: Sequence[Part], table: Sequence[Part]) -> Report:
        asking, formulas = self.asking, self.formulas
        if formulas is None:
            named = {*asking.fixed, *(axis.name for axis in asking.axes)}
            unnamed = [x for x in asking.found.question.sizes_need if x not in named]
            how = "each point asked by itself"
            if unnamed:
                how += (
                    f", since {' and '.join(unnamed)} is chosen by its numbers; name it to be fast"
                )
        else:
            free = ", ".join(asking.axes[i].name for i in formulas.free)
            asked = prod(asking.shape[i] for i in formulas.others)
            how = (
                f"{asked:,} answer{'s' if asked > 1 else ''} in symbols, evaluated over {free}; "
                f"equal to single answers at the {len(formulas.tried)} points that were tried"
            )
        rows = [
            Fact(key="points", value=self.points, unit="rows"),
            Fact(key="failed", label="points without an answer", value=failed, unit="rows"),
            *([] if table else [Fact(key="table", value=str(self.output), style=TEXT)]),
            Fact(key="how", value=how, style=TEXT),
        ]
        notes = []
        if failed:
            notes.append(f"column {ERROR} says why a point has no answer")
        lines = [Notes(key="notes", lines=notes)] if notes else []
        over = [Fact(key=axis.name, value=_shown(axis.values), style=TEXT) for axis in asking.axes]
        return Report(
            title=f"sweep of {asking.target}",
            settings={name: str(x) for name, x in asking.fixed.items()},
            parts=[
                Facts(key="over", rows=over),
                *table,
                Facts(key="sweep", rows=rows),
                *lines,
                *chart,
            ],
        )


def _spread(shape: Sequence[int]) -> list[tuple[int, ...]]:
    """The first place, the middle, the last, and others."""
    draw = Random(0)
    found = [tuple(0 for _ in shape), tuple(x // 2 for x in shape), tuple(x - 1 for x in shape)]
    found += [tuple(draw.randrange(x) for x in shape) for _ in range(TRIED)]
    return list(dict.fromkeys(found))


def _shown(values: Sequence[Any]) -> str:
    if len(values) <= 3:
        return ", ".join(map(PARAMETER.text, values))
    ends = (PARAMETER.text(values[i]) for i in (0, -1))
    return f"{' to '.join(ends)} ({len(values)} values)"


def _cell(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


def _failures(fragment: Fragment) -> int:
    """Rows without an answer."""
    if ERROR not in fragment.columns:
        return 0
    column = fragment.columns[ERROR]
    said = np.array([bool(each) for each in column.ravel().tolist()]).reshape(column.shape)
    return int(np.broadcast_to(said, fragment.shape).sum())


@frozen
class _Sized(Iterable[int], Sized):
    """Steps with a number of them."""

    steps: Iterator[int]
    count: int

    def __iter__(self) -> Iterator[int]:
        return self.steps

    def __len__(self) -> int:
        return self.count
