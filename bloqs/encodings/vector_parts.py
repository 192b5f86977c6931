"""What holds for the parts of every combination that encodes a vector."""

import sympy
from qualtran.symbolics import SymbolicFloat

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding

ROUNDING = 1e-9
"""Relative excess at which a number given in floating point still counts as within its bound."""


def check_vectors(owner: str, *parts: AbstractVectorEncoding | AbstractBlockEncoding) -> None:
    """Refuse parts that cannot be combined.

    Raises:
        ValueError: if a part is controlled or errs by a negative number.
    """
    for part in parts:
        if part.control_registers:
            raise ValueError(f"{part} has a control; control the {owner} instead")
        if sympy.sympify(part.epsilon).is_negative:
            raise ValueError(f"{owner} needs errors >= 0, got epsilon={part.epsilon} of {part}")


def check_equal_lengths(owner: str, *parts: AbstractVectorEncoding | AbstractBlockEncoding) -> None:
    """Refuse parts whose vectors or operators have different sizes.

    Raises:
        ValueError: if two sizes differ; symbols must be the same expression.
    """
    sizes = [part.system_bitsize for part in parts]
    for size in sizes[1:]:
        if sympy.expand(size - sizes[0]) != 0:
            raise ValueError(
                f"{owner} needs parts of equal size, got {sizes[0]} and {size} system qubits"
            )


def check_norm(owner: str, norm: SymbolicFloat, bound: SymbolicFloat) -> None:
    """Refuse the length of a vector that cannot be that long; symbols are not examined.

    Raises:
        ValueError: if `norm` is not positive, or above `bound`.
    """
    length, most = sympy.sympify(norm), sympy.sympify(bound)
    if length.is_number and not length > 0:
        raise ValueError(f"{owner} needs a norm > 0, got {norm}")
    if length.is_number and most.is_number and length > most * (1 + ROUNDING):
        raise ValueError(f"{owner} has a norm of at most {float(most)}, got {norm}")
