"""The amplitudes of an encoded vector as a diagonal operator."""

from functools import cached_property

from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Toffoli
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.parts import check_parts
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires


@frozen(cache_hash=True)
class DiagonalEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $diag(\psi)$ with one call of the circuit that prepares $\psi$.

    The vector is prepared in an ancilla register; XOR of the system index leaves that register in
    zero exactly for the amplitude of the index: $\langle 0| CNOT^n (U \otimes 1) |0\rangle =
    diag(\psi / \alpha)$. Complex vectors are allowed.

    Args:
        vector: the vector-encoding of $\psi$, without control.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n), the index.
        ancilla: QAny(n + ancillas of `vector`): the prepared register, then those. Starts in zero;
            finding zero again flags success.

    Encodes: $diag(\psi)$ with alpha that of `vector` and epsilon that of `vector` (spectral norm:
        the largest entry of an error is at most its l2 norm).

    Cost: 1 call of `vector` and n CNOT; controlled, n Toffoli instead.

    Raises:
        ValueError: if `vector` is controlled, or errs by a negative number or NaN.

    Source: ours; [RHGPR25] uses a form with six controlled calls.
    """

    vector: AbstractVectorEncoding

    def __attrs_post_init__(self) -> None:
        check_parts("diagonal", self.vector)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.vector.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.vector.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize + self.vector.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return self.vector.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("prepared index", self.system_bitsize),
            ("flags of the vector", self.vector.ancilla_bitsize),
        )

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        mark = Toffoli() if self.is_controlled else CNOT()
        return {with_control(self.vector, self.is_controlled): 1, mark: self.system_bitsize}

    def write(self, wires: Wires) -> None:
        n, ancilla = self.system_bitsize, self.wires_of("ancilla")
        prepare = with_control(self.vector, self.is_controlled)
        wires.on(prepare, ctrl=self.control, system=ancilla[:n], ancilla=ancilla[n:])
        for index, prepared in zip(self.wires_of("system"), ancilla, strict=False):
            if self.is_controlled:
                wires.toffoli(("ctrl", 0), index, prepared)
            else:
                wires.cnot(index, prepared)

    def __str__(self) -> str:
        return f"Diagonal{'†' if self.is_adjoint else ''}[{self.vector}]"


@bloq_example(generalizer=SAME_CALLS)
def diagonal_encoding_example() -> DiagonalEncoding:
    return DiagonalEncoding(loaded_vector_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _diagonal_encoding_controlled() -> DiagonalEncoding:
    return DiagonalEncoding(loaded_vector_example.make(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def diagonal_encoding_symbolic_example() -> DiagonalEncoding:
    return DiagonalEncoding(loaded_vector_symbolic_example.make())
