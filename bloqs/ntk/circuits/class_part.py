"""The part of a vector that belongs to the points of one class."""

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Toffoli, XGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example
from bloqs.encodings.parts import check_norm, check_parts
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.ntk.circuits.class_signs import ClassSigns
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class ClassPart(AbstractComposite, AbstractVectorEncoding):
    """Encodes half of a vector, normalised: rows whose most significant bit is that of the class.

    A new flag takes the bit, or its complement, and is found in zero in the wanted half.

    Args:
        vector: vector-encoding, without control.
        is_upper: whether the half is that of bit one, which is class -1.
        norm: l2 norm of that half of the unit vector, in (0, 1]. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(a + 1): that of `vector`, then the flag. Starts in zero; finding zero again
            flags success.

    Encodes: the half with alpha = alpha_v / norm and epsilon = epsilon_v / norm (l2 norm).

    Cost: one call of `vector`, controlled if this is; then also 1 Toffoli.

    Raises:
        ValueError: if `vector` is controlled or errs by a negative number, or norm is not in
            (0, 1 + epsilon_v].

    Source: derived.
    """

    vector: AbstractVectorEncoding
    is_upper: bool
    norm: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("the part of a class", self.vector)
        check_norm("the part of a class", self.norm, 1 + sympy.sympify(self.vector.epsilon))

    @property
    def alpha(self) -> SymbolicFloat:
        return sympy.sympify(self.vector.alpha) / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        return sympy.sympify(self.vector.epsilon) / self.norm

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize + 1

    @property
    def system_names(self) -> WireNames:
        return self.vector.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (("flags of the vector", self.vector.ancilla_bitsize), ("other class", 1))

    @property
    def prepare(self) -> Bloq:
        """The preparation of the whole vector."""
        return with_control(self.vector, self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        copy, flip = (Toffoli(), CNOT()) if self.is_controlled else (CNOT(), XGate())
        return {self.prepare: 1, copy: 1, **({flip: 1} if self.is_upper else {})}

    def write(self, wires: Wires) -> None:
        system = self.wires_of("system")
        *flags, other = self.wires_of("ancilla")
        wires.on(self.prepare, ctrl=self.control, system=system, ancilla=flags)
        if self.is_controlled:
            wires.toffoli(self.control[0], system[0], other)
        else:
            wires.cnot(system[0], other)
        if self.is_upper and self.is_controlled:
            wires.cnot(self.control[0], other)
        elif self.is_upper:
            wires.x(other)

    def __str__(self) -> str:
        side = "upper" if self.is_upper else "lower"
        return f"ClassPart{'†' if self.is_adjoint else ''}({side} half)"


@bloq_example(generalizer=SAME_CALLS)
def _class_part() -> ClassPart:
    return ClassPart(loaded_vector_example.make(), True, 0.875)


@bloq_example(generalizer=SAME_CALLS)
def _class_part_controlled() -> ClassPart:
    return ClassPart(ClassSigns(2), True, 0.5**0.5, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _class_part_symbolic() -> ClassPart:
    return ClassPart(VectorOracle(symbols.n, symbols.a), False, symbols.norm)
