"""Inequalities that hold for all real numbers which meet their conditions, and two identities.

* u / (1 + u) <= log(1 + u) <= u for u > 0: all are 0 at 0, and their derivatives are ordered.
* u / (1 + u) <= 1 - exp(-u) <= min(1, u) for u > 0: from exp(u) >= 1 + u.
* u <= exp(u) - 1 <= u exp(u) for u > 0: the mean value theorem.
* 2**n / (7 sqrt(n)) <= binomial(n, k) <= 2**n / sqrt(n) for n >= 1 and |k - n/2| <= 1. With
  x = n/2, binomial(n, x) = 2**n gamma(x + 1/2) / (sqrt(pi) gamma(x + 1)), and Gautschi's
  inequality puts that quotient of gammas between (x + 1)**(-1/2) and x**(-1/2); log gamma is
  convex, so that a step of at most 1 from the middle divides by at most (x + 1) / x <= 3.
* |binomial(n, k)| <= 2**n for n >= 1, and <= 8 (n/2)**k for n >= 2, and k > 0. Up to k = n the
  largest value is the middle one, which is at most 2**n; and gamma(n+1) / gamma(n-k+1) is at most
  (n + 1)**k <= e n**k, as the derivative of log gamma is at most log, while 2**k / gamma(k + 1) is
  at most 2.3. Beyond k = n, |binomial(n, k)| = B(n+1, k-n) |sin(pi (k-n))| / pi, where B is at most
  1 / (k-n): that is at most 1, and at most 1 / (k-n).
* (n/k)**k <= binomial(n, k) <= 3 (3 n/k)**k for 2 <= k <= n: the ratio to the left side is 1 at
  n = k and grows with n, since the trigamma function is convex and above 1/x + 1/(2 x**2); above,
  (n + 1)**k <= e n**k again and gamma(k + 1) >= (k/e)**k.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from estimator.growth_checker.bounds import positive_part
from estimator.growth_checker.number import demand
from estimator.growth_checker.quotients import are_identical
from estimator.growth_checker.rules import Book, Pair
from estimator.growth_checker.sums import Sum, sizes, sum_of
from estimator.growth_checker.trees import MINUS, UNIT, Tree, call, plus, raised, times, whole

Squeeze = tuple[Tree, Tree, tuple[Tree, ...]]
"""Lower side, upper side, and what must be positive."""


def between(book: Book, data: Any) -> tuple[Any, Sum, Sum]:
    """Name and bounds of an expression between two others."""
    kind, node, certificates, why = data
    demand(kind in SQUEEZES, "an unknown inequality")
    lower, upper, sure = SQUEEZES[kind](node)
    _check_sure(book, sure, certificates)
    side, terms = book.floor(lower, why)
    demand(side > 0, "a lower side that may not be positive")
    return ("between", node), terms, positive_part(*book.of(upper))


def _check_sure(book: Book, sure: tuple[Tree, ...], certificates: Any) -> None:
    demand(len(certificates) == len(sure), "a condition is missing")
    for each, certificate in zip(sure, certificates, strict=True):
        demand(book.floor(each, certificate)[0] > 0, "a condition is not met")


def _log_of_one_more(node: Tree) -> Squeeze:
    demand(node[:2] == ("f", "log") and node[2][0] == "+", "not the logarithm of a sum")
    parts = list(node[2][1:])
    demand(parts.count(UNIT) == 1, "not the logarithm of one and something")
    u = plus(*(part for part in parts if part != UNIT))
    return times(u, raised(node[2], MINUS)), u, (u,)


def _one_less_an_exponential(node: Tree) -> Squeeze:
    demand(node[0] == "+" and len(node) == 3 and UNIT in node[1:], "not one less an exponential")
    other = node[2] if node[1] == UNIT else node[1]
    demand(other[0] == "*" and other[1] == MINUS, "not one less an exponential")
    u = times(MINUS, _exponent(times(*other[2:])))
    return times(u, raised(plus(UNIT, u), MINUS)), call("Min", UNIT, u), (u,)


def _an_exponential_less_one(node: Tree) -> Squeeze:
    demand(node[0] == "+" and len(node) == 3 and MINUS in node[1:], "not an exponential less one")
    other = node[2] if node[1] == MINUS else node[1]
    u = _exponent(other)
    return u, times(u, other), (u,)


def _exponent(tree: Tree) -> Tree:
    if tree[:2] == ("f", "exp"):
        return tuple(tree[2])
    demand(tree[0] == "^", "not an exponential")
    return times(tree[2], call("log", tree[1]))


def _middle(node: Tree) -> Squeeze:
    demand(node[:2] == ("f", "binomial"), "not a binomial")
    n, k = node[2:]
    half = Fraction(1, 2)
    shapes = (times(whole(half), n), times(n, whole(half)), times(n, raised(whole(2), MINUS)))
    inner = k[2] if k[:2] in (("f", "floor"), ("f", "ceiling")) else k
    demand(inner in shapes, "not near the middle")
    two, root = raised(whole(2), n), raised(n, whole(-half))
    return times(whole(Fraction(1, 7)), two, root), times(two, root), (plus(n, MINUS),)


def _choice(node: Tree) -> Squeeze:
    demand(node[:2] == ("f", "binomial"), "not a binomial")
    n, k = node[2:]
    ratio = times(n, raised(k, MINUS))
    upper = times(whole(3), raised(times(whole(3), ratio), k))
    return raised(ratio, k), upper, (plus(n, times(MINUS, k)), plus(k, whole(-2)))


SQUEEZES: dict[str, Callable[[Tree], Squeeze]] = {
    "log of one more": _log_of_one_more,
    "one less an exponential": _one_less_an_exponential,
    "an exponential less one": _an_exponential_less_one,
    "middle": _middle,
    "choice": _choice,
}
"""Inequalities by name."""


def check_between(book: Book, node: Tree, data: Any) -> Pair:
    """An expression that is an atom between two others."""
    index = data[0]
    names = book.heights.names
    demand(isinstance(index, int) and 0 <= index < len(names), "an unknown atom")
    demand(names[index] == ("between", node), "an atom of another expression")
    return {frozenset({(("o", index), Fraction(1))}): Fraction(1)}, {}


def check_at_most(book: Book, node: Tree, data: Any) -> Pair:
    """A binomial by the size of what it does not exceed."""
    kind, certificates = data
    demand(node[:2] == ("f", "binomial"), "not a binomial")
    n, k = node[2:]
    half, gap = whole(Fraction(1, 2)), plus(k, times(MINUS, n))
    known: dict[str, tuple[Tree, tuple[Tree, ...]]] = {
        "2**n": (raised(whole(2), n), (plus(n, MINUS), k)),
        "n**k": (times(whole(8), raised(times(half, n), k)), (plus(n, whole(-2)), k)),
        "beyond": (raised(gap, MINUS), (plus(n, MINUS), gap)),
    }
    demand(kind in known, "an unknown inequality")
    upper, sure = known[kind]
    _check_sure(book, sure, certificates)
    main, error = book.of(upper)
    return {}, sum_of(sizes(main), error)


def check_log_quotient(book: Book, node: Tree, data: Any) -> Pair:
    """log A - log B as log(A/B)."""
    i, j, quotient = data
    parts = node[1:]
    demand(node[0] == "+" and i != j and min(i, j) >= 0, "not a difference of logarithms")
    one, two = parts[i], parts[j]
    demand(one[:2] == ("f", "log") and two[:2] == ("*", MINUS), "not a difference of logarithms")
    below = times(*two[2:])
    demand(below[:2] == ("f", "log"), "not a difference of logarithms")
    demand(are_identical(times(quotient, below[2]), one[2], is_rational=False), "not the quotient")
    for argument in (one, below):
        book.of(argument)  # both are defined beyond the thresholds
    rest = [part for k, part in enumerate(parts) if k not in (i, j)]
    return book.of(plus(*rest, call("log", quotient)))


def check_conjugate(book: Book, node: Tree, data: Any) -> Pair:
    """P + R as (P**2 - R**2) / (P - R)."""
    place, top = data
    demand(node[0] == "+" and 0 <= place < len(node) - 1, "not a sum")
    part = node[1 + place]
    rest = plus(*(other for k, other in enumerate(node[1:]) if k != place))
    squares = plus(_square(part), times(MINUS, _square(rest)))
    demand(are_identical(top, squares, is_rational=False), "not the difference of two squares")
    return book.of(times(top, raised(plus(part, times(MINUS, rest)), MINUS)))


def _square(tree: Tree) -> Tree:
    if tree[0] == "*":
        return times(*map(_square, tree[1:]))
    if tree[0] == "^" and tree[2] == whole(Fraction(1, 2)):
        return tuple(tree[1])
    return raised(tree, whole(2))
