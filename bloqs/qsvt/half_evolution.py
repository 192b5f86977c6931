r"""Half of the evolution by an encoded Hermitian matrix, its cosine and sine in one sequence."""

from functools import lru_cache

import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.bloqs.basic_gates import Hadamard, SGate
from qualtran.bloqs.mcmt import And
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_error, check_parts, is_own_inverse
from bloqs.encodings.projector import own_inverse_projector_example
from bloqs.qsvt.shared_sequence import shared_sequence_calls, write_shared_sequence
from bloqs.qsvt.two_part_transform import AbstractTwoPartTransform
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.phases.find import phases_of
from estimator.polynomials.exponential import (
    exponential_degree_bound,
    exponential_minimal_degree,
    exponential_parts,
)

LARGEST_DEGREE = 15_000
"""Calls up to which the phases of an evolution are looked for."""


@frozen(cache_hash=True)
class HalfEvolution(AbstractTwoPartTransform):
    r"""Encodes $e^{i t A/\alpha}$ for a Hermitian A, with an alpha just above two.

    Cosine and sine are even and odd, so that they share one alternating sequence, as in
    `GeneralTransform`: a parity qubit, in plus at start and end, chooses between their phases. An S
    on it makes the sine imaginary. Both are divided by 1 + slack.

    Args:
        encoding: of A, without control, with at least one ancilla; its circuit is its own inverse
            (`encodings.parts.is_own_inverse`), so that what it encodes is Hermitian.
        time: t, positive. Unit: 1 over the alpha of A.
        error: of the truncated series (sup norm on [-1, 1]), in (0, 1).
        slack: at least the error. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: QAny(ancillas of `encoding` + 2): those, then the sign, then the parity. Starts in
            zero; finding zero again flags success.

    Encodes: the evolution with alpha = 2 (1 + slack) and epsilon = error + t epsilon_A / alpha_A
        (spectral norm).

    Cost: d calls of `encoding`, one of them controlled, for the d of
        `exponential_minimal_degree`, and d + 1 pairs of phases of a - 1 AND and two rotations each,
        for a ancillas. Under control three rotations a pair, and one AND, held throughout. With
        symbols d is `exponential_degree_bound`.

    Raises:
        ValueError: if the time is not positive, the error not in (0, 1), the slack below it, or
            `encoding` is controlled, has no ancilla, errs by a negative number or is not its own
            inverse.

    Source: [GSLW18] Thm. 56 to 58; both parts in one sequence is ours.
    """

    time: SymbolicFloat
    error: SymbolicFloat
    slack: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("evolution", self.encoding)
        check_error("evolution", self.error)
        if not is_symbolic(self.flags) and self.flags < 1:
            raise ValueError(f"{self.encoding} has no ancilla; an evolution needs at least one")
        if not is_own_inverse(self.encoding):
            raise ValueError(
                f"an evolution needs a circuit that is its own inverse, which {self.encoding} is "
                f"not; take its HermitianDilation"
            )
        if not is_symbolic(self.error, self.slack) and self.slack < self.error:
            raise ValueError(f"an evolution needs slack >= error, got {self.slack}")
        if not is_symbolic(self.time, self.error):
            exponential_minimal_degree(float(self.time), float(self.error))

    @property
    def degree(self) -> SymbolicInt:
        """d: of the truncated series."""
        if not is_symbolic(self.time, self.error):
            return exponential_minimal_degree(float(self.time), float(self.error))
        return exponential_degree_bound(self.time, self.error)

    @property
    def alpha(self) -> SymbolicFloat:
        return 2 * (1 + self.slack)

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.error + self.time * sympy.sympify(self.encoding.epsilon) / self.encoding.alpha

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls = shared_sequence_calls(self.degree, self.encoding, self.flags, self.is_controlled)
        own: dict[Bloq, SymbolicInt] = {Hadamard(): 4, SGate(): 1}
        if self.is_controlled:
            own |= {And(): 1, And().adjoint(): 1}
        return {**calls, **own}

    def write(self, wires: Wires) -> None:
        if is_symbolic(self.degree) or self.degree > LARGEST_DEGREE:
            raise DecomposeTypeError(
                f"{self} has a symbolic size or more than {LARGEST_DEGREE} calls, so it has no "
                f"circuit"
            )
        *flags, sign, qubit = self.wires_of("ancilla")
        registers = {"system": self.wires_of("system"), "ancilla": flags}
        even, odd = evolution_phases(float(self.time), float(self.error), float(self.slack))
        wires.h(sign)
        wires.h(qubit)
        parity = qubit
        if self.is_controlled:
            parity = ("parity", 0)
            wires.compute_and(("ctrl", 0), qubit, parity)
        wires.gate(SGate(), q=parity)
        write_shared_sequence(
            wires,
            even,
            odd,
            self.encoding,
            registers,
            flags=flags,
            sign=sign,
            parity=parity,
            control=self.control,
        )
        if self.is_controlled:
            wires.uncompute_and(("ctrl", 0), qubit, parity)
        wires.h(qubit)
        wires.h(sign)

    def __str__(self) -> str:
        return f"HalfEvolution{'†' if self.is_adjoint else ''}(degree {self.degree})"


Phases = tuple[float, ...]


@lru_cache(maxsize=64)
def evolution_phases(time: float, error: float, slack: float) -> tuple[Phases, Phases]:
    """Of cosine and sine, in the convention of `bloqs.qsvt.sequence`. Unit: radians.

    Args:
        time: as in `HalfEvolution`.
        error: likewise.
        slack: likewise.

    Raises:
        ValueError: as `exponential_parts`.
        estimator.phases.find.PhaseFindingError: if no phases are found.
    """
    even, odd = exponential_parts(time, error, slack)
    return tuple(phases_of(even.array, 0).reflection), tuple(phases_of(odd.array, 1).reflection)


@bloq_example(generalizer=SAME_CALLS)
def _half_evolution() -> HalfEvolution:
    return HalfEvolution(own_inverse_projector_example.make(), 1.5, 0.1, 0.2)


@bloq_example(generalizer=SAME_CALLS)
def _half_evolution_controlled() -> HalfEvolution:
    return HalfEvolution(own_inverse_projector_example.make(), 0.5, 0.1, 0.1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def half_evolution_symbolic_example() -> HalfEvolution:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, is_hermitian=True)
    return HalfEvolution(matrix, symbols.tau, symbols.epsilon, symbols.delta)
