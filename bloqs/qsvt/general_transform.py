"""Quantum singular value transformation by a real polynomial without definite parity."""

import math
import sys

import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.bloqs.basic_gates import Hadamard
from qualtran.bloqs.mcmt import And
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import controlled_form
from bloqs.encodings.diagonal import diagonal_encoding_example, diagonal_encoding_symbolic_example
from bloqs.encodings.parts import check_error, check_parts
from bloqs.qsvt.phase_pair import PhasePair
from bloqs.qsvt.root_preparation import root_preparation
from bloqs.qsvt.sequence import check_sequence
from bloqs.qsvt.sequence_outline import SIGN, AlternatingSequence
from bloqs.qsvt.shared_sequence import shared_sequence_calls, write_shared_sequence
from bloqs.qsvt.two_part_transform import PARITY, AbstractTwoPartTransform
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.drawing.outline import Outline
from estimator.phases.find import phases_of
from estimator.polynomials.polynomial import Polynomial

MARGIN = 1e-9
"""By how much, relatively, the weights of `GeneralTransform.of` exceed the largest values of the
parts, so that phases are found also where a part touches its bound. Unit: 1."""

SMALLEST_WEIGHT = sys.float_info.min
"""Below this a quotient of two floats loses digits. Unit: 1."""


@frozen(cache_hash=True)
class GeneralTransform(AbstractTwoPartTransform):
    r"""Encodes $w_e E(A/\alpha) + w_o O(A/\alpha)$ for an even and an odd real polynomial.

    For Hermitian $A$ this is $P(A/\alpha)$ with $P = w_e E + w_o O$, any real polynomial. For other
    $A/\alpha = \sum_k \sigma_k |w_k\rangle\langle v_k|$ it is $\sum_k w_e E(\sigma_k)
    |v_k\rangle\langle v_k| + w_o O(\sigma_k) |w_k\rangle\langle v_k|$: the even part stays among
    the right singular vectors.

    Both parts share one alternating sequence. A parity qubit, prepared and unprepared with the
    weights, chooses between their phases; the sequence of the part of lower degree ends one call
    earlier, so the last call is controlled by that qubit. A sign qubit, in plus at start and end,
    makes both real.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla.
        even: phases of $E$ in the convention of `bloqs.qsvt.sequence`, an odd number of them, or
            `None` when only the degree matters. Unit: radians.
        odd: phases of $O$, an even number of them, or `None`, likewise.
        degree: d, the larger one of the two degrees, at least 1; a symbolic degree is taken to be
            even, unless SymPy knows that it is odd.
        even_weight: $w_e$, positive.
        odd_weight: $w_o$, positive.
        error: sup-norm error of $w_e E + w_o O$ on [-1, 1]. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: QAny(ancillas of `encoding` + 2): those, then the sign, then the parity. Starts in
            zero; finding zero again flags success.

    Encodes: the sum above with alpha = w_e + w_o and epsilon = error + alpha 4 d sqrt(epsilon_A /
        alpha_A) (spectral norm). With |P| <= 1 on [-1, 1] both parts are at most 1, so that alpha
        is at most 2.

    Cost: d calls of `encoding` or its inverse, one of them controlled, and d + 1 pairs of phases of
        a - 1 AND and two rotations each, for a ancillas; unequal weights cost two rotations. Under
        control three rotations a pair, and one AND, held throughout.

    Raises:
        ValueError: if phases are given for one part alone, have the wrong parity, are more than d +
            1 or not as many as d needs or not finite numbers, d is below 1 or not whole, a weight
            is not positive or their sum infinite, the error is negative or NaN, or `encoding` is
            controlled, has no ancilla, or errs by a negative number or NaN.

    Source: [GSLW18] Thm. 56, with two phases for a parity qubit in place of two sequences, and the
        weights in that qubit; the error is Lem. 22.
    """

    even: tuple[float, ...] | None
    odd: tuple[float, ...] | None
    degree: SymbolicInt
    even_weight: SymbolicFloat
    odd_weight: SymbolicFloat
    error: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("transform", self.encoding)
        check_error("transform", self.error)
        check_sequence("a transform", self.degree, (*(self.even or ()), *(self.odd or ())))
        if not is_symbolic(self.degree) and self.degree < 1:
            raise ValueError(f"a transform needs degree >= 1, got {self.degree}")
        if not is_symbolic(self.flags) and self.flags < 1:
            raise ValueError(f"{self.encoding} has no ancilla; a transform needs at least one")
        for weight in (self.even_weight, self.odd_weight):
            if not is_symbolic(weight) and not 0 < weight < math.inf:
                raise ValueError(f"the weight of a part must be positive, got {weight}")
        if not is_symbolic(self.alpha) and not self.alpha < math.inf:
            raise ValueError(
                f"the sum of both weights must be finite, got {self.even_weight} and "
                f"{self.odd_weight}"
            )
        if self.even is None or self.odd is None:
            if self.even is not self.odd:
                raise ValueError("a transform needs the phases of both parts or of neither")
            return
        if len(self.even) % 2 == 0 or len(self.odd) % 2 == 1:
            raise ValueError(
                f"an even part needs an odd number of phases and an odd part an even one, got "
                f"{len(self.even)} and {len(self.odd)}"
            )
        if max(len(self.even), len(self.odd)) != self.degree + 1:
            raise ValueError(
                f"degree {self.degree} needs {self.degree + 1} phases of one part and no more of "
                f"the other, got {len(self.even)} and {len(self.odd)}"
            )

    @classmethod
    def of(
        cls, encoding: AbstractBlockEncoding, polynomial: Polynomial, error: float
    ) -> "GeneralTransform":
        """The transform by a polynomial, its weights the largest values of its parts.

        Args:
            encoding: as in the class.
            polynomial: with both an even and an odd part; it need not be bounded by one.
            error: as in the class.

        Raises:
            ValueError: if a part is zero, too small or too large for floating point, or as the
                class.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        if polynomial.parity is not None:
            raise ValueError(
                f"a polynomial of definite parity needs a SingularValueTransform, got an "
                f"{polynomial.parity} one"
            )
        weights, phases = [], []
        for parity in (0, 1):
            part = polynomial.array
            part[1 - parity :: 2] = 0
            largest = Polynomial(part).maximum().bound * (1 + MARGIN)
            if not SMALLEST_WEIGHT <= largest < math.inf:
                raise ValueError(
                    f"the even and the odd part of a polynomial need largest values from "
                    f"{SMALLEST_WEIGHT:g} to 1.8e308, got {largest:g}"
                )
            weights.append(largest)
            phases.append(tuple(phases_of(part / largest, parity).reflection.tolist()))
        even, odd = phases
        return cls(encoding, even, odd, polynomial.degree, weights[0], weights[1], error)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.even_weight + self.odd_weight

    @property
    def epsilon(self) -> SymbolicFloat:
        inherited = sympy.sympify(self.encoding.epsilon) / self.encoding.alpha
        return self.error + self.alpha * 4 * self.degree * sympy.sqrt(inherited)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls = shared_sequence_calls(self.degree, self.encoding, self.flags, self.is_controlled)
        steps: list[Bloq] = [Hadamard(), Hadamard()]
        for gate in root_preparation(self.even_weight, self.odd_weight):
            steps += [gate, gate.adjoint()]
        if self.is_controlled:
            steps += [And(), And().adjoint()]
        for step in steps:
            calls[step] = calls.get(step, 0) + 1
        return calls

    @property
    def outline(self) -> Outline:
        """The first steps and the last, of any degree, with or without phases."""
        control: WireNames = (("control", 1),) if self.is_controlled else ()
        flags, system = self.ancilla_names[:1], self.system_names
        is_odd = bool(self.degree.is_odd if is_symbolic(self.degree) else self.degree % 2)
        up, down = self.encoding, self.encoding.adjoint()
        pair = PhasePair(symbols.theta, symbols.theta, self.flags, self.is_controlled)
        phase = (pair, (*control, *flags, SIGN, PARITY))
        prepared = root_preparation(self.even_weight, self.odd_weight)
        return AlternatingSequence(
            wires=(*control, *system, *flags, SIGN, PARITY),
            degree=self.degree,
            phases=(phase, phase),
            last_phase=phase,
            calls=((up, (*system, *flags)), (down, (*system, *flags))),
            last_call=(controlled_form(up if is_odd else down), (*system, *flags, PARITY)),
            around=((Hadamard(), (SIGN,)), *((gate, (PARITY,)) for gate in prepared)),
            times=self.calls,
        ).outline(self.is_adjoint)

    def write(self, wires: Wires) -> None:
        if self.even is None or self.odd is None:
            raise DecomposeTypeError(f"{self} has no phases, so it has no circuit")
        *flags, sign, qubit = self.wires_of("ancilla")
        registers = {"system": self.wires_of("system"), "ancilla": flags}
        gates = root_preparation(self.even_weight, self.odd_weight)
        wires.gate(Hadamard(), q=sign)
        for gate in gates:
            wires.gate(gate, q=qubit)
        parity = qubit
        if self.is_controlled:
            parity = ("parity", 0)
            wires.compute_and(("ctrl", 0), qubit, parity)
        write_shared_sequence(
            wires,
            self.even,
            self.odd,
            self.encoding,
            registers,
            flags=flags,
            sign=sign,
            parity=parity,
            control=self.control,
        )
        if self.is_controlled:
            wires.uncompute_and(("ctrl", 0), qubit, parity)
        for gate in reversed(gates):
            wires.gate(gate.adjoint(), q=qubit)
        wires.gate(Hadamard(), q=sign)

    def __str__(self) -> str:
        return f"GeneralQSVT{'†' if self.is_adjoint else ''}(degree {self.degree})"


@bloq_example(generalizer=SAME_CALLS)
def _general_transform() -> GeneralTransform:
    even, odd = (0.1, 0.2, 0.3), (0.1, 0.2, 0.3, 0.4)
    return GeneralTransform(diagonal_encoding_example.make(), even, odd, 3, 0.75, 0.5, error=0.0)


@bloq_example(generalizer=SAME_CALLS)
def _general_transform_even() -> GeneralTransform:
    even, odd = (0.1, 0.2, 0.3, 0.4, 0.5), (0.1, 0.2)
    return GeneralTransform(diagonal_encoding_example.make(), even, odd, 4, 1.0, 1.0, error=0.0)


@bloq_example(generalizer=SAME_CALLS)
def _general_transform_controlled() -> GeneralTransform:
    diagonal, odd = diagonal_encoding_example.make(), (0.1, 0.2)
    return GeneralTransform(diagonal, (0.1,), odd, 1, 1.0, 0.5, error=0.0, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _general_transform_symbolic() -> GeneralTransform:
    diagonal = diagonal_encoding_symbolic_example.make()
    return GeneralTransform(
        diagonal, None, None, symbols.degree, symbols.gamma, symbols.kappa, symbols.epsilon
    )
