"""A matrix in the corner of a Hermitian one of twice the size, and out of it again."""

import attrs
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form, with_control
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_parts, is_own_inverse
from bloqs.linear_systems.circuits.either_way import EitherWay
from bloqs.linear_systems.circuits.matching import matching_example
from bloqs.linear_systems.circuits.row_tree import row_tree_example
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class HermitianDilation(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $\begin{pmatrix} 0 & A \\ A^\dagger & 0 \end{pmatrix}$, for any encoded A.

    The branch is the most significant bit of the system: U where it is one, its inverse where it
    is zero, then it is flipped. The circuit is its own inverse. A rectangular A is one that is
    padded with zeros.

    Args:
        encoding: block-encoding U of A, without control.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: never: the circuit is its own inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n + 1): the branch, then the system of A.
        ancilla: that of A. Starts in zero; finding zero again flags success.

    Encodes: the dilation with alpha and epsilon of A (spectral norm).

    Cost: a controlled call of U and one of its inverse, and an X. Controlled, an `EitherWay` and a
        CNOT instead. One call of a U that is its own inverse, controlled if this is, and an X or
        CNOT.

    Raises:
        ValueError: if `encoding` is controlled or errs by a negative number.

    Source: [GSLW18] Sec. 2.1 for the matrix; the circuit is elementary.
    """

    encoding: AbstractBlockEncoding

    def __attrs_post_init__(self) -> None:
        check_parts("Hermitian dilation", self.encoding)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.encoding.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.encoding.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize + 1

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.encoding.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return (("branch", 1), *self.encoding.system_names)

    @property
    def ancilla_names(self) -> WireNames:
        return self.encoding.ancilla_names

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        flip: Bloq = CNOT() if self.is_controlled else XGate()
        if is_own_inverse(self.encoding):
            return {with_control(self.encoding, self.is_controlled): 1, flip: 1}
        if self.is_controlled:
            return {EitherWay(self.encoding): 1, flip: 1}
        there, back = controlled_form(self.encoding), controlled_form(self.encoding.adjoint())
        return {there: 1, back: 1, flip: 1}

    def write(self, wires: Wires) -> None:
        branch, *system = self.wires_of("system")
        parts = {"system": system, "ancilla": self.wires_of("ancilla")}
        if is_own_inverse(self.encoding):
            step = with_control(self.encoding, self.is_controlled)
            wires.on(step, ctrl=self.control, **parts)
        elif self.is_controlled:
            wires.on(EitherWay(self.encoding), coin=self.control, way=[branch], **parts)
        else:
            wires.on(controlled_form(self.encoding), ctrl=[branch], **parts)
            wires.x(branch)
            wires.on(controlled_form(self.encoding.adjoint()), ctrl=[branch], **parts)
            return
        if self.is_controlled:
            wires.cnot(self.control[0], branch)
        else:
            wires.x(branch)

    def adjoint(self) -> "HermitianDilation":
        return self

    def __str__(self) -> str:
        return f"HermitianDilation[{type(self.encoding).__name__}]"


@frozen(cache_hash=True)
class CornerEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes the upper right quarter of an encoded operator.

    Of the dilation of A that is A. The most significant bit of the larger system is an ancilla: it
    is flipped to one, the column of blocks, and is to be found in zero, their row.

    Args:
        encoding: block-encoding of the larger operator, without control, of at least 2 qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n), one qubit less than that of the larger operator.
        ancilla: QAny(a + 1): the branch, then the ancillas of `encoding`. Starts in zero; finding
            zero again flags success.

    Encodes: the quarter with alpha and epsilon of `encoding` (spectral norm).

    Cost: one call of `encoding` and an X, controlled if this is.

    Raises:
        ValueError: if `encoding` is controlled, errs by a negative number or acts on one qubit.

    Source: elementary.
    """

    encoding: AbstractBlockEncoding

    def __attrs_post_init__(self) -> None:
        check_parts("corner", self.encoding)
        size = self.encoding.system_bitsize
        if not is_symbolic(size) and size < 2:
            raise ValueError(f"a corner needs an operator on at least 2 qubits, got {size}")

    @property
    def alpha(self) -> SymbolicFloat:
        return self.encoding.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.encoding.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize - 1

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.encoding.ancilla_bitsize + 1

    @property
    def ancilla_names(self) -> WireNames:
        return (("branch", 1), *self.encoding.ancilla_names)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        flip: Bloq = CNOT() if self.is_controlled else XGate()
        return {flip: 1, with_control(self.encoding, self.is_controlled): 1}

    def write(self, wires: Wires) -> None:
        branch, *ancilla = self.wires_of("ancilla")
        if self.is_controlled:
            wires.cnot(self.control[0], branch)
        else:
            wires.x(branch)
        step = with_control(self.encoding, self.is_controlled)
        system = [branch, *self.wires_of("system")]
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)

    def __str__(self) -> str:
        return f"Corner{'†' if self.is_adjoint else ''}[{type(self.encoding).__name__}]"


@bloq_example(generalizer=SAME_CALLS)
def hermitian_dilation_example() -> HermitianDilation:
    return HermitianDilation(row_tree_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _hermitian_dilation_controlled() -> HermitianDilation:
    return attrs.evolve(hermitian_dilation_example.make(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _hermitian_dilation_of_hermitian() -> HermitianDilation:
    return HermitianDilation(matching_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _hermitian_dilation_symbolic() -> HermitianDilation:
    return HermitianDilation(MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, symbols.e_0))


@bloq_example(generalizer=SAME_CALLS)
def corner_example() -> CornerEncoding:
    return CornerEncoding(hermitian_dilation_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _corner_controlled() -> CornerEncoding:
    return attrs.evolve(corner_example.make(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _corner_symbolic() -> CornerEncoding:
    return CornerEncoding(MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, symbols.e_0))
