"""Repeat an encoded image over several channels."""

from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractVectorEncoding
from bloqs.encodings.tensor_vector import TensorVector
from bloqs.encodings.uniform_vector import UniformVector


def channel_padding(vector: AbstractVectorEncoding, c: SymbolicInt) -> TensorVector:
    r"""Encodes $2^c$ copies of a vector one after another, each with weight $2^{-c/2}$.

    Args:
        vector: the encoding of one copy, without control.
        c: log2 of the number of copies, at least 1. Unit: qubits.

    Returns:
        An encoding with alpha, ancillas and epsilon those of `vector`; c Hadamard gates more.

    Source: [RHGPR25] Thm. 2 with c = 2, which gets alpha = 1 from Lem. 4, where that lemma gives
        alpha = 2**(c/2) and c ancillas.
    """
    return TensorVector(UniformVector(c), vector)
