"""What every solver of a linear system costs, in one table."""

from collections.abc import Mapping
from typing import Any

import attrs
import sympy
from attrs import frozen
from qualtran.symbolics import SymbolicFloat

from bloqs.abstract import AbstractVectorEncoding
from bloqs.encodings.amplified_vector import AmplifiedVector
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems import symbols as own
from bloqs.linear_systems.answers.solvers import Candidate, Problem, candidates
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.model.amplification import amplified_success
from bloqs.linear_systems.model.condition import check_solution_norm
from bloqs.linear_systems.model.formulas import (
    LOW_SU,
    randomised_adiabatic_later_plan,
    randomised_adiabatic_plan,
)
from bloqs.linear_systems.model.inverse import degree_expression
from bloqs.linear_systems.model.window import Window
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report, pricing
from estimator.costs.cost import cost_by_annotation
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.prices import Comparison
from estimator.costs.simplify import multiplied_out
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Part, Table, Value
from estimator.report.text import EXACT, FEW, TEXT, Style

WHOLE_FROM = 1_000
"""An average from which on no part of a gate is shown."""


def _if_there(value: Value) -> str:
    if value is None or isinstance(value, str):
        return value or "-"
    if not isinstance(value, (int, float)):
        if sympy.sympify(value).free_symbols:
            return EXACT.text(value)
        value = float(value)
    return FEW.text(round(value) if value >= WHOLE_FROM else value)


IF_THERE = Style("if there", _if_there)
"""Few digits, and a dash for nothing."""


@frozen(kw_only=True)
class Priced:
    """A solver with what it costs until it succeeds, on average.

    Args:
        name: as it is asked for.
        candidate: the solver.
        circuit: one amplified run; `None` for a formula.
        success: of that run.
        gates: expected counts by name; empty for a formula.
    """

    name: str
    candidate: Candidate
    circuit: AbstractVectorEncoding | None
    success: float
    gates: Mapping[str, Value]


def priced(name: str, candidate: Candidate, t_per_rotation: SymbolicFloat) -> Priced:
    """The solver, amplified by the best rounds, and the gates of as many runs as it takes.

    Qubits and depth are those of one amplified run: runs that fail are followed by others.
    """
    plan, bloq = candidate.plan, candidate.bloq
    if bloq is not None and candidate.stages:
        parts = [(cost_by_annotation(part), times) for part, times in candidate.stages]
        gates = {
            "t": sum(cost.t_count(t_per_rotation) * times for cost, times in parts),
            "toffoli": sum(cost.toffolis * times for cost, times in parts),
            "rotations": sum(cost.rotations * times for cost, times in parts),
            "qubits": cost_by_annotation(bloq).qubits,
            "toffoli_depth": multiplied_out(known_cost(bloq, ToffoliDepth())),
        }
        success = float(1 / bloq.alpha**2)
        return Priced(name=name, candidate=candidate, circuit=bloq, success=success, gates=gates)
    if bloq is None or plan.success is None:
        return Priced(name=name, candidate=candidate, circuit=None, success=1.0, gates={})
    circuit = AmplifiedVector(bloq, plan.rounds) if plan.rounds else bloq
    success = amplified_success(plan.success, plan.rounds)
    cost = cost_by_annotation(circuit)
    gates = {
        "t": cost.t_count(t_per_rotation) / success,
        "toffoli": cost.toffolis / success,
        "rotations": cost.rotations / success,
        "qubits": cost.qubits,
        "toffoli_depth": multiplied_out(known_cost(circuit, ToffoliDepth())),
    }
    return Priced(name=name, candidate=candidate, circuit=circuit, success=success, gates=gates)


def row_of(each: Priced) -> dict[str, Value]:
    """One row of the table."""
    plan = each.candidate.plan
    return {
        "solver": each.name,
        "basis": plan.provenance.value,
        "degree": next(iter(plan.degrees.values()), None),
        "matrix_run": plan.matrix_calls,
        "vector_run": plan.vector_calls,
        "success": plan.success,
        "rounds": plan.rounds if plan.success is not None else None,
        "matrix_calls": plan.expected_matrix_calls,
        "vector_calls": plan.expected_vector_calls,
        **{key: each.gates.get(key) for key in GATES},
        "source": plan.source,
        "note": plan.note,
    }


GATES = ("t", "toffoli", "rotations", "qubits", "toffoli_depth")


def solvers_table(rows: list[dict[str, Value]], case: str, heading: str) -> Table:
    """The solvers side by side, for a reader."""
    return Table(
        key=f"shown_solvers{case and '_' + case}",
        columns=[
            Column(key="solver"),
            Column(key="basis"),
            _number("degree"),
            _number("success"),
            _number("rounds"),
            _number("matrix_calls", "calls of A"),
            _number("vector_calls", "of b"),
            _number("t", "T", Kind.ESTIMATE),
            _number("qubits"),
            _number("toffoli_depth", "depth"),
        ],
        rows=rows,
        heading=heading,
        is_section=True,
        place="shown",
    )


def _number(key: str, label: str | None = None, kind: Kind = Kind.EXACT) -> Column:
    return Column(key=key, label=label, style=IF_THERE, align="right", kind=kind)


def data_table(rows: list[dict[str, Value]], case: str) -> Table:
    """The same with everything that is known."""
    return Table(
        key=f"solvers{case and '_' + case}",
        columns=[Column(key=key, style=TEXT) for key in rows[0]],
        rows=rows,
        place="data",
    )


def formulas(problem: Problem) -> list[Priced]:
    """Solvers of which only a total is published, for a matrix that is not given in parts."""
    if problem.strength is not None:
        return []
    plans = (
        randomised_adiabatic_plan(problem.condition, problem.error),
        randomised_adiabatic_later_plan(problem.condition, problem.error),
    )
    return [
        Priced(
            name=plan.solver,
            candidate=Candidate(plan=plan, bloq=None),
            circuit=None,
            success=1.0,
            gates={},
        )
        for plan in plans
        if plan is not None
    ]


def weight(value: Value) -> float:
    """A number to rank by, symbols at a trial value."""
    return Comparison().number(value)


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
        best = min(found, key=lambda each: weight(each.gates["t"]))
        key = f"cheapest{case and '_' + case}"
        label = "cheapest in T, oracles apart"
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


HEADINGS = {
    "": "until success, on average",
    "worst": "until success, on average, for the worst right-hand side (least norm)",
    "best": "until success, on average, for the best right-hand side (largest norm)",
}


def circuit_facts(chosen: Priced) -> dict[str, Value]:
    """Of the circuit that is broken down."""
    bloq: Any = chosen.circuit
    solver: Any = chosen.candidate.bloq
    condition = getattr(solver, "condition", None)
    return {
        **({} if condition is None else {"kappa of the encoding": condition}),
        "alpha": bloq.alpha,
        "epsilon": bloq.epsilon,
        "ancillas": bloq.ancilla_bitsize,
        "success of a run": chosen.success,
    }
