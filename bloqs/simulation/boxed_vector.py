"""A vector-encoding in a box, so that a run can take its whole circuit as one gate."""

from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.parts import check_parts
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires


@frozen(cache_hash=True)
class BoxedVector(AbstractComposite, AbstractVectorEncoding):
    r"""Prepares what the encoding inside prepares, by the same circuit.

    A run names the classes that it leaves whole. Inside a residual block there may be another one;
    the box tells the inner block from the outer one.

    Args:
        encoding: the vector-encoding inside, without control.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(ancillas of `encoding`). Starts in zero; finding zero again flags success.

    Encodes: what `encoding` encodes, with its alpha and epsilon (l2 norm).

    Cost: that of `encoding`.

    Raises:
        ValueError: if `encoding` has a control or errs by a negative number.

    Source: elementary.
    """

    encoding: AbstractVectorEncoding

    def __attrs_post_init__(self) -> None:
        check_parts("box", self.encoding)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.encoding.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.encoding.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.encoding.ancilla_bitsize

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {with_control(self.encoding, self.is_controlled): 1}

    def write(self, wires: Wires) -> None:
        step = with_control(self.encoding, self.is_controlled)
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)

    def __str__(self) -> str:
        return f"Boxed{'†' if self.is_adjoint else ''}[{self.encoding}]"


@bloq_example(generalizer=SAME_CALLS)
def _boxed_vector() -> BoxedVector:
    return BoxedVector(loaded_vector_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _boxed_vector_symbolic() -> BoxedVector:
    return BoxedVector(loaded_vector_symbolic_example.make())
