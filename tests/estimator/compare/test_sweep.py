"""Sweeps of ways with costs by hand: slopes, crossovers found and proved, what is shown."""

import json

import pytest
import sympy

from estimator.compare.answer import sweep_parts
from estimator.compare.sweep import Axis, Measure, Sweep, Way
from estimator.report.model import Report
from estimator.symbols import N

SIZES = tuple(2**n for n in range(2, 21))
MEASURES = (Measure(key="gates", unit="gates", is_compared=True), Measure(key="qubits"))


def way(name, cost, formula=None, **more):
    return Way(
        name=name,
        at=lambda size: {"gates": cost(size), "qubits": None},
        formulas={} if formula is None else {"gates": formula},
        **more,
    )


def sweep(ours, theirs, shown=SIZES[::6]):
    axis = Axis(name="N", meaning="N, entries", symbol=N, searched=SIZES, shown=shown)
    return Sweep(axis, MEASURES, [ours, theirs])


def found(ours, theirs):
    (crossing,) = sweep(ours, theirs).crossovers.values()
    return crossing


def linear(name="ours", formula=None, **more):
    return way(name, lambda size: 1000 * size, formula, **more)


def square(formula=None):
    compared = {"gates": "square gates"}
    return way("square", lambda size: size**2, formula, is_classical=True, compared=compared)


def test_slopes_are_exponents():
    both = sweep(linear(), square())
    gates, qubits = MEASURES
    assert both.slope(both.ways[0], gates) == pytest.approx(1)
    assert both.slope(both.ways[1], gates) == pytest.approx(2)
    assert both.slope(both.ways[0], qubits) is None


def test_what_a_measure_adds_counts_where_ways_are_compared():
    """1000 N and 3000 N look-ups against N**2 and none: from 4096 on, not from 1024 on."""
    measures = (
        Measure(key="gates", is_compared=True, plus="lookups"),
        Measure(key="lookups"),
    )
    ours = Way(name="ours", at=lambda N: {"gates": 1000 * N, "lookups": 3000 * N})
    axis = Axis(name="N", meaning="N", searched=SIZES, shown=SIZES[::6])
    both = Sweep(axis, measures, [ours, square()])
    (crossing,) = both.crossovers.values()
    assert crossing.text == "from 2^12"
    assert both.cost(ours, "gates", 8) == 8000
    assert both.compared_cost(ours, measures[0], 8) == 32000


def test_a_crossover_is_searched_at_the_sizes():
    """1000 N < N**2 from the first power of two above 1000."""
    crossing = found(linear(), square())
    assert crossing.text == "from 2^10"
    assert not crossing.is_proved


def test_a_crossover_of_formulas_is_proved():
    """Between the sizes, at N = 1000, and for all N beyond; never, where there is none."""
    crossing = found(linear(formula=1000 * N), square(formula=N**2))
    assert crossing.is_proved
    assert crossing.stays_from == pytest.approx(1000, rel=1e-6)
    worse = found(linear(formula=1000 * N**3), square(formula=N**2))
    assert (worse.text, worse.is_proved) == ("never", True)


def test_a_formula_alone_proves_nothing():
    """If one side has none, both are asked at the sizes."""
    assert not found(linear(formula=1000 * N), square()).is_proved


def test_formulas_and_search_agree():
    """The size from which the search says it stays ahead is the first one beyond the proof."""
    proved = found(linear(formula=1000 * N), square(formula=N**2)).stays_from
    searched = found(linear(), square()).stays_from
    assert searched == next(size for size in SIZES if size >= proved)


def test_what_is_unknown_is_undecided():
    unknown = way("unknown", lambda size: None if size > 2**10 else size, is_classical=True)
    both = sweep(linear(), unknown)
    assert not both.is_decided
    assert found(linear(), unknown).text == "undecided"
    assert sweep(linear(), square()).is_decided


def test_parts_hold_every_number():
    """A row for each way and size; the picture has a curve for each way and marks the crossing."""
    both = sweep(linear(), square())
    report = Report(title="test", parts=sweep_parts(both, {}, "where"))
    data = json.loads(json.dumps(report.plain()))
    assert [row["gates"] for row in data["costs"]] == [
        *(1000 * size for size in SIZES[::6]),
        *(size**2 for size in SIZES[::6]),
    ]
    (crossing,) = data["crossovers"]
    assert (crossing["way"], crossing["against"], crossing["from"]) == ("ours", "square", 2**10)
    (chart,) = report.charts
    assert [line.label for line in chart.lines] == ["ours", "classical: square"]
    (mark,) = chart.marks
    assert (mark.x, mark.y) == pytest.approx((1000, 1000**2), rel=1e-9)
    assert mark.label == "from 2^10"
    assert all({2**9, 2**10} < set(line.x) for line in chart.lines)


def marks(*ways):
    axis = Axis(name="N", meaning="N, entries", searched=SIZES, shown=SIZES[::6])
    parts = sweep_parts(Sweep(axis, MEASURES, ways), {}, "where")
    (chart,) = Report(title="test", parts=parts).charts
    return sorted((round(mark.x), round(mark.y), mark.label) for mark in chart.marks)


def test_crossings_with_every_classical_curve_are_marked():
    """Where curves cross, with the size from which, or until which, the circuit costs less."""
    cheap = way("cheap", lambda size: 4096 * 1000, is_classical=True)
    assert marks(linear(), square(), cheap) == [
        (1000, 1000**2, "from 2^10"),
        (4096, 4096 * 1000, "until 2^11"),
    ]


def test_where_a_circuit_is_always_ahead_or_never_nothing_crosses():
    assert marks(way("ours", lambda size: 1), square()) == []
    assert marks(way("ours", lambda size: size**3), square()) == []


def test_a_cost_of_zero_crosses_where_it_is_looked_at():
    """No curve of a logarithmic chart goes there; the mark is where the circuit is ahead."""
    ours = way("ours", lambda size: 0 if size > 2**10 else 10**9)
    assert marks(ours, square()) == [(2**11, 0, "from 2^11")]


def test_symbols_are_not_mixed_up():
    """A formula in another symbol than the axis is no proof."""
    other = sympy.Symbol("other", positive=True)
    assert not found(linear(formula=other), square(formula=N**2)).is_proved
