"""Solvers side by side as kappa and the accuracy grow, and conjugate gradients with them."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
import numpy as np
from attrs import frozen

from bloqs.linear_systems.answers.compare_ways import (
    MEASURES,
    Prices,
    Solved,
    bound_way,
    dense_way,
    elimination_way,
    run_way,
    solved,
    solver_ways,
)
from bloqs.linear_systems.answers.cost import check_together, problem_of
from bloqs.linear_systems.answers.given import (
    Given,
    brought_system,
    check_precondition,
    given_system,
)
from bloqs.linear_systems.answers.ranking import ranking_table, reigns
from bloqs.linear_systems.answers.scaling_facts import (
    SCALED_RIVAL,
    residual_label,
    scaling_facts,
    scaling_notes,
)
from bloqs.linear_systems.answers.solvers import Problem
from bloqs.linear_systems.model.plan import Provenance
from bloqs.linear_systems.rivals.conjugate_gradients import Run
from bloqs.linear_systems.rivals.conjugate_gradients import run as run_conjugate_gradients
from bloqs.linear_systems.rivals.read_out import copies_needed
from estimator.ask.question import Asked
from estimator.compare.answer import sweep_parts
from estimator.compare.crossover import Size
from estimator.compare.sweep import Axis, Sweep, Way, spread
from estimator.costs.answer import pricing
from estimator.report.model import Report
from estimator.report.parts import Chart, Fact, Facts, Kind, Notes, Part, Row
from estimator.report.text import SCIENTIFIC, SETTING

ASSUMED = {
    "kappa": 20.0,
    "epsilon": 0.01,
    "alpha": 1.0,
    "N": 1024,
    "ancillas": 3,
    "sparsity": 3,
    "rhs_case": "worst",
    "matrix_t": 0.0,
    "vector_t": 0.0,
    "largest_kappa": 1e4,
    "least_epsilon": 1e-8,
}
"""What is assumed, and printed, where nothing is named."""

LEAST_KAPPA, LARGEST_EPSILON = 2.0, 0.1
"""Where the sweeps begin."""

SIZES, SIZES_OF_MATRIX = 25, 7
"""Sizes of a sweep: of numbers, and of a matrix, whose encodings are made at each accuracy."""

ONLY_NUMBERS = ("kappa", "alpha", "N", "ancillas", "sparsity", "rhs_case", "matrix_t", "vector_t",
                "largest_kappa")  # fmt: skip
"""Parameters that a matrix answers by itself."""

READ_OUT = (
    "a quantum run ends in a state, not in numbers: all N entries of x, signs included, take "
    "N/epsilon^2 of them, each interfering with the uniform state (root mean square error "
    "epsilon, derived); one overlap with a known state takes about 1/epsilon^2"
)
COUNTED = (
    "a T gate counts as much as one FLOP; error correction, clock rates and writing the data into "
    "a memory are left out"
)


@frozen(kw_only=True)
class Swept:
    """One sweep.

    Args:
        axis: what grows.
        at: every solver at a size.
        classical: the rivals.
        name: of the sweep, in keys.
        heading: what is fixed.
    """

    axis: Axis
    at: Callable[[Size], Mapping[str, Solved]]
    classical: Sequence[Way]
    name: str
    heading: str


def grid(first: float, last: float, count: int) -> tuple[float, ...]:
    """So many numbers at equal ratios, of four digits."""
    return tuple(float(f"{x:.4g}") for x in np.geomspace(first, last, count))


def solvers_compared(asked: Asked) -> Report:
    """The comparison over kappa at one epsilon, and over epsilon at one kappa.

    Raises:
        ValueError: if parameters are out of range or do not go together.
    """
    if asked.values.get("matrix") is not None:
        return _of_matrix(asked)
    if asked.values.get("rhs") is not None:
        raise ValueError("a right-hand side goes with a matrix: give --matrix, or leave --rhs out")
    check_precondition(asked.values)
    values = {name: asked.get(name, x) for name, x in ASSUMED.items()}
    check_together(values)
    _check_ranges(values)
    method, error, _ = pricing(asked)
    prices = Prices(rotation=float(method.t_count(error)), matrix=values["matrix_t"],
                    vector=values["vector_t"])  # fmt: skip
    unknowns, entries = int(values["N"]), int(values["N"] * values["sparsity"])

    @lru_cache(maxsize=256)
    def costs(kappa: float, epsilon: float) -> Mapping[str, Solved]:
        numbers = {**values, "kappa": kappa, "epsilon": epsilon, "norm": None}
        norm = kappa * values["alpha"] if values["rhs_case"] == "best" else 1.0
        return solved(problem_of(numbers, norm), prices, unknowns)

    kappa, epsilon = float(values["kappa"]), float(values["epsilon"])
    kappas = grid(LEAST_KAPPA, values["largest_kappa"], SIZES)
    accuracies = grid(1 / LARGEST_EPSILON, 1 / values["least_epsilon"], SIZES)
    swept = []
    for axis, at, heading in (
        (_axis("kappa", kappas), lambda x: (float(x), epsilon), f"epsilon = {epsilon:g}"),
        (_axis("1/epsilon", accuracies), lambda x: (kappa, 1 / float(x)), f"kappa = {kappa:g}"),
    ):
        swept.append(
            Swept(
                axis=axis,
                at=lambda x, at=at: costs(*at(x)),  # type: ignore[misc]
                classical=[
                    *(bound_way(yes, entries, unknowns, at) for yes in (True, False)),
                    dense_way(unknowns),
                ],
                name=axis.name.removeprefix("1/"),
                heading=heading,
            )
        )
    oracles = (
        f"a call of A costs {prices.matrix:g} T gates and one of b {prices.vector:g} (--matrix-t, "
        "--vector-t): where both cost none, crossovers of T are those of an ideal memory; CG are "
        f"conjugate gradients with {values['sparsity']} entries a row"
    )
    case = f"right-hand side: the {values['rhs_case']} one for solvers whose success depends on it"
    assumed = [name for name in ASSUMED if name not in asked.named]
    facts = [_copies(unknowns, epsilon)]
    return _report(asked, swept, facts, [oracles, case], values, assumed)


def _of_matrix(asked: Asked) -> Report:
    """The comparison over epsilon, with the circuits of a user's system."""
    values = asked.values
    beside = [name for name in ONLY_NUMBERS if values.get(name) is not None]
    if beside:
        raise ValueError(f"a matrix says by itself what these are: leave {', '.join(beside)} out")
    method, error, _ = pricing(asked)
    prices = Prices(rotation=float(method.t_count(error)))
    epsilon = float(asked.get("epsilon", ASSUMED["epsilon"]))
    least = float(asked.get("least_epsilon", 1e-6))
    _check_ranges({"least_epsilon": least})

    brought = brought_system(values)

    @lru_cache(maxsize=64)
    def given(accuracy: float) -> Given:
        return given_system({**values, "epsilon": 1 / accuracy}, prices.rotation, brought)

    @lru_cache(maxsize=64)
    def costs(accuracy: float) -> Mapping[str, Solved]:
        found = given(accuracy)
        problem = Problem(
            encoding=found.chosen.encoding,
            vector=found.vector,
            condition=found.kappa,
            error=1 / accuracy,
            norm=found.norm,
            is_definite=found.problem.is_definite,
        )
        return solved(problem, prices, found.problem.unknowns)

    @lru_cache(maxsize=64)
    def classical(accuracy: float) -> Run | None:
        try:
            system, is_definite = first.problem.unpadded, first.problem.is_definite
            found = run_conjugate_gradients(*system, 1 / accuracy, is_definite)
        except ValueError:
            return None
        return attrs.evolve(found, flop=found.flop + first.scaling_flop)

    first = given(1 / epsilon)
    direct = first.elimination.flop
    unknowns = first.problem.unknowns
    accuracies = grid(1 / LARGEST_EPSILON, 1 / least, SIZES_OF_MATRIX)
    heading = f"kappa = {first.problem.condition:.4g}, of the encoding {first.kappa:.4g}"
    swept = Swept(
        axis=_axis("1/epsilon", accuracies),
        at=lambda x: costs(float(x)),
        classical=[run_way(lambda x: classical(float(x))), elimination_way(direct)],
        name="epsilon",
        heading=heading,
    )
    facts = [_copies(unknowns, epsilon)]
    at = classical(1 / epsilon)
    if at is not None:
        facts += [
            Fact(key="steps", label="conjugate gradients", value=at.steps, unit="steps"),
            Fact(key="products", value=at.products, unit="products with A"),
            Fact(key="flop", label="FLOP", value=at.flop, unit="FLOP"),
            Fact(key="error", label="their error", value=at.error, style=SCIENTIFIC),
            Fact(key="residual", label=residual_label(first), value=at.residual, style=SCIENTIFIC),
        ]
    facts.append(Fact(key="elimination", value=direct, unit="FLOP"))
    settings = {"unknowns": unknowns, "epsilon": epsilon, "least_epsilon": least,
                "encoding": first.chosen.name}  # fmt: skip
    if first.scaling is not None:
        settings["precondition"] = "diagonal"
    assumed = [name for name in ("epsilon", "least_epsilon") if name not in asked.named]
    notes = [] if first.has_rhs else ["assumed: the right-hand side is the first unit vector"]
    notes += scaling_notes(first)
    notes += [] if first.scaling is None else [SCALED_RIVAL]
    made = _report(asked, [swept], facts, notes, settings, assumed)
    return attrs.evolve(made, parts=[*scaling_facts(first), *made.parts])


