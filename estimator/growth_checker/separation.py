r"""How far from zero an algebraic number must be that is not zero.

**Argument.** A number E made of integers by + - * /, roots and 2 cos of rational multiples of pi is
U / L with algebraic integers U and L, L not zero, by these rules:

* n / 1 for an integer n, (2 cos x) / 2 for cos x, where x is a rational multiple of pi; a sine is
  the cosine of another one;
* (U M +- V L) / (L M), U V / (L M), U M / (L V) for the sum, product, quotient of U/L and V/M;
* y / L for the q-th root of U/L, with y**q = U L**(q-1).

All U and L lie in one field of degree at most D, the product of q over all different roots and of
the degree of one cyclotomic field that has all the cosines. Let no conjugate of U exceed u, and
none of L exceed l, in absolute value; both bounds follow the same rules, as conjugates of sums,
products and roots are sums, products and roots of conjugates. If E is not zero, the norm of U is an
integer that is not zero, so that |U| u**(D-1) >= 1 and |E| >= u**(1-D) / l.
"""

from fractions import Fraction
from math import lcm

import sympy
from attrs import define, field

MOST_BITS = 20_000
"""Of the precision at which a number is told from zero."""

Measure = tuple[Fraction, Fraction]
"""Base-two logarithms of u and l, rounded up."""

ZERO = Fraction(0)


class NotAlgebraicError(ValueError):
    """A number is made of other things than integers, roots and cosines."""


@define
class Field:
    """Roots and cosines that numbers are made of.

    Args:
        roots: radicand and which root of it.
        turns: all cosines are of multiples of pi over this.
    """

    roots: set[tuple[sympy.Expr, int]] = field(factory=set)
    turns: int = 1

    def measure(self, value: sympy.Expr) -> Measure:
        """Bounds of the conjugates of numerator and denominator.

        Raises:
            NotAlgebraicError: if the number has none, or they are too large.
        """
        if value.is_Rational:
            return _bits(int(value.p)), _bits(int(value.q))
        if value.is_Add:
            total = self.measure(value.args[0])
            for part in value.args[1:]:
                u, l = self.measure(part)
                total = max(total[0] + l, u + total[1]) + 1, total[1] + l
            return _limited(total)
        if value.is_Mul:
            pairs = [self.measure(part) for part in value.args]
            return _limited((sum((u for u, _ in pairs), ZERO), sum((l for _, l in pairs), ZERO)))
        if value.is_Pow and value.exp.is_Rational:
            return self._power(value.base, int(value.exp.p), int(value.exp.q))
        if isinstance(value, sympy.sin | sympy.cos) and (value.args[0] / sympy.pi).is_Rational:
            self.turns = lcm(self.turns, 4 * int((value.args[0] / sympy.pi).q))
            return Fraction(1), Fraction(1)
        raise NotAlgebraicError(f"{value} is not seen to be algebraic")

    def _power(self, base: sympy.Expr, p: int, q: int) -> Measure:
        u, l = self.measure(base)
        if q > 1:
            self.roots.add((base, q))
            u = (u + (q - 1) * l) / q
        u, l = abs(p) * u, abs(p) * l
        return _limited((u, l) if p > 0 else (l, u))

    def degree(self) -> int:
        """A number that the degree of the field does not exceed."""
        total = self.turns
        for _, q in self.roots:
            total *= q
        return total


def _bits(value: int) -> Fraction:
    return Fraction(abs(value).bit_length())


def _limited(found: Measure) -> Measure:
    if max(found) > MOST_BITS:
        raise NotAlgebraicError("a number is too long")
    return found


def separation(value: sympy.Expr) -> int | None:
    """b such that a number is zero or at least 2**-b in absolute value.

    `None` if it is not seen to be algebraic, or b would be too large.
    """
    known = Field()
    try:
        u, l = known.measure(value)
    except NotAlgebraicError:
        return None
    found = (known.degree() - 1) * max(u, ZERO) + max(l, ZERO)
    return None if found > MOST_BITS else -(-found.numerator // found.denominator) + 1
