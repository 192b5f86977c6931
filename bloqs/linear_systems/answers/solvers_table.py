"""The solvers of a linear system side by side: what each costs until it succeeds."""

from collections.abc import Mapping, Sequence
from typing import Any

import sympy
from attrs import frozen
from qualtran.symbolics import SymbolicFloat

from bloqs.abstract import AbstractVectorEncoding
from bloqs.linear_systems.answers.runs_needed import runs_of
from bloqs.linear_systems.answers.solvers import Candidate, Problem
from bloqs.linear_systems.model.formulas import (
    randomised_adiabatic_later_plan,
    randomised_adiabatic_plan,
)
from bloqs.linear_systems.model.hhl import published_plan
from bloqs.linear_systems.model.plan import Provenance
from estimator.costs.cost import cost_by_annotation
from estimator.costs.keys import PeakQubits, ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.prices import Comparison
from estimator.costs.simplify import multiplied_out
from estimator.report.parts import Column, Kind, Table, Value
from estimator.report.text import EXACT, FEW, TEXT, Style, in_full

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


def _in_full(value: Value) -> str:
    if value is None or isinstance(value, (str, int, float)):
        return _if_there(value)
    return in_full(value) if sympy.sympify(value).free_symbols else _if_there(value)


IF_THERE = Style("if there", _if_there, _in_full)
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
    runs = runs_of(candidate)
    if runs is None:
        return Priced(name=name, candidate=candidate, circuit=None, success=1.0, gates={})
    parts = [(cost_by_annotation(part), times) for part, times in runs.parts]
    gates = {
        "t": sum(cost.t_count(t_per_rotation) * times for cost, times in parts),
        "toffoli": sum(cost.toffolis * times for cost, times in parts),
        "rotations": sum(cost.rotations * times for cost, times in parts),
        "qubits": multiplied_out(known_cost(runs.circuit, PeakQubits())),
        "toffoli_depth": multiplied_out(known_cost(runs.circuit, ToffoliDepth())),
    }
    return Priced(
        name=name, candidate=candidate, circuit=runs.circuit, success=runs.success, gates=gates
    )


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
            Column(key="solver", wraps=False),
            Column(key="basis", wraps=False),
            number_column("degree"),
            number_column("success"),
            number_column("rounds"),
            number_column("matrix_calls", "calls of A"),
            number_column("vector_calls", "of b"),
            number_column("t", "T", Kind.ESTIMATE),
            number_column("qubits"),
            number_column("toffoli_depth", "depth"),
        ],
        rows=rows,
        heading=heading,
        is_section=True,
        place="shown",
    )


def number_column(key: str, label: str | None = None, kind: Kind = Kind.EXACT) -> Column:
    """A column of numbers, of which some may be missing."""
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
        published_plan(problem.condition, problem.error, problem.norm),
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


def cheapest_of(found: Sequence[Priced]) -> Priced:
    """The proven solver with the fewest T gates; practical constants promise nothing."""
    proven = [x for x in found if x.candidate.plan.provenance is Provenance.PROVEN]
    return min(proven, key=lambda each: weight(each.gates["t"]))


def weight(value: Value) -> float:
    """A number to rank by, symbols at a trial value."""
    return Comparison().number(value)


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
