"""Room for circuits that are nested more deeply than Python allows by itself.

Qualtran writes an adder as one generator inside another for each bit, so that one of some hundred
bits is nested too deeply.
"""

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

DEEPEST = 50_000
"""Calls inside each other that are allowed then."""

STACK = 512 * 2**20
"""Stack for them, of which only what is used takes memory. Unit: bytes."""

_one_at_a_time = threading.Lock()


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
