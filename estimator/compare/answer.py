"""The parts of a report that a sweep gives: tables of costs and crossovers, notes, charts."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from estimator.compare.crossover import Crossover, Size, size_text
from estimator.compare.sweep import Measure, Sweep, Way
from estimator.report.parts import Axis as ChartAxis
from estimator.report.parts import Chart, Column, Kind, Line, Mark, Part, Row, Table
from estimator.report.text import EXPONENT, SHORT, TEXT, Style

UNKNOWN = Style("unknown", lambda value: value if isinstance(value, str) else SHORT.text(value))
"""Short numbers, and words where there is none."""


def sweep_parts(sweep: Sweep, headings: Mapping[str, str], heading: str) -> list[Part]:
    """Tables for a reader, group by group; then the same as data; then a chart a measure.

    Args:
        sweep: the costs.
        headings: what is printed above the ways of a group.
        heading: printed above the crossovers.
    """
    parts: list[Part] = []
    for number, group in enumerate(sweep.groups):
        parts.append(_cost_table(sweep, group, headings.get(group, group), number))
        parts.append(_crossover_table(sweep, group, heading, number))
    return [*parts, *_data(sweep), *_charts(sweep, headings)]


def _name(way: Way) -> str:
    return f"classical: {way.name}" if way.is_classical else way.name


def _ways_heading(sweep: Sweep) -> str:
    labels = next((way.labels for way in sweep.quantum() if way.labels), {})
    return ", ".join(labels) or "way"


def _cost_table(sweep: Sweep, group: str, heading: str, number: int) -> Table:
    """Costs at the first, a middle and the last size, then exponents."""
    shown = sweep.axis.shown
    last = len(shown) - 1
    ways = [*sweep.quantum(group), *sweep.classical(group)]
    rows: list[Row] = []
    for index in dict.fromkeys((0, last // 2, last)):
        for way in ways:
            row: dict[str, Any] = {"size": size_text(shown[index]), "way": _name(way)}
            for measure in sweep.measures:
                cost = sweep.cost(way, measure.key, shown[index])
                missing = "undecided" if measure.is_compared else ""
                row[measure.key] = missing if cost is None else cost
            rows.append(row)
    for way in ways:
        slopes = {
            measure.key: EXPONENT.text(sweep.slope(way, measure)) for measure in sweep.compared
        }
        rows.append({"size": f"{sweep.axis.name}^x", "way": _name(way), **slopes})
    measures = [
        Column(key=m.key, label=m.heading, style=_ONLY, align="right", wraps=False)
        for m in sweep.measures
    ]
    return Table(
        key=f"shown costs {number}",
        columns=[
            Column(key="size", label=sweep.axis.name, wraps=False),
            Column(key="way", label=_ways_heading(sweep), least=14),
            *measures,
        ],
        rows=rows,
        heading=heading,
        is_section=True,
        place="shown",
    )


_ONLY = Style("only", lambda value: "" if value is None else UNKNOWN.text(value))
"""As `UNKNOWN`, and nothing for nothing."""


def _crossover_table(sweep: Sweep, group: str, heading: str, number: int) -> Table:
    columns = [
        (rival, measure, label)
        for rival in sweep.classical(group)
        for measure, label in rival.compared.items()
    ]
    rows: list[Row] = []
    for way in sweep.quantum(group):
        row = {"way": way.name}
        for rival, measure, label in columns:
            found = sweep.crossovers[group, way.name, rival.name, measure]
            row[label] = found.text.split(" up to ")[0]
        rows.append(row)
    return Table(
        key=f"shown crossovers {number}",
        columns=[
            Column(key="way", label=_ways_heading(sweep), least=14),
            *(Column(key=label, least=0) for _, _, label in columns),
        ],
        rows=rows,
        heading=heading,
        place="shown",
    )


def _data(sweep: Sweep) -> list[Part]:
    """Every cost, slope and crossover, a row each."""
    labels = list(dict.fromkeys(name for way in sweep.ways for name in way.labels))

    def about(way: Way) -> dict[str, Any]:
        return {
            "way": way.name,
            "group": way.group,
            "classical": way.is_classical,
            **{name: way.labels.get(name) for name in labels},
        }

    heads = [Column(key=key) for key in ("way", "group", "classical", *labels)]
    costs = [
        {
            **about(way),
            sweep.axis.name: size,
            **{m.key: sweep.cost(way, m.key, size) for m in sweep.measures},
            "kind": way.kind,
        }
        for way in sweep.ways
        for size in sweep.axis.shown
    ]
    slopes = [
        {**about(way), **{m.key: sweep.slope(way, m) for m in sweep.compared}} for way in sweep.ways
    ]
    crossovers = [
        {
            "way": way.name,
            "group": way.group,
            **{name: way.labels.get(name) for name in labels},
            "against": rival.name,
            "measure": measure.key,
            **_plain(sweep.crossovers[way.group, way.name, rival.name, measure.key]),
        }
        for way in sweep.quantum()
        for rival in sweep.classical(way.group)
        for measure in sweep.compared
    ]
    found_heads = ("against", "measure", "text", "from", "ahead", "searched", "proved")
    return [
        Table(
            key="ways",
            columns=[*heads, Column(key="assumption"), Column(key="kind")],
            rows=[
                {**about(way), "assumption": way.assumption, "kind": way.kind} for way in sweep.ways
            ],
            place="data",
        ),
        Table(
            key="costs",
            columns=[
                *heads,
                Column(key=sweep.axis.name, unit=sweep.axis.unit),
                *(Column(key=m.key, unit=m.unit, kind=m.kind, style=SHORT) for m in sweep.measures),
                Column(key="kind"),
            ],
            rows=costs,
            place="data",
        ),
        Table(
            key="slopes",
            columns=[
                *heads,
                *(
                    Column(key=m.key, unit="1", kind=Kind.ESTIMATE, style=EXPONENT)
                    for m in sweep.compared
                ),
            ],
            rows=slopes,
            place="data",
        ),
        Table(
            key="crossovers",
            columns=[
                Column(key="way"),
                Column(key="group"),
                *(Column(key=name) for name in labels),
                *(Column(key=key, style=TEXT) for key in found_heads),
            ],
            rows=crossovers,
            place="data",
        ),
    ]


def _plain(found: Crossover) -> dict[str, Any]:
    """`ahead` is `None` if it is undecided."""
    return {
        "text": found.text,
        "from": found.stays_from,
        "ahead": [list(run) for run in found.ahead] if found.is_decided else None,
        "searched": [found.sizes[0], found.sizes[-1]],
        "proved": found.is_proved,
    }


def _charts(sweep: Sweep, headings: Mapping[str, str]) -> list[Chart]:
    found = []
    for number, group in enumerate(sweep.groups):
        for measure in sweep.compared:
            ways = [
                way
                for way in sweep.ways
                if way.group == group and (way.drawn is None or measure.key in way.drawn)
            ]
            chosen = _drawn(sweep, ways, measure)
            crossings = _crossings(sweep, measure, chosen)
            if len(sweep.groups) > 1 or headings.get(group):
                title = f"{measure.heading}: {headings.get(group, group)}"
            else:
                title = measure.heading
            if len(chosen) < len(ways):
                title += f"; {len(chosen)} of {len(ways)} ways, classical and cheapest"
            found.append(
                Chart(
                    key=f"chart_{measure.key}" if number == 0 else f"chart_{measure.key}_{number}",
                    title=title,
                    x=ChartAxis(label=sweep.axis.meaning, is_logarithmic=True),
                    y=ChartAxis(label=measure.axis or measure.heading, is_logarithmic=True),
                    lines=[_line(sweep, way, measure, crossings) for way in chosen],
                    marks=[_mark(sweep, measure, each) for each in crossings],
                    note=MARKS,
                )
            )
    return found


MARKS = (
    "circle: a quantum and a classical curve cross; from, until: first and last of the sizes at "
    "which the circuit costs less"
)
"""What the marks of a chart are."""

MOST_CURVES = 6
"""In one panel of a chart. Unit: curves."""


def _drawn(sweep: Sweep, ways: Sequence[Way], measure: Measure) -> list[Way]:
    """The classical ways, and as many quantum ones as fit, the cheapest at the largest size."""
    classical = [way for way in ways if way.is_classical][:MOST_CURVES]
    last = sweep.axis.shown[-1]

    def cost(way: Way) -> float:
        found = sweep.compared_cost(way, measure, last)
        return math.inf if found is None else found

    quantum = sorted((way for way in ways if not way.is_classical), key=cost)
    kept = {id(way) for way in (*classical, *quantum[: MOST_CURVES - len(classical)])}
    return [way for way in ways if id(way) in kept]


@frozen
class _Crossing:
    """Where a quantum way begins or ceases to cost less than a classical one.

    Args:
        way: the quantum way.
        rival: the classical one.
        last: the largest size before it, of those that were looked at.
        first: the smallest size after it; equal to `last` if it is known exactly.
        begins: whether the quantum way costs less from `first` on.
    """

    way: Way
    rival: Way
    last: Size
    first: Size
    begins: bool


def _crossings(sweep: Sweep, measure: Measure, drawn: Sequence[Way]) -> list[_Crossing]:
    """Of every quantum way with every classical one that has a curve."""
    found = []
    for way in drawn:
        for rival in () if way.is_classical else (x for x in drawn if x.is_classical):
            crossover = sweep.crossovers[way.group, way.name, rival.name, measure.key]
            sizes = crossover.sizes
            for start, end in crossover.ahead:
                if start != sizes[0]:
                    before = start if crossover.is_proved else sizes[sizes.index(start) - 1]
                    found.append(_Crossing(way, rival, before, start, begins=True))
                if end != sizes[-1]:
                    after = end if crossover.is_proved else sizes[sizes.index(end) + 1]
                    found.append(_Crossing(way, rival, end, after, begins=False))
    return found


def _line(sweep: Sweep, way: Way, measure: Measure, crossings: Sequence[_Crossing]) -> Line:
    """Its curve, through the sizes shown and those beside its crossings."""
    searched = set(sweep.axis.searched)
    beside = {
        size
        for each in crossings
        if way in (each.way, each.rival)
        for size in (each.last, each.first)
    }
    sizes = sorted({*sweep.axis.shown, *(beside & searched)})
    return Line(
        label=_name(way),
        x=sizes,
        y=[sweep.compared_cost(way, measure, size) for size in sizes],
        is_classical=way.is_classical,
    )


def _mark(sweep: Sweep, measure: Measure, crossing: _Crossing) -> Mark:
    """The point where both curves cross, named by the size at which the quantum way is ahead."""
    where = crossing.first if crossing.begins else crossing.last
    label = f"{'from' if crossing.begins else 'until'} {size_text(where)}"
    ways = (crossing.way, crossing.rival)
    ours, theirs = (
        [sweep.compared_cost(way, measure, size) for size in (crossing.last, crossing.first)]
        for way in ways
    )
    x, y = _meeting((crossing.last, crossing.first), ours, theirs)
    return Mark(x=x, y=y, label=label)


def _meeting(
    sizes: tuple[Size, Size], ours: Sequence[Any], theirs: Sequence[Any]
) -> tuple[float, float]:
    """Where two power laws meet that are known at two sizes.

    Args:
        sizes: one before and one after, or twice the same.
        ours: what one of them is at these sizes.
        theirs: what the other is.
    """
    if min(*ours, *theirs) <= 0:
        return float(sizes[1]), float(ours[1])
    (a, b), (c, d) = ([math.log2(x) for x in costs] for costs in (ours, theirs))
    before, after = a - c, b - d
    part = 0.0 if before == after else before / (before - after)
    low, high = (math.log2(size) for size in sizes)
    return 2 ** (low + part * (high - low)), 2 ** (a + part * (b - a))
