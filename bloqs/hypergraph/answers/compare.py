"""Memory against the size of the model: quantum, what a classical machine needs, what one keeps."""

from collections.abc import Callable, Sequence
from math import comb
from typing import Any

from attrs import frozen

from bloqs.hypergraph.model.bounds import (
    bound,
    cache_bits,
    upper_bits_at_cut,
    upper_bits_of_pairs,
)
from bloqs.hypergraph.model.field import least_field
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Axis, Chart, Column, Line, Mark, Notes, Part, Row, Table
from estimator.report.text import SETTING, SHORT, Style

ORDERS = (2, 3, 4, 5, 6)
TRANSFORMER = {"layers": 12, "width": 768}
"""What is assumed, and printed, where a precision is named and nothing else."""

BITS = Style("bits", lambda value: "-" if value is None else SHORT.text(value))
"""A number, or a dash where nothing is proved."""

FIELDS = "modes over fields: a mode is m qubits, m = 1, 2, 3, 3, 3 for k = 2 to 6"
PLAIN = "plain qubits: Theorem C takes them in groups of m; C(n,k) - 1 bits are not proved there"
READS = (
    "Theorem B reads Pauli strings, k = 2; Theorem C Z and one exclusion of constant size; Theorem "
    "E an exclusion on all qubits; Theorem D all qubits, with edges of every size to k"
)
CUT = (
    "lower bounds are of zero error at the write|read cut; upper ones are machines that are right, "
    "for edges of k modes alone, and so may lie below Theorem D"
)
LENGTH = "the cache keeps C(n,k) tokens that write and n that read"
NO_CACHE = "no cache without --precision, the bits of an entry: nothing is assumed about them"


@frozen
class Curve:
    """Memory by a number of modes or qubits; nothing where it is not known."""

    key: str
    label: str
    at: Callable[[int], Any]
    is_classical: bool = True


def hypergraph_compared(asked: Asked) -> Report:
    """Tables and charts, for each order in modes and in qubits."""
    named = asked.get("k")
    orders = ORDERS if named is None else (named,)
    stop = asked.values["stop"]
    precision = asked.get("precision")
    given = {name: asked.get(name, x) for name, x in TRANSFORMER.items()}
    if precision is None:
        for name in TRANSFORMER:
            if name in asked.named:
                raise ValueError(
                    f"a cache needs the bits of an entry, got --{name} alone; name --precision"
                )
    cache = None if precision is None else (given["layers"], given["width"], precision)
    parts: list[Part] = []
    charts: list[Part] = []
    for k in asked.track(orders, "comparing"):
        for unit, curves in (("modes", field_curves(k, cache)), ("qubits", plain_curves(k, cache))):
            parts.append(memory_table(k, unit, curves, stop))
            charts.append(memory_chart(k, unit, curves, stop))
    settings: dict[str, Any] = {"stop": stop}
    if named is not None:
        settings["k"] = named
    if cache is not None:
        settings |= {**given, "precision": precision}
    lines = [FIELDS, PLAIN, READS, CUT, NO_CACHE if cache is None else LENGTH]
    parts.insert(0, firsts_table(orders, cache))
    parts.append(Notes(key="assumptions", lines=lines, is_section=True))
    return Report(
        title="hypergraph compared",
        settings=settings,
        settings_style=SETTING,
        assumed=tuple(x for x in TRANSFORMER if cache is not None and x not in asked.named),
        parts=[*parts, *charts],
    )


def field_curves(k: int, cache: tuple[int, int, int] | None) -> list[Curve]:
    """Memory by modes of a field version with weights 0 and 1."""
    m = least_field(k).bit_length() - 1
    found = [
        Curve("quantum", "quantum, qubits", lambda n: n * m, is_classical=False),
        Curve("lower", "at least, Theorem C", lambda n: comb(n, k) - 1),
        Curve("upper", "at most, at the cut", lambda n: upper_bits_of_pairs(comb(n, k))),
    ]
    return found + _cache_curve(k, cache)


