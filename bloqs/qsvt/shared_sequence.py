"""One alternating sequence for two polynomials of different parity."""

from collections.abc import Sequence
from itertools import zip_longest

from qualtran import Bloq
from qualtran.bloqs.basic_gates import XGate
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.composite import controlled_form
from bloqs.qsvt.phase_pair import PhasePair
from bloqs.wires import Wire, Wires
from estimator import symbols


def write_shared_sequence(
    wires: Wires,
    even: Sequence[float],
    odd: Sequence[float],
    unitary: Bloq,
    registers: dict[str, list[Wire]],
    flags: list[Wire],
    sign: Wire,
    parity: Wire,
    control: list[Wire],
) -> None:
    """Write both sequences of `bloqs.qsvt.sequence` at once; they begin alike.

    The calls are those of the longer one. Where the other one is a call shorter, the last call is
    for the longer one alone; where it is more than that, it starts with calls that undo each other.
    Where a control is zero the parity is zero too, and all calls cancel.

    Args:
        wires: of the circuit.
        even: phases for parity zero, an odd number of them.
        odd: phases for parity one, an even number of them.
        unitary: U.
        registers: the wires of U's registers, by name.
        flags: wires that are zero on the projector, left and right.
        sign: the wire that turns all phases around.
        parity: the wire that chooses; zero wherever the control is.
        control: the control's wire, or none.
    """
    degree = max(len(even), len(odd)) - 1
    columns = []
    for part in (even, odd):
        idle = (degree + 1 - len(part)) // 2 * 2
        columns.append([0.0] * idle + [float(phi) for phi in reversed(part)])
    for step, (phi, phi_odd) in enumerate(zip_longest(*columns, fillvalue=0.0)):
        call = unitary if step % 2 else unitary.adjoint()
        if 0 < step < degree:
            wires.on(call, **registers)
        if step == degree:
            if degree % 2 == 0:
                wires.x(parity)
            wires.on(controlled_form(call), ctrl=[parity], **registers)
            if degree % 2 == 0:
                wires.x(parity)
        pair = PhasePair(phi, phi_odd, len(flags), bool(control))
        wires.on(pair, ctrl=control, parity=[parity], sign=[sign], flags=flags)


def shared_sequence_calls(
    degree: SymbolicInt, unitary: Bloq, flags: SymbolicInt, is_controlled: bool
) -> dict[Bloq, SymbolicInt]:
    """Calls of that sequence, all pairs of phases written as one generic pair.

    Args:
        degree: of the longer one, at least 1; a symbol is taken to be even unless SymPy knows that
            it is odd.
        unitary: U.
        flags: number of flags. Unit: qubits.
        is_controlled: whether the sequence has a control.
    """
    if is_symbolic(degree):
        is_odd = bool(degree.is_odd)
        up, down = ((degree - 1) / 2,) * 2 if is_odd else (degree / 2, degree / 2 - 1)
    else:
        is_odd = degree % 2 == 1
        up, down = degree // 2, (degree - 1) // 2
    pair = PhasePair(symbols.theta, symbols.theta, flags, is_controlled)
    calls: dict[Bloq, SymbolicInt] = {pair: degree + 1}
    last = controlled_form(unitary if is_odd else unitary.adjoint())
    for step, times in ((unitary, up), (unitary.adjoint(), down), (last, 1)):
        if is_symbolic(times) or times:
            calls[step] = calls.get(step, 0) + times
    return calls if is_odd else {**calls, XGate(): 2}
