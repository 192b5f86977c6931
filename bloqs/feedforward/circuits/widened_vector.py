"""An encoded vector with zeros after it."""

from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.parts import check_parts
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class WidenedVector(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes $|0\rangle \otimes \psi$: room for channels that are zero. Vectors may be complex.

    Args:
        vector: vector-encoding $(\alpha, a, e)$ of $\psi$, without control.
        more: width of what comes before its index, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(more + n): the new, most significant bits, then the index of psi. Starts in
            zero.
        ancilla: QAny(a): those of `vector`. Starts in zero; finding zero again flags success.

    Encodes: the vector with the alpha and epsilon of `vector` (l2 norm).

    Cost: one call of `vector`, controlled if this is, and no gate.

    Raises:
        ValueError: if `vector` is controlled or errs by a negative number, or more is below 1.

    Source: elementary.
    """

    vector: AbstractVectorEncoding
    more: SymbolicInt

    def __attrs_post_init__(self) -> None:
        check_parts("widened vector", self.vector)
        if not is_symbolic(self.more) and self.more < 1:
            raise ValueError(f"a widened vector needs more >= 1 qubits, got more={self.more}")

    @property
    def alpha(self) -> SymbolicFloat:
        return self.vector.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.vector.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize + self.more

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return (("new channels", self.more), *self.vector.system_names)

    @property
    def ancilla_names(self) -> WireNames:
        return self.vector.ancilla_names

    @property
    def step(self) -> Bloq:
        """What prepares the vector, controlled if this is."""
        return with_control(self.vector, self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.step: 1}

    def write(self, wires: Wires) -> None:
        index, flags = self.wires_of("system")[self.more :], self.wires_of("ancilla")
        wires.on(self.step, ctrl=self.control, system=index, ancilla=flags)

    def __str__(self) -> str:
        return f"WidenedVector{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def widened_vector_example() -> WidenedVector:
    return WidenedVector(loaded_vector_example.make(), 2)


@bloq_example(generalizer=SAME_CALLS)
def _widened_vector_controlled() -> WidenedVector:
    return WidenedVector(UniformVector(2), 1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def widened_vector_symbolic_example() -> WidenedVector:
    return WidenedVector(loaded_vector_symbolic_example.make(), symbols.c)
