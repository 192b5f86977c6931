"""Neighbouring trainable gates that commute, and so share every copy of a gradient state."""

from collections.abc import Sequence
from typing import Any

from bloqs.communication.model.pauli import commute


def commuting_groups(gates: Sequence[Any]) -> tuple[tuple[int, ...], ...]:
    """Runs of trainable gates whose strings commute in pairs, as places among all gates.

    A gate that is not trainable may stand inside a run if it commutes with what came before it in
    the run; else it ends the run. Greedy, which gives the fewest runs of neighbours.

    Args:
        gates: with `letters`, `is_trainable` and `control`; a controlled gate is alone.

    Source: [BWP23] commuting generators.
    """
    runs: list[list[int]] = []
    is_open = False
    for place, gate in enumerate(gates):
        run = runs[-1] if is_open else []
        fits = gate.control is None and all(commute(gate.letters, gates[i].letters) for i in run)
        is_open = is_open and fits
        if gate.is_trainable:
            if is_open:
                run.append(place)
            else:
                runs.append([place])
            is_open = gate.control is None
    return tuple(map(tuple, runs))


def group_sizes(gates: Sequence[Any]) -> tuple[int, ...]:
    """How many gates each group has, in order."""
    return tuple(len(group) for group in commuting_groups(gates))
