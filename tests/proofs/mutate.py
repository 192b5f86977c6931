"""Break the constructions one small mistake at a time, and see whether the ledger notices.

A mutant is a copy of the tree with one change in one bloq: a factor 2 missing from a call graph, a
count off by one, a gate left out, an ancilla dropped. The ledger alone is run on it: the claims
that use the changed file, the quick ones first, until one is not accepted. A mutant that no claim
rejects is a survivor: a mistake that could be made unnoticed.

    python tests/proofs/mutate.py [--sample N] [--seed S] [--out FILE] [--only PART]

Results are appended to FILE as they come, and mutants found there are not run again.
"""

import argparse
import ast
import copy
import importlib
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from attrs import asdict, frozen
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

ROOT = Path(__file__).parents[2]
LAYERS = ("estimator", "bloqs", "proofs")
COUNTS = {"calls", "tree_calls", "build_call_graph", "select", "ands", "sequence_calls", "_calls"}
"""Functions that state how often something is called."""

GATES = {"x", "cnot", "cz", "swap", "cswap", "toffoli", "gate"}
"""Methods of `Wires` that write one gate."""

WRITERS = {"wires", "bb"}
FORK = multiprocessing.get_context("fork")
LIMIT = 300
"""Time after which a mutant counts as noticed. Unit: seconds."""

HEAVY = ("cirq", "matplotlib.pyplot", "qualtran.bloqs.block_encoding", "scipy.special", "sympy")
"""What every judgement needs and no mutant changes: imported once, before the tree is."""


@frozen
class Mutant:
    """One change.

    Args:
        path: file, from the root.
        line: line of the change.
        column: column of the change.
        kind: what was done.
        change: the code before, and after.
    """

    path: str
    line: int
    column: int
    kind: str
    change: str

    @property
    def key(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.kind} {self.change}"


NO_CONSTRUCTIONS = ("__init__", "answers", "parameters", "product_state", "stand_in", "system")
"""Names of files that hold no bloq."""


def mutants(root: Path) -> Iterator[tuple[Mutant, str]]:
    """Every mutant of every construction, and the changed file's text."""
    for path in sorted((root / "bloqs").rglob("*.py")):
        if path.parent.name == "answers" or path.stem in NO_CONSTRUCTIONS:
            continue
        tree = ast.parse(path.read_text())
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for node, after, kind in changes(function):
                    change = f"{ast.unparse(node)} -> {ast.unparse(after)}"
                    where = (str(path.relative_to(root)), node.lineno, node.col_offset)
                    yield Mutant(*where, kind, change), changed(tree, node, after)


def changes(function: ast.FunctionDef) -> Iterator[tuple[ast.AST, ast.AST, str]]:
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


def changed(tree: ast.Module, node: ast.AST, after: ast.AST) -> str:
    """The source of `tree` with `after` in the place of `node`."""

    class Swap(ast.NodeTransformer):
        def visit(self, seen: ast.AST) -> ast.AST:
            return after if seen is node else self.generic_visit(seen)

    # The tree is shared by all mutants of the file, so the change is undone by copying first.
    memo: dict[int, object] = {}
    whole = copy.deepcopy(tree, memo)
    node = memo[id(node)]  # type: ignore[assignment]
    return ast.unparse(ast.fix_missing_locations(Swap().visit(whole)))


def used_by(module: str, root: Path) -> set[str]:
    """Every module of the project that importing `module` can run, itself included."""
    seen: set[str] = set()
    left = [module]
    while left:
        name = left.pop()
        if name in seen or name.split(".")[0] not in LAYERS:
            continue
        seen.add(name)
        path = root / Path(*name.split("."))
        if path.is_dir():  # a package is imported to walk through it
            left += [f"{name}.{each.stem}" for each in path.glob("*.py")] if "." in name else []
            continue
        if not (path := path.with_suffix(".py")).exists():
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                left += [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom) and node.module:
                left.append(node.module)
    return seen


