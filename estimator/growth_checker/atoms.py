"""Recomputes the bounds of an atom from the steps before it."""

from fractions import Fraction
from typing import Any

from estimator.growth_checker.bounds import (
    exp_terms,
    log_atom,
    positive_part,
)
from estimator.growth_checker.number import (
    WitnessError,
    demand,
    multiplied,
    powered,
    settled,
    symbolic,
)
from estimator.growth_checker.rules import (
    HALF,
    ONE_TERM,
    Book,
)
from estimator.growth_checker.sign import direction
from estimator.growth_checker.sums import (
    Sum,
    mono,
    mono_power,
    sizes,
    sum_of,
    times_term,
)


def atom_bounds(book: Book, rule: str, data: Any) -> tuple[Any, Sum, Sum]:
    """Name, lower and upper bound of a new atom."""
    if rule == "sum":
        node, certificate, written = data
        side, lower = book.floor(node, certificate)
        demand(side > 0, "an atom below zero")
        common = mono(written)
        turn = mono_power(common, Fraction(-1))
        upper = times_term(positive_part(*book.of(node)), Fraction(1), turn)
        return ("sum", node, common), times_term(lower, Fraction(1), turn), upper
    if rule == "log":
        index, why = data
        demand(isinstance(index, int) and 0 <= index < len(book.heights.atoms), "an unknown atom")
        return ("log", index), *log_atom(book.heights, index, why)
    if rule == "exp of error":
        node, written = data
        _, error = book.of(node)
        listed = frozenset(mono(m) for m in written)
        demand(listed <= set(error) and len(listed) == len(written), "no part of the error")
        blur = {m: error[m] for m in listed}
        low, low_shape = exp_terms(blur, -1)
        high, high_shape = exp_terms(blur, 1)
        return ("exp of error", node, listed), {low_shape: low}, {high_shape: high}
    if rule == "largest":
        return _largest(book, data)
    if rule == "size":
        (node,) = data
        demand(node[:2] == ("f", "Abs"), "not an absolute value")
        main, error = book.of(node[2])
        return ("size", node), {}, sum_of(sizes(main), error)
    if rule == "rounded":
        return _rounded(book, data)
    if rule == "falling":
        return _falling(book, data)
    raise WitnessError(f"there is no atom by the rule {rule}")


def _largest(book: Book, data: Any) -> tuple[Any, Sum, Sum]:
    """Max(a, b) of which one is positive, or zero."""
    one, two, *why = data
    lower: Sum = {}
    count = sum(each is not None for each in why)
    zero = any(book.of(part) == ({}, {}) for part in (one, two))
    demand(len(why) == 2 and (count or zero), "the larger of two may be below zero")
    for part, certificate in zip((one, two), why, strict=True):
        if certificate is not None:
            side, terms = book.floor(part, certificate)
            demand(side > 0, "a part below zero")
            lower = sum_of(lower, times_term(terms, Fraction(1, count)))
    upper = sum_of(positive_part(*book.of(one)), positive_part(*book.of(two)))
    return ("largest", one, two), lower, upper


def _rounded(book: Book, data: Any) -> tuple[Any, Sum, Sum]:
    """For x > 0: x and 1 <= ceiling(x) <= x + 1, and 0 <= floor(x) <= x."""
    node, certificate = data
    demand(node[:2] in (("f", "ceiling"), ("f", "floor")), "not a rounded quantity")
    side, terms = book.floor(node[2], certificate)
    demand(side > 0, "a rounded quantity below zero")
    upper = positive_part(*book.of(node[2]))
    if node[1] == "floor":
        return ("rounded", node), {}, upper
    return ("rounded", node), times_term(sum_of(terms, ONE_TERM), HALF), sum_of(upper, ONE_TERM)


def _falling(book: Book, data: Any) -> tuple[Any, Sum, Sum]:
    """gamma(x+1) / gamma(x+1-k) between (x - k)**k and (x + 1)**k.

    The derivative of log gamma at t lies between log(t - 1) and log(t) for t > 1. With x between
    c m / 2 and 3 c m / 2, and 1 and k each at most c m / 4, that is (c m / 4)**k to (2 c m)**k.
    """
    node, written_k, written, small, fits = data
    k = settled(written_k)
    first = mono(written)
    main, error = book.of(node)
    demand(direction(k) > 0 and len(fits) == 2, "a binomial with a negative lower number")
    book.shrunk((main, error), first, small, HALF)
    c = main[first]
    demand(direction(c) > 0, "a binomial of a negative number")
    inverse, quarter = powered(c, Fraction(-1)), Fraction(1, 4)
    for size, why in zip((Fraction(1), k), fits, strict=True):
        turned = mono_power(first, Fraction(-1))
        book.heights.below(multiplied(size, inverse), turned, why, quarter)
    shape = mono_power(first, k)
    lower = {shape: powered(multiplied(c, quarter), k)}
    upper = {shape: powered(multiplied(c, Fraction(2)), k)}
    return ("falling", node, symbolic(k)), lower, upper
