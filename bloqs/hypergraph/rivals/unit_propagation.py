"""Follows a proof that clauses cannot all hold: each line is a clause that unit propagation gives.

A line is right if assuming the opposite of its literals and setting what clauses then force leads
to a contradiction with clauses that stand or came before. The proof is complete once what is
forced without any assumption is a contradiction. Lines "d ..." take a clause out. Taking one out
never makes a wrong proof right, so that of a clause that is not there, and of what is already
forced, they are passed over.

A literal v or -v is stored as 2 v or 2 v + 1. Two literals of each clause are watched.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.rivals.certificate import demand
from estimator.ask.question import Tracker, untracked

Numbers = NDArray[np.int64]

A_STEP = 2000
"""Lines of a proof between two looks at whether to go on."""

FREE, TRUE, FALSE = 0, 1, 2
ADDED, CONTRADICTION, NOT_FORCED = 0, 1, 2


@numba.njit(cache=True)
def _set(literal: int, values: Any, trail: Any, count: Any) -> None:
    values[literal], values[literal ^ 1] = TRUE, FALSE
    trail[count[0]] = literal
    count[0] += 1


@numba.njit(cache=True)
def _propagate(
    head: int, pool: Any, starts: Any, alive: Any, first: Any, following: Any, values: Any,
    trail: Any, count: Any,
) -> bool:  # fmt: skip
    """Sets what is forced by the trail from `head` on; whether there is a contradiction."""
    while head < count[0]:
        false = trail[head] ^ 1
        head += 1
        watch, before = first[false], -1
        while watch >= 0:
            clause, after = watch >> 1, following[watch]
            start = starts[clause]
            side = watch & 1
            other = pool[start + 1 - side]
            if alive[clause] and values[other] != TRUE:
                moved = False
                for place in range(start + 2, starts[clause + 1]):
                    if values[pool[place]] != FALSE:
                        new = pool[place]
                        pool[place], pool[start + side] = false, new
                        following[watch] = first[new]
                        first[new] = watch
                        moved = True
                        break
                if not moved:
                    if values[other] == FALSE:
                        return True
                    _set(other, values, trail, count)
                    before = watch
                    watch = after
                    continue
            elif alive[clause]:
                before = watch
                watch = after
                continue
            # the watch has left this list, or its clause is gone
            if before >= 0:
                following[before] = after
            else:
                first[false] = after
            watch = after
    return False


@numba.njit(cache=True)
def _add(
    clause: int, pool: Any, starts: Any, alive: Any, first: Any, following: Any, values: Any,
    trail: Any, count: Any,
) -> bool:  # fmt: skip
    """Puts a clause among those that stand; whether there is now a contradiction."""
    start, end = starts[clause], starts[clause + 1]
    free = 0
    for place in range(start, end):
        if values[pool[place]] == TRUE:  # for good: it will never force anything
            return False
        if values[pool[place]] == FREE:
            pool[place], pool[start + free] = pool[start + free], pool[place]
            free += 1
            if free == 2:
                break
    if free == 0:
        return True
    if free == 1:
        head = count[0]
        _set(pool[start], values, trail, count)
        return _propagate(head, pool, starts, alive, first, following, values, trail, count)
    alive[clause] = True
    for side in range(2):
        watch = 2 * clause + side
        following[watch] = first[pool[start + side]]
        first[pool[start + side]] = watch
    return False


@numba.njit(cache=True)
def _follow(
    begin: int, end: int, given: int, lines: Any, pool: Any, starts: Any, alive: Any, first: Any,
    following: Any, values: Any, trail: Any, count: Any,
) -> tuple[int, int]:  # fmt: skip
    """Lines `begin` to `end`: (ADDED, CONTRADICTION or NOT_FORCED, line where it stopped).

    A line is a number of a clause to add, or -1 - number of one to take out. Clauses below `given`
    are taken as they are.
    """
    for at in range(begin, end):
        clause = lines[at]
        if clause < 0:
            alive[-1 - clause] = False
            continue
        if clause >= given:
            fixed = count[0]
            is_forced = False
            for place in range(starts[clause], starts[clause + 1]):
                literal = pool[place]
                if values[literal] == TRUE:
                    is_forced = True
                    break
                if values[literal] == FREE:
                    _set(literal ^ 1, values, trail, count)
            if not is_forced:
                is_forced = _propagate(
                    fixed, pool, starts, alive, first, following, values, trail, count
                )
            while count[0] > fixed:
                count[0] -= 1
                values[trail[count[0]]] = FREE
                values[trail[count[0]] ^ 1] = FREE
            if not is_forced:
                return NOT_FORCED, at
        if _add(clause, pool, starts, alive, first, following, values, trail, count):
            return CONTRADICTION, at
    return ADDED, end


def follow_proof(
    clauses: Iterable[Sequence[int]],
    proof: Sequence[str],
    variables: int,
    track: Tracker = untracked,
) -> int:
    """Follows a proof to the contradiction; number of its lines that were needed for it.

    Args:
        clauses: that cannot all hold, literals v and -v, v from 1.
        proof: lines "3 -1 0", and "d 3 -1 0" to take a clause out.
        variables: largest v.
        track: hands on stretches of the proof.

    Raises:
        NotShownError: at the first line that does not follow, or if the contradiction is missing.
        ValueError: if a line is none.
    """
    steps, pool, starts, given = _stored(clauses, proof, variables)
    number = len(starts) - 1
    state = (
        np.array(steps, dtype=np.int64),
        np.array(pool, dtype=np.int64),
        np.array(starts, dtype=np.int64),
        np.zeros(number, dtype=np.bool_),
        np.full(2 * variables + 2, -1, dtype=np.int64),
        np.full(2 * number, -1, dtype=np.int64),
        np.zeros(2 * variables + 2, dtype=np.int8),
        np.zeros(variables + 1, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )
    for begin in track(range(0, len(steps), A_STEP), "following the proof"):
        end = min(begin + A_STEP, len(steps))
        outcome, at = _follow(begin, end, given, *state)
        demand(outcome != NOT_FORCED, f"line {at - given + 1} of the proof does not follow")
        if outcome == CONTRADICTION:
            return max(0, int(at) - given + 1)
    demand(False, "the proof is incomplete: it ends before the contradiction")
    raise AssertionError


def _stored(
    clauses: Iterable[Sequence[int]], proof: Sequence[str], variables: int
) -> tuple[list[int], list[int], list[int], int]:
    """(steps, literals one after the other, where clauses start, number of given clauses)."""
    pool: list[int] = []
    starts = [0]
    steps: list[int] = []
    known: dict[tuple[int, ...], list[int]] = {}

    def store(literals: Iterable[int]) -> None:
        stored = sorted({_stored_literal(literal, variables) for literal in literals})
        number = len(starts) - 1
        pool.extend(stored)
        starts.append(len(pool))
        known.setdefault(tuple(stored), []).append(number)
        steps.append(number)

    for literals in clauses:
        store(literals)
    given = len(steps)
    for text in proof:
        words = text.split()
        takes_out = words[:1] == ["d"]
        if words[-1:] != ["0"]:
            raise ValueError(f"a line of a proof ends with 0, got {text[:40]!r}")
        literals = [int(word) for word in words[takes_out:-1]]
        if not takes_out:
            store(literals)
            continue
        numbers = known.get(tuple(sorted({_stored_literal(x, variables) for x in literals})))
        # a line that takes out nothing adds nothing: it stands for a clause that is always true
        steps.append(-1 - numbers.pop() if numbers else -1 - _nothing(pool, starts))
    return steps, pool, starts, given


def _nothing(pool: list[int], starts: list[int]) -> int:
    """A clause of no use, number of it."""
    starts.append(len(pool))
    return len(starts) - 2


def _stored_literal(literal: int, variables: int) -> int:
    if not 1 <= abs(literal) <= variables:
        raise ValueError(f"a literal is from 1 to {variables} or the opposite, got {literal}")
    return 2 * literal if literal > 0 else 1 - 2 * literal
