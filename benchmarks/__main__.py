"""`python -m benchmarks [NAME]... [--json FILE]`: time everything against its peer.

Exit status 1 if an answer differs from the peer's or ours failed, 2 for a name that does not
exist or a file that cannot be written, 130 after Ctrl-C, which still prints what is finished.
"""

import argparse
import sys

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import benchmarks
from benchmarks.benchmark import Benchmark, Case
from benchmarks.report import Row, crossings, json_of, table_of
from benchmarks.stopwatch import timed
from estimator.discover import instances_of
from estimator.write_file import write_file

OURS_LIMIT = 120.0
"""Longest time we give ourselves. Unit: seconds."""


def measure(case: Case) -> Row:
    """Time both sides of one case."""
    ours = timed(case.ours, case.setup, OURS_LIMIT)
    peer = None if case.peer is None else timed(case.peer, case.setup, case.limit)
    return Row(case, ours, peer)


def measure_all(cases: list[Case], console: Console) -> tuple[list[Row], bool]:
    """The rows finished, and whether Ctrl-C came before the last."""
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    rows: list[Row] = []
    # no refresh thread: a process that forks should have one thread only
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        task = progress.add_task("", total=len(cases))
        try:
            for case in cases:
                progress.update(task, description=f"{case.what}, {case.size}", refresh=True)
                rows.append(measure(case))
                progress.update(task, advance=1, refresh=True)
        except KeyboardInterrupt:
            return rows, True
    return rows, False


def save(path: str, rows: list[Row], parser: argparse.ArgumentParser) -> None:
    """Write the results to `path`, or leave with status 2."""
    try:
        write_file(path, json_of(rows))
    except ValueError as problem:
        parser.error(str(problem))


def main() -> int:
    found = {each.name: each for each in instances_of(Benchmark, benchmarks).values()}
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=benchmarks.__doc__)
    parser.add_argument("name", nargs="*", help=f"which, of {', '.join(found)}; all if none")
    parser.add_argument("--json", metavar="FILE", help="write the results to FILE as well")
    given = parser.parse_args()
    for name in given.name:
        if name not in found:
            parser.error(f"there is no benchmark {name!r}; there is {', '.join(found)}")
    chosen = [each for name, each in found.items() if not given.name or name in given.name]
    if given.json:
        save(given.json, [], parser)  # refuse a bad path now, not after minutes
    rows, interrupted = measure_all(
        [case for each in chosen for case in each.cases], Console(stderr=True)
    )
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(table_of(rows))
    for sentence in crossings(rows):
        console.print(sentence, highlight=False)
    if given.json:
        save(given.json, rows, parser)
    if interrupted:
        return 130
    return int(any(row.agrees is False or row.ours.trouble for row in rows))


if __name__ == "__main__":
    sys.exit(main())
