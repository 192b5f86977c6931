"""The alternating sequence at the heart of every singular value transformation."""

import math
from collections.abc import Callable, Sequence
from numbers import Integral, Real

import sympy
from attrs import frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.composite import controlled_form
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.wires import Wire, Wires
from estimator import symbols

Turn = Callable[[SymbolicFloat, bool, bool], Bloq]
r"""What writes a phase $e^{i \phi (2 \Pi - 1)}$ on a projector, from the phase, whether there is a
control, and whether there is a sign wire: a bloq with registers `ctrl`, `sign` and its own.
"""


@frozen
class Projector:
    """A projector that some bloq computes, where it is not that some wires are zero.

    Args:
        turn: writes a phase on it.
        wires: the wires of the bloq's registers, by name; without `ctrl` and `sign`.
    """

    turn: Turn
    wires: dict[str, list[Wire]]


def check_sequence(owner: str, degree: SymbolicInt, phases: Sequence[float] | None) -> None:
    """Refuse a degree or phases that no sequence has; how many there must be is for the owner.

    Args:
        owner: what the sequence is for, for the message.
        degree: d; a symbol is not examined.
        phases: phi_0, ..., or `None`.

    Raises:
        ValueError: if the degree is a number that is not whole, or a phase is not a finite real
            number.
    """
    if not is_symbolic(degree) and not isinstance(degree, Integral):
        raise ValueError(f"{owner} needs a whole number as its degree, got {degree}")
    for k, phi in enumerate(phases or ()):
        if not isinstance(phi, Real) or not math.isfinite(phi):
            raise ValueError(f"{owner} needs finite real phases, got {phi} for number {k}")


def zero_turn(w: SymbolicInt) -> Turn:
    """Phases on the projector onto zero of w flags."""

    def turn(phi: SymbolicFloat, is_controlled: bool, is_signed: bool) -> Bloq:
        return ProjectorPhase(phi, w, is_controlled, is_signed)

    return turn


def _projector(given: list[Wire] | Projector) -> Projector:
    if isinstance(given, Projector):
        return given
    return Projector(zero_turn(len(given)), {"flags": given})


def write_sequence(
    wires: Wires,
    phases: Sequence[float],
    unitary: Bloq,
    registers: dict[str, list[Wire]],
    left: list[Wire] | Projector,
    right: list[Wire] | Projector,
    sign: list[Wire],
    control: list[Wire],
) -> None:
    r"""Write the phases and the unitary in turn.

    As operators, for odd $d$: $e^{i\phi_0 (2\tilde\Pi-1)} U e^{i\phi_1 (2\Pi-1)} U^\dagger
    e^{i\phi_2 (2\tilde\Pi-1)} U \cdots U e^{i\phi_d (2\Pi-1)}$; for even $d$ the same, begun with
    $e^{i\phi_0 (2\Pi-1)} U^\dagger$. The circuit runs from the right. Without the phases the
    pairs $U^\dagger U$ cancel, so a control is needed on the phases and, for odd $d$, on one $U$.

    Args:
        wires: of the circuit.
        phases: phi_0, ..., phi_d.
        unitary: U.
        registers: the wires of U's registers, by name.
        left: wires that are zero on the left projector, or what writes its phases.
        right: the same for the right projector.
        sign: the wire that turns all phases around, or none.
        control: the control's wire, or none.
    """
    d = len(phases) - 1
    sides = _projector(right), _projector(left)
    for step in range(d, -1, -1):
        on_right = (d - step) % 2 == 0
        side = sides[0 if on_right else 1]
        phase = side.turn(float(phases[step]), bool(control), bool(sign))
        wires.on(phase, ctrl=control, sign=sign, **side.wires)
        if step == 0:
            break
        call = unitary if on_right else unitary.adjoint()
        if control and d % 2 == 1 and step == d:
            wires.on(controlled_form(call), ctrl=control, **registers)
        else:
            wires.on(call, **registers)


def sequence_calls(
    degree: SymbolicInt,
    unitary: Bloq,
    left: SymbolicInt | Turn,
    right: SymbolicInt | Turn,
    is_controlled: bool,
    is_signed: bool = True,
    is_odd: bool = False,
) -> dict[Bloq, SymbolicInt]:
    """Calls of the sequence of so many phases, all of them written as one generic phase.

    Args:
        degree: d, at least 1.
        unitary: U.
        left: number of flags that are zero on the left projector, or what writes its phases. Unit:
            qubits.
        right: the same for the right projector.
        is_controlled: whether the sequence has a control.
        is_signed: whether it has a sign wire.
        is_odd: parity of a symbolic degree; that of a number, or of 2 k + 1, is seen.
    """
    if is_symbolic(degree):
        is_odd = is_odd or bool(degree.is_odd)
        odd = sympy.Integer(is_odd)
        up, down = (degree + odd) / 2, (degree - odd) / 2
        phases_right, phases_left = (degree + 2 - odd) / 2, (degree + odd) / 2
    else:
        is_odd = degree % 2 == 1
        up, down = (degree + 1) // 2, degree // 2
        phases_right, phases_left = (degree + 2) // 2, (degree + 1) // 2
    calls: dict[Bloq, SymbolicInt] = {}

    def call(bloq: Bloq, times: SymbolicInt) -> None:
        if is_symbolic(times) or times:
            calls[bloq] = calls.get(bloq, 0) + times

    for side, times in ((right, phases_right), (left, phases_left)):
        turn = zero_turn(side) if isinstance(side, int | sympy.Basic) else side
        call(turn(symbols.theta, is_controlled, is_signed), times)
    if is_controlled and is_odd:
        call(controlled_form(unitary), 1)
        up -= 1
    call(unitary, up)
    call(unitary.adjoint(), down)
    return calls
