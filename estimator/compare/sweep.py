"""Ways of doing one task, quantum and classical, side by side as a size grows.

A way says what it costs at a size, in measures such as gates and depth. Slopes go through the two
largest sizes; where a quantum way falls below a classical one is found by bisection, or, where
both costs are formulas in the size alone, proved for all sizes by the growth engine.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

import sympy
from attrs import field, frozen

from estimator.ask.question import untracked
from estimator.compare.crossover import Crossover, Size, crossover
from estimator.growth.crossover import crossover as proved_crossover
from estimator.report.parts import Kind

Cost: TypeAlias = int | float | None
"""`None` where it is not known."""


@frozen(kw_only=True)
class Measure:
    """Something that a way costs.

    Args:
        key: its name.
        label: its heading; the key if empty.
        unit: of a quantum way.
        kind: what the numbers are.
        is_compared: whether slopes and crossovers are about it.
        axis: what stands beside it in a chart.
        plus: key of a further cost that is added where ways are compared: to slopes, crossovers
            and charts.
    """

    key: str
    label: str = ""
    unit: str = ""
    kind: Kind = Kind.EXACT
    is_compared: bool = False
    axis: str = ""
    plus: str | None = None

    @property
    def heading(self) -> str:
        """What stands above its column."""
        return self.label or self.key


@frozen(kw_only=True)
class Way:
    """One way of doing the task.

    Args:
        name: of it, different from the others of its group.
        labels: what tells it from others, by name of the property.
        group: ways are compared with those of their own group.
        assumption: what its cost assumes, in one sentence.
        is_classical: whether it needs no quantum computer.
        kind: what its numbers are.
        at: its cost at a size, by key of the measure; what is missing has none.
        compared: of a classical way: measures whose crossovers are shown, each with a heading.
        formulas: compared costs as formulas in the size alone, by key of the measure, where there
            are.
        drawn: measures of whose charts it has a curve; all if `None`.
    """

    name: str
    labels: Mapping[str, str] = field(factory=dict, hash=False)
    group: str = ""
    assumption: str = ""
    is_classical: bool = False
    kind: Kind = Kind.EXACT
    at: Callable[[Size], Mapping[str, Cost]] = field(repr=False)
    compared: Mapping[str, str] = field(factory=dict, hash=False)
    formulas: Mapping[str, sympy.Expr] = field(factory=dict, hash=False)
    drawn: tuple[str, ...] | None = None


@frozen(kw_only=True)
class Axis:
    """What grows.

    Args:
        name: of the size.
        meaning: in words.
        unit: one word.
        symbol: in formulas; `None` if there are none.
        searched: every size, rising, between which crossovers are looked for.
        shown: sizes at which costs are worked out, the first and the last among them.
    """

    name: str
    meaning: str
    unit: str = "entries"
    symbol: sympy.Symbol | None = None
    searched: tuple[Size, ...]
    shown: tuple[Size, ...]


BRACKET = 1e-6
"""Relative width of a piece around a crossing in which no sign needs to be known."""

MOST_SHOWN = 6
"""Sizes at which costs are worked out, at most, unless a crossover needs more."""


def spread(sizes: Sequence[Size]) -> tuple[Size, ...]:
    """At most `MOST_SHOWN` of the sizes, evenly spread, the first and the last among them."""
    if len(sizes) <= MOST_SHOWN:
        return tuple(sizes)
    last = len(sizes) - 1
    return tuple(sizes[round(i * last / (MOST_SHOWN - 1))] for i in range(MOST_SHOWN))


@frozen
class _Known:
    """Costs of a way, each worked out once."""

    way: Way
    found: dict[Size, Mapping[str, Cost]] = field(factory=dict)

    def __call__(self, size: Size, measure: str) -> Cost:
        if size not in self.found:
            self.found[size] = self.way.at(size)
        return self.found[size].get(measure)


class Sweep:
    """The ways at every size that is shown.

    Args:
        axis: what grows.
        measures: what the ways cost.
        ways: to be compared.
        track: hands on the ways one by one, and shows how far that is.

    Raises:
        ValueError: if a way has no cost at a size.
    """

    def __init__(
        self,
        axis: Axis,
        measures: Sequence[Measure],
        ways: Sequence[Way],
        track: Callable[[Iterable[Any], str], Iterator[Any]] = untracked,
    ) -> None:
        self.axis = axis
        self.measures = tuple(measures)
        self.ways = tuple(ways)
        self._costs = {id(way): _Known(way) for way in self.ways}
        self.crossovers: dict[tuple[str, str, str, str], Crossover] = {}
        for way in track(self.quantum(), "costing"):
            for rival in self.classical(way.group):
                for measure in self.compared:
                    key = (way.group, way.name, rival.name, measure.key)
                    self.crossovers[key] = self._crossover(way, rival, measure)

    @property
    def compared(self) -> list[Measure]:
        """The measures that slopes and crossovers are about."""
        return [measure for measure in self.measures if measure.is_compared]

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Of the ways, in order."""
        return tuple(dict.fromkeys(way.group for way in self.ways))

    def quantum(self, group: str | None = None) -> list[Way]:
        """The quantum ways, of one group or all."""
        return [x for x in self.ways if not x.is_classical and group in (None, x.group)]

    def classical(self, group: str | None = None) -> list[Way]:
        """The classical ways, of one group or all."""
        return [x for x in self.ways if x.is_classical and group in (None, x.group)]

    def cost(self, way: Way, measure: str, size: Size) -> Cost:
        """What a way costs at a size; `None` if that is not known."""
        return self._costs[id(way)](size, measure)

    def compared_cost(self, way: Way, measure: Measure, size: Size) -> Cost:
        """What counts where ways are compared: the cost, and what the measure adds to it."""
        cost = self.cost(way, measure.key, size)
        more = 0 if measure.plus is None else self.cost(way, measure.plus, size)
        return None if cost is None else cost + (more or 0)

    def slope(self, way: Way, measure: Measure) -> float | None:
        """Exponent of the size through the two largest shown; `None` where it is not known."""
        one, two = self.axis.shown[-2:]
        first, second = (self.compared_cost(way, measure, size) for size in (one, two))
        if not first or not second:
            return None
        return (math.log2(second) - math.log2(first)) / (math.log2(two) - math.log2(one))

    @property
    def is_decided(self) -> bool:
        """Whether every crossover is known, and every cost of a classical way."""
        costs = (
            self.compared_cost(way, measure, size)
            for way in self.classical()
            for measure in self.compared
            for size in self.axis.shown
        )
        return all(x.is_decided for x in self.crossovers.values()) and None not in costs

    def _crossover(self, way: Way, rival: Way, measure: Measure) -> Crossover:
        sizes, shown = self.axis.searched, self.axis.shown
        ours, theirs = way.formulas.get(measure.key), rival.formulas.get(measure.key)
        if self.axis.symbol is not None and ours is not None and theirs is not None:
            found = self._proved(ours, theirs)
            if found is not None:
                return found

        def is_ahead(size: Size) -> bool | None:
            one, two = (self.compared_cost(each, measure, size) for each in (way, rival))
            return None if one is None or two is None else bool(one < two)

        return crossover(sizes, shown, is_ahead)

    def _proved(self, ours: sympy.Expr, theirs: sympy.Expr) -> Crossover | None:
        """Where a formula is below another for good, or `None` if no sign was found."""
        first, last = self.axis.searched[0], self.axis.searched[-1]
        try:
            found = proved_crossover(ours, theirs, str(self.axis.symbol), start=float(first))
        except ValueError:
            return None
        if any(high > low * (1 + BRACKET) for low, high in found.open):
            return None
        ahead = tuple(
            (low if low > first else first, last if high == math.inf else high)
            for low, high in found.ranges
        )
        return Crossover(self.axis.searched, ahead, is_proved=True)
