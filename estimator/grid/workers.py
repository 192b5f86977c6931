"""Points whose circuits are built, on workers of Dask: those of this machine, or of a cluster.

A chunk goes to one worker; what it says comes back and is written here. A worker that dies has its
chunks done again by others; a scheduler that is gone is waited for, and gets what was not done.
"""

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from typing import Any

from estimator.ask.stored import PACKAGES
from estimator.grid.axis import Axis
from estimator.grid.errands import Errands, kinds_of
from estimator.grid.plan import Ranges
from estimator.sources import sources_of

CONNECT = 10
"""How long a scheduler may take to answer. Unit: seconds."""

RECONNECT = 120
"""How long a scheduler that is gone is waited for. Unit: seconds."""

AHEAD = 4
"""Chunks that are handed out at once, for each worker."""

LOGS = (
    "distributed", "distributed.client", "distributed.core", "asyncio", "tornado.application",
)  # fmt: skip
"""What speaks of lost connections: what was lost is done again, or refused in a sentence."""

Row = Mapping[str, Any]

_LAST: dict[str, Any] = {}
"""What this worker was asked last: the next chunk asks the same."""


def has_dask() -> bool:
    """Whether workers can be had."""
    return find_spec("distributed") is not None


def rows_of(
    target: str, fixed: Mapping[str, Any], axes: Sequence[tuple[str, Sequence[Any]]], ranges: Ranges
) -> list[dict[str, Any]]:
    """The rows of a chunk, on a worker.

    Args:
        target: what is asked about.
        fixed: parameters that are the same everywhere.
        axes: names and all values of those that vary.
        ranges: of the chunk, along each axis.
    """
    task = (target, dict(fixed), [(name, list(values)) for name, values in axes])
    if _LAST.get("task") != task:
        found = import_module("estimator.grid.asking").Asking.of(target, dict(axes), fixed)
        _LAST.update(task=task, asking=found)
    asking = _LAST["asking"]
    return [asking.row(place) for place in product(*ranges)]


def identity() -> str:
    """The sources of this process: workers must have the same."""
    sources = sources_of(PACKAGES)
    return "" if sources is None else sources.digest


