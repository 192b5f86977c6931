"""The circuits that a solver runs until it succeeds, and how often each on average."""

from attrs import frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicFloat

from bloqs.abstract import AbstractVectorEncoding
from bloqs.encodings.amplified_vector import AmplifiedVector
from bloqs.linear_systems.answers.solvers import Candidate
from bloqs.linear_systems.model.amplification import amplified_success
from estimator.costs.cost import T_PER_TOFFOLI
from estimator.costs.gate_counts import GATES
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost


@frozen(kw_only=True)
class RunsNeeded:
    """The runs of a solver.

    Args:
        circuit: one run, amplified by the best rounds.
        success: of that run.
        parts: circuits, and how often each runs until success, on average.
    """

    circuit: AbstractVectorEncoding
    success: float
    parts: tuple[tuple[Bloq, float], ...]

    @property
    def qubits(self) -> int:
        """Of one run; runs that fail are followed by others. Unit: qubits."""
        return int(known_cost(self.circuit, PeakQubits()))

    def t_count(self, t_per_rotation: SymbolicFloat) -> float:
        """T gates until success, on average. Unit: gates."""
        total = 0.0
        for part, times in self.parts:
            found = known_cost(part, GATES)
            toffolis = found.toffoli + found.and_bloq + found.cswap
            one = found.t + T_PER_TOFFOLI * toffolis + t_per_rotation * found.rotation
            total += float(one) * times
        return total


def runs_of(candidate: Candidate) -> RunsNeeded | None:
    """The runs of a solver; `None` for one of which only a formula is known."""
    plan, bloq = candidate.plan, candidate.bloq
    if bloq is not None and candidate.stages:
        return RunsNeeded(circuit=bloq, success=float(1 / bloq.alpha**2), parts=candidate.stages)
    if bloq is None or plan.success is None:
        return None
    circuit = AmplifiedVector(bloq, plan.rounds) if plan.rounds else bloq
    success = amplified_success(plan.success, plan.rounds)
    return RunsNeeded(circuit=circuit, success=success, parts=((circuit, 1 / success),))
