"""Whether a polynomial with rational coefficients is positive wherever its unknowns are.

**Argument.** A polynomial is zero nowhere on the positive orthant, which is connected, and positive
at one of its points: then it is positive everywhere on it. That it has no zero there is seen by one
of these, each of which is enough:

1. All coefficients are positive.
2. All coefficients of its product with (1 + sum of the unknowns)**n, or for a form with (sum of the
   unknowns)**n, are positive (Polya's test).
3. It has one unknown, and Sturm's theorem counts no positive root.
4. Written as a polynomial in one unknown y, its first and its last coefficient and its discriminant
   have no zero for positive values of the others. Then the roots in y, of which there are always
   equally many, neither meet nor pass zero as the others move, so that everywhere as many of them
   are positive as where all others are one; and there Sturm's theorem counts none.
5. It is a product of powers of polynomials of which this is true up to a sign. The product is
   multiplied out again.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import prod

import sympy

from estimator.symbols import asked

Polynomial = dict[tuple[int, ...], Fraction]
"""Exponents of the unknowns -> coefficient, none of them zero."""

POLYA = (1, 2, 4)
"""Powers n tried in the second test."""

MOST_TERMS = 400
"""Of a polynomial that is multiplied by such a power."""

MOST_UNKNOWNS = 3
HIGHEST = 4
"""Degree in the unknown of which a discriminant is taken."""

LONGEST = 30
"""Terms of a polynomial whose discriminant is taken."""

POINTS = (Fraction(1), Fraction(1, 8), Fraction(7), Fraction(1, 100), Fraction(90))
"""Coordinates of the points at which a polynomial must be positive before anything is tried."""


def is_positive(polynomial: Mapping[tuple[int, ...], Fraction]) -> bool:
    """Whether a polynomial was shown to be positive wherever all its unknowns are.

    Args:
        polynomial: exponents of the unknowns, as many in each -> coefficient.
    """
    f = _reduced(polynomial)
    if not f:
        return False
    if all(c > 0 for c in f.values()):
        return True
    unknowns = len(next(iter(f)))
    if any(_at(f, point) <= 0 for point in _points(unknowns)):
        return False
    if unknowns == 1:
        return _has_no_root(_written(f))
    return _by_polya(f) or (unknowns <= MOST_UNKNOWNS and _has_no_zero(_written(f)))


def _reduced(polynomial: Mapping[tuple[int, ...], Fraction]) -> Polynomial:
    """Divided by the largest monomial that divides it, without unknowns that do not occur."""
    f = {e: c for e, c in polynomial.items() if c}
    if not f:
        return {}
    least = [min(column) for column in zip(*f, strict=True)]
    used = [place for place, low in enumerate(least) if any(e[place] > low for e in f)]
    return {tuple(e[place] - least[place] for place in used): c for e, c in f.items()}


def _points(unknowns: int) -> list[tuple[Fraction, ...]]:
    if unknowns <= 2:
        return list(product(POINTS, repeat=unknowns))
    shifts = range(len(POINTS))
    even = [tuple(each for _ in range(unknowns)) for each in POINTS]
    return even + [
        tuple(POINTS[(start + step * place) % len(POINTS)] for place in range(unknowns))
        for start in shifts
        for step in (1, 2)
    ]


def _at(f: Polynomial, point: tuple[Fraction, ...]) -> Fraction:
    total = Fraction(0)
    for exponents, c in f.items():
        total += c * prod(x**e for x, e in zip(point, exponents, strict=True))
    return total


def _by_polya(f: Polynomial) -> bool:
    """Whether a power of the sum of the unknowns, with or without one, clears all signs."""
    unknowns = len(next(iter(f)))
    units = [tuple(int(i == j) for i in range(unknowns)) for j in range(unknowns)]
    is_form = len({sum(e) for e in f}) == 1
    factor = units if is_form else [tuple([0] * unknowns), *units]
    run = f
    for n in range(1, max(POLYA) + 1):
        total: Polynomial = {}
        for exponents, c in run.items():
            for step in factor:
                e = tuple(i + j for i, j in zip(exponents, step, strict=True))
                total[e] = total.get(e, Fraction(0)) + c
        run = total
        if n in POLYA and all(c >= 0 for c in run.values()):
            return True
        if len(run) > MOST_TERMS:
            return False
    return False


def _written(f: Polynomial) -> sympy.Poly:
    unknowns = [asked(f"t{place}") for place, _ in enumerate(next(iter(f)))]
    coefficients = {e: sympy.Rational(c.numerator, c.denominator) for e, c in f.items()}
    return sympy.Poly.from_dict(coefficients, *unknowns, domain=sympy.QQ)


def _has_no_root(f: sympy.Poly) -> bool:
    """Whether Sturm's theorem counts no positive root of a polynomial in one unknown."""
    while f.eval(0) == 0:
        f = f.quo(sympy.Poly(f.gen, f.gen, domain=sympy.QQ))
    return f.degree() == 0 or f.count_roots(0, None) == 0


def _has_no_zero(f: sympy.Poly) -> bool:
    """Whether a polynomial was shown to have no zero where all unknowns are positive."""
    f = f.exclude() if not f.is_ground else f
    if f.is_zero:
        return False
    if f.is_ground or all(c > 0 for c in f.coeffs()) or all(c < 0 for c in f.coeffs()):
        return True
    if len(f.gens) == 1:
        return _has_no_root(f)
    content, factors = f.factor_list()
    again = sympy.Poly(content, *f.gens, domain=sympy.QQ)
    for part, power in factors:
        again *= part**power
    if again != f:
        return False
    if len(factors) > 1 or factors[0][1] > 1:
        return all(_has_no_zero(part) for part, _ in factors)
    return any(_counts_none(f, y) for y in sorted(f.gens, key=f.degree))


def _counts_none(f: sympy.Poly, y: sympy.Symbol) -> bool:
    """The fourth test, for one choice of the unknown."""
    others = [x for x in f.gens if x != y]
    if f.degree(y) > HIGHEST or len(f.terms()) > LONGEST:
        return False
    inner = sympy.Poly(f.as_expr(), y, domain=sympy.QQ[others])
    ends = [inner.LC(), inner.TC()]
    if inner.degree() > 1:
        ends.append(inner.discriminant())
    sides = [sympy.Poly(end, *others, domain=sympy.QQ) for end in ends]
    sample = f.eval(dict.fromkeys(others, 1))
    return all(map(_has_no_zero, sides)) and _has_no_root(sample)
