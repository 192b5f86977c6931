"""Mistakes in product code, made in a process of their own, in which a claim is then examined.

A mistake replaces one node of one function's syntax tree. The function is compiled anew and takes
the place of the one that is loaded, wherever that is used; no file is touched.
"""

import ast
import copy
import gc
import importlib
import multiprocessing
import os
import resource
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

from attrs import frozen

LAYERS = ("estimator", "bloqs", "proofs")
PRODUCT = ("estimator", "bloqs")
HEAVY = ("cirq", "matplotlib.pyplot", "qualtran.bloqs.block_encoding", "scipy.special", "sympy")
"""What every examination needs and no mistake changes: imported once, before the tree is."""

MEMORY = 6 * 2**30
"""What a job may take: a mistake can make a circuit endless. Unit: bytes."""

FORK = multiprocessing.get_context("fork")
REJECTED = ("derived", "measured", "derived and measured")
"""How a claim that is examined to the end can be rejected."""

Change = tuple[ast.expr | ast.stmt, ast.AST, str]
"""A node, what takes its place, and the kind of mistake that this is."""

Changes = Callable[[ast.FunctionDef], Iterator[Change]]


@frozen
class Mistake:
    """One change in one function.

    Args:
        path: file, from the root.
        function: qualified name of the function.
        kind: what is done.
        change: the code before, and after.
        nth: which of several such places in the function, from 0.
    """

    path: str
    function: str
    kind: str
    change: str
    nth: int = 0

    def __str__(self) -> str:
        nth = f" ({self.nth + 1})" if self.nth else ""
        return f"{self.path} {self.function}: {self.change}{nth}"


def functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of a module and methods of its classes, by qualified name."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from functions(node, f"{within}{node.name}.")
        if isinstance(node, ast.FunctionDef):
            yield f"{within}{node.name}", node


@frozen
class Place:
    """Where a mistake can be made: the change of the syntax tree, and the lines it is on."""

    change: Change
    lines: range


def mistakes(path: str, tree: ast.Module, changes: Changes) -> Iterator[tuple[Mistake, Place]]:
    """Every mistake in the functions of a file."""
    for name, function in functions(tree):
        numbers: Counter[str] = Counter()
        statements = {
            id(inner): statement
            for statement in ast.walk(function)
            if isinstance(statement, ast.stmt) and not hasattr(statement, "body")
            for inner in ast.walk(statement)
        }
        for node, after, kind in changes(function):
            change = f"{ast.unparse(node)} -> {ast.unparse(after)}"
            on = statements.get(id(node), node)
            lines = range(on.lineno, (on.end_lineno or on.lineno) + 1)
            yield (
                Mistake(path, name, kind, change, numbers[change]),
                Place((node, after, kind), lines),
            )
            numbers[change] += 1


def changed(tree: ast.Module, change: Change) -> ast.Module:
    """A copy of `tree` with the change made."""

    class Swap(ast.NodeTransformer):
        def visit(self, seen: ast.AST) -> ast.AST:
            return after if seen is node else self.generic_visit(seen)

    memo: dict[int, object] = {}
    whole = copy.deepcopy(tree, memo)
    node, after = memo[id(change[0])], copy.deepcopy(change[1])
    return ast.fix_missing_locations(Swap().visit(whole))


def _code_of(module: CodeType, name: str) -> CodeType | None:
    """The code inside a module's that has this qualified name."""
    inner = [each for each in module.co_consts if isinstance(each, CodeType)]
    found = (each if each.co_qualname == name else _code_of(each, name) for each in inner)
    return next((code for code in found if code), None)


class Bench:
    """The claims of a tree, loaded and not yet examined; each job has a process of its own.

    To be used in a `with` statement.

    Args:
        root: folder that holds the tree.
        changes: mistakes that can be made in a function.
        patience: time after which a job is given up. Unit: seconds.
    """

    def __init__(
        self,
        root: Path,
        changes: Changes,
        patience: float = 300,
    ) -> None:
        for module in HEAVY:
            importlib.import_module(module)
        self._process, self._pipe = started(_serve, root, changes, patience)

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def names(self) -> list[str]:
        """Every claim."""
        return self._ask("names")

    def lines(self, claim: str) -> dict[str, set[int]]:
        """The lines of product code that run while a claim is examined, by file.

        Raises:
            TimeoutError: if examining it takes too long.
        """
        found = self._ask("lines", claim)
        if not isinstance(found, dict):
            raise TimeoutError(f"{claim}: {found[0]}")
        return found

    def outcome(self, claim: str, mistake: Mistake | None = None) -> tuple[str, float]:
        """How a claim is rejected once a mistake is made, and how long that takes.

        Returns:
            The routes that reject it, or the error that ends it, empty if it is accepted; and
            seconds of the processor.

        Raises:
            ValueError: if the mistake cannot be made in the tree.
        """
        return self._ask("outcome", claim, mistake)

    def _ask(self, *job: Any) -> Any:
        self._pipe.send(job)
        answer = self._pipe.recv()
        if isinstance(answer, ValueError):
            raise answer
        return answer


