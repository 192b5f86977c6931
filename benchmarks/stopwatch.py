"""Time a function in a child process that a time and a memory limit can stop."""

import contextlib
import gc
import io
import multiprocessing
import resource
import signal
import statistics
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from attrs import evolve, frozen

MEMORY = 12 * 2**30
"""Address space of a child. Unit: bytes."""

REPEATED_FOR = 1.0
"""A run is repeated while all repetitions together have taken less. Unit: seconds."""

REPETITIONS = 5
"""Most repetitions of one run."""

SHORT, MANY = 0.2, 25
"""Unless all repetitions together have taken less than SHORT seconds: then it is MANY."""


@frozen
class Timing:
    """How long a function took.

    Args:
        seconds: median over the repetitions; `None` if it did not finish.
        first: the first repetition, with everything cold. Unit: seconds.
        answer: what the function returned.
        trouble: why it did not finish; empty if it did.
        error: of the answer, if it was judged.
    """

    seconds: float | None
    first: float | None = None
    answer: Any = None
    trouble: str = ""
    error: float | None = None

    def __str__(self) -> str:
        return self.trouble if self.seconds is None else f"{self.seconds:.3g} s"


NOT_INSTALLED = "not installed"
"""What is reported of a peer that is not there."""

LACKS = "lacks"
"""Begin of what is reported of a peer that is there without something that it needs."""

KILLED = "killed"
"""What is reported of a process that the system has ended."""

OVER_MEMORY = f"> {MEMORY // 2**30} GiB"
"""What is reported instead of a time that memory was too small for."""


def over_time(limit: float) -> str:
    """What is reported instead of a time that nobody waited for."""
    return f"> {limit:g} s"


def timed(
    run: Callable[[Any], Any], setup: Callable[[], Any], limit: float, afresh: bool = False
) -> Timing:
    """Run `run(setup())` up to `MANY` times in a fork of this process.

    The fork has everything imported and shares no cache with any other measurement.

    Args:
        run: what is timed.
        setup: makes its input, outside the clock.
        limit: on all repetitions together. Unit: seconds.
        afresh: whether each repetition is a fork of its own.
    """
    if afresh:
        return _over_forks(run, setup, limit)
    return _in_fork(run, setup, limit)


def _over_forks(run: Callable[[Any], Any], setup: Callable[[], Any], limit: float) -> Timing:
    spent: list[float] = []
    found: Timing | None = None
    while _again(spent, limit):
        once = _in_fork(run, setup, limit, once=True)
        if once.seconds is None:
            return once
        spent.append(once.seconds)
        found = found or once
    assert found is not None
    return evolve(found, seconds=statistics.median(spent), first=spent[0])


def _in_fork(
    run: Callable[[Any], Any], setup: Callable[[], Any], limit: float, once: bool = False
) -> Timing:
    gc.collect()
    gc.freeze()  # what is here already is not looked at again, which would copy it
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    child = fork.Process(target=_in_child, args=(sender, run, setup, limit, once), daemon=True)
    child.start()
    sender.close()
    try:
        if not receiver.poll(limit):
            return Timing(None, trouble=over_time(limit))
        return receiver.recv()
    except EOFError:
        return Timing(None, trouble=KILLED)
    finally:
        child.kill()
        child.join()


def _again(spent: list[float], limit: float) -> bool:
    """Whether to run once more after runs that took `spent` seconds each."""
    total = sum(spent)
    if len(spent) < REPETITIONS:
        return not spent or total < min(REPEATED_FOR, limit / 2)
    return len(spent) < MANY and total < SHORT


def _in_child(
    sender: Connection,
    run: Callable[[Any], Any],
    setup: Callable[[], Any],
    limit: float,
    once: bool,
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children itself
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        spent: list[float] = []
        said = io.StringIO()  # some peers print
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            while not spent or (not once and _again(spent, limit)):
                given = setup()
                start = time.perf_counter()
                answer = run(given)
                spent.append(time.perf_counter() - start)
        sender.send(Timing(statistics.median(spent), spent[0], answer))
    except MemoryError:
        sender.send(Timing(None, trouble=OVER_MEMORY))
    except Exception as problem:  # reported in the table
        sender.send(Timing(None, trouble=f"{type(problem).__name__}: {problem}"[:60]))
