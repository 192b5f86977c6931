"""Ways of solving a linear system with what they cost, as kappa or the accuracy grows."""

from collections.abc import Callable, Container, Mapping
from functools import lru_cache

import sympy
from attrs import frozen

from bloqs.linear_systems.answers.runs_needed import RunsNeeded, runs_of
from bloqs.linear_systems.answers.solvers import Problem, candidates
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.plan import Provenance
from bloqs.linear_systems.rivals.conjugate_gradients import Run, flop_of, steps_bound
from bloqs.linear_systems.rivals.elimination import SAID, dense_flop
from bloqs.linear_systems.rivals.read_out import copies_needed
from estimator.compare.crossover import Size
from estimator.compare.sweep import Cost, Measure, Way
from estimator.report.parts import Kind

MEASURES = (
    Measure(
        key="calls",
        label="calls of A",
        unit="calls, or products with A if classical",
        kind=Kind.ESTIMATE,
        is_compared=True,
        axis="calls of A, or products with it",
    ),
    Measure(
        key="t",
        label="T or FLOP",
        unit="T gates, or FLOP if classical",
        kind=Kind.ESTIMATE,
        is_compared=True,
        axis="T gates, or FLOP",
    ),
    Measure(
        key="full",
        label="for all of x",
        unit="T gates, or FLOP if classical",
        kind=Kind.ESTIMATE,
        is_compared=True,
        axis="T gates, or FLOP, for all entries of x",
    ),
    Measure(key="vector_calls", label="of b", unit="calls", kind=Kind.ESTIMATE),
    Measure(key="qubits", unit="logical qubits"),
)
"""What ways of solving a system are compared by."""

COMPARED = {
    "calls": "calls against products",
    "t": "T against FLOP",
    "full": "the same for all of x",
}
"""Measures whose crossovers are shown, with their headings."""


@frozen(kw_only=True)
class Solved:
    """What a solver costs until it succeeds, on average.

    Args:
        costs: what is compared, by key of the measure.
        basis: how sure they are.
        runs: the circuits.
    """

    costs: Mapping[str, Cost]
    basis: Provenance
    runs: RunsNeeded


@frozen(kw_only=True)
class Prices:
    """What is counted beside the gates of the solvers.

    Args:
        rotation: T gates of a rotation.
        matrix: T gates of a call of A that no circuit says.
        vector: the same of b.
    """

    rotation: float
    matrix: float = 0.0
    vector: float = 0.0


def solved(problem: Problem, prices: Prices, unknowns: int) -> dict[str, Solved]:
    """Every solver with a circuit, by name."""
    found = {}
    copies = copies_needed(unknowns, problem.error)
    for name, candidate in candidates(problem):
        plan, runs = candidate.plan, runs_of(candidate)
        if runs is None:
            continue
        calls, vector_calls = plan.expected_matrix_calls, plan.expected_vector_calls
        t = runs.t_count(prices.rotation) + prices.matrix * calls + prices.vector * vector_calls
        costs: dict[str, Cost] = {
            "calls": calls,
            "vector_calls": vector_calls,
            "t": t,
            "full": t * copies,
        }
        found[name] = Solved(costs=costs, basis=plan.provenance, runs=runs)
    return found


def solver_ways(
    names: Mapping[str, Provenance],
    at: Callable[[Size], Mapping[str, Solved]],
    shown: Container[Size],
) -> list[Way]:
    """A way for each solver.

    Args:
        names: of the solvers, with how sure each is.
        at: what `solved` gives at a size.
        shown: sizes at which qubits are asked for, beside what is compared.
    """

    def cost(name: str) -> Callable[[Size], Mapping[str, Cost]]:
        def found(size: Size) -> Mapping[str, Cost]:
            each = at(size).get(name)
            if each is None:
                return {}
            return {**each.costs, "qubits": each.runs.qubits} if size in shown else each.costs

        return found

    return [
        Way(
            name=name,
            labels={"solver": name},
            assumption=f"{basis.value}; until success, on average",
            at=cost(name),
        )
        for name, basis in names.items()
    ]


def bound_way(
    is_definite: bool, entries: int, rows: int, at: Callable[[Size], tuple[float, float]]
) -> Way:
    """Conjugate gradients by the bound on their steps, for every right-hand side.

    Args:
        is_definite: whether the matrix is.
        entries: of the matrix that are not zero.
        rows: of the matrix.
        at: kappa of the matrix and epsilon at a size.
    """

    @lru_cache(maxsize=256)
    def cost(size: Size) -> Mapping[str, Cost]:
        condition, error = at(size)
        steps = steps_bound(condition, sine_of(error), is_definite)
        return _classical(
            steps * (1 if is_definite else 2), flop_of(steps, entries, rows, is_definite)
        )

    kind = "definite" if is_definite else "any"
    return Way(
        name=f"CG, {kind} A",
        assumption="conjugate gradients, by a bound on their steps for every right-hand side, from "
        "zero to the same error of x; all of x is known then"
        + ("" if is_definite else "; Craig's form, two products"),
        is_classical=True,
        kind=Kind.UPPER_BOUND,
        at=cost,
        compared=COMPARED,
    )


def run_way(at: Callable[[Size], Run | None]) -> Way:
    """Conjugate gradients as they ran.

    Args:
        at: the run at a size, or `None` if floating point does not allow it.
    """

    def cost(size: Size) -> Mapping[str, Cost]:
        found = at(size)
        return {} if found is None else _classical(found.products, found.flop)

    return Way(
        name="CG",
        assumption="conjugate gradients, run on this system until the direction of x errs by no "
        "more than epsilon; all of x is known then",
        is_classical=True,
        kind=Kind.MEASURED,
        at=cost,
        compared=COMPARED,
    )


def dense_way(rows: int) -> Way:
    """Elimination of a matrix of which nothing but its size is known."""
    said = (
        "elimination with pivots as if no entry were zero; all of x is known then, whatever kappa "
        "and epsilon are"
    )
    return _direct_way(int(dense_flop(sympy.Integer(rows))), said, Kind.UPPER_BOUND)


def elimination_way(flop: int) -> Way:
    """Elimination as it ran, which took so many FLOP."""
    return _direct_way(flop, SAID, Kind.MEASURED)


def _direct_way(flop: int, assumption: str, kind: Kind) -> Way:
    return Way(
        name="elimination",
        assumption=assumption,
        is_classical=True,
        kind=kind,
        at=lambda size: _classical(0, flop),
        compared={key: heading for key, heading in COMPARED.items() if key != "calls"},
        drawn=("t", "full"),
    )


def _classical(products: int, flop: int) -> Mapping[str, Cost]:
    return {"calls": products, "t": flop, "full": flop}
