"""What every solver of a linear system costs, in one table."""

from collections.abc import Mapping
from typing import Any

import attrs
import sympy

from bloqs.abstract import AbstractVectorEncoding
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems import symbols as own
from bloqs.linear_systems.answers.cost_given import given_cost
from bloqs.linear_systems.answers.solvers import Problem, candidates
from bloqs.linear_systems.answers.solvers_table import (
    HEADINGS,
    IF_THERE,
    Priced,
    cheapest_of,
    circuit_facts,
    data_table,
    formulas,
    priced,
    row_of,
    solvers_table,
)
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.model.condition import check_solution_norm
from bloqs.linear_systems.model.formulas import (
    LOW_SU,
)
from bloqs.linear_systems.model.inverse import degree_expression
from bloqs.linear_systems.model.window import Window
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report, pricing
from estimator.costs.cost import cost_by_annotation
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.simplify import multiplied_out
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Part, Table, Value
from estimator.report.text import TEXT


def check_together(values: Mapping[str, Any]) -> None:
    """Refuse parameters of which a part is missing.

    Raises:
        ValueError: if one end of a window is given alone, or a norm outside of its range.
    """
    if (values.get("lower") is None) != (values.get("upper") is None):
        raise ValueError("a window has two ends: give --lower and --upper together")
    if None not in (values.get("norm"), values.get("kappa")) and values.get("beta") is None:
        check_solution_norm(values["norm"], values["kappa"] * (values.get("alpha") or 1))


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


def symbolic_cost(asked: Asked) -> Report:
    """One run of every solver with a closed form, where kappa or epsilon is a symbol."""
    values = asked.values
    method, error, _ = pricing(asked)
    condition = sympy.sympify(values.get("kappa") or own.kappa) * (values.get("alpha") or own.alpha)
    asks = sympy.sympify(values.get("epsilon") or own.epsilon)
    norm = sympy.sympify(values.get("norm") or own.norm)
    relative = asks * sympy.sqrt(1 - asks**2 / 4)
    matrix, vector = oracles(values)
    degrees = {
        "relative": own.degree_relative,
        "absolute": own.degree_absolute,
        "binomial": own.degree_binomial,
    }
    rows: list[dict[str, Value]] = []
    facts: dict[str, Value] = {}
    circuits: dict[str, AbstractVectorEncoding] = {}
    for kind, degree in degrees.items():
        bloq = TransformSolver(matrix, vector, condition, norm, None, degree, own.maximum, relative)
        circuits[f"qsvt-{kind}"] = bloq
        facts[str(degree)] = degree_expression(kind, condition, relative)
        cost = cost_by_annotation(bloq)
        rows.append(
            {
                "solver": f"qsvt-{kind}",
                "matrix_run": degree,
                "vector_run": 1,
                "success": (norm / own.maximum) ** 2,
                "t": cost.t_count(method.t_count(error)),
                "qubits": cost.qubits,
                "toffoli_depth": multiplied_out(known_cost(bloq, ToffoliDepth())),
            }
        )
    name = values.get("solver") or "qsvt-relative"
    if name not in circuits:
        raise ValueError(
            f"{name} has no closed form: give --kappa and --epsilon, or --solver "
            f"{' or '.join(circuits)}"
        )
    one = cost_report(circuits[name], asked, title=f"qlss, {name} in detail", notes=[LOW_SU])
    labels = {"matrix_run": "calls of A", "vector_run": "of b", "t": "T", "toffoli_depth": "depth"}
    table = Table(
        key="solvers",
        columns=[Column(key=key, label=labels.get(key), style=IF_THERE) for key in rows[0]],
        rows=rows,
        heading="one run; M is the largest value of the polynomial, between .9 and 3 kappa",
    )
    definitions = Facts(key="degrees", rows=[Fact(key=k, value=x) for k, x in facts.items()])
    used = {x for value in (*facts.values(), condition, norm, own.maximum, *degrees.values())
            for x in sympy.sympify(value).free_symbols}  # fmt: skip
    glossary = {x.name: own.GLOSSARY[x] for x in sorted(used, key=str)} | {**one.glossary}
    return attrs.evolve(one, parts=[table, definitions, *one.parts], glossary=glossary)


def oracles(values: Mapping[str, Any]) -> tuple[MatrixOracle, VectorOracle]:
    """Matrix and right-hand side where only numbers are known of them."""
    unknowns = values.get("N")
    n = own.n if unknowns is None else max(1, (int(unknowns) - 1).bit_length())
    matrix = MatrixOracle(n, values.get("ancillas") or own.ancillas)
    return matrix, VectorOracle(n, 0, oracle="right-hand side")


def solvers_cost(asked: Asked) -> Report:
    """Every solver of a linear system known by its numbers alone.

    Raises:
        ValueError: if parameters do not go together.
    """
    values = asked.values
    check_together(values)
    if values.get("matrix") is not None:
        return given_cost(asked)
    if values.get("kappa") is None or values.get("epsilon") is None:
        return symbolic_cost(asked)
    method, error, _ = pricing(asked)
    given = values.get("norm")
    condition = float(values["kappa"]) * float(values.get("alpha") or 1)
    cases = {"": float(given)} if given is not None else norms_of(values, condition)
    parts: list[Part] = []
    chosen: Priced | None = None
    for case, norm in cases.items():
        problem = problem_of(values, float(norm))
        found = [
            priced(name, candidate, method.t_count(error))
            for name, candidate in candidates(problem)
        ]
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
    one = cost_report(chosen.circuit, asked, title=title, facts=facts, notes=[LOW_SU])
    return attrs.evolve(one, parts=[*parts, *one.parts])


def norms_of(values: Mapping[str, Any], condition: float) -> dict[str, float]:
    """The least and the largest norm that a solution can have."""
    if values.get("beta") is not None:
        return {"worst": 1 / (1 + values["beta"]), "best": 1 / (1 - values["beta"])}
    if values.get("lower") is not None:
        return {"worst": 1 / values["upper"], "best": 1 / values["lower"]}
    return {"worst": 1.0, "best": condition}
