"""Checks the steps of a derivation, one after the other."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from estimator.growth_checker.bounds import (
    bounded_exp,
    exp_bounds,
    exp_terms,
    log_atom,
    positive_part,
)
from estimator.growth_checker.estimates import (
    between,
    check_at_most,
    check_between,
    check_conjugate,
    check_log_quotient,
)
from estimator.growth_checker.functions import (
    check_absolute,
    check_choose,
    check_exp,
    check_extreme,
    check_integer,
    check_log,
    check_stirling,
    check_wave,
    identities,
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
    Pair,
    add_up,
    check_power,
    check_rounding,
    multiply,
)
from estimator.growth_checker.sign import direction
from estimator.growth_checker.sums import (
    Sum,
    covers,
    equal_sums,
    mono,
    mono_power,
    sizes,
    sum_of,
    times_term,
)
from estimator.growth_checker.trees import Tree, call, times, whole


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
        index, why, small = data
        demand(isinstance(index, int) and 0 <= index < len(book.heights.atoms), "an unknown atom")
        return ("log", index), *log_atom(book.heights, index, why, small)
    if rule == "exp of part":
        node, written = data
        m = mono(written)
        main, _ = book.of(node)
        demand(m in main, "no part of the exponent")
        return ("exp of part", node, m), *exp_bounds(book.heights, m, main[m])
    if rule == "exp of bounded":
        node, written, why = data
        m = mono(written)
        main, _ = book.of(node)
        demand(m in main, "no part of the exponent")
        return ("exp of bounded", node, m), *bounded_exp(book.heights, m, main[m], why)
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
        return _rounded_atom(book, data)
    if rule == "falling":
        return _falling(book, data)
    if rule == "remainder":
        return _remainder(book, data)
    if rule == "between":
        return between(book, data)
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


def _rounded_atom(book: Book, data: Any) -> tuple[Any, Sum, Sum]:
    """For x > 0: x and 1 <= ceiling(x) <= x + 1, and 0 <= floor(x) <= x."""
    node, certificate = data
    demand(node[:2] in (("f", "ceiling"), ("f", "floor")), "not a rounded quantity")
    side, terms = book.floor(node[2], certificate)
    demand(side > 0, "a rounded quantity below zero")
    upper = positive_part(*book.of(node[2]))
    if node[1] == "floor":
        return ("rounded", node), {}, upper
    return ("rounded", node), times_term(sum_of(terms, ONE_TERM), HALF), sum_of(upper, ONE_TERM)


def _remainder(book: Book, data: Any) -> tuple[Any, Sum, Sum]:
    """0 <= Mod(y, m) <= m for m > 0."""
    node, certificate = data
    demand(node[:2] == ("f", "Mod") and len(node) == 4, "not a remainder")
    demand(book.floor(node[3], certificate)[0] > 0, "a remainder by what may not be positive")
    return ("remainder", node), {}, positive_part(*book.of(node[3]))


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


_LENGTHS: dict[str, int] = {
    "same": 1,
    "alternating": 1,
    "atom": 1,
    "absolute": 1,
    "choose": 1,
    "extreme": 2,
    "wave": 2,
    "stirling": 2,
    "exp": 3,
    "smallest": 3,
    "limit": 4,
    "power series": 4,
    "power atom": 2,
    "log series": 4,
    "log atom": 3,
    "atom sum": 3,
    "atom log": 3,
    "atom exp of part": 2,
    "atom exp of bounded": 3,
    "atom exp of error": 2,
    "atom largest": 4,
    "atom falling": 5,
    "atom rounded": 2,
    "atom size": 1,
    "atom remainder": 2,
    "atom between": 4,
    "between": 1,
    "at most": 2,
    "log quotient": 3,
    "conjugate": 2,
}
"""Entries of the data of a rule, or of one of its kinds; of others, none, or the kind alone."""


def _check_length(node: Any, rule: str, data: Any) -> None:
    name = rule if node is not None else f"atom {rule}"
    kind = 0
    if rule in ("power", "log") and node is not None:
        name, kind = f"{rule} {data[0]}", 1
    demand(isinstance(data, tuple), "the data of a step are malformed")
    demand(len(data) == _LENGTHS.get(name, kind), f"the rule {name} has other data")


def check_step(book: Book, step: Mapping[str, Any]) -> None:
    node, rule, data = step["node"], step["rule"], step["data"]
    _check_length(node, rule, data)
    main = {mono(m): settled(c) for m, c in step["main"]}
    error = {mono(m): settled(c) for m, c in step["error"]}
    demand(len(main) == len(step["main"]) and len(error) == len(step["error"]), "a term repeats")
    if node is None:
        name, lower, upper = atom_bounds(book, rule, data)
        fits = covers(main, lower, -1) and covers(error, upper, 1)
        demand(fits, f"another bound by {rule}")
        demand(all(direction(c) > 0 for c in (*main.values(), *error.values())), "a sign")
        for m in (*main, *error):
            book.heights.walk(m)
        book.heights.names.append(name)
        book.heights.atoms.append((main, error))
        return
    found = _enclosure(book, node, rule, data)
    demand(equal_sums(found[0], main), f"another sum by the rule {rule}")
    demand(covers(error, found[1], 1), f"another error by the rule {rule}")
    for m in (*main, *error):
        book.heights.walk(m)
    demand(node not in book.known, "enclosed twice")
    book.known[node] = (main, error)


def _enclosure(book: Book, node: Tree, rule: str, data: Any) -> Pair:
    shape = node[:2] if node[0] == "f" else node[:1]
    if rule == "number":
        value = book.value(node)
        return ({frozenset(): value} if value != 0 else {}), {}
    demand(not book.is_fixed(node), "a number needs the rule number")
    if rule == "symbol":
        demand(shape == ("x",), "not a symbol")
        return {frozenset({(("v", node[1], 0), Fraction(1))}): Fraction(1)}, {}
    if rule == "sum":
        demand(shape == ("+",), "not a sum")
        return add_up([book.of(part) for part in node[1:]])
    if rule == "product":
        demand(shape == ("*",), "not a product")
        total: Pair = (ONE_TERM, {})
        for part in node[1:]:
            total = multiply(total, book.of(part))
        return total
    if rule == "power":
        demand(shape == ("^",), "not a power")
        return check_power(book, node, data)
    if rule == "same":
        demand(data[0] in set(identities(book, node)), "not an identity")
        return book.of(data[0])
    if rule == "alternating":
        demand(shape == ("^",) and direction(book.value(node[1])) < 0, "not a negative base")
        size = call("log", times(whole(-1), node[1]))
        demand(data[0] == call("exp", times(node[2], size)), "not the size of a power")
        main, error = book.of(data[0])
        return {}, sum_of(sizes(main), error)
    if rule == "atom":
        kinds = {"Max": "largest", "Abs": "size", "Mod": "remainder"}
        kind = kinds.get(str(shape[-1]), "rounded")
        expected = (kind, *node[2:]) if kind == "largest" else (kind, node)
        demand(data[0] >= 0 and book.heights.names[data[0]] == expected, "another atom")
        return {frozenset({(("o", data[0]), Fraction(1))}): Fraction(1)}, {}
    if rule in SPECIAL:
        return SPECIAL[rule](book, node, data)
    demand(shape[0] == "f", f"there is no rule {rule} for this")
    return _function(book, node, rule, data)


SPECIAL = {
    "between": check_between,
    "at most": check_at_most,
    "log quotient": check_log_quotient,
    "conjugate": check_conjugate,
}
"""Rules that look themselves at what they are for."""


def _function(book: Book, node: Tree, rule: str, data: Any) -> Pair:
    names, check = {
        "log": (("log",), check_log),
        "exp": (("exp",), check_exp),
        "limit": (("ceiling", "floor"), check_rounding),
        "extreme": (("Max", "Min"), check_extreme),
        "absolute": (("Abs",), check_absolute),
        "wave": (("sin", "cos"), check_wave),
        "turns": (("sin", "cos"), check_integer),
        "integer": (("ceiling", "floor"), check_integer),
        "stirling": (("factorial",), check_stirling),
        "choose": (("binomial",), check_choose),
        "rounding": (("ceiling", "floor"), _rounded),
        "either": (("Max", "Min"), _either),
        "bounded": (("sin", "cos"), _bounded),
        "smallest": (("Min",), _smallest),
    }[rule]
    demand(node[1] in names, f"the rule {rule} is not for {node[1]}")
    return check(book, node, data)


def _rounded(book: Book, node: Tree, data: Any) -> Pair:
    del data
    half: Sum = {frozenset(): Fraction(1, 2)}
    shift = times_term(half, Fraction(1 if node[1] == "ceiling" else -1))
    return add_up([book.of(node[2]), (shift, half)])


def _either(book: Book, node: Tree, data: Any) -> Pair:
    del data
    total: Sum = {}
    for part in node[2:]:
        main, error = book.of(part)
        total = sum_of(total, sum_of(sizes(main), error))
    return {}, total


def _bounded(book: Book, node: Tree, data: Any) -> Pair:
    del book, node, data
    return {}, dict(ONE_TERM)


def _smallest(book: Book, node: Tree, data: Any) -> Pair:
    """Min(a, b) = a b / Max(a, b) for positive a and b."""
    other, *why = data
    demand(len(node) == 4 and len(why) == 2, "not the smaller of two")
    for part, certificate in zip(node[2:], why, strict=True):
        demand(book.floor(part, certificate)[0] > 0, "a part below zero")
    inverse: Tree = ("^", call("Max", *node[2:]), whole(-1))
    demand(other == times(*node[2:], inverse), "not the smaller of two")
    return book.of(other)
