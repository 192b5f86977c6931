"""Finite fields with 2 to 32 elements, in the polynomial basis.

An element is a number below q whose bit i is the coefficient of x**i.
"""

from itertools import product

POLYNOMIALS = {1: 0b11, 2: 0b111, 3: 0b1011, 4: 0b10011, 5: 0b100101}
"""Bits of an element -> its polynomial: x+1, x^2+x+1, x^3+x+1, x^4+x+1, x^5+x^2+1."""

WRITTEN = (1, 2, 3, 4)
"""Bits of an element of a field that a sentence can be over."""


def field_bits(q: int) -> int:
    """Bits m of an element of a field with q = 2**m elements.

    Raises:
        ValueError: if there is no such field here.
    """
    sizes = {2**m: m for m in WRITTEN}
    if isinstance(q, bool) or q not in sizes:
        raise ValueError(f"q is the size of a field, one of 2, 4, 8 and 16, got {q}")
    return sizes[q]


def multiply(a: int, b: int, m: int) -> int:
    """The product of two elements of the field with 2**m elements."""
    total = 0
    while b:
        if b & 1:
            total ^= a
        b >>= 1
        a <<= 1
        if a >> m & 1:
            a ^= POLYNOMIALS[m]
    return total


def trace(a: int, m: int) -> int:
    """Tr(a) = a + a**2 + a**4 + ... with m terms: 0 or 1."""
    total, power = 0, a
    for _ in range(m):
        total ^= power
        power = multiply(power, power, m)
    return total


def product_monomials(weight: int, order: int, m: int) -> tuple[tuple[int, ...], ...]:
    """Tr(weight * x_1 * ... * x_order) as a sum of products of one bit from each factor.

    Args:
        weight: an element.
        order: number of factors.
        m: bits of an element.

    Returns:
        The bit positions, one a factor, of each product that occurs.
    """
    found = []
    for bits in product(range(m), repeat=order):
        value = weight
        for bit in bits:
            value = multiply(value, 1 << bit, m)
        if trace(value, m):
            found.append(bits)
    return tuple(found)


def least_field(order: int) -> int:
    """The least q = 2**m with (1 - 1/q)**(order - 1) >= 1/2, worked out in whole numbers."""
    m = 1
    while 2 * (2**m - 1) ** (order - 1) < 2 ** (m * (order - 1)):
        m += 1
    return 2**m
