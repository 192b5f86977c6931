"""Parts without a circuit: only the numbers that a combination computes its own from."""

from attrs import frozen
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding


@frozen
class StatedVector(AbstractVectorEncoding):
    """A vector-encoding of which only alpha, epsilon and sizes are known."""

    alpha: SymbolicFloat
    epsilon: SymbolicFloat
    system_bitsize: SymbolicInt = 1
    ancilla_bitsize: SymbolicInt = 1


@frozen
class StatedEncoding(AbstractBlockEncoding):
    """A block-encoding of which only alpha, epsilon and sizes are known."""

    alpha: SymbolicFloat
    epsilon: SymbolicFloat
    system_bitsize: SymbolicInt = 1
    ancilla_bitsize: SymbolicInt = 1