@contextmanager
def client_of(scheduler: str | None, workers: int) -> Iterator[Any]:
    """A client of a cluster, or of workers of this machine that end with it.

    Raises:
        ValueError: if the cluster cannot be reached, has no worker or another version of the
            product.
    """
    distributed = import_module("distributed")
    for name in LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    import_module("dask").config.set(
        {
            "distributed.comm.timeouts.connect": f"{CONNECT}s",
            "distributed.scheduler.work-stealing": False,  # chunks stay where their degrees are
            "distributed.worker.profile.enabled": False,
        }
    )
    if scheduler is not None:
        client = connected(scheduler)
        try:
            check_workers(client, scheduler)
            yield client
        finally:
            with suppress(Exception):
                client.close(timeout=1)
        return
    with (
        no_script(),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=":0",
            silence_logs=50,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def check_cluster(scheduler: str) -> None:
    """Refuse a cluster that does not answer, or whose workers are not as this process is.

    Raises:
        ValueError: as `client_of` does.
    """
    with ExitStack() as opened:
        opened.enter_context(client_of(scheduler, 1))


@contextmanager
def no_script() -> Iterator[None]:
    """Keep workers from running the user's script again.

    A new process loads the file that its parent was started with. A script that asks for a sweep
    without asking first whether it is the main one would sweep in every worker.
    """
    main = sys.modules.get("__main__")
    file = getattr(main, "__file__", None)
    if main is None or file is None or getattr(main, "__spec__", None) is not None:
        yield
        return
    del main.__file__
    try:
        yield
    finally:
        main.__file__ = file


def connected(scheduler: str) -> Any:
    """A client of a scheduler.

    Raises:
        ValueError: if it does not answer.
    """
    try:
        return import_module("distributed").Client(scheduler, timeout=CONNECT)
    except (OSError, ValueError, TimeoutError) as problem:
        said = str(problem).split("\n")[0][:120] or type(problem).__name__
        raise ValueError(
            f"the scheduler {scheduler} does not answer within {CONNECT} seconds ({said}); start "
            f"it with `dask scheduler`, or leave --scheduler out to use this machine"
        ) from None


def check_workers(client: Any, scheduler: str) -> None:
    """Refuse a cluster that cannot answer as this process would.

    Raises:
        ValueError: if it has no worker, or one with other sources.
    """
    try:
        found = client.run(identity)
    except Exception as problem:
        said = str(problem).split("\n")[0][:120]
        raise ValueError(
            f"the workers of {scheduler} cannot load quledger ({said}); install this version there"
        ) from None
    if not found:
        raise ValueError(f"the scheduler {scheduler} has no workers; start some: `dask worker`")
    ours = identity()
    if wrong := [name for name, theirs in found.items() if theirs != ours]:
        raise ValueError(
            f"worker {wrong[0]} has another version of quledger or of what it uses; install the "
            f"same on all machines"
        )


def spread(
    todo: Sequence[tuple[int, Ranges]],
    task: tuple[str, Mapping[str, Any], Sequence[Axis]],
    scheduler: str | None,
    workers: int,
    keep: Callable[[int, list[dict[str, Any]]], None],
) -> Iterator[int]:
    """The chunks, done by workers in any order; each is kept before its number is handed on.

    Args:
        todo: numbers and ranges.
        task: target, fixed parameters and axes.
        scheduler: address of a cluster; this machine's if `None`.
        workers: of this machine.
        keep: writes the rows of a chunk.

    Raises:
        ValueError: as `client_of` does, or if the scheduler stays away.
    """
    target, fixed, axes = task
    plain = [(axis.name, list(axis.values)) for axis in axes]
    left = dict(todo)
    since = time.monotonic()
    while left:
        try:
            with client_of(scheduler, workers) as client:
                for number, rows in _done(client, left, (target, dict(fixed), plain)):
                    keep(number, rows)
                    del left[number]
                    since = time.monotonic()
                    yield number
        except ValueError:
            if scheduler is None or len(left) == len(todo):
                raise  # it was never there
            if time.monotonic() - since > RECONNECT:
                raise
            time.sleep(1)
        except Exception as problem:
            if not _is_lost(problem):
                raise
            if time.monotonic() - since > RECONNECT:
                raise ValueError(
                    f"the scheduler {scheduler or 'of this machine'} is gone; what is done is "
                    f"kept: go on with --resume"
                ) from None
            time.sleep(1)


def _done(
    client: Any, left: Mapping[int, Ranges], task: tuple[str, Any, Any]
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Chunks as they end; only a few are handed out at a time."""
    distributed = import_module("distributed")
    axes = task[2]
    errands = Errands({number: kinds_of(axes, ranges) for number, ranges in left.items()})
    has: dict[Any, tuple[int, str]] = {}
    ended = distributed.as_completed([], with_results=False)

    def hand_out() -> None:
        """See to it that every worker has something to do."""
        busy = Counter(address for _, address in has.values())
        for address in client.scheduler_info(n_workers=-1)["workers"]:
            for _ in range(busy[address], AHEAD):
                number = errands.next(address)
                if number is None:
                    return
                future = client.submit(
                    rows_of, *task, left[number], pure=False, retries=5,
                    workers=[address], allow_other_workers=True,
                )  # fmt: skip
                has[future] = (number, address)
                ended.add(future)

    hand_out()
    for future in ended:
        rows = future.result()
        number, _ = has.pop(future)
        hand_out()
        yield number, rows


def _is_lost(problem: BaseException) -> bool:
    """Whether the scheduler, or all that it knew, is gone."""
    lost = ("CancelledError", "FutureCancelledError", "FuturesCancelledError", "CommClosedError",
            "KilledWorker", "LostConnectionError")  # fmt: skip
    return isinstance(problem, (OSError, TimeoutError)) or type(problem).__name__ in lost


def processors() -> int:
    """That this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
