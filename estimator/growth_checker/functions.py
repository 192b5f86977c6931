"""Recomputes one step about a function, or about an atom, from the steps before it."""

from collections.abc import Iterator
from fractions import Fraction
from math import factorial
from typing import Any

import sympy

from estimator.growth_checker.bounds import (
    exp_terms,
    floor_sum,
    log_sum,
    log_terms,
)
from estimator.growth_checker.number import (
    demand,
    floor_fraction,
    multiplied,
    powered,
    settled,
    symbolic,
)
from estimator.growth_checker.rules import (
    HALF,
    ONE_TERM,
    Book,
    Pair,
    add_up,
    multiply,
    order_of,
    stretch,
)
from estimator.growth_checker.sign import direction
from estimator.growth_checker.sums import (
    UNIT,
    log_of,
    mono,
    mono_product,
    sizes,
    sum_of,
    times_term,
)
from estimator.growth_checker.trees import Tree, call, plus, raised, times, whole


def log_of_atom(book: Book, index: Any) -> Pair:
    """log Y of an atom: a sum and an error, or an atom made just for it."""
    demand(isinstance(index, int) and 0 <= index < len(book.heights.atoms), "an unknown atom")
    plain = log_sum(book.heights, index)
    if plain is not None:
        return plain
    demand(("log", index) in book.heights.names, "the logarithm of an atom was not bounded")
    made = book.heights.names.index(("log", index))
    return {frozenset({(("o", made), Fraction(1))}): Fraction(1)}, {}


def check_log(book: Book, node: Tree, data: Any) -> Pair:
    """The logarithm of a sum with a leader, or of a new atom."""
    argument = node[2]
    main, error = book.of(argument)
    if data[0] == "series":
        first, order = mono(data[1]), order_of(data[2])
        z = book.shrunk((main, error), first, data[3], HALF)
        demand(direction(main[first]) > 0, "the logarithm of a negative number")
        coefficients = [Fraction(0)]
        coefficients += [Fraction((-1) ** (j + 1), j) for j in range(1, order + 1)]
        series = book.taylor(z, coefficients, Fraction(2 ** (order + 1), order + 1))
        parts: list[Pair] = [series, (log_terms(main[first], UNIT), {})]
        for key, e in first:
            if key[0] == "o":
                parts.append(stretch(log_of_atom(book, key[1]), e))
            else:
                parts.append(({log_of(key): e}, {}))
        return add_up(parts)
    demand(data[0] == "atom", f"there is no rule log {data[0]}")
    common = mono(data[2])
    demand(isinstance(data[1], int) and data[1] >= 0, "an unknown atom")
    name = ("sum", argument, common)
    demand(book.heights.names[data[1]] == name, "an atom of another expression")
    logs: Pair = (log_terms(Fraction(1), common), {})
    return add_up([logs, log_of_atom(book, data[1])])


def check_exp(book: Book, node: Tree, data: Any) -> Pair:
    """exp of a sum: terms bounded in `small` as a series, an error atom, keys for the rest."""
    length, small, index = data
    main, error = book.of(node[2])
    listed = {(mono(written), kind) for written, kind, _ in small}
    z_main = {m: c for m, c in main.items() if (m, "main") in listed}
    z_error = {m: c for m, c in error.items() if (m, "error") in listed}
    blur = {m: c for m, c in error.items() if m not in z_error}
    rest = {m: c for m, c in main.items() if m not in z_main}
    powers: dict[Any, Any] = {}
    for m, c in main.items():
        base = _log_base(book, m)
        if m in rest and base is not None:
            powers[("o", base)] = c
            del rest[m]
        for kind in ("exp of part", "exp of bounded"):
            if m in rest and (kind, node[2], m) in book.heights.names:
                powers[("o", book.heights.names.index((kind, node[2], m)))] = Fraction(1)
                del rest[m]
    coefficient, shape = exp_terms(rest, 1)
    shape = mono_product(shape, frozenset(powers.items()))
    if blur:
        name = ("exp of error", node[2], frozenset(blur))
        demand(isinstance(index, int) and 0 <= index < len(book.heights.names), "an unknown atom")
        demand(book.heights.names[index] == name, "an atom of another error")
        shape = mono_product(shape, frozenset({(("o", index), Fraction(1))}))
    z = book.shrunk((z_main, z_error), None, small, HALF)
    order = order_of(length)
    coefficients, factor = [Fraction(1)], Fraction(1)
    for j in range(1, order + 1):
        factor = factor / j
        coefficients.append(factor)
    return stretch(book.taylor(z, coefficients, 2 * factor / (order + 1)), coefficient, shape)


