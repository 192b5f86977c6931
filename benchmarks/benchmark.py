"""What a benchmark is: a named list of cases, each a thing that we and a peer can both do."""

from collections.abc import Callable, Iterable
from typing import Any

from attrs import frozen


def _nothing() -> None:
    return None


@frozen(kw_only=True)
class Case:
    """One row of the table.

    Args:
        what: what is done; cases that differ in size only share it.
        size: how large.
        ours: does it, given what `setup` made.
        peer: does the same another way; `None` if nobody else does it.
        setup: makes the input, anew and outside the clock for every repetition.
        same: whether our answer and the peer's agree; `None` if they are of different kinds.
        note: what the peer is, and what the two answers do not share.
        grows: whether the cases that share `what` are listed by growing size, so that there is a
            size from which on we are faster.
        limit: longest time the peer is given. Unit: seconds.
        needs: the module that the peer is, imported before the clock starts; without it the row
            says "not installed".
        error: largest absolute error of an answer, found in a way that neither side shares;
            `None` if answers have no error.
        tolerance: an answer whose error is larger is wrong, and its time is no time.
        until_broken: whether the larger sizes of the same `what` are left out once the peer took
            too long, raised or was wrong.
        may_fail: why the peer may raise or be wrong without its being our fault; empty if it may
            not. Where `until_broken` is set it may.
        afresh: whether every repetition is a process of its own, in which nothing has been
            remembered.
        headline: the row of the README that the ratio belongs to, as it stands there; cases that
            share it make one row. Empty if it is not in the README.
    """

    what: str
    size: str
    ours: Callable[[Any], Any]
    peer: Callable[[Any], Any] | None = None
    setup: Callable[[], Any] = _nothing
    same: Callable[[Any, Any], bool] | None = None
    note: str = ""
    grows: bool = True
    limit: float = 60
    needs: str = ""
    error: Callable[[Any], float] | None = None
    tolerance: float = 1e-6
    until_broken: bool = False
    may_fail: str = ""
    afresh: bool = False
    headline: str = ""


@frozen
class Benchmark:
    """Cases under the name the command line knows.

    Args:
        name: one word.
        cases: in the order of the table; those that share `what` grow in size.
    """

    name: str
    cases: Iterable[Case]
