"""Find out whether flags are all zero, on a wire, and forget it again."""

from collections.abc import Sequence

from qualtran import Bloq
from qualtran.bloqs.basic_gates import XGate
from qualtran.bloqs.mcmt import And
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.wires import Wire, Wires

Step = tuple[Wire, Wire, Wire, int]
"""Two wires, the new one that holds their AND, and the value asked of the first of them."""


def compute_zero(
    wires: Wires, flags: Sequence[Wire], name: str = "zero"
) -> tuple[Wire, list[Step]]:
    """Make a wire that is one where all flags are zero: a chain of ANDs, or one flag flipped.

    Args:
        wires: of the circuit.
        flags: at least one.
        name: of the new wires; two tests that are alive together need two.

    Returns:
        The wire, and what `uncompute_zero` needs to take it away.
    """
    steps: list[Step] = []
    zero = flags[0]
    for k, flag in enumerate(flags[1:]):
        steps.append((zero, flag, (name, k), 1 if k else 0))
        zero = (name, k)
    for x, y, new, cv in steps:
        wires.compute_and(x, y, new, cv1=cv, cv2=0)
    if not steps:
        wires.x(zero)
    return zero, steps


def uncompute_zero(wires: Wires, zero: Wire, steps: Sequence[Step]) -> None:
    """Undo `compute_zero`."""
    if not steps:
        wires.x(zero)
    for x, y, old, cv in reversed(steps):
        wires.uncompute_and(x, y, old, cv1=cv, cv2=0)


def zero_test_calls(w: SymbolicInt) -> dict[Bloq, SymbolicInt]:
    """Gates of both together, for w flags."""
    if is_symbolic(w):
        return {And(): w - 1, And().adjoint(): w - 1}
    if w == 1:
        return {XGate(): 2}
    gates: dict[Bloq, SymbolicInt] = {And(0, 0): 1, And(0, 0).adjoint(): 1}
    if w > 2:
        gates |= {And(1, 0): w - 2, And(1, 0).adjoint(): w - 2}
    return gates
