"""What circuits share that apply an odd polynomial to the length of an encoded vector."""

import abc
from functools import cached_property

from attrs import frozen
from qualtran import Bloq, DecomposeTypeError
from qualtran.bloqs.basic_gates import Hadamard
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite
from bloqs.encodings.parts import check_error, check_parts
from bloqs.qsvt.sequence import check_sequence, sequence_calls, write_sequence
from bloqs.qsvt.sequence_outline import SIGN, sequence_outline
from bloqs.wires import Wires
from estimator.drawing.outline import Outline


@frozen(cache_hash=True)
class AbstractLengthTransform(AbstractComposite, AbstractVectorEncoding):
    r"""Applies an odd polynomial to the length $1/\alpha$ of an encoded vector.

    The circuit $U$ of a vector-encoding is a projected unitary encoding: between the projector on
    zero of all its qubits and the projector on zero of its ancillas alone it is
    $|\psi\rangle\langle 0| / \alpha$, with the single singular value $1/\alpha$.

    Subclasses are final. They define the fields `vector`, `phases`, `degree` and `error`, perhaps
    `keeps_phase`, and `purpose`, `alpha` and `epsilon`.
    """

    vector: AbstractVectorEncoding
    phases: tuple[float, ...] | None
    degree: SymbolicInt
    error: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_sequence(self.purpose, self.degree, self.phases)
        if not is_symbolic(self.degree) and (self.degree < 1 or self.degree % 2 == 0):
            raise ValueError(f"{self.purpose} needs an odd degree >= 1, got {self.degree}")
        if self.phases is not None and len(self.phases) != self.degree + 1:
            raise ValueError(
                f"degree {self.degree} needs {self.degree + 1} phases, got {len(self.phases)}"
            )
        check_parts(self.purpose, self.vector)
        check_error(self.purpose, self.error)
        a = self.vector.ancilla_bitsize
        if not is_symbolic(a) and a < 1:
            raise ValueError(f"{self.vector} has no ancilla, so it has length one already")

    @property
    @abc.abstractmethod
    def purpose(self) -> str:
        """What it does, for messages."""

    @property
    def has_sign(self) -> bool:
        """Whether a sign qubit makes the polynomial real."""
        return True

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize + int(self.has_sign)

    @property
    def system_names(self) -> WireNames:
        return self.vector.system_names

    @property
    def ancilla_names(self) -> WireNames:
        own = ("flags of the vector", self.vector.ancilla_bitsize)
        return (own, SIGN) if self.has_sign else (own,)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        left = self.vector.ancilla_bitsize
        right = left + self.system_bitsize
        calls = sequence_calls(
            self.degree, self.vector, left, right, self.is_controlled, self.has_sign, is_odd=True
        )
        return {**calls, Hadamard(): 2} if self.has_sign else calls

    @property
    def outline(self) -> Outline:
        """The first steps and the last, of any degree, with or without phases."""
        return sequence_outline(
            self.degree,
            self.vector,
            self.system_names,
            self.ancilla_names,
            ends_differ=True,
            is_controlled=self.is_controlled,
            is_odd=True,
            is_adjoint=self.is_adjoint,
        )

    def write(self, wires: Wires) -> None:
        if self.phases is None:
            raise DecomposeTypeError(f"{self} has no phases, so it has no circuit")
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        sign = [ancilla.pop()] if self.has_sign else []
        registers = {"system": system, "ancilla": ancilla}
        for qubit in sign:
            wires.gate(Hadamard(), q=qubit)
        write_sequence(
            wires,
            self.phases,
            self.vector,
            registers,
            left=ancilla,
            right=[*ancilla, *system],
            sign=sign,
            control=self.control,
        )
        for qubit in sign:
            wires.gate(Hadamard(), q=qubit)