def started(work: Callable[..., None], *given: Any) -> tuple[Any, Connection]:
    """A process that does `work`, and the connection to it."""
    ours, theirs = multiprocessing.Pipe()
    process = FORK.Process(target=_alone, args=(ours, work, *given, theirs))
    with warnings.catch_warnings():  # later Pythons warn of threads, of which none is needed
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    theirs.close()
    return process, ours


def _alone(others: Connection, work: Callable[..., None], *given: Any) -> None:
    """Do `work` without the other end of its connection, whose closing would not be seen."""
    others.close()
    work(*given)


@frozen
class Loaded:
    """What a bench knows of its tree."""

    root: Path
    claims: list[str]
    functions: Mapping[tuple[str, str], list[FunctionType]]
    changes: Changes

    def make(self, mistake: Mistake) -> None:
        """Make a mistake in this process.

        Raises:
            ValueError: if the function or the place of the mistake is not there.
        """
        file = str(self.root / mistake.path)
        tree = ast.parse(Path(file).read_text())
        place = dict(mistakes(mistake.path, tree, self.changes)).get(mistake)
        loaded = self.functions.get((file, mistake.function)) or self._late(file, mistake)
        if place is None or not loaded:
            raise ValueError(f"there is no place for the mistake {mistake}")
        code = _code_of(compile(changed(tree, place.change), file, "exec"), mistake.function)
        for each in loaded:
            each.__code__ = code  # type: ignore[assignment]

    def _late(self, file: str, mistake: Mistake) -> list[FunctionType]:
        """The function in a file that is loaded only while a claim is examined."""
        importlib.import_module(mistake.path.removesuffix(".py").replace("/", "."))
        return _functions_loaded()[file, mistake.function]

    def claim(self, name: str) -> Any:
        """A claim as its file makes it now: it may hold what product code computed."""
        module = importlib.reload(sys.modules[f"proofs.{name}"])
        return getattr(module, "THEOREM", None) or module.ERRATUM


def _serve(
    root: Path,
    changes: Changes,
    patience: float,
    pipe: Connection,
) -> None:
    """Load the claims of the tree at `root`, and do one job after the other."""
    warnings.simplefilter("ignore")  # a mistake may warn; what counts is what is found
    for name in [name for name in sys.modules if name.split(".")[0] in LAYERS]:
        del sys.modules[name]
    sys.path.insert(0, str(root))
    os.chdir(root)
    claims = importlib.import_module("proofs.ledger").claims()
    home = Path(importlib.import_module("bloqs").__file__ or "")
    if not home.is_relative_to(root):
        raise SystemExit(f"loaded {home}, which is not in {root}")
    tree = Loaded(root, list(claims), _functions_loaded(), changes)
    gc.freeze()
    while True:
        try:
            work, *given = pipe.recv()
        except EOFError:
            return
        pipe.send(tree.claims if work == "names" else _apart(JOBS[work], patience, tree, *given))


def _functions_loaded() -> dict[tuple[str, str], list[FunctionType]]:
    """Every function there is, by its file and qualified name."""
    found = defaultdict(list)
    for each in gc.get_objects():
        if isinstance(each, FunctionType):
            found[each.__code__.co_filename, each.__code__.co_qualname].append(each)
    return found


def _apart(work: Callable[..., None], patience: float, *given: Any) -> Any:
    """What `work` sends from a process of its own."""
    process, pipe = started(_within_bounds, work, *given)
    try:
        return pipe.recv() if pipe.poll(patience) else ("timeout", patience)
    except EOFError:
        return "the interpreter ended", 0.0
    finally:
        process.kill()
        process.join()
        pipe.close()


def _within_bounds(work: Callable[..., None], *given: Any) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    work(*given)


def _outcome(tree: Loaded, claim: str, mistake: Mistake | None, answer: Connection) -> None:
    start = time.process_time()
    if mistake is not None:
        try:
            tree.make(mistake)
        except ValueError as problem:
            answer.send(problem)
            return
    try:
        found = tree.claim(claim).examine()
        verdicts = {"derived": found.symbolic, "measured": found.numeric}
        how = " and ".join(
            route for route, said in verdicts.items() if said and said.value != "holds"
        )
    except Exception as problem:
        how = type(problem).__name__
    answer.send((how, time.process_time() - start))


def _lines(tree: Loaded, claim: str, answer: Connection) -> None:
    places = tuple(f"{tree.root / layer}/" for layer in PRODUCT)
    left: dict[CodeType, set[int]] = {}  # lines that were not run yet
    seen: dict[str, set[int]] = defaultdict(set)

    def enter(frame: FrameType, event: str, _: Any) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(places):
            return None
        waiting = left.setdefault(code, {line for *_, line in code.co_lines() if line})
        if not waiting:
            return None
        lines = seen[str(Path(code.co_filename).relative_to(tree.root))]

        def line(frame: FrameType, event: str, _: Any) -> Any:
            lines.add(frame.f_lineno)
            waiting.discard(frame.f_lineno)
            return line

        return line(frame, event, None)

    sys.settrace(enter)
    with suppress(Exception):  # of a claim that breaks down, what ran until then
        tree.claim(claim).examine()
    sys.settrace(None)
    answer.send(dict(seen))


JOBS = {"outcome": _outcome, "lines": _lines}
