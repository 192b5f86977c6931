"""How often a bloq calls each of its oracles."""

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

import sympy
from attrs import field, frozen
from qualtran import Bloq
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicInt

from estimator.costs.gate_counts import PLAIN, callees_or_none, gate_counts
from estimator.costs.schedule import unwrapped
from estimator.costs.simplify import multiplied_out

Counts = tuple[tuple[str, SymbolicInt], ...]


@runtime_checkable
class Oracle(Protocol):
    """A bloq whose calls are counted under the name in `oracle`; None means it is no oracle."""

    @property
    def oracle(self) -> str | None: ...


def _canonical(counts: Mapping[str, SymbolicInt] | Counts) -> Counts:
    expanded = {name: multiplied_out(count) for name, count in dict(counts).items()}
    return tuple(
        (name, int(count) if count.is_Integer else count)
        for name, count in sorted(expanded.items())
        if count != 0
    )


@frozen
class CallCounts:
    """How many times each oracle is called. Unit: calls. `CallCounts()` is no call at all.

    Args:
        counts: name to number, concrete or symbolic; names that are never called are dropped.
    """

    counts: Counts = field(default=(), converter=_canonical)

    def asdict(self) -> dict[str, SymbolicInt]:
        return dict(self.counts)

    def get(self, name: str, default: SymbolicInt = 0) -> SymbolicInt:
        return self.asdict().get(name, default)

    def __add__(self, other: "CallCounts") -> "CallCounts":
        if not isinstance(other, CallCounts):
            return NotImplemented
        names = {*self.asdict(), *other.asdict()}
        return CallCounts({name: self.get(name) + other.get(name) for name in names})

    def __mul__(self, times: SymbolicInt) -> "CallCounts":
        if not isinstance(times, int | sympy.Expr):
            return NotImplemented
        return CallCounts({name: times * count for name, count in self.counts})

    __rmul__ = __mul__


NO_CALLS = CallCounts()


@frozen
class OracleCalls(CostKey[CallCounts]):
    """Calls of each oracle, summed over the call graph. Unit: calls.

    A bloq with an `oracle` name is a black box: it counts once, and what it does inside is not
    looked at. Its adjoint and its controlled versions count once too, although Qualtran's generic
    wrappers around a bloq without a circuit have no call graph. A wrapper around anything else
    counts what its own call graph says, since a controlled circuit may leave oracles uncontrolled.
    A bloq with neither circuit nor call graph calls nothing.
    """

    def compute(self, bloq: Bloq, get_callee_cost: Callable[[Bloq], CallCounts]) -> CallCounts:
        if type(bloq) in PLAIN:
            return NO_CALLS
        inner = unwrapped(bloq)
        name = oracle_name(inner)
        if name is not None:
            return CallCounts({name: 1})
        if gate_counts(bloq) is not None:
            return NO_CALLS
        if inner is not bloq and inner.my_static_costs(self) is not NotImplemented:
            return get_callee_cost(inner)
        total = NO_CALLS
        for callee, times in callees_or_none(bloq):
            if type(callee) in PLAIN:
                continue
            calls = get_callee_cost(callee)
            if calls.counts:
                total += times * calls
        return total

    def zero(self) -> CallCounts:
        return CallCounts()

    def validate_val(self, val: CallCounts) -> None:
        if not isinstance(val, CallCounts):
            raise TypeError(f"OracleCalls needs CallCounts from every bloq, got {val!r}")

    def __str__(self) -> str:
        return "oracle calls"


def oracle_name(bloq: Bloq) -> str | None:
    """The oracle that `bloq`, stripped of generic adjoints and controls, stands for; or None."""
    inner = unwrapped(bloq)
    name = getattr(inner, "oracle", None)
    return name if isinstance(name, str) else None