def _log_base(book: Book, m: frozenset[Any]) -> int | None:
    """The atom Y for which a monomial is the atom log Y."""
    if len(m) == 1:
        ((key, e),) = m
        if key[0] == "o" and e == 1 and book.heights.names[key[1]][0] == "log":
            return int(book.heights.names[key[1]][1])
    return None


def check_extreme(book: Book, node: Tree, data: Any) -> Pair:
    """Max or Min of two, one of which is never below the other."""
    which, certificate = data
    demand(which in (0, 1) and len(node) == 4, "not a choice between two")
    gap = add_up([book.of(node[2]), stretch(book.of(node[3]), Fraction(-1))])
    if gap[0] or gap[1]:
        side, _ = floor_sum(book.heights, *gap, certificate)
        first = (side > 0) == (node[1] == "Max")
        demand(first == (which == 0), "the wrong one of two")
    else:
        demand(certificate is None, "a certificate too many")
    return book.of(node[2 + which])


def check_wave(book: Book, node: Tree, data: Any) -> Pair:
    """sin or cos of something small."""
    order = order_of(data[0])
    z = book.shrunk(book.of(node[2]), None, data[1], HALF)
    series = [0, 1, 0, -1] if node[1] == "sin" else [1, 0, -1, 0]
    coefficients, factor = [], Fraction(1)
    for j in range(order + 1):
        factor = factor / max(j, 1)
        coefficients.append(factor * series[j % 4])
    return book.taylor(z, coefficients, factor / (order + 1))


def check_integer(book: Book, node: Tree, data: Any) -> Pair:
    """Rounding of, or a wave at, a constant plus multiples of 1, or of 2 pi.

    The parameter `#n` of a curve runs through the integers.
    """
    del data
    main, error = book.of(node[2])
    wave = node[1] in ("sin", "cos")
    period = settled(2 * sympy.pi) if wave else Fraction(1)
    demand(not error and book.variables == {"#n"}, "not an integer parameter")
    for m, c in main.items():
        count = multiplied(c, powered(period, Fraction(-1)))
        whole = m == UNIT or (isinstance(count, Fraction) and count.denominator == 1)
        demand(whole, "not a multiple of the period")
        for key, e in m:
            whole = isinstance(e, Fraction) and e.denominator == 1 and e > 0
            demand(key == ("v", "#n", 0) and whole, "not a power of an integer")
    offset = symbolic(main.get(UNIT, Fraction(0)))
    if wave:
        value = settled((sympy.sin if node[1] == "sin" else sympy.cos)(offset))
        return ({UNIT: value} if value != 0 else {}), {}
    demand(offset.is_Rational, "an offset that is not rational")
    rounded = settled((sympy.floor if node[1] == "floor" else sympy.ceiling)(offset))
    rest = {m: c for m, c in main.items() if m != UNIT}
    return sum_of(rest, {UNIT: rounded} if rounded != 0 else {}), {}


def check_stirling(book: Book, node: Tree, data: Any) -> Pair:
    """x! = (x/e)**x sqrt(2 pi x) exp(u), 0 < u < 1/(12 x): within a factor 1 +- 1/(6 x), x >= 2."""
    body, small = data
    x = node[2]
    half: Tree = ("q", HALF)
    inner: Tree = ("+", ("*", x, ("f", "log", x)), ("*", ("q", Fraction(-1)), x))
    root: Tree = ("^", ("*", ("q", Fraction(2)), ("c", "pi"), x), half)
    demand(body == ("*", ("f", "exp", inner), root), "not Stirling's formula")
    inverse = book.of(("^", x, ("q", Fraction(-1))))
    book.shrunk(inverse, None, small, HALF)
    size = sum_of(sizes(inverse[0]), inverse[1])
    return multiply(book.of(body), (ONE_TERM, times_term(size, Fraction(1, 6))))


