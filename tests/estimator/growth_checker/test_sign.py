"""The checker's signs, held against exact values at random points, and against known signs."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from estimator.expressions.regime import parse_regime
from estimator.growth_checker.number import settled
from estimator.growth_checker.sign import at_most, direction_or_none, size_of
from estimator.growth_checker.statement import openings
from estimator.growth_checker.trees import number_of
from estimator.symbols import asked

NAMES = ("j", "k", "m")
j, k, m = map(asked, NAMES)
log, exp, sqrt, Max, Min = sympy.log, sympy.exp, sympy.sqrt, sympy.Max, sympy.Min

SMALL = st.fractions(-3, 3, max_denominator=4)
POINTS = st.lists(
    st.tuples(*(st.fractions(Fraction(1, 12), 20, max_denominator=12) for _ in NAMES)),
    min_size=4,
    max_size=4,
)
BOUNDED = st.sampled_from(["{} const", "{}>1", "{}>1/3", "0<{}<2", "1<{}<5/2", "{}>2"])


def rational(value):
    return sympy.Rational(value.numerator, value.denominator)


@st.composite
def constants(draw, most, exponents):
    """A sum of few products of powers of constants, each of them in an interval.

    Gives it as the regime opens it, in positive symbols.
    """
    used = NAMES[: draw(st.integers(1, most))]
    regime = ", ".join(draw(BOUNDED).format(name) for name in used)
    (values,) = openings(parse_regime(regime))
    inside = {asked(name): sympy.sympify(number_of(values[name])) for name in used}
    total = sympy.Integer(0)
    for _ in range(draw(st.integers(2, 4))):
        powers = [asked(name) ** rational(draw(exponents)) for name in used]
        total += rational(draw(SMALL)) * sympy.Mul(*powers)
    return settled(total.xreplace(inside))


def refuted(value, side, points):
    """A point at which an expression has not the sign."""
    for point in points:
        at = dict(zip((j, k, m), map(rational, point), strict=True))
        found = sympy.sympify(value).subs(at)
        if not (found.is_number and found.evalf(40) * side > 0):
            return point, found
    return None


POLYNOMIALS = constants(3, st.integers(0, 2).map(Fraction))
BROKEN = constants(2, st.sampled_from([Fraction(e, 2) for e in range(-2, 4)]))


@settings(max_examples=80, deadline=None)
@given(st.one_of(POLYNOMIALS, BROKEN), POINTS)
def test_no_point_refutes_a_sign(value, points):
    """Polynomials, and sums of broken and negative powers, over random intervals."""
    side = direction_or_none(value)
    if side and not isinstance(value, Fraction):
        assert refuted(value, side, points) is None


FACTORS = st.lists(
    st.tuples(st.fractions(-2, 4, max_denominator=3), st.fractions(Fraction(1, 9), 2)),
    min_size=1,
    max_size=3,
)


@settings(max_examples=30, deadline=None)
@given(FACTORS, st.fractions(0, 3), st.sampled_from([1, -1]))
def test_polynomials_without_positive_roots_are_decided(factors, shift, side):
    """Products of (k - a)**2 + b and k + c, multiplied out; with a factor k - r there is none."""
    product = sympy.Mul(*((k - rational(a)) ** 2 + rational(b) for a, b in factors))
    value = sympy.expand(side * product * (k + rational(shift)))
    assert direction_or_none(value) == side
    assert direction_or_none(sympy.expand(value * (k - rational(shift) - 1))) is None


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.fractions(Fraction(1, 4), 4, max_denominator=4), min_size=3, max_size=3),
    st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=20),
    st.sampled_from([1, -1]),
)
def test_forms_are_decided(weights, share, side):
    """a x**2 - 2 s sqrt(a b) x y + b y**2 with s < 1 is positive, and not for s >= 1."""
    a, b, c = map(rational, weights)
    square = (a * j) ** 2 + (b * k) ** 2 + c * m
    assert direction_or_none(side * (square - 2 * rational(share) * a * b * j * k)) == side
    assert direction_or_none(side * sympy.expand((a * j - b * k) ** 2)) is None
    assert direction_or_none(side * (square - c * m - 3 * a * b * j * k)) is None


@pytest.mark.parametrize(
    "value",
    [
        exp(k) - 1 - k - k**2 / 2,
        k - log(k),
        k - log(1 + k),
        log(1 + k) - k / (1 + k),
        log(1 + k) - k + k**2 / 2,
        k - 1 + exp(-k),
        2**k - k,
        3**k - 2**k,
        (k + 1) ** m - k**m,
        (k + 2) ** m - 1,
        2 * log(k + 1) - log(2 * k + 1),
        log(2) * log(k + 2) - log(2) * log(k + 1),
        log(k) ** 2 + 1,
        k / 2 + 1 - sqrt(k + 1),
        sqrt(k + 2) - sqrt(k + 1),
        k - 2 * sqrt(k) + 2,
        exp(2 * k) - 2 * exp(k) + 2,
        3 ** (2**k) - 2 * 2**k - 1,
        2**k - Max(2**k - 1, 0),
        3 ** Max(2**k - 1, 0) - 2**k,
        Max(k - 2, exp(-1)),
        -Min(-m, k - 2),
        1 / Min(k, 1),
        sympy.Abs(k - 2) + 1,
        sympy.ceiling(k),
        sympy.floor(k) + 1,
        1 / sympy.gamma(k + 1),
        k**k + k**-k,
        log(log(k + 3)),
        (2 * k + 1) / (k + 1) - 1,
        log(10**30 + 1) - log(10**30),
    ],
    ids=str,
)
def test_signs_of_functions_are_found(value):
    """Positive by inequalities that a reader can prove; the opposite then is negative."""
    assert direction_or_none(settled(value)) == 1
    assert direction_or_none(settled(-value)) == -1
    assert size_of(settled(-value)) == settled(value)


@pytest.mark.parametrize(
    "value",
    [
        k - 2,
        log(k),
        2**k - 2,
        2**k - 3 * k,
        exp(k) - 1 - 2 * k,
        log(k - 1),
        log(k - 1) - log(k - 2),
        1 / (k - 1),
        1 / (k - 1) ** 2,
        sqrt(k - 1),
        (k - 1) ** m,
        sympy.gamma(k - 1),
        Min(log(k), k) + 5,
        log(Min(log(k), k) + 5),
        Max(k, m) - 1,
        sympy.Abs(k - 2),
        sympy.floor(k),
        2**k - 2**m,
        k**m - m**k,
        2 - 8 ** (k / (2 * k + 1)),
        j**2 + k**2 + m**2 - j * k - k * m - m * j,
        sympy.Symbol("k") ** 2 + 1,
    ],
    ids=str,
)
def test_there_is_no_sign_where_there_is_none(value):
    """Of both signs, zero or undefined somewhere, or in a symbol that may be negative."""
    assert direction_or_none(value) is None


def test_comparisons():
    """Equal numbers are at most each other, however they are written."""
    assert at_most(k**k * exp(-k) * log(2), log(2) * (k * exp(-1)) ** k)
    assert at_most(2 * k, k**2 + 2)
    assert not at_most(k, Fraction(2))
    assert not at_most(k + 1, k)
