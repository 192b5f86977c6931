"""Sequences of phases and calls of any length, told in a few steps."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import frozen
from qualtran import Bloq
from qualtran.bloqs.basic_gates import Hadamard
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import controlled_form
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.qsvt.sequence import sequence_calls
from estimator import symbols
from estimator.drawing.outline import Outline, Step, gap

NOTE = "first and last steps, \N{MULTIPLICATION SIGN} how often each is taken in all"
"""How to read such an outline."""

SIGN = ("sign", 1)
"""The qubit that turns all phases around."""

Placed: TypeAlias = tuple[Bloq, WireNames]
"""A step and the wires that it holds."""


@frozen(kw_only=True)
class AlternatingSequence:
    """A phase, a call, a phase, a call and so on, at last a phase.

    Args:
        wires: of the circuit, from above; those without width are left out.
        degree: number of calls, at least 1.
        phases: those at even places, and those at odd ones.
        last_phase: the one at the end.
        calls: the first ones, up to where they repeat.
        last_call: the last one, if it is of another kind.
        around: gates before the sequence, the inverse of each of which comes after it.
        times: how often each step is taken.
    """

    wires: WireNames
    degree: SymbolicInt
    phases: tuple[Placed, Placed]
    last_phase: Placed
    calls: tuple[Placed, ...]
    last_call: Placed | None = None
    around: tuple[Placed, ...] = ()
    times: Mapping[Bloq, SymbolicInt]

    def outline(self, is_adjoint: bool) -> Outline:
        """The outline of the circuit, or of its inverse."""
        last = [] if self.last_call is None else [self.last_call]
        is_open = is_symbolic(self.degree)
        shown = len(self.calls)
        if not is_open:
            shown = min(shown, int(self.degree) - len(last))
        placed: list[Placed | None] = list(self.around)
        for place, call in enumerate(self.calls[:shown]):
            placed += [self.phases[place % 2], call]
        if is_open or self.degree > shown + len(last):
            placed.append(None)
        elif last:
            placed.append(self.phases[shown % 2])
        placed += [*last, self.last_phase]
        placed += [(bloq.adjoint(), on) for bloq, on in reversed(self.around)]
        times = dict(self.times)
        if is_adjoint:
            placed = [each and (each[0].adjoint(), each[1]) for each in reversed(placed)]
            times = {bloq.adjoint(): number for bloq, number in times.items()}
        return Outline(wires=_wide(self.wires), steps=tuple(self._steps(placed, times)), note=NOTE)

    def _steps(
        self, placed: Iterable[Placed | None], times: dict[Bloq, SymbolicInt]
    ) -> Iterable[Step]:
        """The steps, each with its number where it is met first."""
        for each in placed:
            if each is None:
                yield gap(_names(self.wires))
            else:
                bloq, on = each
                yield Step(bloq=bloq, on=_names(on), times=times.pop(bloq, None))


def sequence_outline(
    degree: SymbolicInt,
    unitary: Bloq,
    system: WireNames,
    ancilla: WireNames,
    *,
    ends_differ: bool,
    is_controlled: bool,
    is_odd: bool,
    is_adjoint: bool,
) -> Outline:
    """The outline of a sequence of `bloqs.qsvt.sequence`, all of its phases as one generic phase.

    Args:
        degree: d, at least 1.
        unitary: U.
        system: what the system's wires hold.
        ancilla: what the ancillas hold: U's flags, then the sign qubit if there is one.
        ends_differ: whether the right projector tests the system too, and not U's flags alone.
        is_controlled: whether the sequence has a control.
        is_odd: parity of the degree.
        is_adjoint: whether this is the inverse.
    """
    flags = tuple(each for each in ancilla if each[0] != SIGN[0])
    sign = (SIGN,) if len(flags) < len(ancilla) else ()
    control: WireNames = (("control", 1),) if is_controlled else ()
    tested = (*flags, *system) if ends_differ else flags
    left_size, right_size = (sum((size for _, size in wires), 0) for wires in (flags, tested))
    left, right = (
        (ProjectorPhase(symbols.theta, size, is_controlled, bool(sign)), (*control, *sign, *wires))
        for size, wires in ((left_size, flags), (right_size, tested))
    )
    on = (*system, *flags)
    calls: list[Placed] = [(unitary, on), (unitary.adjoint(), on)]
    if is_controlled and is_odd:
        calls = [(controlled_form(unitary), (*control, *on)), calls[1], calls[0]]
    times = sequence_calls(
        degree, unitary, left_size, right_size, is_controlled, bool(sign), is_odd
    )
    return AlternatingSequence(
        wires=(*control, *system, *ancilla),
        degree=degree,
        phases=(right, left),
        last_phase=left if is_odd else right,
        calls=tuple(calls),
        around=tuple((Hadamard(), (qubit,)) for qubit in sign),
        times={**times, Hadamard(): 2},
    ).outline(is_adjoint)


def _wide(wires: WireNames) -> WireNames:
    """The wires that have a width."""
    return tuple((name, size) for name, size in wires if size != 0)


def _names(wires: WireNames) -> tuple[str, ...]:
    return tuple(name for name, _ in _wide(wires))
