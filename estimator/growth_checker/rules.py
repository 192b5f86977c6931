"""Recomputes one step of a derivation from the steps before it.

An enclosure is a sum S and an error E with |quantity - S| <= E. Sums, products and repeated
products follow interval arithmetic on (S, E). With quantity = c m (1 + z), |z| <= 1/2, the other
rules are Taylor's theorem with Lagrange's remainder, J terms kept:

* (1 + z)**p: remainder <= |binomial(p, J+1)| 2**ceil(|p-J-1|) |z|**(J+1), or, for a p that is
  no rational number, with 2**(|p|+J+1);
* log(1 + z): remainder <= 2**(J+1) / (J+1) |z|**(J+1);
* exp z: remainder <= 2 / (J+1)! |z|**(J+1);  sin z, cos z: 1 / (J+1)! |z|**(J+1).
"""

from fractions import Fraction
from typing import Any

from attrs import define, field

from estimator.growth_checker.bounds import floor_sum
from estimator.growth_checker.number import added, demand, multiplied, powered, settled
from estimator.growth_checker.sign import direction, no_less, size_of
from estimator.growth_checker.sizes import Heights
from estimator.growth_checker.sums import (
    UNIT,
    Sum,
    mono,
    mono_power,
    product_of,
    sizes,
    sum_of,
    times_term,
)
from estimator.growth_checker.trees import Tree, names_of, number_of

HALF = Fraction(1, 2)
Pair = tuple[Sum, Sum]
ONE_TERM: Sum = {UNIT: Fraction(1)}


@define
class Book:
    """What has been proved so far.

    Args:
        variables: the symbols that are not constants.
        heights: thresholds and atoms.
        known: enclosures by expression.
    """

    variables: frozenset[str]
    heights: Heights
    known: dict[Tree, Pair] = field(factory=dict)

    def of(self, node: Tree) -> Pair:
        """The enclosure proved for an expression."""
        demand(node in self.known, "an expression is used before it is enclosed")
        return self.known[node]

    def is_fixed(self, node: Tree) -> bool:
        """Whether an expression has no variables."""
        return not names_of(node) & self.variables

    def value(self, node: Tree) -> Any:
        """The number that an expression without variables is."""
        demand(self.is_fixed(node), "a number has variables")
        return number_of(node)

    def floor(self, node: Tree, certificate: Any) -> tuple[int, Sum]:
        """Sign and lower bound of an expression."""
        return floor_sum(self.heights, *self.of(node), certificate)

    def shrunk(self, pair: Pair, first: frozenset[Any] | None, small: Any, room: Fraction) -> Pair:
        """z with quantity = c m (1 + z), or quantity = z without `first`; |z| <= room."""
        main, error = pair
        if first is not None:
            demand(first in main and direction(main[first]), "a leading term that may not occur")
            inverse = powered(main[first], Fraction(-1))
            turn = mono_power(first, Fraction(-1))
            main = {m: c for m, c in times_term(main, inverse, turn).items() if m != UNIT}
            error = times_term(error, size_of(inverse), turn)
        debts = {(m, "main"): size_of(c) for m, c in main.items()}
        debts |= {(m, "error"): c for m, c in error.items()}
        count = len(debts)
        for written, kind, why in small:
            m = mono(written)
            demand((m, kind) in debts, "a term is bounded twice, or does not exist")
            self.heights.below(debts.pop((m, kind)), m, why, room / count)
        demand(not debts, "a term is not bounded")
        return main, error

    def taylor(self, z: Pair, coefficients: list[Any], bound: Any) -> Pair:
        """The Taylor polynomial of z and its remainder."""
        main: Sum = {}
        error: Sum = {}
        run: Pair = (ONE_TERM, {})
        rest: Sum = ONE_TERM
        everything = sum_of(sizes(z[0]), z[1])
        for a in coefficients:
            main = sum_of(main, times_term(run[0], a))
            error = sum_of(error, times_term(run[1], size_of(a)))
            run = multiply(run, z)
            rest = product_of(rest, everything)
        return main, sum_of(error, times_term(rest, bound))


def multiply(one: Pair, two: Pair) -> Pair:
    """Enclosure of a product."""
    error = product_of(sizes(one[0]), two[1])
    error = sum_of(error, product_of(one[1], sizes(two[0])))
    return product_of(one[0], two[0]), sum_of(error, product_of(one[1], two[1]))


