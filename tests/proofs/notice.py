"""For each claim of the ledger, one mistake in product code that the claim notices.

    python tests/proofs/notice.py [--only PART] [--again]

looks for a mistake for each claim that has none in the table beside this file, or whose mistake is
no longer in the code; `--again` for each claim. A mistake is made in a function of `estimator` or
`bloqs` that runs while the claim is examined, never in the instruments by which claims are
examined. It is noticed if the claim is examined to the end and rejected by a route; that the code
breaks down is not enough. Functions that few claims run are tried first.
"""

import argparse
import ast
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import mutate
from attrs import asdict, frozen
from mistake import REJECTED, Bench, Change, Mistake, mistakes
from rich.console import Console
from rich.progress import Progress

TABLE = Path(__file__).with_name("noticed.jsonl")
INSTRUMENTS = (
    "bloqs/simulation/",
    "estimator/ask/",
    "estimator/costs/",
    "estimator/discover.py",
    "estimator/expressions/",
    "estimator/growth/",
    "estimator/growth_checker/",
    "estimator/report/",
    "estimator/symbols.py",
    "estimator/verdict.py",
)
"""What examines claims: a mistake there upsets many of them, whatever they say."""

TRIES = 60
"""Mistakes that are tried for one claim."""

PATIENCE = 100
"""Time after which a mistake is given up. Unit: seconds."""

A_FUNCTION = 8
"""Mistakes that are tried in one function."""


@frozen
class Noticed:
    """A mistake that a claim notices.

    Args:
        claim: name of the claim.
        mistake: what is wrong.
        how: the routes that reject the claim.
        seconds: what examining it takes. Unit: seconds of the processor.
    """

    claim: str
    mistake: Mistake
    how: str
    seconds: float


def noticed() -> dict[str, Noticed]:
    """The table, by claim."""
    rows = map(json.loads, TABLE.read_text().splitlines() if TABLE.exists() else ())
    return {row["claim"]: Noticed(**{**row, "mistake": Mistake(**row["mistake"])}) for row in rows}


def slips(function: ast.FunctionDef) -> Iterator[Change]:
    """Mistakes that can be made in any function: those of `mutate`, and smaller ones."""
    yield from mutate.changes(function)
    for node in ast.walk(function):
        if isinstance(node, ast.BinOp):
            if isinstance(node.op, ast.Add):
                yield node, ast.BinOp(node.left, ast.Sub(), node.right), "sign exchanged"
            if isinstance(node.op, ast.Sub):
                yield node, ast.BinOp(node.left, ast.Add(), node.right), "sign exchanged"
            if isinstance(node.op, (ast.Mult, ast.Div)):
                yield node, node.left, "factor lost"
            if isinstance(node.op, ast.Mult):
                yield node, node.right, "factor lost"
            if isinstance(node.op, ast.Pow):
                yield node, node.left, "power lost"
                yield node, node.right, "power lost"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield node, node.operand, "sign exchanged"
        if isinstance(node, ast.Slice) and (node.lower is None) != (node.upper is None):
            yield node, ast.Slice(node.upper, node.lower), "other part"
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield node, ast.Constant(node.value + 1), "number off by one"
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value, ast.BinOp(ast.Constant(2), ast.Mult(), node.value), "twice as much"


Lines = Mapping[str, Mapping[str, set[int]]]
"""Claim -> file -> lines of it that run while the claim is examined."""


def candidates(root: Path, ran: Lines) -> dict[str, list[Mistake]]:
    """Mistakes on lines that a claim runs, for each claim; in functions of few claims first."""
    paths = {path for lines in ran.values() for path in lines if not path.startswith(INSTRUMENTS)}
    found: dict[str, list[Mistake]] = {name: [] for name in ran}
    users: Counter[tuple[str, str]] = Counter()
    for path in sorted(paths):
        places = list(mistakes(path, ast.parse((root / path).read_text()), slips))
        for name, lines in ran.items():
            on = [mistake for mistake, place in places if lines.get(path, set()) & {*place.lines}]
            users.update({(path, mistake.function) for mistake in on})
            found[name] += on
    for each in found.values():
        each.sort(key=lambda mistake: users[mistake.path, mistake.function])
    return {name: _few(each) for name, each in found.items()}


def _few(sorted_mistakes: list[Mistake]) -> list[Mistake]:
    """Some in each function, and then those in constructions."""
    tried: Counter[tuple[str, str]] = Counter()
    few = []
    for mistake in sorted_mistakes:
        tried[mistake.path, mistake.function] += 1
        if tried[mistake.path, mistake.function] <= A_FUNCTION:
            few.append(mistake)
    coarse = [mistake for mistake in sorted_mistakes if mistake.kind in mutate.KINDS]
    return few[:TRIES] + coarse[:TRIES]


def first_noticed(claim: str, tried: list[Mistake], bench: Bench) -> Noticed | None:
    """The first of some mistakes that a claim notices."""
    for mistake in tried:
        how, seconds = bench.outcome(claim, mistake)
        if how in REJECTED:
            return Noticed(claim, mistake, how, round(seconds, 2))
    return None


def main() -> None:
    """Complete the table; exit with status 1 if a claim notices nothing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="part of a claim's name")
    parser.add_argument("--again", action="store_true", help="also for claims that have a mistake")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:  # others may work on the tree meanwhile
        mutate.copy_tree(Path(folder))
        unnoticing = complete(given, Path(folder), Console())
    sys.exit(bool(unnoticing))


def complete(given: argparse.Namespace, root: Path, console: Console) -> list[str]:
    """Look for the mistakes that are asked for; print and return the claims without one."""
    with Progress(console=console) as progress, Bench(root, slips, PATIENCE) as bench:
        known = {name: row for name, row in noticed().items() if name in bench.names()}
        wanted = [name for name in bench.names() if given.only in name]
        if not given.again:
            wanted = [name for name in wanted if not _still(name, known, bench)]
        names = progress.track(bench.names() if wanted else [], description="lines run")
        found = candidates(root, {name: bench.lines(name) for name in names})
        left = []
        for name in progress.track(wanted, description="mistakes"):
            known.pop(name, None)
            if row := first_noticed(name, found[name], bench):
                known[name] = row
                console.print(f"{name}: {row.mistake} ({row.how})")
            else:
                left.append(name)
                console.print(f"{name} notices none of {len(found[name])}")
            rows = [json.dumps(asdict(known[each])) for each in sorted(known)]
            TABLE.write_text("".join(f"{each}\n" for each in rows))
    return left


def _still(name: str, known: Mapping[str, Noticed], bench: Bench) -> bool:
    """Whether a claim has a mistake that it still notices."""
    try:
        return name in known and bench.outcome(name, known[name].mistake)[0] in REJECTED
    except ValueError:  # the code has changed
        return False


if __name__ == "__main__":
    main()
