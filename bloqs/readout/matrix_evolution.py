r"""Evolution by an encoded Hermitian matrix, for as many steps of time as is asked."""

from math import sqrt
from typing import Any

import sympy
from attrs import evolve, frozen
from qualtran import Bloq, bloq_example
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import with_control
from bloqs.encodings.exact_amplification import ExactAmplification
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.projector import own_inverse_projector_example
from bloqs.qsvt.half_evolution import HalfEvolution
from bloqs.readout.phase_estimation import AbstractIterate
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.messages import HasParties, has_parties


@frozen(cache_hash=True)
class MatrixEvolution(AbstractIterate, AbstractBlockEncoding):
    r"""Encodes $e^{i t A/\alpha}$ for a Hermitian A, with alpha one.

    One round of exact amplification lifts `HalfEvolution`. It takes a singular value $r/2$ to $(3 r
    - r^3)/2$, $1 - 3u^2/2 + u^3/2$ for r = 1 - u: that the half falls short of one half by a slack
    s costs the square of it alone. So with a truncation that errs by $\epsilon/8$ and
    $s = \sqrt{\epsilon/2} - \epsilon/8$ the whole errs by $2\epsilon/8 + (3/2)(s + \epsilon/8)^2 =
    \epsilon$ at most: a phase is off by no more than twice what the series is.

    Args:
        encoding: of A, without control, with at least one ancilla; its circuit is its own inverse.
        time: t, positive. Unit: 1 over the alpha of A.
        error: epsilon, spectral norm, of exact parts, in (0, 1).
        is_controlled: whether a control decides between this and the identity. One call in three
            needs it.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: QAny(ancillas of `encoding` + 2). Starts in zero; finding zero again flags success.

    Encodes: the evolution with alpha = 1 and epsilon = error + t epsilon_A / alpha_A (spectral
        norm).

    Cost: 3 d calls of `encoding`, d the degree of its `half`.

    Raises:
        ValueError: as `HalfEvolution`.

    Source: [GSLW18] Thm. 58 and Thm. 28; that the slack is squared is ours.
    """

    encoding: AbstractBlockEncoding
    time: SymbolicFloat
    error: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        self.half  # noqa: B018  refuse what it refuses

    @property
    def half(self) -> HalfEvolution:
        """What is amplified."""
        is_number = isinstance(self.error, float)
        truncated = self.error / 8
        slack = (sqrt if is_number else sympy.sqrt)(self.error / 2) - truncated
        return HalfEvolution(self.encoding, self.time, truncated, slack)

    @property
    def amplified(self) -> Bloq:
        """The three calls of the half."""
        return with_control(ExactAmplification(self.half), self.is_controlled)

    def power(self, times: SymbolicInt) -> "MatrixEvolution":
        return evolve(self, time=self.time * times)

    def all_powers(self, m: SymbolicInt) -> tuple["MatrixEvolution", SymbolicInt]:
        """m evolutions for the mean of the times.

        With symbols, by `exponential_degree_bound`, no fewer calls; for numbers a degree grows ever
        more slowly with the time, so that of the mean is no less than the mean but for rounding.
        """
        return self.power((2**m - 1) / m), m

    @property
    def matrix_calls(self) -> SymbolicInt:
        """Of the encoding."""
        return 3 * self.half.degree

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.error + self.time * sympy.sympify(self.encoding.epsilon) / self.encoding.alpha

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.encoding.ancilla_bitsize + 2

    @property
    def system_names(self) -> WireNames:
        return self.encoding.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return self.half.ancilla_names

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.amplified: 1}

    def write(self, wires: Wires) -> None:
        parts = {name: self.wires_of(name) for name in ("system", "ancilla")}
        wires.on(self.amplified, ctrl=self.control, **parts)

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        if isinstance(cost_key, HasParties):
            return has_parties(self.encoding)
        return super().my_static_costs(cost_key)

    def __str__(self) -> str:
        return f"Evolution{'†' if self.is_adjoint else ''}({self.matrix_calls} calls)"


@bloq_example(generalizer=SAME_CALLS)
def _matrix_evolution() -> MatrixEvolution:
    return MatrixEvolution(own_inverse_projector_example.make(), 1.5, 0.1)


@bloq_example(generalizer=SAME_CALLS)
def _matrix_evolution_controlled() -> MatrixEvolution:
    return MatrixEvolution(own_inverse_projector_example.make(), 0.5, 0.3, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _matrix_evolution_symbolic() -> MatrixEvolution:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, is_hermitian=True)
    return MatrixEvolution(matrix, symbols.tau, symbols.epsilon)
