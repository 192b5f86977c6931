"""Sums that nearly cancel, and functions that are only known between two others.

Each is tried where the plain rules leave a difference without a sign, or a logarithm or a binomial
without bounds. The inequalities hold for all positive real numbers; `growth_checker.estimates` has
them with their proofs.
"""

from fractions import Fraction

import sympy

from estimator.expressions.tree import (
    MINUS,
    UNIT,
    Tree,
    call,
    children,
    from_sympy,
    names_in,
    plus,
    raised,
    times,
    to_sympy,
    whole,
)
from estimator.growth.derivation import HALF, Derivation, Ruled, constant_of, rewritten
from estimator.growth.enclosure import Enclosure, Floor, floor_of, roof_of
from estimator.growth_numbers.number import ONE, UndecidedError
from estimator.growth_numbers.sign import sign

LONGEST = 120
"""Parts of a difference that is multiplied out."""


def squeezed(
    d: Derivation, kind: str, node: Tree, lower: Tree, upper: Tree, sure: tuple[Tree, ...]
) -> Ruled:
    """An expression as an atom between two others.

    Args:
        d: what is known.
        kind: of the inequality.
        node: the expression.
        lower: what it is not below.
        upper: what it is not above.
        sure: what must be positive for the inequality to hold.

    Raises:
        UndecidedError: if one of these is not known to be positive.
    """
    certificates = tuple(_positive(d, each).certificate for each in sure)
    low = _positive(d, lower)
    roof = roof_of(d.enclose(upper))
    index = d.atom("between", (kind, node, certificates, low.certificate), low.terms, roof)
    return "between", (index,), Enclosure({((("o", index), ONE),): ONE})


def _positive(d: Derivation, tree: Tree) -> Floor:
    """A lower bound of something that an inequality needs to be positive."""
    found = floor_of(d.ground, d.enclose(tree))
    if found is None or found.sign < 0:
        raise UndecidedError("an inequality whose conditions are not known to hold")
    return found


def log_near_one(d: Derivation, node: Tree) -> Ruled:
    """log(c + u) as log c + log(1 + u/c), and log(1 + u) between u / (1 + u) and u.

    Raises:
        UndecidedError: if it is no such logarithm.
    """
    argument = node[2]
    if argument[0] != "+":
        raise UndecidedError("the logarithm of a quantity that may be small")
    fixed = [part for part in argument[1:] if not names_in(part) & d.ground.variables]
    moving = plus(*(part for part in argument[1:] if part not in fixed))
    c = plus(*fixed)
    if not fixed or sign(constant_of(c)) <= 0:
        raise UndecidedError("the logarithm of a quantity that may be small")
    if c != UNIT:
        inner = plus(UNIT, times(moving, raised(c, MINUS)))
        return rewritten(d, plus(call("log", c), call("log", inner)))
    lower = times(moving, raised(argument, MINUS))
    return squeezed(d, "log of one more", node, lower, moving, (moving,))


def difference(d: Derivation, node: Tree, plain: Enclosure) -> Ruled | None:
    """A sum whose sign its leading terms do not show, in another form; `None` if there is none."""
    if node[0] != "+" or floor_of(d.ground, plain) is not None:
        return None
    for attempt in (_exponential_near_one, _quotient_of_logs, _conjugate):
        try:
            found = attempt(d, node)
        except UndecidedError:
            continue
        if found is not None:
            return found
    return None


def _exponential_near_one(d: Derivation, node: Tree) -> Ruled | None:
    """1 - exp(-u) between u / (1 + u) and min(1, u), and exp(u) - 1 between u and u exp(u)."""
    if len(node) != 3:
        return None
    for one, other in ((node[1], node[2]), (node[2], node[1])):
        if one == UNIT and other[0] == "*" and other[1] == MINUS:
            exponent = _exponent(times(*other[2:]))
            if exponent is not None:
                u = times(MINUS, exponent)
                lower = times(u, raised(plus(UNIT, u), MINUS))
                upper = call("Min", UNIT, u)
                return squeezed(d, "one less an exponential", node, lower, upper, (u,))
        if one == MINUS:
            u_or_none = _exponent(other)
            if u_or_none is not None:
                u = u_or_none
                return squeezed(d, "an exponential less one", node, u, times(u, other), (u,))
    return None


