"""`python -m benchmarks [NAME]... [--json FILE]`: time everything against its peer.

What is printed last are the tables of the README, with the rows that were measured. Exit status 1
if an answer differs from the peer's, if ours failed or is wrong in a contest, or if a peer raised
or was wrong where it would not without a mistake of ours; 2 for a name that does not exist or a
file that cannot be written; 130 after Ctrl-C, which still prints what is finished.
"""

import argparse
import sys

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import benchmarks
from benchmarks.benchmark import Benchmark, Case
from benchmarks.contest import Contest, Outcome, Score, contest_table, score
from benchmarks.headlines import contest_lines, speed_table
from benchmarks.measurement import Measurement
from benchmarks.report import Row, breaks, crossings, faults, json_of, table_of
from estimator.discover import instances_of
from estimator.report.write_file import write_file

BAD = (Outcome.WRONG, Outcome.HUNG)
"""What the first in a contest, which is ours, may never be."""


def measure_all(cases: list[Case], console: Console) -> tuple[list[Row], bool]:
    """The rows finished, and whether Ctrl-C came before the last."""
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    rows: list[Row] = []
    measurement = Measurement()
    # no refresh thread: a process that forks should have one thread only
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        task = progress.add_task("", total=len(cases))
        try:
            for case in cases:
                progress.update(task, description=f"{case.what}, {case.size}", refresh=True)
                if not measurement.leaves_out(case):
                    rows.append(measurement.row_of(case))
                progress.update(task, advance=1, refresh=True)
        except KeyboardInterrupt:
            return rows, True
    return rows, False


def hold(contest: Contest, console: Console) -> list[Score]:
    """The scores of everybody in it; of fewer after Ctrl-C."""
    scores: list[Score] = []
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        task = progress.add_task("", total=len(contest.contestants))
        try:
            for each in contest.contestants:
                progress.update(task, description=f"{contest.name}, {each.name}", refresh=True)
                scores.append(score(contest, each))
                progress.update(task, advance=1, refresh=True)
        except KeyboardInterrupt:
            pass
    return scores


def save(
    path: str,
    rows: list[Row],
    held: list[tuple[Contest, list[Score]]],
    parser: argparse.ArgumentParser,
) -> None:
    """Write the results to `path`, or leave with status 2."""
    try:
        write_file(path, json_of(rows, held))
    except ValueError as problem:
        parser.error(str(problem))


def main() -> int:
    speed = {each.name: each for each in instances_of(Benchmark, benchmarks).values()}
    contests = {each.name: each for each in instances_of(Contest, benchmarks).values()}
    names = (*speed, *contests)
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=benchmarks.__doc__)
    parser.add_argument("name", nargs="*", help=f"which, of {', '.join(names)}; all if none")
    parser.add_argument("--json", metavar="FILE", help="write the results to FILE as well")
    given = parser.parse_args()
    for name in given.name:
        if name not in names:
            parser.error(f"there is no benchmark {name!r}; there is {', '.join(names)}")
    asked = set(given.name or names)
    if given.json:
        save(given.json, [], [], parser)  # refuse a bad path now, not after minutes
    log = Console(stderr=True)
    console = Console(width=None if sys.stdout.isatty() else 150)
    cases = [case for name in speed if name in asked for case in speed[name].cases]
    rows, interrupted = measure_all(cases, log)
    if rows:
        console.print(table_of(rows))
    for sentence in (*crossings(rows), *breaks(rows), *faults(rows)):
        console.print(sentence, highlight=False)
    held: list[tuple[Contest, list[Score]]] = []
    for contest in (contests[name] for name in contests if name in asked):
        if interrupted:
            break
        scores = hold(contest, log)
        interrupted = len(scores) < len(contest.contestants)
        console.print(contest_table(contest, scores))
        held.append((contest, scores))
    for table in (speed_table(rows), *(contest_lines(*each) for each in held)):
        if table:
            print(table, end="\n\n")
    if given.json:
        save(given.json, rows, held, parser)
    if interrupted:
        return 130
    bad = any(each.count(kind) for _, scores in held for each in scores[:1] for kind in BAD)
    bad = bad or any(row.agrees is False or row.we_broke or row.our_fault for row in rows)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
