r"""A phase on all that is orthogonal to an encoded vector."""

from collections import Counter

import sympy
from attrs import evolve, frozen
from qualtran import (
    Bloq,
    QAny,
    QBit,
    QUInt,
    Register,
    Signature,
    bloq_example,
)
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.parts import ROUNDING, check_parts
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.qsvt.nonzero_phase import NonzeroPhase
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class ComplementPhase(AbstractComposite):
    r"""Applies $e^{i \phi (2 \Pi - 1)}$, $\Pi = |0\rangle\langle 0| \otimes (1 - \psi
    \psi^\dagger)$ on flags and system.

    As the left projector of a sequence it transforms $(1 - \psi \psi^\dagger) A$, which has the
    kernel $A^{-1} \psi$. The vector is unprepared, the phase is turned where what is left is not
    zero, and the vector is prepared again.

    Args:
        vector: vector-encoding of $\psi$ with alpha = 1, without control.
        phi: the phase. Unit: radians.
        w: width of the flags, at least 1. Unit: qubits.
        is_signed: whether there is a qubit that turns the phase around where it is one.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        sign: QBit, only if `is_signed`.
        flags: QAny(w).
        system: QUInt(n).
        ancilla: QAny(ancillas of `vector`), absent if there are none; part of the vector.

    Cost: a call of `vector` and one of its inverse; w + n + a - 1 AND and 1 rotation (2 if
        controlled), for a ancillas of the vector.

    Raises:
        ValueError: if w is below 1, or `vector` is controlled, errs by a negative number or has an
            alpha other than 1.

    Source: [GSLW18] Def. 15, for a projector that is not onto zeros; ours as a circuit.
    """

    vector: AbstractVectorEncoding
    phi: SymbolicFloat
    w: SymbolicInt
    is_signed: bool = True

    def __attrs_post_init__(self) -> None:
        check_unit("reflection about a vector", self.vector)
        self.turn  # noqa: B018  refuse what it refuses

    @property
    def turn(self) -> NonzeroPhase:
        """The phase between the two calls."""
        m = self.vector.system_bitsize + self.vector.ancilla_bitsize
        return NonzeroPhase(self.phi, self.w, m, self.is_controlled, self.is_signed)

    @property
    def signature(self) -> Signature:
        sign = [Register("sign", QBit())] if self.is_signed else []
        system = Register("system", QUInt(self.vector.system_bitsize))
        a = self.vector.ancilla_bitsize
        flags = [Register("ancilla", QAny(a))] if is_symbolic(a) or a else []
        return Signature(
            [*self.control_registers, *sign, Register("flags", QAny(self.w)), system, *flags]
        )

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": self.vector.system_names, "ancilla": self.vector.ancilla_names}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict(Counter([self.vector.adjoint(), self.turn, self.vector]))

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(self.vector.adjoint(), system=system, ancilla=ancilla)
        wires.on(
            self.turn,
            ctrl=self.control,
            sign=self.wires_of("sign"),
            flags=self.wires_of("flags"),
            rest=[*system, *ancilla],
        )
        wires.on(self.vector, system=system, ancilla=ancilla)

    def adjoint(self) -> "ComplementPhase":
        return evolve(self, phi=-self.phi)

    def __str__(self) -> str:
        return f"ComplementPhase(w={self.w})[{type(self.vector).__name__}]"


def check_unit(owner: str, vector: AbstractVectorEncoding) -> None:
    """Refuse a vector that is only prepared behind flags; a symbol is taken to be 1.

    Raises:
        ValueError: if it is controlled, errs by a negative number, or its alpha is not 1.
    """
    check_parts(owner, vector)
    alpha = sympy.sympify(vector.alpha)
    if alpha.is_number and abs(alpha - 1) > ROUNDING:
        raise ValueError(
            f"a {owner} needs a vector with alpha = 1, got alpha={float(alpha):g} of {vector}; "
            f"amplify it first"
        )


@bloq_example(generalizer=SAME_CALLS)
def _complement_phase() -> ComplementPhase:
    return ComplementPhase(loaded_vector_example.make(), 0.3, 2)


@bloq_example(generalizer=SAME_CALLS)
def _complement_phase_controlled() -> ComplementPhase:
    return ComplementPhase(UniformVector(1), 0.3, 1, is_signed=False, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _complement_phase_symbolic() -> ComplementPhase:
    return ComplementPhase(loaded_vector_symbolic_example.make(), symbols.theta, symbols.a)