def _exponent(tree: Tree) -> Tree | None:
    """What a power is the exponential of."""
    if tree[:2] == ("f", "exp"):
        return tuple(tree[2])
    if tree[0] == "^":
        return times(tree[2], call("log", tree[1]))
    return None


def _quotient_of_logs(d: Derivation, node: Tree) -> Ruled | None:
    """log A - log B as log(A/B)."""
    parts = node[1:]
    for i, one in enumerate(parts):
        for j, two in enumerate(parts):
            if one[:2] == ("f", "log") and two[:2] == ("*", MINUS) and len(two) == 3:
                below = two[2]
                if below[:2] != ("f", "log") or _size(one) + _size(below) > LONGEST:
                    continue
                ratio = sympy.expand(to_sympy(one[2]) / to_sympy(below[2]))
                quotient = from_sympy(ratio, is_ours=True)
                rest = [part for k, part in enumerate(parts) if k not in (i, j)]
                other = plus(*rest, call("log", quotient))
                return "log quotient", (i, j, quotient), d.enclose(other)
    return None


def _conjugate(d: Derivation, node: Tree) -> Ruled | None:
    """P + R with a root P as (P**2 - R**2) / (P - R)."""
    if _size(node) > LONGEST:
        return None
    for place, part in enumerate(node[1:]):
        factors = part[1:] if part[0] == "*" else (part,)
        if not any(factor[0] == "^" and factor[2] == ("q", HALF) for factor in factors):
            continue
        rest = plus(*(other for k, other in enumerate(node[1:]) if k != place))
        squares = sympy.expand(to_sympy(part) ** 2 - to_sympy(rest) ** 2)
        top = from_sympy(squares, is_ours=True)
        bottom = plus(part, times(MINUS, rest))
        found = floor_of(d.ground, d.enclose(bottom))
        if found is None:
            continue
        other = times(top, raised(bottom, MINUS))
        return "conjugate", (place, top), d.enclose(other)
    return None


def _size(tree: Tree) -> int:
    return 1 + sum(map(_size, children(tree)))


CHOICES = 2
"""Bounds of a binomial among which is chosen."""


def binomial_bounds(d: Derivation, node: Tree) -> Ruled:
    """A binomial of which both numbers move: its size is at most 2**n, and at most 8 (n/2)**k.

    Near the middle it is between multiples of 2**n / sqrt(n); with k from 2 to n it is between
    (n/k)**k and 3 (3 n/k)**k; with k beyond n its size is at most 1 / (k - n).

    Raises:
        UndecidedError: if nothing is known of it.
    """
    n, k = node[2:]
    two = raised(whole(2), n)
    root = raised(n, whole(Fraction(-1, 2)))
    half = times(whole(HALF), n), times(n, whole(HALF)), times(n, raised(whole(2), MINUS))
    middle = {shape for x in half for shape in (x, call("floor", x), call("ceiling", x))}
    if k in middle:
        lower = times(whole(Fraction(1, 7)), two, root)
        return squeezed(d, "middle", node, lower, times(two, root), (plus(n, MINUS),))
    gap = plus(k, times(MINUS, n))
    beyond = floor_of(d.ground, d.enclose(gap))
    if beyond is not None and beyond.sign > 0:
        return _at_most(d, "beyond", raised(gap, MINUS), (plus(n, MINUS), gap))
    d.is_varied = True
    if d.variant == CHOICES:
        ratio = times(n, raised(k, MINUS))
        lower, upper = raised(ratio, k), times(whole(3), raised(times(whole(3), ratio), k))
        below, least = plus(n, times(MINUS, k)), plus(k, whole(-2))
        return squeezed(d, "choice", node, lower, upper, (below, least))
    if d.variant == 0:
        return _at_most(d, "2**n", two, (plus(n, MINUS), k))
    upper = times(whole(8), raised(times(whole(HALF), n), k))
    return _at_most(d, "n**k", upper, (plus(n, whole(-2)), k))


def _at_most(d: Derivation, kind: str, upper: Tree, sure: tuple[Tree, ...]) -> Ruled:
    """A quantity of which only a bound of the size is known."""
    certificates = tuple(_positive(d, each).certificate for each in sure)
    return "at most", (kind, certificates), Enclosure({}, d.enclose(upper).size)
