"""Break the constructions one small mistake at a time, and see whether the ledger notices.

A mutant is the product with one mistake in one bloq: a factor 2 missing from a call graph, a count
off by one, a gate left out, an ancilla dropped. The claims that run the changed line are examined
with it, the quick ones first, until one is not accepted. A mutant that no claim rejects is a
survivor: a mistake that could be made unnoticed.

    python tests/proofs/mutate.py [--sample N] [--seed S] [--out FILE] [--only PART]

Results are appended to FILE as they come, and mutants found there are not run again.
"""

import argparse
import ast
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from attrs import asdict, define, field
from mistake import LAYERS, Bench, Change, Mistake, Place, mistakes
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

ROOT = Path(__file__).parents[2]
KINDS = ("ancilla dropped", "count off by one", "factor 2 deleted", "gate left out")
COUNTS = {"calls", "tree_calls", "build_call_graph", "select", "ands", "sequence_calls", "_calls"}
"""Functions that state how often something is called."""

GATES = {"x", "cnot", "cz", "swap", "cswap", "toffoli", "gate"}
"""Methods of `Wires` that write one gate."""

WRITERS = {"wires", "bb"}

NO_CONSTRUCTIONS = (
    "__init__",
    "answers",
    "array_state",
    "engine",
    "instructions",
    "numbers",
    "parameters",
    "program",
    "stand_in",
    "system",
)
"""Names of files that hold no bloq."""


def mutants(root: Path) -> Iterator[tuple[Mistake, Place]]:
    """Every mutant of every construction, and where it is."""
    for path in sorted((root / "bloqs").rglob("*.py")):
        if path.parent.name != "answers" and path.stem not in NO_CONSTRUCTIONS:
            tree = ast.parse(path.read_text())
            yield from mistakes(str(path.relative_to(root)), tree, changes)


def changes(function: ast.FunctionDef) -> Iterator[Change]:
    """Nodes inside a function with what takes their place, and the name of the mistake."""
    if function.name == "ancilla_bitsize":
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and node.value is not None:
                less = ast.BinOp(node.value, ast.Sub(), ast.Constant(1))
                yield node.value, less, "ancilla dropped"
    for node in ast.walk(function):
        if function.name in COUNTS and isinstance(node, ast.BinOp):
            if isinstance(node.op, ast.Mult):
                for side, other in ((node.left, node.right), (node.right, node.left)):
                    if isinstance(side, ast.Constant) and side.value == 2:
                        yield node, other, "factor 2 deleted"
            if isinstance(node.op, (ast.Add, ast.Sub)) and _is_number(node.right):
                more = ast.BinOp(node.left, node.op, ast.Constant(node.right.value + 1))
                yield node, more, "count off by one"
        if function.name in COUNTS and isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is not None and _is_number(value):
                    yield value, ast.Constant(value.value + 1), "count off by one"
        if isinstance(node, ast.Expr) and _writes_gate(node.value):
            yield node, ast.Pass(), "gate left out"


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def _writes_gate(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in GATES
        and ast.unparse(node.func.value) in WRITERS
    )


def show(results: list[dict], console: Console) -> None:
    """Noticed and surviving mutants by kind, and every survivor."""
    table = Table("mistake", "noticed", "survived")
    noticed = Counter(row["kind"] for row in results if row["claim"])
    survived = Counter(row["kind"] for row in results if not row["claim"])
    for kind in sorted(noticed | survived):
        table.add_row(kind, str(noticed[kind]), str(survived[kind]))
    console.print(table)
    for row in results:
        if not row["claim"]:
            console.print(f"{row['path']}:{row['line']}: {row['change']} ({row['how']})")


def main() -> None:
    """Run a sample of mutants, or all; exit with status 1 if one survives."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, help="how many mutants to choose at random")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="part of a path or of a kind of mistake")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "mutants.jsonl")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:  # others may work on the tree meanwhile
        root = Path(folder)
        copy_tree(root)
        results = run_all(given, root, Console())
    sys.exit(any(not row["claim"] for row in results))


def copy_tree(root: Path) -> None:
    """Copy the sources to an empty folder."""
    for layer in LAYERS:
        shutil.copytree(ROOT / layer, root / layer, ignore=shutil.ignore_patterns("__pycache__"))


def run_all(given: argparse.Namespace, root: Path, console: Console) -> list[dict]:
    """Judge every mutant that is asked for and not known yet; print and return all results."""
    chosen = [pair for pair in mutants(root) if given.only in f"{pair[0]} {pair[0].kind}"]
    if given.sample is not None:
        chosen = random.Random(given.seed).sample(chosen, min(given.sample, len(chosen)))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    lines = given.out.read_text().splitlines() if given.out.exists() else []
    done = {row["key"]: row for row in map(json.loads, lines)}
    with (
        Progress(console=console) as progress,
        given.out.open("a") as out,
        Bench(root, changes) as bench,
    ):
        new = [pair for pair in chosen if str(pair[0]) not in done]
        ran = lines_run(bench, progress) if new else None
        for mistake, place in progress.track(new, description="mutants"):
            claim, how = judge(mistake, place, bench, ran)
            row = {**asdict(mistake), "line": place.lines[0]}
            row |= {"key": str(mistake), "claim": claim, "how": how}
            done[row["key"]] = row
            out.write(json.dumps(row) + "\n")
            out.flush()
    results = [done[str(mistake)] for mistake, _ in chosen]
    show(results, console)
    return results


@define
class LinesRun:
    """The lines that claims run, found for a claim when they are first asked for.

    Args:
        bench: examines the claims.
        quickest: claims that hold on the tree as it is, the quickest first.
        console: told of claims whose lines cannot be found.
    """

    bench: Bench
    quickest: list[str]
    console: Console
    _known: dict[str, dict[str, set[int]]] = field(factory=dict)

    def reaches(self, claim: str, path: str, lines: range) -> bool:
        """Whether any of these lines of a file runs while the claim is examined."""
        if claim not in self._known:
            try:
                self._known[claim] = self.bench.lines(claim)
            except TimeoutError as problem:
                self._known[claim] = {}
                self.console.print(f"left out, as its lines are not known: {problem}")
        return bool(self._known[claim].get(path, set()) & {*lines})


def lines_run(bench: Bench, progress: Progress) -> LinesRun:
    """What the claims run that hold on the tree as it is."""
    seconds = {}
    for name in progress.track(bench.names(), description="the tree as it is"):
        how, seconds[name] = bench.outcome(name)
        if how:
            progress.console.print(
                f"left out, as it does not hold before any change: {name} ({how})"
            )
            del seconds[name]
    return LinesRun(bench, sorted(seconds, key=seconds.__getitem__), progress.console)


def judge(mistake: Mistake, place: Place, bench: Bench, ran: LinesRun) -> tuple[str, str]:
    """The claim that notices a mutant, and how; empty if none does."""
    how = "no claim runs the line"
    for name in ran.quickest:
        if ran.reaches(name, mistake.path, place.lines):
            if noticed := bench.outcome(name, mistake)[0]:
                return name, noticed
            how = "survived"
    return "", how


if __name__ == "__main__":
    main()
