"""Checks the steps of a derivation, one after the other."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from estimator.expressions.tree import Tree, call, times, whole
from estimator.growth_checker.atoms import atom_bounds
from estimator.growth_checker.functions import (
    check_absolute,
    check_choose,
    check_exp,
    check_extreme,
    check_integer,
    check_log,
    check_stirling,
    check_wave,
)
from estimator.growth_checker.number import (
    demand,
    settled,
)
from estimator.growth_checker.rules import (
    ONE_TERM,
    Book,
    Pair,
    add_up,
    check_power,
    check_rounding,
    multiply,
)
from estimator.growth_checker.same import identities
from estimator.growth_checker.sign import direction
from estimator.growth_checker.sums import (
    Sum,
    covers,
    equal_sums,
    mono,
    sizes,
    sum_of,
    times_term,
)

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
    "atom log": 2,
    "atom exp of error": 2,
    "atom largest": 4,
    "atom falling": 5,
    "atom rounded": 2,
    "atom size": 1,
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
        kinds = {"Max": "largest", "Abs": "size"}
        kind = kinds.get(str(shape[-1]), "rounded")
        expected = (kind, *node[2:]) if kind == "largest" else (kind, node)
        demand(data[0] >= 0 and book.heights.names[data[0]] == expected, "another atom")
        return {frozenset({(("o", data[0]), Fraction(1))}): Fraction(1)}, {}
    demand(shape[0] == "f", f"there is no rule {rule} for this")
    return _function(book, node, rule, data)


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
