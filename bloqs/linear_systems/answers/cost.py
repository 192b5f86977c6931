"""What every solver of a linear system costs, in one table."""

from collections.abc import Mapping
from typing import Any

import attrs

from bloqs.linear_systems.answers.cost_given import given_cost
from bloqs.linear_systems.answers.cost_in_symbols import oracles, symbolic_cost
from bloqs.linear_systems.answers.given import check_precondition
from bloqs.linear_systems.answers.solvers import Problem, candidates
from bloqs.linear_systems.answers.solvers_table import (
    HEADINGS,
    Priced,
    cheapest_of,
    circuit_facts,
    data_table,
    formulas,
    priced,
    row_of,
    solvers_table,
)
from bloqs.linear_systems.model.condition import ROUNDING, check_solution_norm
from bloqs.linear_systems.model.formulas import (
    LOW_SU,
)
from bloqs.linear_systems.model.window import Window
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report, pricing
from estimator.report.model import Report
from estimator.report.parts import Fact, Part
from estimator.report.text import TEXT


def check_together(values: Mapping[str, Any]) -> None:
    """Refuse parameters of which a part is missing.

    Raises:
        ValueError: if one end of a window is given alone, it begins below 1/kappa, or a norm is
            outside of its range.
    """
    if (values.get("lower") is None) != (values.get("upper") is None):
        raise ValueError("a window has two ends: give --lower and --upper together")
    if None not in (values.get("norm"), values.get("kappa")) and values.get("beta") is None:
        check_solution_norm(values["norm"], values["kappa"] * (values.get("alpha") or 1))
    if None not in (values.get("lower"), values.get("kappa")):
        least = 1 / (float(values["kappa"]) * float(values.get("alpha") or 1))
        if float(values["lower"]) * (1 + ROUNDING) < least:
            raise ValueError(
                f"a window begins where kappa says that singular values of A/alpha do, at 1/kappa "
                f"= {least:g}, or above, got lower={values['lower']:g}; give a larger --lower or "
                f"a larger --kappa"
            )


def problem_of(values: Mapping[str, Any], norm: float) -> Problem:
    """What is known where only numbers are given: matrix and right-hand side are oracles."""
    condition = float(values["kappa"]) * float(values.get("alpha") or 1)
    matrix, vector = oracles(values)
    window = None
    if values.get("lower") is not None:
        window = Window(float(values["lower"]), float(values["upper"]))
    strength = values.get("beta")
    return Problem(
        encoding=matrix,
        vector=vector,
        condition=condition,
        error=float(values["epsilon"]),
        norm=norm,
        window=window,
        strength=None if strength is None else float(strength),
        is_definite=True,
    )


def solvers_cost(asked: Asked) -> Report:
    """Every solver of a linear system known by its numbers alone.

    Raises:
        ValueError: if parameters do not go together.
    """
    values = asked.values
    check_together(values)
    check_precondition(values)
    if values.get("matrix") is not None:
        return given_cost(asked)
    if values.get("kappa") is None or values.get("epsilon") is None:
        if alone := [x for x in ("lower", "upper", "beta") if values.get(x) is not None]:
            raise ValueError(
                f"there is no closed form with {' and '.join(alone)}: give --kappa and --epsilon "
                f"as well"
            )
        return symbolic_cost(asked)
    method, error, _ = pricing(asked)
    given = values.get("norm")
    condition = float(values["kappa"]) * float(values.get("alpha") or 1)
    cases = {"": float(given)} if given is not None else norms_of(values, condition)
    parts: list[Part] = []
    chosen: Priced | None = None
    left_out: dict[str, str] = {}
    only = values.get("solver") if asked.is_brief else None
    for case, norm in cases.items():
        problem = problem_of(values, float(norm))
        there = dict(candidates(problem, only)) or dict(candidates(problem))
        found = []
        for name, candidate in there.items():
            try:
                found.append(priced(name, candidate, method.t_count(error)))
            except ValueError as refusal:  # an error so large that the circuit has no rounds
                if name == values.get("solver"):
                    raise
                left_out[name] = str(refusal)
        if only in there:
            chosen = found[0]
            break
        rows = [row_of(each) for each in (*found, *formulas(problem))]
        heading = HEADINGS[case]
        parts += [solvers_table(rows, case, heading), data_table(rows, case)]
        best = cheapest_of(found)
        key = f"cheapest{case and '_' + case}"
        label = "cheapest proven in T, oracles apart"
        parts.append(Fact(key=key, label=label, value=best.name, style=TEXT))
        wanted = [each for each in found if each.name == values.get("solver")]
        if values.get("solver") and not wanted:
            names = ", ".join(each.name for each in found)
            raise ValueError(f"{values['solver']} does not solve this; what does is {names}")
        chosen = chosen or (wanted[0] if wanted else best)
    assert chosen is not None
    assert chosen.circuit is not None
    title = f"qlss, {chosen.name} in detail"
    facts = circuit_facts(chosen)
    notes = [LOW_SU, *(f"left out: {name}, {why}" for name, why in left_out.items())]
    one = cost_report(chosen.circuit, asked, title=title, facts=facts, notes=notes)
    return attrs.evolve(one, parts=[*parts, *one.parts])


def norms_of(values: Mapping[str, Any], condition: float) -> dict[str, float]:
    """The least and the largest norm that a solution can have."""
    if values.get("beta") is not None:
        return {"worst": 1 / (1 + values["beta"]), "best": 1 / (1 - values["beta"])}
    if values.get("lower") is not None:
        return {"worst": 1 / values["upper"], "best": 1 / values["lower"]}
    return {"worst": 1.0, "best": condition}