def plain_curves(k: int, cache: tuple[int, int, int] | None) -> list[Curve]:
    """Memory by plain qubits."""
    m = least_field(k).bit_length() - 1
    found = [Curve("quantum", "quantum, qubits", lambda n: n, is_classical=False)]
    if k == 2:
        found.append(Curve("lower", "at least, Theorem B", lambda n: comb(n, 2) - 1))
    else:
        grouped = Curve("lower", "at least, Theorem C in groups",
                        lambda n: comb(n // m, k) - 1 if n // m >= k else None)  # fmt: skip
        found.append(grouped)
    found += [
        Curve("uniform", "at least, Theorem E", lambda n: bound("uniform").value(n, k) or None),
        Curve("matching", "at least, Theorem D", lambda n: bound("matching").value(n, k)),
        Curve("upper", "at most, at the cut", lambda n: upper_bits_at_cut(n, k)),
    ]
    return found + _cache_curve(k, cache)


def _cache_curve(k: int, cache: tuple[int, int, int] | None) -> list[Curve]:
    if cache is None:
        return []
    return [Curve("cache", "key-value cache", lambda n: cache_bits(*cache, comb(n, k) + n))]


def sizes(k: int, stop: int) -> list[int]:
    """From k on, the step growing with the size."""
    found = list(range(max(k, 3), min(13, stop + 1)))
    while found[-1] < stop:
        found.append(min(stop, found[-1] * 5 // 4))
    return found


def first_above(curves: Sequence[Curve], k: int, key: str, most: int = 1000) -> int | None:
    """The least size from which on a curve is above the quantum one, as far as it is looked for."""
    quantum = next(curve for curve in curves if not curve.is_classical)
    curve = next((one for one in curves if one.key == key), None)
    found = None
    for n in range(most, k - 1, -1):
        value = None if curve is None else curve.at(n)
        if value is None or value <= quantum.at(n):
            break
        found = n
    return found


def firsts_table(orders: Sequence[int], cache: Any) -> Table:
    """From which size on classical memory must be larger than the number of qubits."""
    rows: list[Row] = []
    for k in orders:
        fields, plain = field_curves(k, cache), plain_curves(k, cache)
        rows.append(
            {
                "k": k,
                "m": least_field(k).bit_length() - 1,
                "modes": first_above(fields, k, "lower"),
                "qubits": first_above(plain, k, "lower"),
                "uniform": first_above(plain, k, "uniform"),
            }
        )
    columns = [
        Column(key="k", align="right"),
        Column(key="m", label="qubits of a mode", align="right"),
        Column(key="modes", label="over fields, n modes", align="right", style=BITS),
        Column(key="qubits", label="plain, n qubits", align="right", style=BITS),
        Column(key="uniform", label="plain, Theorem E", align="right", style=BITS),
    ]
    heading = "from which n on classical bits, at least, exceed qubits"
    return Table(key="first", columns=columns, rows=rows, heading=heading)


def memory_table(k: int, unit: str, curves: Sequence[Curve], stop: int) -> Table:
    """Memory at some sizes."""
    shown = [n for n in sizes(k, stop) if n in (k, 6, 8, 12)] + [stop]
    rows = [{"n": n, **{curve.key: curve.at(n) for curve in curves}} for n in dict.fromkeys(shown)]
    columns = [
        Column(key="n", label=unit, align="right"),
        *(Column(key=x.key, label=x.label, style=BITS, align="right") for x in curves),
    ]
    heading = f"k = {k}, by {unit}: bits, and qubits of the quantum model"
    return Table(key=f"k{k}_{unit}", columns=columns, rows=rows, heading=heading, is_section=True)


def memory_chart(k: int, unit: str, curves: Sequence[Curve], stop: int) -> Chart:
    """Memory at many sizes."""
    points = sizes(k, stop)
    first = first_above(curves, k, "lower")
    marks = []
    if first is not None and points[0] <= first <= stop:
        quantum = curves[0].at(first)
        marks.append(Mark(x=first, y=quantum, label=str(first)))
    return Chart(
        key=f"chart_k{k}_{unit}",
        title=f"k = {k}, {'modes over a field' if unit == 'modes' else 'plain qubits'}",
        x=Axis(label=unit, is_logarithmic=True),
        y=Axis(label="memory [bits, qubits]", is_logarithmic=True),
        lines=[
            Line(
                label=x.label,
                x=points,
                y=[x.at(n) or None for n in points],
                is_classical=x.is_classical,
            )
            for x in curves
        ],
        marks=marks,
        note="marks: from there on classical bits, at least, exceed qubits",
    )
