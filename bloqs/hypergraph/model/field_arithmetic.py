r"""Circuits' view of $\mathbb{F}_{2^m}$: ANDs of a product, powers of the root, products of bits.

Bit i of a number is the coefficient of $a^i$, where a is a root of the polynomial of the field.
"""

from functools import cache
from math import comb

from attrs import frozen

from bloqs.hypergraph.model.field import POLYNOMIALS, multiply, trace

Form = frozenset[int]
"""A sum of bits, by their numbers."""


@frozen
class Product:
    """One AND of a multiplication.

    Args:
        form: the bits of x whose sum is multiplied by the sum of the same bits of y.
        bits: of the result, to which it is added.
    """

    form: Form
    bits: tuple[int, ...]


def check_field(who: str, m: int) -> None:
    """Refuse a width for which there is no polynomial here.

    Raises:
        ValueError: if m is not from 1 to 5.
    """
    if m not in POLYNOMIALS:
        raise ValueError(f"{who} knows fields of 1 to {max(POLYNOMIALS)} bits, got m={m}")


@cache
def power(exponent: int, m: int) -> int:
    """a**exponent, reduced."""
    value = 1
    for _ in range(exponent):
        value = multiply(value, 2, m)
    return value


@cache
def products(m: int) -> tuple[Product, ...]:
    """The ANDs of a multiplication, by Karatsuba's method: 1, 3, 6, 9, 15 for m = 1, ..., 5."""
    found = []
    for form, powers in _split([frozenset({i}) for i in range(m)]):
        value = 0
        for exponent in powers:
            value ^= power(exponent, m)
        found.append(Product(form, tuple(i for i in range(m) if value >> i & 1)))
    return tuple(found)


def _split(forms: list[Form]) -> list[tuple[Form, frozenset[int]]]:
    """Sums to be multiplied, and the powers of the unreduced product that each is added to."""
    if len(forms) == 1:
        return [(forms[0], frozenset({0}))]
    if len(forms) == 3:
        squares = [(form, frozenset(range(i, i + 3))) for i, form in enumerate(forms)]
        pairs = [(i, j) for i in range(3) for j in range(i)]
        return squares + [(forms[i] ^ forms[j], frozenset({i + j})) for i, j in pairs]
    half = (len(forms) + 1) // 2
    low, high = forms[:half], forms[half:]
    both = [x ^ y for x, y in zip(low, high, strict=False)] + low[len(high) :]
    return [
        *((form, at ^ _moved(at, half)) for form, at in _split(low)),
        *((form, _moved(at, half)) for form, at in _split(both)),
        *((form, _moved(at, half) ^ _moved(at, 2 * half)) for form, at in _split(high)),
    ]


def _moved(powers: frozenset[int], by: int) -> frozenset[int]:
    return frozenset(each + by for each in powers)


def trace_exponents(c: int, m: int, k: int) -> list[int]:
    """Exponents s from 0 to k (m - 1) for which the trace of c a**s is one."""
    return [s for s in range(k * (m - 1) + 1) if trace(multiply(c, power(s, m), m), m)]


def monomials(k: int, m: int, c: int) -> int:
    """Products of one bit of each of k elements that sum up to the trace of c times all."""
    wanted = trace_exponents(c, m, k)
    return sum(_tuples(k, m, s) for s in wanted)


def _tuples(k: int, m: int, total: int) -> int:
    """Ways to write a sum of k numbers from 0 to m - 1."""
    return sum(
        (-1) ** j * comb(k, j) * comb(total - j * m + k - 1, k - 1)
        for j in range(k + 1)
        if total - j * m >= 0
    )
