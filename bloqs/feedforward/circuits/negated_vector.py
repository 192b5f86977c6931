"""The negative of an encoded vector."""

from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import GlobalPhase, ZGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.parts import check_parts
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires


@frozen(cache_hash=True)
class NegatedVector(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes $-\psi$: a global phase, which matters where the vector is added to another.

    Args:
        vector: vector-encoding of $\psi$, without control.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: that of `vector`. Starts in zero; finding zero again flags success.

    Encodes: $-\psi$ with alpha and epsilon of `vector` (l2 norm).

    Cost: one call of `vector`; controlled, a Z on the control.

    Raises:
        ValueError: if `vector` is controlled or errs by a negative number.

    Source: elementary.
    """

    vector: AbstractVectorEncoding

    def __attrs_post_init__(self) -> None:
        check_parts("negated vector", self.vector)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.vector.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.vector.epsilon

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
    def sign(self) -> Bloq:
        """Minus one: a Z on the control, or a global phase."""
        return ZGate() if self.is_controlled else GlobalPhase(exponent=1)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {with_control(self.vector, self.is_controlled): 1, self.sign: 1}

    def write(self, wires: Wires) -> None:
        step = with_control(self.vector, self.is_controlled)
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)
        wires.gate(self.sign, **dict(zip(["q"], self.control, strict=False)))

    def __str__(self) -> str:
        return f"Negated{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def _negated_vector() -> NegatedVector:
    return NegatedVector(loaded_vector_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _negated_vector_controlled() -> NegatedVector:
    return NegatedVector(loaded_vector_example.make(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def negated_vector_symbolic_example() -> NegatedVector:
    return NegatedVector(loaded_vector_symbolic_example.make())