def check_choose(book: Book, node: Tree, data: Any) -> Pair:
    """binomial(n, k) = atom / gamma(k + 1)."""
    k = book.value(node[3])
    demand(not isinstance(k, Fraction) or k <= 500, "a lower number that is too large")
    name = ("falling", node[2], symbolic(k))
    index = data[0]
    demand(isinstance(index, int) and 0 <= index < len(book.heights.names), "an unknown atom")
    demand(book.heights.names[index] == name, "an atom of another binomial")
    factor = settled(1 / sympy.gamma(symbolic(settled(symbolic(k) + 1))))
    return {frozenset({(("o", index), Fraction(1))}): factor}, {}


def check_absolute(book: Book, node: Tree, data: Any) -> Pair:
    """The absolute value of something of one sign."""
    if data[0] is None:
        demand(book.of(node[2]) == ({}, {}), "not zero")
        return {}, {}
    side, _ = book.floor(node[2], data[0])
    return stretch(book.of(node[2]), Fraction(side))


MINUS: Tree = whole(-1)


def identities(book: Book, node: Tree) -> Iterator[Tree]:
    """Expressions equal to this one wherever both are defined."""
    if node[0] == "^":
        yield call("exp", times(node[2], call("log", node[1])))
        return
    demand(node[0] == "f", "a rewriting of something that is not a function")
    name, argument = node[1], node[2]
    if name == "log" and argument[0] == "+":
        fixed = [part for part in argument[1:] if book.is_fixed(part)]
        c, moving = plus(*fixed), plus(*(part for part in argument[1:] if part not in fixed))
        if fixed and direction(book.value(c)) > 0:
            inner = plus(whole(1), times(moving, raised(c, MINUS)))
            yield plus(call("log", c), call("log", inner))
    if name == "log" and argument[0] == "*":
        yield plus(*(call("log", part) for part in argument[1:]))
    if name == "log" and argument[0] == "^":
        yield times(argument[2], call("log", argument[1]))
    if name == "log" and argument[:2] == ("f", "exp"):
        yield argument[2]
    if name == "exp":
        yield from _of_exp(book, argument)
    if name in ("Max", "Min") and len(node) == 3:
        yield argument
    if name in ("Max", "Min") and len(node) > 4:
        middle = 2 + (len(node) - 2) // 2
        one, two = node[2:middle], node[middle:]
        yield call(name, *(side[0] if len(side) == 1 else call(name, *side) for side in (one, two)))
    if name == "gamma":
        yield times(call("factorial", argument), raised(argument, MINUS))
    if name == "binomial":
        yield from _of_binomial(book, argument, node[3])


def _of_exp(book: Book, argument: Tree) -> Iterator[Tree]:
    if argument[0] == "+":
        yield times(*(call("exp", part) for part in argument[1:]))
    parts = argument[1:] if argument[0] == "*" else (argument,)
    moving = [part for part in parts if not book.is_fixed(part)]
    if len(moving) == 1 and moving[0][0] == "f":
        (inner,) = moving
        fixed = times(*(part for part in parts if part is not inner))
        if inner[1] == "log":
            yield raised(inner[2], fixed)
        if inner[1] in ("Max", "Min"):
            up = direction(book.value(fixed)) > 0
            name = inner[1] if up else "Min" if inner[1] == "Max" else "Max"
            yield call(name, *(call("exp", times(fixed, part)) for part in inner[2:]))


def _of_binomial(book: Book, top: Tree, bottom: Tree) -> Iterator[Tree]:
    rest = plus(top, times(MINUS, bottom))
    counts = []
    if book.is_fixed(bottom):
        counts.append(book.value(bottom))
    elif rest in book.known and book.known[rest][1] == {} and set(book.known[rest][0]) <= {UNIT}:
        counts.append(book.known[rest][0].get(UNIT, Fraction(0)))
    else:
        shares = [raised(call("factorial", part), MINUS) for part in (bottom, rest)]
        yield times(call("factorial", top), *shares)
    for count in counts:
        k = floor_fraction(count)
        if k is not None and 0 <= k <= 50:
            factors = [plus(top, whole(-j)) for j in range(k)]
            yield times(whole(Fraction(1, factorial(k))), *factors)