def add_up(pairs: list[Pair]) -> Pair:
    """Enclosure of a sum."""
    main: Sum = {}
    error: Sum = {}
    for pair in pairs:
        main, error = sum_of(main, pair[0]), sum_of(error, pair[1])
    return main, error


def stretch(pair: Pair, factor: Any, by: frozenset[Any] = UNIT) -> Pair:
    """Enclosure times a number and a monomial."""
    return times_term(pair[0], factor, by), times_term(pair[1], size_of(factor), by)


def check_power(book: Book, node: Tree, data: Any) -> Pair:
    """Powers with a constant exponent."""
    _, base, exponent = node
    e = book.value(exponent)
    main, error = book.of(base)
    kind = data[0]
    integer = isinstance(e, Fraction) and e.denominator == 1
    if kind == "one":
        demand(e == 0, "not the power zero")
        return dict(ONE_TERM), {}
    if kind == "zero":
        demand(not main and not error and direction(e) > 0, "not a power of zero")
        return {}, {}
    if kind == "single":
        demand(len(main) == 1 and not error, "not a power of one term")
        ((m, c),) = main.items()
        demand(integer or direction(c) > 0, "a broken power of a negative number")
        demand((integer and e > 0) or direction(c), "a power of what may be zero")
        return {mono_power(m, e): powered(c, e)}, {}
    if kind == "repeated":
        demand(integer and 0 < e < 50, "not a repeated product")
        total: Pair = (main, error)
        for _ in range(int(e) - 1):
            total = multiply(total, (main, error))
        return total
    if kind == "series":
        first, order = mono(data[1]), order_of(data[2])
        z = book.shrunk((main, error), first, data[3], HALF)
        demand(integer or direction(main[first]) > 0, "a broken power of a negative number")
        coefficients, a = [Fraction(1)], Fraction(1)
        for j in range(1, order + 2):
            a = multiplied(a, multiplied(added(e, Fraction(1 - j)), Fraction(1, j)))
            coefficients.append(a)
        if isinstance(e, Fraction):
            factor = Fraction(2) ** (-(-abs(e - order - 1) // 1))
        else:
            factor = powered(Fraction(2), added(no_less(e), Fraction(order + 1)))
        last = multiplied(no_less(coefficients.pop()), factor)
        series = book.taylor(z, coefficients, last)
        return stretch(series, powered(main[first], e), mono_power(first, e))
    demand(kind == "atom", f"there is no rule power {kind}")
    made_of(book, data[1], base)
    return {frozenset({(("o", data[1]), e)}): Fraction(1)}, {}


def made_of(book: Book, index: Any, node: Tree) -> None:
    """Demand that an atom stands for an expression."""
    demand(isinstance(index, int) and 0 <= index < len(book.heights.atoms), "an unknown atom")
    demand(book.heights.names[index] == ("sum", node, UNIT), "an atom of another expression")


def order_of(order: Any) -> int:
    """The number of kept terms of a series."""
    demand(isinstance(order, int) and 0 <= order <= 10, "a series of no sensible length")
    return int(order)


def check_rounding(book: Book, node: Tree, data: Any) -> Pair:
    """A rounded quantity that settles on one integer."""
    value, gap, certificate, small = data
    main, error = book.of(node[2])
    demand(isinstance(value, Fraction) and value.denominator == 1, "not an integer")
    limit = main.get(UNIT, Fraction(0))
    rest = {m: c for m, c in main.items() if m != UNIT}
    demand(isinstance(gap, Fraction) and 0 < gap <= HALF, "a gap of no sensible size")
    count = len(rest) + len(error)
    book.shrunk((rest, error), None, small, gap * count / (count + 1))
    down = node[1] == "floor"
    if isinstance(limit, Fraction) and limit.denominator == 1:
        side = 0
        if rest or error:
            side, _ = floor_sum(book.heights, rest, error, certificate)
        expected = limit + ((side > 0) if not down else -(side < 0))
        demand(value == expected, "rounded to the wrong integer")
        demand(rest or error or certificate is None, "a certificate too many")
    else:
        demand(certificate is None, "a certificate too many")
        low = value if down else value - 1
        from_below = settled(limit - low) if isinstance(limit, Fraction) else limit - int(low)
        demand(direction(settled(from_below - gap)) >= 0, "too near to the integer below")
        from_above = settled(1 - from_below - gap)
        demand(direction(from_above) >= 0, "too near to the integer above")
    return ({UNIT: value} if value else {}), {}
