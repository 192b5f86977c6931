"""Costs of a bloq in terms of what its sub-bloqs cost, under names."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import sympy
from attrs import define, field, frozen
from qualtran import Bloq
from qualtran.resource_counting import GateCounts, QECGatesCost
from qualtran.symbolics import SymbolicInt

from estimator import symbols
from estimator.costs.cost import T_PER_TOFFOLI, Cost
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.prices import callees
from estimator.costs.shares import Share
from estimator.costs.simplify import multiplied_out, weighted_sum
from estimator.report.formula import size
from estimator.report.text import bloq_name

LEAST_NAMED = 12
"""Numbers and symbols in a cost up to which it has no name: it is put in where it is called."""

MOST_PARTS = 12
"""Sub-bloqs of a bloq whose cost is written as the sum of theirs."""

WIDEST_HEAD = 22
"""Characters of a sub-bloq's name that are in the name of its cost."""

WIDEST_TITLE = 56
"""Characters of a sub-bloq's name where its short name is explained."""


@frozen
class Kind:
    """A kind of cost that adds up over sub-bloqs.

    Args:
        name: what names of it begin with.
        meaning: in words.
        unit: in words.
        key: of the fact that has it for the whole.
    """

    name: str
    meaning: str
    unit: str
    key: str


TOFFOLI = Kind("Toffoli", "Toffoli and AND", "gates", "toffoli")
CSWAP = Kind("CSWAP", "CSWAP", "gates", "cswap")
T = Kind("T", "T", "gates", "t")
ROTATIONS = Kind("Rotations", "rotations", "gates", "rotations")
MEASUREMENTS = Kind("measured", "measurements", "measurements", "measurements")
DEPTH = Kind("depth", "Toffoli depth", "layers", "toffoli_depth")
ALL = Kind("T_all", "T in all, rotations apart", "gates", "t_count")

GATES = (TOFFOLI, CSWAP, T, ROTATIONS)

Costs = Mapping[Kind, sympy.Expr]


def is_long(value: sympy.Expr) -> bool:
    """Whether a cost is worth a name."""
    return size(value) > LEAST_NAMED


@frozen
class Owner:
    """A sub-bloq, with all those that are called alike and cost the same.

    Args:
        title: its name, without the mark of an inverse.
        t_in_all: what it costs, rotations apart.
        rotations: in it.
    """

    title: str
    t_in_all: sympy.Expr
    rotations: sympy.Expr

    @property
    def head(self) -> str:
        """The beginning of its name."""
        beginning = re.sub(r"\W+", "_", re.split(r"[(\[{]", self.title)[0])
        return beginning.strip("_")[:WIDEST_HEAD] or "part"


@frozen(kw_only=True)
class Part:
    """What is known by a name.

    Args:
        kind: of cost.
        bloq: whose cost it is.
        owner: the bloq, and those like it.
        value: the cost, in the shorter of its forms.
    """

    kind: Kind
    bloq: Bloq
    owner: Owner
    value: sympy.Expr


