"""The call graph of a bloq as a tree of routines, each with what one run of it takes."""

from collections import deque
from collections.abc import Mapping

import sympy
from attrs import define, field
from qualtran import Bloq

from estimator.costs.cost import T_PER_TOFFOLI
from estimator.costs.gate_counts import GATES, callees_or_none
from estimator.costs.keys import OracleCalls
from estimator.costs.known import known_cost, one_question
from estimator.costs.simplify import multiplied_out

MOST_ROUTINES = 400
"""Routines of one tree; what they call further is in their own numbers."""

ADDITIVE = ("t", "toffoli", "cswap", "rotations", "measurements", "t_count")
"""What every routine takes: keys of an answer's gates, T in all among them. Unit: gates."""


@define(eq=False)
class Routine:
    """A bloq in one place of the tree.

    Args:
        bloq: it.
        takes: by name, those of `ADDITIVE` and `queries_NAME`; what is zero is left out.
        calls: what it calls and how often, if that adds up to what it takes.
    """

    bloq: Bloq
    takes: Mapping[str, sympy.Expr]
    calls: list[tuple["Routine", sympy.Expr]] = field(factory=list)


@one_question()
def tree_of(bloq: Bloq, per_rotation: int) -> Routine:
    """The routines that a bloq calls, level by level up to `MOST_ROUTINES`.

    A routine whose callees do not add up to what it states is not looked into. Of oracles those
    count that the whole calls: others are answered by routines of its own.

    Args:
        bloq: any that states what it costs.
        per_rotation: T gates of a rotation.

    Raises:
        Exception: what the bloq raises if it does not.
    """
    root = Routine(bloq, _takes(bloq, per_rotation))
    kept = frozenset({*ADDITIVE, *root.takes})
    waiting, number = deque([root]), 1
    while waiting:
        routine = waiting.popleft()
        found = _calls(routine, per_rotation, kept)
        if number + len(found) > MOST_ROUTINES:
            continue
        number += len(found)
        routine.calls = found
        waiting.extend(each for each, _ in found)
    return root


def _takes(bloq: Bloq, per_rotation: int) -> dict[str, sympy.Expr]:
    gates = known_cost(bloq, GATES)
    toffoli = gates.and_bloq + gates.toffoli
    found = {
        "t": gates.t,
        "toffoli": toffoli,
        "cswap": gates.cswap,
        "rotations": gates.rotation,
        "measurements": gates.measurement,
        "t_count": gates.t
        + T_PER_TOFFOLI * (toffoli + gates.cswap)
        + per_rotation * gates.rotation,
    }
    calls = known_cost(bloq, OracleCalls()).asdict()
    found |= {f"queries_{name}": times for name, times in calls.items()}
    exact = {name: multiplied_out(sympy.sympify(x)) for name, x in found.items()}
    return {name: x for name, x in exact.items() if x != 0}


def _calls(
    routine: Routine, per_rotation: int, kept: frozenset[str]
) -> list[tuple[Routine, sympy.Expr]]:
    """What a routine calls, cheap parts left out; nothing if that does not add up."""
    found: list[tuple[Routine, sympy.Expr]] = []
    try:
        for bloq, times in callees_or_none(routine.bloq):
            takes = {name: x for name, x in _takes(bloq, per_rotation).items() if name in kept}
            if takes:
                found.append((Routine(bloq, takes), sympy.sympify(times)))
    except Exception:  # bloqs of anyone may fail in any way
        return []
    names = {name for each, _ in found for name in each.takes} | set(routine.takes)
    for name in names:
        total = sum((n * each.takes.get(name, 0) for each, n in found), sympy.Integer(0))
        if multiplied_out(total - routine.takes.get(name, 0)) != 0:
            return []
    return found
