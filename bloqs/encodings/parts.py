"""What holds for the parts of every combination of block-encodings."""

from collections.abc import Iterable, Sequence

import sympy
from qualtran.symbolics import SymbolicFloat

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding, WireNames


def check_parts(
    owner: str, *parts: AbstractVectorEncoding | AbstractBlockEncoding, least: int = 1
) -> None:
    """Refuse parts that cannot be combined.

    Args:
        owner: name of the combination, for the message.
        parts: the encodings.
        least: smallest number of parts that makes sense.

    Raises:
        ValueError: if there are too few, one is controlled, or one errs by a negative number or
            NaN.
    """
    if len(parts) < least:
        raise ValueError(f"{owner} needs at least {least} encoding(s), got {len(parts)}")
    for part in parts:
        if part.control_registers:
            raise ValueError(f"{part} has a control; control the {owner} instead")
        if is_negative(part.epsilon):
            raise ValueError(f"{owner} needs errors >= 0, got epsilon={part.epsilon} of {part}")


def is_negative(value: SymbolicFloat) -> bool:
    """Whether a number, or an expression for all values of its symbols, is below zero, or NaN."""
    number = worked_out(value)
    if isinstance(number, (int, float)):
        return not number >= 0
    expression = sympy.sympify(number)
    return expression is sympy.nan or bool(
        expression.could_extract_minus_sign() and expression.is_negative
    )


def worked_out(value: SymbolicFloat) -> SymbolicFloat:
    """A number that is partly in floating point as one float; all else unchanged.

    SymPy keeps 0.1*sqrt(pi) as a product, and works out all that it knows of it wherever it occurs.
    """
    if isinstance(value, sympy.Expr) and value.has(sympy.Float) and value.is_number:
        return float(value)
    return value


def is_own_inverse(encoding: AbstractBlockEncoding) -> bool:
    """Whether a circuit, not only the matrix it encodes, is its own inverse.

    Said by the circuit: its attribute `is_hermitian`, or an adjoint that is itself.
    """
    return bool(getattr(encoding, "is_hermitian", False)) or encoding.adjoint() == encoding


def check_equal_systems(owner: str, *parts: AbstractVectorEncoding | AbstractBlockEncoding) -> None:
    """Refuse parts whose vectors or operators have different sizes.

    Raises:
        ValueError: if two sizes differ; symbols must be the same expression.
    """
    sizes = [part.system_bitsize for part in parts]
    for size in sizes[1:]:
        if size != sizes[0] and sympy.expand(size - sizes[0]) != 0:
            raise ValueError(
                f"{owner} needs parts of equal size, got {sizes[0]} and {size} system qubits"
            )


def check_error(owner: str, error: SymbolicFloat) -> None:
    """Refuse a polynomial's error that is below zero; symbols are not examined.

    Raises:
        ValueError: if it is negative or NaN.
    """
    if is_negative(error):
        raise ValueError(f"{owner} needs error >= 0, got error={error}")


def numbered(factors: Iterable[WireNames]) -> WireNames:
    """What the wires of a tensor product hold, each with the number of its factor, from 1."""
    pairs = ((k, name, size) for k, names in enumerate(factors, 1) for name, size in names)
    return tuple((f"{name} of factor {k}", size) for k, name, size in pairs)


def product_error(parts: Sequence[AbstractBlockEncoding]) -> SymbolicFloat:
    r"""Error of a product or tensor product: $\prod (\alpha_k + e_k) - \prod \alpha_k$.

    What a circuit encodes has norm at most $\alpha_k$, what it is meant to encode at most
    $\alpha_k + e_k$. For two parts: $\alpha_1 e_2 + \alpha_2 e_1 + e_1 e_2$, which is attained.
    Expanded, so that small errors are not lost beside large alphas.
    """
    alpha, error = sympy.Integer(1), sympy.Integer(0)
    for part in parts:
        error = error * part.alpha + alpha * part.epsilon + error * part.epsilon
        alpha = alpha * part.alpha
    return error


ROUNDING = 1e-9
"""Relative excess at which a number given in floating point still counts as within its bound."""


def check_norm(owner: str, norm: SymbolicFloat, bound: SymbolicFloat) -> None:
    """Refuse the length of a vector that cannot be that long; symbols are not examined.

    Raises:
        ValueError: if `norm` is not positive, or above `bound`.
    """
    length, most = sympy.sympify(norm), sympy.sympify(bound)
    if length.is_number and not float(length) > 0:
        raise ValueError(f"{owner} needs a norm > 0, got {norm}")
    if length.is_number and most.is_number and float(length) > float(most) * (1 + ROUNDING):
        raise ValueError(f"{owner} has a norm of at most {float(most)}, got {norm}")