@define
class CostBreakdown:
    """Names for costs of the sub-bloqs of a bloq, found where they are asked for.

    Args:
        bloq: the whole.
        whole: its costs, multiplied out.
        per_rotation: T gates of one rotation.
        shown: sub-bloqs whose costs are in the answer anyway.
        taken: names that mean something else.
    """

    bloq: Bloq
    whole: Costs
    per_rotation: SymbolicInt
    shown: Sequence[Bloq]
    taken: set[str]
    _labels: dict[Owner, str] = field(factory=dict, init=False)
    _names: dict[sympy.Expr, sympy.Symbol] = field(factory=dict, init=False)
    _parts: dict[sympy.Symbol, Part] = field(factory=dict, init=False)
    _rows: dict[Kind, sympy.Symbol] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        for kind in (*GATES, MEASUREMENTS):
            if is_long(self.whole[kind]):
                self._rows[kind] = symbols.part(self._free(kind.name))
        self._own(self.shown)
        for kind in (ALL, ROTATIONS):
            for bloq in self.shown:
                self._named(kind, bloq)

    @property
    def rows(self) -> Mapping[str, sympy.Symbol]:
        return {kind.key: symbol for kind, symbol in self._rows.items()}

    def name_of(self, value: sympy.Expr) -> sympy.Symbol | None:
        return self._names.get(value)

    def value_of(self, name: sympy.Expr) -> sympy.Expr | None:
        part = self._parts.get(name)
        return None if part is None else part.value

    def meaning_of(self, name: sympy.Expr) -> Mapping[str, str]:
        part = self._parts.get(name)
        if part is None:
            return {}
        return {
            f"{part.kind.name}_...": f"{part.kind.meaning} [{part.kind.unit}]",
            f"..._{self._labels[part.owner]}": f"of one call of {part.owner.title}",
        }

    def sum_of(self, value: sympy.Expr) -> sympy.Expr | None:
        row = {kind: self._rows.get(kind, self.whole[kind]) for kind in GATES}
        if value == self.whole[ALL]:
            gates = row[T] + T_PER_TOFFOLI * (row[TOFFOLI] + row[CSWAP])
            return gates + self.per_rotation * row[ROTATIONS]
        name = self._names.get(value)
        if name is not None:
            part = self._parts[name]
            return self._sum(part.kind, part.bloq)
        for kind in (*GATES, MEASUREMENTS, DEPTH):
            if value == self.whole[kind]:
                found = self._sum(kind, self.bloq)
                return found if kind in GATES else self._like_gates(value, row, found)
        return None

    def _like_gates(
        self, value: sympy.Expr, row: Costs, known: sympy.Expr | None
    ) -> sympy.Expr | None:
        """A row of gates, or two, and what else there is, if that is shorter than what is known."""
        toffoli, cswap = self.whole[TOFFOLI], self.whole[CSWAP]
        tried = [
            row[TOFFOLI] + sympy.expand(value - toffoli),
            row[TOFFOLI] + row[CSWAP] + sympy.expand(value - toffoli - cswap),
        ]
        return min(tried if known is None else [known, *tried], key=size)

    def _sum(self, kind: Kind, bloq: Bloq) -> sympy.Expr | None:
        """The cost of a bloq as the sum over its parts, if it is that."""
        if kind is ALL:
            return self._of_gates(bloq)
        calls = callees(bloq) or {}
        if len(calls) > MOST_PARTS:
            return None
        value = self._cost(kind, bloq)
        try:
            terms = [(times, each, self._cost(kind, each)) for each, times in calls.items()]
        except Exception:  # symbolic sizes break bloqs of others in many ways
            return None
        terms = [term for term in terms if term[2] != 0]
        if len(terms) == 1 and terms[0][2] == value:
            return self._sum(kind, terms[0][1])
        if not any(is_long(cost) for _, _, cost in terms):
            return None
        total = weighted_sum((times, cost) for times, _, cost in terms)
        if sympy.expand(total - value) != 0:
            return None
        self._own([each for _, each, cost in terms if is_long(cost)])
        found: dict[sympy.Expr, SymbolicInt] = {}
        for times, each, cost in terms:
            name = self._named(kind, each)
            found[cost if name is None else name] = found.get(name or cost, 0) + times
        return sympy.Add(*(times * part for part, times in found.items()))

    def _of_gates(self, bloq: Bloq) -> sympy.Expr:
        """T in all by names of the gates of a bloq."""
        gates = {
            kind: self._named(kind, bloq) or self._cost(kind, bloq) for kind in (T, TOFFOLI, CSWAP)
        }
        return gates[T] + T_PER_TOFFOLI * (gates[TOFFOLI] + gates[CSWAP])

    def _given(self, kind: Kind, bloq: Bloq) -> sympy.Expr:
        """A cost in the form in which the bloq states it."""
        if kind is DEPTH:
            return sympy.sympify(known_cost(bloq, ToffoliDepth()))
        gates: GateCounts = known_cost(bloq, QECGatesCost())
        found: dict[Kind, Any] = {
            TOFFOLI: gates.and_bloq + gates.toffoli,
            CSWAP: gates.cswap,
            T: gates.t,
            ROTATIONS: gates.rotation,
            MEASUREMENTS: gates.measurement,
            ALL: gates.total_t_count(ts_per_rotation=0),
        }
        return sympy.sympify(found[kind])

    def _cost(self, kind: Kind, bloq: Bloq) -> sympy.Expr:
        return multiplied_out(self._given(kind, bloq))

    def _owner(self, bloq: Bloq) -> Owner:
        title = bloq_name(bloq, WIDEST_TITLE).replace("†", "")
        return Owner(title, self._cost(ALL, bloq), self._cost(ROTATIONS, bloq))

    def _own(self, bloqs: Sequence[Bloq]) -> None:
        """Short names for bloqs: the heads of their names, numbered if several have one."""
        new = [x for x in dict.fromkeys(map(self._owner, bloqs)) if x not in self._labels]
        for owner in new:
            number = 1 + sum(owner.head == each.head for each in self._labels)
            is_alone = number == 1 and sum(owner.head == each.head for each in new) == 1
            self._labels[owner] = owner.head if is_alone else f"{owner.head}_{number}"

    def _named(self, kind: Kind, bloq: Bloq) -> sympy.Symbol | None:
        """The name of a long cost, which is the same whatever has that cost."""
        value = self._cost(kind, bloq)
        if not is_long(value) or value in self.whole.values():
            return None
        if value not in self._names:
            owner = self._owner(bloq)
            self._own([bloq])
            symbol = symbols.part(self._free(f"{kind.name}_{self._labels[owner]}"))
            given = self._given(kind, bloq)
            shorter = min((value, given), key=size)
            self._names[value] = symbol
            self._parts[symbol] = Part(kind=kind, bloq=bloq, owner=owner, value=shorter)
        return self._names[value]

    def _free(self, name: str) -> str:
        """A name that nothing else has."""
        while name in self.taken or hasattr(sympy, name):
            name += "_"
        self.taken.add(name)
        return name


def breakdown_of(
    bloq: Bloq,
    cost: Cost,
    depth: sympy.Expr,
    per_rotation: int,
    shown: Sequence[Share],
    used: set[sympy.Symbol],
) -> CostBreakdown:
    """What is known of the formulas of an answer.

    Args:
        bloq: the whole.
        cost: of it.
        depth: of it. Unit: layers.
        per_rotation: T gates of one rotation.
        shown: sub-bloqs in the answer.
        used: symbols in the answer.
    """
    whole = {
        TOFFOLI: cost.toffoli,
        CSWAP: cost.cswap,
        T: cost.t,
        ROTATIONS: cost.rotations,
        MEASUREMENTS: cost.measurements,
        DEPTH: depth,
        ALL: cost.t_count(per_rotation),
    }
    return CostBreakdown(
        bloq=bloq,
        whole={kind: sympy.sympify(value) for kind, value in whole.items()},
        per_rotation=per_rotation,
        shown=[each.bloq for each in shown if each.bloq is not None],
        taken={symbol.name for symbol in used},
    )