def measured_seconds(root: Path, console: Console) -> dict[str, float]:
    """How long each claim takes on the tree as it is; one that does not hold there is left out."""
    command = [sys.executable, "-m", "estimator", "check", "--json"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    rows = json.loads(run.stdout)
    if rejected := [row["claim"] for row in rows if not row["accepted"]]:
        console.print(f"left out, since not accepted before any change: {', '.join(rejected)}")
    return {row["claim"]: row["seconds"] for row in rows if row["accepted"]}


def judge(source: str, path: Path, wanted: list[str], root: Path) -> tuple[str, str]:
    """The claim that notices a changed file, and how; empty if none does."""
    if not wanted:
        return "", "no claim uses the file"
    before = path.read_text()
    path.write_text(source)
    ours, theirs = multiprocessing.Pipe()
    child = FORK.Process(target=examine, args=(wanted, root, theirs))
    try:
        with warnings.catch_warnings():  # later Pythons warn of threads, of which none is needed
            warnings.simplefilter("ignore", DeprecationWarning)
            child.start()
        theirs.close()
        answered = ours.poll(LIMIT)
        return ours.recv() if answered else ("the clock", "timeout")
    except EOFError:
        return "import", "the interpreter ended"
    finally:
        child.kill()
        child.join()
        path.write_text(before)


def examine(wanted: list[str], root: Path, answer: Connection) -> None:
    """Examine claims of the tree at `root` until one is not accepted, and send which and how."""
    for name in [name for name in sys.modules if name.split(".")[0] in LAYERS]:
        del sys.modules[name]
    sys.path.insert(0, str(root))
    os.chdir(root)
    try:
        found = importlib.import_module("proofs.ledger").claims()
    except Exception as problem:  # a file that does not load is noticed too
        answer.send(("import", type(problem).__name__))
        return
    home = Path(importlib.import_module("bloqs").__file__ or "")
    if not home.is_relative_to(root):
        raise SystemExit(f"examined {home}, not the mutant")
    for name in wanted:
        try:
            how = "" if found[name].examine().accepted else "rejected"
        except Exception as problem:
            how = type(problem).__name__
        if how:
            answer.send((name, how))
            return
    answer.send(("", "survived"))


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
        for layer in LAYERS:
            shutil.copytree(
                ROOT / layer, root / layer, ignore=shutil.ignore_patterns("__pycache__")
            )
        results = run_all(given, root, Console())
    sys.exit(any(not row["claim"] for row in results))


def run_all(given: argparse.Namespace, root: Path, console: Console) -> list[dict]:
    """Judge every mutant that is asked for and not known yet; print and return all results."""
    chosen = [pair for pair in mutants(root) if given.only in pair[0].key]
    if given.sample is not None:
        chosen = random.Random(given.seed).sample(chosen, min(given.sample, len(chosen)))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    lines = given.out.read_text().splitlines() if given.out.exists() else []
    done = {row["key"]: row for row in map(json.loads, lines)}
    for module in HEAVY:
        importlib.import_module(module)
    with Progress(console=console) as progress, given.out.open("a") as out:
        task = progress.add_task("the tree as it is", total=len(chosen))
        seconds = measured_seconds(root, console)
        uses = {name: used_by(f"proofs.{name}", root) for name in seconds}
        for mutant, source in chosen:
            progress.update(task, description=mutant.path)
            if mutant.key not in done:
                start, module = time.perf_counter(), mutant.path.removesuffix(".py")
                wanted = [n for n in uses if module.replace("/", ".") in uses[n]]
                wanted.sort(key=seconds.__getitem__)
                claim, how = judge(source, root / mutant.path, wanted, root)
                row = {**asdict(mutant), "key": mutant.key, "claim": claim, "how": how}
                row["seconds"] = round(time.perf_counter() - start, 1)
                done[mutant.key] = row
                out.write(json.dumps(row) + "\n")
                out.flush()
            progress.advance(task)
    results = [done[mutant.key] for mutant, _ in chosen]
    show(results, console)
    return results


if __name__ == "__main__":
    main()
