"""The alternating sequence at the heart of every singular value transformation."""

from collections.abc import Sequence

from qualtran import Bloq
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.composite import controlled_form
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.wires import Wire, Wires
from estimator import symbols


def write_sequence(
    wires: Wires,
    phases: Sequence[float],
    unitary: Bloq,
    registers: dict[str, list[Wire]],
    left: list[Wire],
    right: list[Wire],
    sign: Wire,
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
        left: wires that are zero on the left projector.
        right: wires that are zero on the right projector.
        sign: wire that turns all phases around.
        control: the control's wire, or none.
    """
    d = len(phases) - 1
    for step in range(d, -1, -1):
        on_right = (d - step) % 2 == 0
        flags = right if on_right else left
        phase = ProjectorPhase(float(phases[step]), len(flags), is_controlled=bool(control))
        wires.on(phase, ctrl=control, sign=[sign], flags=flags)
        if step == 0:
            break
        call = unitary if on_right else unitary.adjoint()
        if control and d % 2 == 1 and step == d:
            wires.on(controlled_form(call), ctrl=control, **registers)
        else:
            wires.on(call, **registers)


def sequence_calls(
    degree: SymbolicInt, unitary: Bloq, left: SymbolicInt, right: SymbolicInt, is_controlled: bool
) -> dict[Bloq, SymbolicInt]:
    """Calls of the sequence of so many phases, all of them written as one generic phase.

    Args:
        degree: d, at least 1; a symbolic degree is taken to be even.
        unitary: U.
        left: number of flags of the left projector. Unit: qubits.
        right: number of flags of the right projector. Unit: qubits.
        is_controlled: whether the sequence has a control.
    """
    up, down = (degree + 1) // 2, degree // 2
    phases_right, phases_left = (degree + 2) // 2, (degree + 1) // 2
    if is_symbolic(degree):
        up = down = phases_left = degree / 2
        phases_right = degree / 2 + 1
    calls: dict[Bloq, SymbolicInt] = {}

    def call(bloq: Bloq, times: SymbolicInt) -> None:
        if is_symbolic(times) or times:
            calls[bloq] = calls.get(bloq, 0) + times

    call(ProjectorPhase(symbols.theta, right, is_controlled), phases_right)
    call(ProjectorPhase(symbols.theta, left, is_controlled), phases_left)
    if is_controlled and not is_symbolic(degree) and degree % 2 == 1:
        call(controlled_form(unitary), 1)
        up -= 1
    call(unitary, up)
    call(unitary.adjoint(), down)
    return calls
