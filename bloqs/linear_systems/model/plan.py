"""What a solver needs, before any circuit: one row of the table of solvers."""

from collections.abc import Mapping
from enum import Enum

from attrs import field, frozen

from bloqs.linear_systems.model.amplification import best_rounds, runs_until_success


class Provenance(Enum):
    """How sure a row is; rows of different provenance are never mixed."""

    PROVEN = "proven"
    PRACTICAL = "practical"
    FORMULA = "formula"
    UNCLEAR = "unclear"


@frozen(kw_only=True)
class Plan:
    """One solver at one condition number and error.

    Args:
        solver: its name, as typed.
        provenance: how sure the numbers are.
        source: "[Key] locator" of the formula or construction, or "derived".
        matrix_calls: calls of the block-encoding or its inverse in one run. Unit: calls.
        vector_calls: calls of the right-hand side's preparation or inverse in one run.
        success: probability that one run finds its flags in zero; None where the formula's calls
            are already expected totals.
        is_amplified: whether amplification by the best rounds is meant, where that is cheaper.
        degrees: degrees and lengths by name ("degree", "filter degree", "clock", "steps").
        note: a caveat to print beside the row.
    """

    solver: str
    provenance: Provenance
    source: str
    matrix_calls: float
    vector_calls: float
    success: float | None
    is_amplified: bool = True
    degrees: Mapping[str, int] = field(factory=dict)
    note: str = ""

    @property
    def rounds(self) -> int:
        """Rounds of amplification; 0 is to repeat."""
        if self.success is None or not self.is_amplified:
            return 0
        return best_rounds(self.success)

    @property
    def runs(self) -> float:
        """Runs or their inverses until success, on average. Unit: runs."""
        return 1.0 if self.success is None else runs_until_success(self.success, self.rounds)

    @property
    def expected_matrix_calls(self) -> float:
        """Calls of the matrix until success, on average. Unit: calls."""
        return self.matrix_calls * self.runs

    @property
    def expected_vector_calls(self) -> float:
        """Calls of the right-hand side until success, on average. Unit: calls."""
        return self.vector_calls * self.runs