def _axis(name: str, sizes: tuple[float, ...]) -> Axis:
    meaning = "kappa, condition number" if name == "kappa" else "1/epsilon, accuracy"
    return Axis(name=name, meaning=meaning, unit="1", searched=sizes, shown=spread(sizes))


def _copies(unknowns: int, epsilon: float) -> Fact:
    return Fact(
        key="copies",
        label="states for all of x",
        value=copies_needed(unknowns, epsilon),
        unit="successful runs",
        kind=Kind.UPPER_BOUND,
    )


def _check_ranges(values: Mapping[str, Any]) -> None:
    """Refuse sweeps that are empty.

    Raises:
        ValueError: if one has no length.
    """
    if values.get("largest_kappa") is not None and not values["largest_kappa"] > LEAST_KAPPA:
        raise ValueError(
            f"kappa is swept from {LEAST_KAPPA:g} on: give a --largest-kappa above it, got "
            f"{values['largest_kappa']:g}"
        )
    if not values["least_epsilon"] < LARGEST_EPSILON:
        raise ValueError(
            f"epsilon is swept from {LARGEST_EPSILON:g} down: give a --least-epsilon below it, got "
            f"{values['least_epsilon']:g}"
        )


def _report(
    asked: Asked,
    swept: Sequence[Swept],
    facts: Sequence[Fact],
    notes: Sequence[str],
    settings: Mapping[str, Any],
    assumed: Sequence[str],
) -> Report:
    """One report of all sweeps, so that one picture has all their curves."""
    parts: list[Part] = []
    charts: list[Part] = []
    for each in swept:
        names = _names(each)
        ways = [*solver_ways(names, each.at, each.axis.shown), *each.classical]
        sweep = Sweep(each.axis, MEASURES, ways, asked.track)
        title = f"as {each.axis.name} grows, {each.heading}"
        made = sweep_parts(
            sweep, {"": title}, f"{each.axis.name} at which the solver costs less than it"
        )
        for part in made:
            named = attrs.evolve(part, key=f"{each.name}_{part.key}")
            if not isinstance(named, Chart):
                parts.append(named)
            elif not part.key.startswith("chart_full"):
                charts.append(named)
        rows = _ranking(each, names)
        heading = f"the cheapest {title}; where it changes"
        parts.append(ranking_table(f"{each.name}_ranking", rows, heading, each.axis.name))
    lines = [*notes, READ_OUT, COUNTED]
    return Report(
        title="qlss compared",
        settings=settings,
        settings_style=SETTING,
        assumed=tuple(assumed),
        parts=[
            *parts,
            Facts(key="read_out", rows=facts),
            Notes(key="assumptions", lines=lines, is_section=True),
            *charts,
        ],
    )


def _names(swept: Swept) -> dict[str, Provenance]:
    """Every solver that there is at every size that is shown."""
    found = [swept.at(size) for size in swept.axis.shown]
    return {name: each.basis for name, each in found[0].items() if all(name in at for at in found)}


def _ranking(swept: Swept, names: Mapping[str, Provenance]) -> list[Row]:
    """The cheapest solver by calls and by T, among those that are proved and among all."""
    rows: list[Row] = []
    for key, label in (("calls", "calls of A"), ("t", "T")):
        for among in ("proven", "all"):

            def costs(size: Size, key: str = key, among: str = among) -> dict[str, float]:
                at = swept.at(size)
                return {
                    name: float(at[name].costs[key] or 0)
                    for name, basis in names.items()
                    if name in at and (among == "all" or basis is Provenance.PROVEN)
                }

            rows += [
                {"by": label, "among": among, "cheapest": each.name, "from": each.first,
                 "to": each.last}
                for each in reigns(swept.axis.searched, costs)
            ]  # fmt: skip
    return rows
