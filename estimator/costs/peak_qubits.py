"""Peak number of logical qubits, work qubits included, for concrete and for symbolic sizes."""

from collections.abc import Callable, Iterable
from typing import Any

import sympy
from attrs import frozen
from qualtran import Adjoint, Bloq, Register
from qualtran.bloqs.arithmetic import Add, CAdd, GreaterThan, LessThanConstant, LessThanEqual
from qualtran.bloqs.basic_gates import Power
from qualtran.bloqs.mod_arithmetic import ModAdd
from qualtran.resource_counting import CostKey, QubitCount, get_bloq_callee_counts
from qualtran.symbolics import SymbolicInt

from estimator.costs.schedule import Schedule, control_of, schedule_of
from estimator.costs.simplify import largest

PeakOf = Callable[[Bloq], SymbolicInt]


@frozen
class PeakQubits(CostKey[SymbolicInt]):
    r"""The largest number of qubits in use at any moment. Unit: logical qubits.

    Sub-bloqs run one after another. While one runs, the width is its own peak plus the wires that
    pass it by; a work qubit counts from its first use to its last. This is the definition of
    Qualtran's `QubitCount`, but linear in the number of sub-bloqs, and with work qubits for
    symbolic sizes. It bounds the width of that order of gates from above: a sub-bloq is taken to
    hold its peak for as long as it runs. Classical bits are not counted.

    The number comes from the first of:

    1. `my_static_costs(PeakQubits())`, then `my_static_costs(QubitCount())`;
    2. `EXACT`, closed forms of Qualtran bloqs whose symbolic width forgets work qubits;
    3. the bloq's circuit, `estimator.costs.schedule`;
    4. without a circuit, the call graph: with $L$ qubits entering and $R$ leaving, a callee of
       peak $p$, entering $l$ and leaving $r$, makes the width at least $p$ and
       $p + \max(L - l, R - r)$. Several work registers alive at once are not seen here, so a
       symbolic bloq that allocates more than one states its own peak.
    """

    def compute(self, bloq: Bloq, get_callee_cost: PeakOf) -> SymbolicInt:
        stated = _stated(bloq)
        if stated is not NotImplemented:
            return stated
        if isinstance(bloq, Adjoint) and _stated(bloq.subbloq) is not NotImplemented:
            return get_callee_cost(bloq.subbloq)
        if isinstance(bloq, Power):
            return get_callee_cost(bloq.bloq)
        schedule = schedule_of(bloq)
        if schedule is not None:
            return widest_moment(schedule, get_callee_cost)
        return _from_callees(bloq, get_callee_cost)

    def zero(self) -> SymbolicInt:
        return 0

    def __str__(self) -> str:
        return "peak qubits"


def widest_moment(schedule: Schedule, peak_of: PeakOf) -> SymbolicInt:
    """The peak of one circuit, given the peak of each of its sub-bloqs. Unit: qubits."""
    widths = schedule.widths
    live = sum(widths[wire] for wire in schedule.takes)
    moments = {live}
    for step in schedule.steps:
        live -= sum(widths[wire] for wire in step.takes)
        moments.add(live + peak_of(step.bloq))
        live += sum(widths[wire] for wire in step.gives)
        moments.add(live)
    return largest(moments)


def _stated(bloq: Bloq) -> Any:
    own = bloq.my_static_costs(PeakQubits())
    if own is not NotImplemented:
        return own
    stated = bloq.my_static_costs(QubitCount())
    if stated is NotImplemented and type(bloq) in EXACT:
        stated = EXACT[type(bloq)](bloq)
    return stated if stated is NotImplemented else largest({stated})


def _from_callees(bloq: Bloq, peak_of: PeakOf) -> SymbolicInt:
    left, right = _qubits(bloq.signature.lefts()), _qubits(bloq.signature.rights())
    moments = {left, right}
    for callee, _ in get_bloq_callee_counts(bloq):
        peak, inner = peak_of(callee), callee.signature
        moments |= {peak, peak + left - _qubits(inner.lefts())}
        moments.add(peak + right - _qubits(inner.rights()))
    wrapped = control_of(bloq)
    if wrapped is not None:
        moments.add(peak_of(wrapped[0]) + wrapped[1].num_qubits)
    return largest(moments)


def _qubits(registers: Iterable[Register]) -> SymbolicInt:
    return sum((register.total_qubits() for register in registers), sympy.Integer(0))


def _equal_widths_only(bloq: LessThanEqual | GreaterThan) -> Any:
    first, second = (register.total_qubits() for register in list(bloq.signature)[:2])
    return 5 * first if first == second else NotImplemented


EXACT: dict[type[Bloq], Callable[[Any], Any]] = {
    Add: lambda add: add.a_dtype.num_qubits + 2 * add.b_dtype.num_qubits - 1,
    CAdd: lambda add: 2 * add.a_dtype.num_qubits + 2 * add.b_dtype.num_qubits,
    GreaterThan: _equal_widths_only,
    LessThanConstant: lambda less: 2 * less.bitsize + 2,
    LessThanEqual: _equal_widths_only,
    ModAdd: lambda add: 4 * add.bitsize + 2,
}
"""Peak of Qualtran bloqs in closed form. Unit: qubits. Tests compare each with its circuit."""
