"""Who sends less: quantum messages, classical protocols and lower bounds side by side."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs

from bloqs.communication import symbols as own
from bloqs.communication.answers.compare_exact import PAIRS, SHIPPED, exact_table
from bloqs.communication.answers.compare_limits import LINEAR, SMALL, linear_facts, optima_table
from bloqs.communication.answers.compare_ways import GROUPS, MEASURES, Sizes, ways_of
from bloqs.communication.rivals.bounds import applicable
from bloqs.communication.rivals.window import gradient_window, windows
from estimator.ask.question import Asked
from estimator.compare.answer import sweep_parts
from estimator.compare.sweep import Axis, Sweep
from estimator.report.model import Report
from estimator.report.parts import Chart, Column, Notes, Part, Row, Table
from estimator.report.text import SETTING, SHORT, Style

ASSUMED = {"n": 10, "L": 1, "P": 1000, "g": 1, "epsilon": 0.1, "delta": 0.05, "gamma": 0.1}
"""What is assumed, and printed, where nothing is named."""

BOUND = Style("bound", lambda value: value if isinstance(value, str) else SHORT.text(value))
"""A number, or that there is none."""

ERRORS = (0.1, 0.03, 0.01)
"""Errors for which windows are shown beside that asked for."""

CONVENTIONS = (
    "guaranteed: the error is exceeded with probability delta at most, by the inequality of each "
    "protocol; equal confidence: two standard deviations are the error, on both sides, and "
    "rounding in shipping keeps its guarantee"
)
COUNTED = (
    "a qubit counts as a bit, and results that are sent back are left out on both sides; a "
    "sketch for several layers is a chain, sketched anew at every message"
)
BOUNDED = (
    "a bound without a constant is compared with nothing; the error of a bound is a probability "
    "of failure, not the accuracy of the loss"
)

ASSUMPTIONS = (CONVENTIONS, COUNTED, SHIPPED, PAIRS, BOUNDED, LINEAR, SMALL)
"""Said under every comparison."""


def communication_compared(asked: Asked) -> Report:
    """The comparison over N, L, P and 1/epsilon, windows, and lower bounds.

    Raises:
        ValueError: if there are more groups than parameters.
    """
    values = {name: asked.get(name, x) for name, x in ASSUMED.items()}
    if values["g"] > values["P"]:
        raise ValueError(
            f"there are at most as many groups as parameters of a block, got g={values['g']} and "
            f"P={values['P']}; lower --g"
        )
    base = Sizes(
        n=values["n"],
        layers=values["L"],
        parameters=values["P"],
        groups=values["g"],
        epsilon=float(values["epsilon"]),
        delta=float(values["delta"]),
    )
    parts: list[Part] = []
    charts: list[Part] = []
    for axis, change in axes(base):

        @lru_cache(maxsize=256)
        def at(size: Any, change: Any = change) -> Sizes:
            return base.moved(**change(size))

        sweep = Sweep(axis, MEASURES, ways_of(axis.name, at), asked.track)
        fixed = fixed_but(axis.name, values)
        headings = {group: f"{group}; as {axis.name} grows, {fixed}" for group in GROUPS}
        key = axis.name.removeprefix("1/")
        for part in sweep_parts(sweep, headings, f"{axis.name} at which the way sends less"):
            named = attrs.evolve(part, key=f"{key}_{part.key}")
            (charts if isinstance(named, Chart) else parts).append(named)
    return Report(
        title="communication compared",
        settings=values,
        settings_style=SETTING,
        assumed=tuple(name for name in ASSUMED if name not in asked.named),
        parts=[
            windows_table(base),
            gradient_table(base),
            exact_table(values),
            *bounds_tables(values),
            linear_facts(values),
            optima_table(),
            *parts,
            Notes(key="assumptions", lines=ASSUMPTIONS, is_section=True),
            *charts,
        ],
    )


def axes(base: Sizes) -> list[tuple[Axis, Any]]:
    """What is swept, and which size that changes."""
    lengths = tuple(2**k for k in range(2, 61))
    layers = tuple(2**k for k in range(6))
    parameters = tuple(2**k for k in range(max(1, base.groups).bit_length(), 31))
    accuracies = tuple(2**k for k in range(1, 14))
    return [
        (_axis("N", "length of the data", "entries", lengths),
         lambda size: {"n": int(size).bit_length() - 1}),
        (_axis("L", "layers", "layers", layers), lambda size: {"layers": int(size)}),
        (_axis("P", "parameters of a block", "parameters", parameters),
         lambda size: {"parameters": int(size)}),
        (_axis("1/epsilon", "accuracy", "1", accuracies), lambda size: {"epsilon": 1 / size}),
    ]  # fmt: skip


def _axis(name: str, meaning: str, unit: str, sizes: tuple[int, ...]) -> Axis:
    """All sizes are worked out: a sketch is below sampling between sizes where it is not."""
    return Axis(name=name, meaning=meaning, unit=unit, searched=sizes, shown=sizes)


def fixed_but(swept: str, values: Mapping[str, Any]) -> str:
    """The sizes that are not swept."""
    moved = {"N": "n", "1/epsilon": "epsilon"}.get(swept, swept)
    left = (moved, "gamma")
    return ", ".join(f"{name} = {x:g}" for name, x in values.items() if name not in left)


def windows_table(base: Sizes) -> Table:
    """From which n on sampling sends less, under both conventions."""
    rows: list[Row] = []
    errors = dict.fromkeys((base.epsilon, *ERRORS))
    for layers in dict.fromkeys((base.layers, 1)):
        for epsilon in errors:
            rows += [
                {"L": layers, "epsilon": epsilon, "convention": each.convention,
                 "against": " or ".join(each.against), "first": _from(each.first)}
                for each in windows(layers, epsilon, base.delta)
            ]  # fmt: skip
    columns = [
        Column(key="L", align="right"),
        Column(key="epsilon", align="right", style=SHORT),
        Column(key="convention"),
        Column(key="against"),
        Column(key="first", label="sends less from n", align="right"),
    ]
    heading = "the window of the loss: from which n on sampling sends less"
    return Table(key="windows", columns=columns, rows=rows, heading=heading, is_section=True)


def _from(first: int | None) -> int | str:
    return "nowhere up to 90" if first is None else first


def gradient_table(base: Sizes) -> Table:
    """From which n on the gradient of the last block takes fewer qubits than bits, L = 1."""
    rows = [
        {"variant": name, "basis": basis,
         "first": _from(gradient_window(base.parameters, base.epsilon, base.delta, name))}
        for name, basis in (
            ("grouped", "one commuting group"), ("shift", "explicit count"),
            ("hadamard", "explicit count"), ("tomography", "unit constants, no count"),
        )
    ]  # fmt: skip
    columns = [
        Column(key="variant"),
        Column(key="basis"),
        Column(key="first", label="sends less from n", align="right"),
    ]
    heading = "the window of the last block's gradient, one layer, guaranteed"
    return Table(key="gradient_windows", columns=columns, rows=rows, heading=heading)


def bounds_tables(values: Mapping[str, Any]) -> tuple[Table, Table]:
    """The lower bounds that hold at so many layers, as a reader and as JSON has them."""
    at = {
        own.n: values["n"],
        own.N: 2 ** values["n"],
        own.L: values["L"],
        own.delta: values["delta"],
    }
    rows: list[Row] = [
        {
            "problem": each.name,
            "bound": each.says,
            "at_least": "constant unknown" if each.constant is None else each.value(at),
            "setting": each.setting.value,
            "binds": "bits and qubits" if each.binds_quantum else "bits",
            "promise": each.promise,
            "error": each.error_means,
            "source": each.source,
            "cites": each.source[: each.source.index("]") + 1],
        }
        for each in applicable(values["L"])
    ]
    shown = [
        Column(key="problem"),
        Column(key="bound"),
        Column(key="at_least", label="at least", align="right", style=BOUND),
        Column(key="setting"),
        Column(key="binds"),
    ]
    whole = [*shown, Column(key="promise"), Column(key="error"), Column(key="source")]
    shown.append(Column(key="cites", label="source"))
    heading = "lower bounds, in the worst case over a promise"
    return (
        Table(key="shown bounds", columns=shown, rows=rows, heading=heading, place="shown"),
        Table(key="bounds", columns=whole, rows=rows, heading=heading, place="data"),
    )
