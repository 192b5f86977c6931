"""Gates of a bloq, from what it says of itself and its call graph; formulas are kept short."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import attrs
from attrs import frozen
from qualtran import (
    Adjoint,
    Bloq,
    CompositeBloq,
    Controlled,
    DecomposeNotImplementedError,
    DecomposeTypeError,
)
from qualtran.bloqs.basic_gates import (
    CNOT,
    CZ,
    CYGate,
    Discard,
    DiscardQ,
    GlobalPhase,
    Hadamard,
    Identity,
    MeasureX,
    MeasureZ,
    Rx,
    Ry,
    Rz,
    SGate,
    TGate,
    Toffoli,
    TwoBitCSwap,
    TwoBitSwap,
    XGate,
    XPowGate,
    YGate,
    YPowGate,
    ZGate,
    ZPowGate,
)
from qualtran.bloqs.basic_gates.x_basis import _XVector
from qualtran.bloqs.basic_gates.z_basis import _ZVector
from qualtran.bloqs.bookkeeping import ArbitraryClifford
from qualtran.bloqs.bookkeeping._bookkeeping_bloq import _BookkeepingBloq
from qualtran.bloqs.mcmt import And, MultiTargetCNOT
from qualtran.resource_counting import CostKey, GateCounts, QECGatesCost, get_bloq_callee_counts
from qualtran.resource_counting.classify_bloqs import (
    bloq_is_clifford,
    bloq_is_rotation,
    bloq_is_state_or_effect,
    bloq_is_t_like,
)
from qualtran.symbolics import SymbolicInt

from estimator.costs.known import known_cost, remembered
from estimator.costs.simplify import weighted_sum

NOTHING = GateCounts()
ALIKE = {
    **dict.fromkeys((TwoBitSwap, Hadamard, XGate, YGate, ZGate, SGate, CNOT, CYGate, CZ), NOTHING),
    **dict.fromkeys(
        (ArbitraryClifford, MultiTargetCNOT, GlobalPhase, Identity, Discard, DiscardQ), NOTHING
    ),
    **dict.fromkeys((MeasureX, MeasureZ), GateCounts(measurement=1)),
    TGate: GateCounts(t=1),
    Toffoli: GateCounts(toffoli=1),
    TwoBitCSwap: GateCounts(cswap=1),
}
"""Gates that count the same whatever their fields are."""

PLAIN = frozenset((And, *ALIKE))
"""Classes of which every bloq is a gate, and none an oracle."""

OTHERS = frozenset(
    (
        *(And, Adjoint, Controlled, _BookkeepingBloq, _XVector, _ZVector),
        *(Rx, Ry, Rz, XPowGate, YPowGate, ZPowGate, *ALIKE),
    )
)
"""With these, what may be a gate to Qualtran; seen faster than by asking it."""

KINDS = tuple(each.name for each in attrs.fields(GateCounts) if each.name != "clifford")


@frozen(kw_only=True, eq=False)
class NonCliffordGates(QECGatesCost):
    """What `QECGatesCost` counts, without Clifford gates.

    Sums over a call graph are written as sums of products from the start, and numbers that are
    zero are not multiplied; the counts are the same, found faster for symbolic sizes. It is equal
    to Qualtran's key, as bloqs that state their gates ask whether a key is that.
    """

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QECGatesCost)

    def __hash__(self) -> int:
        return hash(QECGatesCost)

    def compute(self, bloq: Bloq, get_callee_cost: Callable[[Bloq], GateCounts]) -> GateCounts:
        known = gate_counts(bloq)
        if known is not None:
            return known
        parts: dict[str, list[tuple[SymbolicInt, SymbolicInt]]] = defaultdict(list)
        for callee, times in callees_of(bloq):
            counts = gate_counts(callee) if type(callee) in PLAIN else get_callee_cost(callee)
            if counts is None or counts is NOTHING:
                continue
            for kind in KINDS:
                number = getattr(counts, kind)
                if not (isinstance(number, int) and number == 0):
                    parts[kind].append((times, number))
        if not parts:
            return NOTHING
        return GateCounts(**{kind: weighted_sum(pairs) for kind, pairs in parts.items()})

    def zero(self) -> GateCounts:
        return NOTHING

    def __str__(self) -> str:
        return "gate counts"


GATES = NonCliffordGates()


@frozen
class CnotCount(CostKey[SymbolicInt | None]):
    """CNOTs, and none of those inside Toffoli-like gates; `None` where nobody says. Unit: gates.

    A bloq says it in `my_static_costs`, as call graphs leave Clifford gates out; one whose call
    graph lists them all answers with `cnots_listed`. Single gates are known.
    """

    def compute(
        self, bloq: Bloq, get_callee_cost: Callable[[Bloq], SymbolicInt | None]
    ) -> SymbolicInt | None:
        if isinstance(bloq, Adjoint):
            return get_callee_cost(bloq.subbloq)
        if isinstance(bloq, CNOT):
            return 1
        if isinstance(bloq, (ArbitraryClifford, MultiTargetCNOT)):
            return None
        if gate_counts(bloq) is not None:
            return 0
        counts = bloq.my_static_costs(QECGatesCost())
        return None if counts is NotImplemented or callees_or_none(bloq) else 0

    def zero(self) -> SymbolicInt | None:
        return 0

    def __str__(self) -> str:
        return "CNOT count"


def cnots_listed(bloq: Bloq) -> SymbolicInt | None:
    """CNOTs of a bloq whose call graph lists every gate; `None` if a part does not say.

    It is what such a bloq answers in `my_static_costs`.
    """
    pairs = [(times, known_cost(part, CnotCount())) for part, times in callees_of(bloq)]
    return None if any(cnots is None for _, cnots in pairs) else weighted_sum(pairs)


def cnots_stated(bloq: Bloq) -> SymbolicInt | None:
    """CNOTs that a bloq states itself; `None` if it does not, as almost all."""
    stated = bloq.my_static_costs(CnotCount())
    return None if stated is NotImplemented else stated


def gate_counts(bloq: Bloq) -> GateCounts | None:
    """The counts of one gate; `None` for a bloq with a call graph to look into."""
    alike = ALIKE.get(type(bloq))
    if alike is not None or OTHERS.isdisjoint(type(bloq).__mro__):
        return alike
    if isinstance(bloq, And):
        return GateCounts(measurement=1) if bloq.uncompute else GateCounts(and_bloq=1)
    for kind, counts in ALIKE.items():
        if isinstance(bloq, kind):
            return counts
    if isinstance(bloq, _BookkeepingBloq):
        return NOTHING
    if bloq_is_t_like(bloq):
        return GateCounts(t=1)
    if bloq_is_clifford(bloq) or bloq_is_state_or_effect(bloq):
        return NOTHING
    return GateCounts(rotation=1) if bloq_is_rotation(bloq) else None


def callees_of(bloq: Bloq) -> list[tuple[Bloq, SymbolicInt]]:
    """The callees of a bloq and how often it calls each, looked up once.

    Raises:
        qualtran.DecomposeTypeError, qualtran.DecomposeNotImplementedError: if it has no call graph.
    """
    if isinstance(bloq, CompositeBloq):
        return get_bloq_callee_counts(bloq, ignore_decomp_failure=False)
    return _callees(bloq)


@remembered
def _callees(bloq: Bloq) -> Any:
    return get_bloq_callee_counts(bloq, ignore_decomp_failure=False)


def callees_or_none(bloq: Bloq) -> list[tuple[Bloq, SymbolicInt]]:
    """As `callees_of`; empty if there is no call graph."""
    try:
        return callees_of(bloq)
    except (DecomposeNotImplementedError, DecomposeTypeError):
        return []
