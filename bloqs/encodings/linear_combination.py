"""A linear combination of block-encoded operators."""

import cmath
import math

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.diagonal import diagonal_encoding_example, diagonal_encoding_symbolic_example
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.encodings.select_encodings import SelectEncodings
from bloqs.gates.phase_shift import phase_of
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class LinearCombination(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $\sum_j w_j A_j$ for D encodings and real or complex weights.

    The index is prepared with the amplitudes $\sqrt{|w_j| \alpha_j / \alpha}$, chooses the encoding
    and its phase, and is unprepared with the same amplitudes. The phase of a weight must be in the
    choice: roots of the weights in the preparation and its inverse meet their conjugates and leave
    $|w_j|$.

    Args:
        encodings: at least two block-encodings on systems of equal size, without controls.
        weights: $w_j$, one for each encoding, not all zero; a symbol must be known to be real to
            cost no rotation.
        b: bits of the angles that prepare the index, at least 4. Unit: qubits.
        loader: the memory that holds the angles.
        rotation: how the bits of an angle turn a qubit.
        is_controlled: whether a control decides between this and the identity. The preparations
            need none: without the choice they cancel.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: QAny(d + max a_j), d = ceil(log2(D)): the index, then the ancillas that all
            encodings share. Starts in zero; finding zero again flags success.

    Encodes: the sum with alpha = sum |w_j| alpha_j and epsilon = sum |w_j| epsilon_j + alpha 2 d pi
        / 2**b (spectral norm); the second part bounds the change of the probabilities of the index
        by rounded angles.

    Cost: two trees over d qubits, D - 2 AND (D - 1 if controlled), a controlled call of each
        encoding, and one rotation for each weight that is not real.

    Raises:
        ValueError: if there are less than two encodings or not as many weights, all weights are
            zero or one is not finite, the systems differ in size, an encoding is controlled, an
            epsilon is negative, or b is too small.

    Source: [RHGPR25] Lem. B.5 for positive weights; phases as in [GSLW18] Lem. 52.
    """

    encodings: tuple[AbstractBlockEncoding, ...]
    weights: tuple[complex | SymbolicFloat, ...]
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation

    def __attrs_post_init__(self) -> None:
        if len(self.weights) != len(self.encodings):
            raise ValueError(
                f"{len(self.encodings)} encodings need as many weights, got {len(self.weights)}"
            )
        numbers = [complex(w) for w in self.weights if not is_symbolic(w)]
        if not all(map(cmath.isfinite, numbers)):
            raise ValueError(f"weights must be finite, got {self.weights}")
        if len(numbers) == len(self.weights) and not any(numbers):
            raise ValueError("a linear combination needs a weight that is not zero")
        self.select, self.prepare  # noqa: B018  refuse what the parts refuse

    @property
    def select(self) -> SelectEncodings:
        """The choice of the encoding by the index."""
        return SelectEncodings(self.encodings, tuple(phase_of(w) for w in self.weights))

    @property
    def prepare(self) -> RotationTree:
        """The preparation of the index."""
        d = self.select.index_bitsize
        squares = [abs(w) * e.alpha for w, e in zip(self.weights, self.encodings, strict=True)]
        rows = None
        if not is_symbolic(*squares):
            roots = [math.sqrt(float(square)) for square in squares]
            rows = (tuple(roots + [0.0] * (2**d - len(roots))),)
        return RotationTree(rows, 0, d, self.b, self.loader, self.rotation)

    @property
    def alpha(self) -> SymbolicFloat:
        return sum(abs(w) * e.alpha for w, e in zip(self.weights, self.encodings, strict=True))

    @property
    def epsilon(self) -> SymbolicFloat:
        parts = zip(self.weights, self.encodings, strict=True)
        inherited = sum((abs(w) * sympy.sympify(e.epsilon) for w, e in parts), sympy.Integer(0))
        return inherited + 2 * self.alpha * self.prepare.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encodings[0].system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.select.index_bitsize + self.select.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return self.encodings[0].system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("selection", self.select.index_bitsize),
            ("shared flags", self.select.ancilla_bitsize),
        )

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        select = with_control(self.select, self.is_controlled)
        return {self.prepare: 1, select: 1, self.prepare.adjoint(): 1}

    def write(self, wires: Wires) -> None:
        d, ancilla = self.select.index_bitsize, self.wires_of("ancilla")
        index, rest = ancilla[:d], ancilla[d:]
        select = with_control(self.select, self.is_controlled)
        wires.on(self.prepare, target=index)
        wires.on(
            select, ctrl=self.control, index=index, system=self.wires_of("system"), ancilla=rest
        )
        wires.on(self.prepare.adjoint(), target=index)

    def __str__(self) -> str:
        return f"LinearCombination{'†' if self.is_adjoint else ''}({len(self.encodings)} terms)"


@bloq_example(generalizer=SAME_CALLS)
def _linear_combination() -> LinearCombination:
    terms = (diagonal_encoding_example.make(), ProjectorEncoding(1, 2, 2, swaps=True))
    return LinearCombination(terms, (0.5, -0.25), 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _linear_combination_complex() -> LinearCombination:
    diagonal = diagonal_encoding_example.make()
    terms = (diagonal, diagonal.adjoint(), ProjectorEncoding(1, 2, 2, swaps=False))
    weights = (1.0, -1.0 + 2.0j, -0.5)
    return LinearCombination(terms, weights, 4, QROMLoader(), Rotation.PHASE_GRADIENT)


@bloq_example(generalizer=SAME_CALLS)
def _linear_combination_controlled() -> LinearCombination:
    terms = (ProjectorEncoding(0, 1, 2, swaps=False),) * 5
    weights = (1.0, 2.0j, 0.0, -1.0, 1.0 - 1.0j)
    rotation = Rotation.BITWISE
    return LinearCombination(terms, weights, 4, QROMLoader(), rotation, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def linear_combination_symbolic_example() -> LinearCombination:
    diagonal = diagonal_encoding_symbolic_example.make()
    terms, rotation = (diagonal, diagonal.adjoint(), diagonal), Rotation.PHASE_GRADIENT
    weights = (symbols.gamma, -symbols.kappa, 0.5j)
    return LinearCombination(terms, weights, symbols.b, QROMLoader(), rotation)
