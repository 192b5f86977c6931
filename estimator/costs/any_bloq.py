"""What any bloq costs, whoever wrote it: an answer wherever there is one, else one sentence."""

import contextlib
import inspect
import sys
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from qualtran import Bloq, BloqExample

from estimator.ask.any_bloq import TARGET, parts_of
from estimator.ask.parameter import did_you_mean
from estimator.ask.question import Asked
from estimator.ask.registry import FLOORS
from estimator.costs.answer import cost_report, pricing
from estimator.costs.counted import Reading
from estimator.costs.hands import CrossedError
from estimator.machines.logical_counts import NoMachineError
from estimator.report.model import Report
from estimator.report.text import bloq_name

T = TypeVar("T")

DEEPEST = 50_000
"""Calls inside each other that are allowed for circuits nested more deeply than Python allows.

Qualtran writes an adder as one generator inside another for each bit.
"""

STACK = 512 * 2**20
"""Stack for them, of which only what is used takes memory. Unit: bytes."""

_one_at_a_time = threading.Lock()

NESTED = "is nested too deeply, or contains itself"

LONGEST = 300
"""Of what others say in a refusal. Unit: characters."""


def cost(asked: Asked) -> Report:
    """What the bloq costs that the question names.

    Raises:
        ValueError: if there is no such bloq, or no telling what it costs.
    """
    return bloq_report(bloq_named(asked.values["bloq"]), asked)


def drawable(asked: Asked) -> Report:
    """The same, for a drawing, which is there even where nothing can be told of the cost.

    Raises:
        ValueError: if there is no such bloq.
    """
    return drawable_report(bloq_named(asked.values["bloq"]), asked)


def drawable_report(bloq: Bloq, asked: Asked) -> Report:
    """The report on a bloq; its name alone if there is no telling what it costs."""
    with contextlib.suppress(ValueError):
        return bloq_report(bloq, asked)
    return Report(title=bloq_name(bloq), parts=[], bloq=bloq)


def bloq_report(bloq: Bloq, asked: Asked) -> Report:
    """What a bloq costs: as it states, compared with its circuit; or else what its circuit holds.

    Raises:
        ValueError: if it neither states what it costs nor has a circuit, something in it acts
            across parties, parameters that go together are not given together, or a machine is
            asked about that cannot run it.
    """
    pricing(asked)
    problems: list[str] = []
    for reading in (Reading.COMPARED, Reading.COUNTED):
        try:
            return with_room(partial(cost_report, bloq, asked, reading=reading))
        except (CrossedError, NoMachineError):
            raise
        except RecursionError:
            problems.append(f"it {NESTED}")
        except Exception as problem:  # what others write may fail in any way
            problems.append(_said(problem))
    said = "; ".join(dict.fromkeys(problems))
    raise ValueError(f"there is no telling what {bloq_name(bloq)} costs: {said}")


def done_or_refused(act: Callable[[], None], bloq: Bloq) -> None:
    """Do something with a bloq that what others write may make fail in any way.

    Raises:
        ValueError: if it fails.
    """
    try:
        with_room(act)
    except RecursionError:
        raise ValueError(f"{bloq_name(bloq)} {NESTED}") from None
    except ValueError:
        raise
    except Exception as problem:
        if type(bloq).__module__.split(".")[0] in FLOORS:
            raise
        raise ValueError(f"{bloq_name(bloq)} cannot be drawn: {_said(problem)}") from problem


def with_room(function: Callable[[], T]) -> T:
    """What a function returns, asked again with more room if it is nested too deeply.

    Raises:
        RecursionError: if that is too little room, too.
    """
    try:
        return function()
    except RecursionError:
        pass
    found: list[T] = []
    problems: list[BaseException] = []

    def run() -> None:
        try:
            found.append(function())
        except BaseException as problem:
            problems.append(problem)

    with _one_at_a_time:
        limit, size = sys.getrecursionlimit(), threading.stack_size(STACK)
        sys.setrecursionlimit(max(limit, DEEPEST))
        try:
            thread = threading.Thread(target=run)
            thread.start()
            thread.join()
        finally:
            threading.stack_size(size)
            sys.setrecursionlimit(limit)
    if problems:
        raise problems[0]
    return found[0]


def bloq_named(target: str) -> Bloq:
    """The bloq of a name.

    Modules are looked for in the current directory first, as Python does.

    Args:
        target: MODULE:NAME of a bloq, of an example of one, or of what returns one when it is
            called without arguments.

    Raises:
        ValueError: if there is none.
    """
    module, name = parts_of(target)
    value = _attribute(_module(module, target), name, target)
    if callable(value) and not isinstance(value, Bloq):
        value = _called(value, target)
    if isinstance(value, BloqExample):
        value = _called(value.make, target)
    if not isinstance(value, Bloq):
        raise ValueError(
            f"{target} gives a value of type {type(value).__name__}; {TARGET} must name a Qualtran "
            "bloq, a bloq example, or a function that returns one"
        )
    return value


def _module(name: str, target: str) -> Any:
    here = str(Path.cwd())
    if here not in sys.path and "" not in sys.path:
        sys.path.insert(0, here)
    try:
        with contextlib.redirect_stdout(sys.stderr):  # what it prints is no part of the answer
            return import_module(name)
    except ModuleNotFoundError as problem:
        missing = problem.name or ""
        if name == missing or name.startswith(f"{missing}."):
            raise ValueError(
                f"there is no module {missing} to take {target} from; run quledger where "
                f"{missing.split('.')[0]}.py is, or install it"
            ) from problem
        raise ValueError(f"{name} cannot be loaded: {_said(problem)}") from problem
    except (Exception, SystemExit) as problem:
        raise ValueError(f"{name} cannot be loaded: {_said(problem)}") from problem


def _attribute(value: Any, name: str, target: str) -> Any:
    for part in name.split("."):
        if not hasattr(value, part):
            names = [each for each in vars(value) if not each.startswith("__")]
            raise ValueError(f"there is no {part} in {target}{did_you_mean(part, names)}")
        value = getattr(value, part)
    return value


def _called(make: Callable[[], Any], target: str) -> Any:
    if needed := _needed(make):
        raise ValueError(
            f"{target} needs {', '.join(needed)}; name a bloq, or a function that needs nothing"
        )
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return make()
    except (Exception, SystemExit) as problem:
        raise ValueError(f"{target} cannot be made: {_said(problem)}") from problem


def _needed(make: Callable[[], Any]) -> list[str]:
    """Names of the arguments without which something cannot be called."""
    try:
        parameters = inspect.signature(make).parameters.values()
    except (TypeError, ValueError):  # there is no telling
        return []
    optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [x.name for x in parameters if x.default is x.empty and x.kind not in optional]


def _said(problem: BaseException) -> str:
    said = " ".join(str(problem).split())
    text = f"{type(problem).__name__}: {said}" if said else type(problem).__name__
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
