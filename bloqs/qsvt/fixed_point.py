"""Fixed-point amplitude amplification: lift an encoded vector of unknown length."""

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.deamplified_vector import deamplified_example, deamplified_symbolic_example
from bloqs.encodings.parts import check_parts
from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.qsvt.sequence import check_sequence
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.simplify import free_symbols
from estimator.polynomials.sign import (
    fixed_point_minimal_length,
    fixed_point_phases,
    fixed_point_start,
)

MOST_PHASES = 100_000
"""Largest number of calls whose phases are worked out. Unit: calls."""


@frozen(cache_hash=True)
class FixedPointAmplification(AbstractComposite, AbstractVectorEncoding):
    r"""Lifts the length $1/\alpha$ of an encoded vector to $\sqrt{1 - \delta^2}$ at least.

    Amplitude amplification that cannot overshoot: between phases in closed form the vector is
    prepared and unprepared in turn, and every length from $\tanh(\mathrm{arcosh}(1/\delta)/L)$
    upwards is lifted. The vector acquires a phase that depends on its length; where that matters,
    `NormalisedVector` with a sign qubit keeps the phase with about three times the calls. Of more
    than `MOST_PHASES` calls there is a cost and no circuit.

    Args:
        vector: the vector-encoding, without control, with at least one ancilla.
        length: L, the number of calls, odd; a symbol is taken to be so.
        delta: square root of the probability of failure that is allowed, between 0 and 1. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: that of `vector`. Starts in zero; finding zero flags success, which fails with
            probability at most delta**2.

    Encodes: the vector, up to a phase factor of modulus one, with alpha = 1 and epsilon = 2
        epsilon_psi + 1 - sqrt(1 - delta**2) (l2 norm).

    Cost: L calls of `vector` or its inverse, one of them controlled under control, and L + 1
        projector phases, on a + n flags and on a flags in turn.

    Raises:
        ValueError: if the length is even, below 1 or not whole, delta is not between 0 and 1, the
            encoded length is too small for this many calls, or `vector` is controlled, has no
            ancilla, or errs by a negative number or NaN.

    Source: [YLC14] Eqs. 1-3, 11; as a transform [GSLW18] Thm. 27.
    """

    vector: AbstractVectorEncoding
    length: SymbolicInt
    delta: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("amplification", self.vector)
        check_sequence("amplification", self.length, None)
        delta = sympy.sympify(self.delta)
        if delta.is_number and not 0 < float(delta) < 1:
            raise ValueError(f"amplification needs 0 < delta < 1, got delta={self.delta}")
        self.normalised  # noqa: B018  refuse what it refuses
        if is_symbolic(self.length, self.delta):
            return
        least = fixed_point_start(int(self.length), float(self.delta))
        shortest = (1 - sympy.sympify(self.vector.epsilon)) / sympy.sympify(self.vector.alpha)
        if shortest.is_number and float(shortest) < least * (1 - 1e-12):
            raise ValueError(
                f"{self.length} calls lift lengths from {least:.6g} upwards to "
                f"delta={self.delta}, got a vector of length {float(shortest):.6g}"
            )

    @classmethod
    def reaching(
        cls, vector: AbstractVectorEncoding, start: float, delta: float
    ) -> "FixedPointAmplification":
        """With the fewest calls that lift every length from `start` upwards.

        Args:
            vector: as in the class.
            start: what the length is promised to reach, between 0 and 1. Unit: 1.
            delta: as in the class.

        Raises:
            ValueError: if one of them is a symbol or not between 0 and 1, or as the class.
        """
        if free_symbols([start, delta]):
            raise ValueError(
                f"the fewest calls are found for numbers, got start={start} and delta={delta}; "
                "give a symbolic length instead"
            )
        return cls(vector, fixed_point_minimal_length(start, delta), delta)

    @property
    def normalised(self) -> NormalisedVector:
        """The sequence of calls and phases."""
        phases = None
        if not is_symbolic(self.length, self.delta) and self.length <= MOST_PHASES:
            phases = tuple(fixed_point_phases(int(self.length), float(self.delta)).tolist())
        error = 1 - sympy.sqrt(1 - sympy.sympify(self.delta) ** 2)
        return NormalisedVector(self.vector, phases, self.length, error, keeps_phase=False)

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.normalised.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return self.vector.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (("flags of the vector", self.vector.ancilla_bitsize),)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {with_control(self.normalised, self.is_controlled): 1}

    def write(self, wires: Wires) -> None:
        step = with_control(self.normalised, self.is_controlled)
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)

    def __str__(self) -> str:
        return f"FixedPoint{'†' if self.is_adjoint else ''}({self.length} calls)"


@bloq_example(generalizer=SAME_CALLS)
def _fixed_point_amplification() -> FixedPointAmplification:
    return FixedPointAmplification.reaching(deamplified_example.make(), 0.2, delta=0.5)


@bloq_example(generalizer=SAME_CALLS)
def _fixed_point_amplification_controlled() -> FixedPointAmplification:
    return FixedPointAmplification(deamplified_example.make(), 3, 0.9, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _fixed_point_amplification_symbolic() -> FixedPointAmplification:
    return FixedPointAmplification(
        deamplified_symbolic_example.make(), symbols.degree, symbols.delta
    )
