"""How much of a circuit a simulation executed, by name."""

from collections.abc import Iterable
from enum import StrEnum

from qualtran import Bloq

from bloqs.simulation.stand_in import AbstractStandIn, Replaces


class Fidelity(StrEnum):
    """How much of a circuit a run executed, from the whole of it downwards."""

    GATE_BY_GATE = "gate by gate"
    BLOCK_BY_BLOCK = "block by block"
    DILATED = "dilated"
    VECTOR = "vector"


def lowest_fidelity(whole: Iterable[type[Bloq]]) -> Fidelity:
    """Name of a run that left bloqs of these classes whole: that of the worst of them.

    Args:
        whole: classes of the bloqs that were applied as one gate each.
    """
    classes = set(whole)
    replaced = {cls.replaces for cls in classes if issubclass(cls, AbstractStandIn)}
    if Replaces.VECTOR_ENCODING in replaced:
        return Fidelity.VECTOR
    if Replaces.BLOCK_ENCODING in replaced:
        return Fidelity.DILATED
    return Fidelity.BLOCK_BY_BLOCK if classes else Fidelity.GATE_BY_GATE
