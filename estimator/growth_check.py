"""Verifies witnesses of growth claims. Shares no code with the search that finds them.

**Claim.** With every variable beyond its threshold, all at once, |f| <= C |g| (relation `O`); or
|f| <= (sum of terms that go to zero) |g| (relation `o`).

**Witness.** Plain data (dicts, tuples, `Fraction`s, SymPy numbers, expression trees):

* `variables`: name -> (level, value): the iterated logarithm of that level is at least value;
  `pinned`: variables that are only at least 16; `extra`: thresholds that depend on constants;
  `demands`: where each threshold came from, the last one counts;
* `steps`: enclosures |quantity - S| <= E of ever larger parts of f and g, and bounds of atoms.
  Each is recomputed from the ones before: see `growth_check_rules`, `growth_check_functions`;
* `floor`: |g| >= sum of positive terms: see `growth_check_floor`;
* `moves`: every term of the size of f is at most K times a weighted geometric, hence arithmetic,
  mean of terms of that sum: see `growth_check_size`;
* `constant`: the C that these add up to, rounded up by at most one part in a hundred;
* `cases`: instead, two witnesses of the same kind for x = y s / 16 and y = x s / 16, s >= 16.

A failure is a curve on which every variable goes to infinity, and a witness along it.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from estimator.growth_check_algebra import (
    Sum,
    WitnessError,
    added,
    at_most,
    demand,
    direction,
    equal_sums,
    interval,
    mono,
    mono_power,
    mono_product,
    mono_ratio,
    multiplied,
    opposite,
    powered,
    same,
    settled,
    sizes,
    sum_of,
    times_term,
)
from estimator.growth_check_floor import largest
from estimator.growth_check_functions import (
    atom_bounds,
    check_absolute,
    check_choose,
    check_exp,
    check_extreme,
    check_integer,
    check_log,
    check_stirling,
    check_wave,
)
from estimator.growth_check_rules import (
    ONE_TERM,
    Book,
    Pair,
    add_up,
    check_power,
    check_rounding,
    multiply,
)
from estimator.growth_check_same import identities
from estimator.growth_check_size import Heights
from estimator.growth_tree import Tree, call, names_in, replaced, times, to_sympy, whole

PINNED = Fraction(16)
_DEEPEST = 4


def check_claim(
    f: Tree, g: Tree, relation: str, variables: frozenset[str], witness: Mapping[str, Any]
) -> None:
    """Verify a witness of f = O(g) or f = o(g).

    Args:
        f: what is bounded, all variables going to infinity.
        g: what bounds it.
        relation: "O" or "o".
        variables: the symbols that go to infinity; all others are positive constants.
        witness: see above.

    Raises:
        WitnessError: if the witness does not prove the claim.
    """
    try:
        _check(f, g, relation, variables, frozenset(), witness, 0)
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError, ZeroDivisionError) as x:
        raise WitnessError(f"the witness is malformed: {x}") from x
    except ValueError as problem:
        raise problem if isinstance(problem, WitnessError) else WitnessError(str(problem)) from None


def _check(
    f: Tree,
    g: Tree,
    relation: str,
    variables: frozenset[str],
    pinned: frozenset[str],
    witness: Mapping[str, Any],
    depth: int,
) -> None:
    demand(relation in ("O", "o") and witness["relation"] == relation, "another relation")
    demand(witness["f"] == f and witness["g"] == g, "another claim")
    if witness.get("cases"):
        _check_cases(f, g, relation, variables, pinned, witness, depth)
        return
    demand(set(witness["pinned"]) == pinned, "other variables are pinned")
    demand(set(witness["variables"]) == variables, "thresholds for other variables")
    heights = _heights(witness, pinned)
    book = Book(variables, heights)
    for step in witness["steps"]:
        _check_step(book, step)
    for level_name in variables:
        heights.least(level_name, 0)
    main, error = book.of(f)
    size = sum_of(sizes(main), error)
    floor: Sum = {}
    if size or witness["floor"] is not None:
        _, floor = book.floor(g, witness["floor"])
    loads, falling = _moves(heights, size, floor, witness)
    if relation == "o":
        demand(falling, "a part of the ratio does not go to zero")
    _check_constant(loads, witness["constant"])


def _heights(witness: Mapping[str, Any], pinned: frozenset[str]) -> Heights:
    last: dict[str, tuple[int, Fraction]] = {
        name: (0, PINNED if name in pinned else Fraction(1)) for name in witness["variables"]
    }
    for name, level, value in witness["demands"]:
        demand(name in last and name not in pinned, "a threshold of an unknown variable")
        demand(isinstance(level, int) and 0 <= level <= 6, "a threshold of no sensible level")
        demand(isinstance(value, Fraction) and value >= 1, "a threshold below one")
        last[name] = (level, value)
    demand(last == dict(witness["variables"]), "a threshold that no step demands")
    extra = [(name, level, settled(value)) for name, level, value in witness["extra"]]
    for name, _, value in extra:
        demand(name in last and name not in pinned, "a threshold of an unknown variable")
        demand(direction(value) > 0, "a threshold below zero")
    return Heights(last, pinned, extra)


def _check_step(book: Book, step: Mapping[str, Any]) -> None:
    node, rule, data = step["node"], step["rule"], step["data"]
    main = {mono(m): settled(c) for m, c in step["main"]}
    error = {mono(m): settled(c) for m, c in step["error"]}
    demand(len(main) == len(step["main"]) and len(error) == len(step["error"]), "a term repeats")
    if node is None:
        name, lower, upper = atom_bounds(book, rule, data)
        demand(equal_sums(lower, main) and equal_sums(upper, error), f"another bound by {rule}")
        demand(all(direction(c) > 0 for c in (*main.values(), *error.values())), "a sign")
        for m in (*main, *error):
            book.heights.walk(m)
        book.heights.names.append(name)
        book.heights.atoms.append((main, error))
        return
    found = _enclosure(book, node, rule, data)
    demand(equal_sums(found[0], main), f"another sum by the rule {rule}")
    demand(equal_sums(found[1], error), f"another error by the rule {rule}")
    for m in (*main, *error):
        book.heights.walk(m)
    demand(node not in book.known or book.known[node] == (main, error), "enclosed twice")
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
    half = {frozenset(): Fraction(1, 2)}
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


def _moves(
    heights: Heights, upper: Sum, lower: Sum, witness: Mapping[str, Any]
) -> tuple[Sum, bool]:
    """The load of every term of the lower sum, and whether all parts of the ratio vanish."""
    for index, least in witness["shifts"]:
        key = ("o", index)
        shift = frozenset({(key, opposite(settled(least)))} if least != 0 else ())
        upper = _without(heights, times_term(upper, Fraction(1), shift), index, above=True)
        lower = _without(heights, times_term(lower, Fraction(1), shift), index, above=False)
    loads: Sum = {}
    falling = True
    pending = dict(upper)
    for written, weights, steps in witness["moves"]:
        m = mono(written)
        demand(m in pending, "a term is bounded twice, or does not exist")
        constant = pending.pop(m)
        ratio = m
        total: Any = Fraction(0)
        for b, weight in weights:
            place, w = mono(b), settled(weight)
            demand(place in lower and direction(w) > 0, "a mean of terms that do not exist")
            ratio = mono_product(ratio, mono_power(place, opposite(w)))
            constant = multiplied(constant, powered(lower[place], opposite(w)))
            total = added(total, w)
        demand(same(total, Fraction(1)), "weights that are not one in sum")
        demand(all(key[0] != "o" for key, _ in mono_ratio(ratio, frozenset())), "an atom is left")
        bound, rest = heights.pure(ratio, steps)
        falling = falling and heights.falls(rest)
        for b, weight in weights:
            load = multiplied(multiplied(constant, bound), settled(weight))
            loads = sum_of(loads, {mono(b): load})
    demand(not pending, "a term is not bounded")
    return loads, falling


def _without(heights: Heights, terms: Sum, index: int, above: bool) -> Sum:
    lower, upper = heights.atoms[index]
    total: Sum = {}
    for m, c in terms.items():
        e = dict(m).get(("o", index), Fraction(0))
        if e == 0:
            total = sum_of(total, {m: c})
            continue
        demand(direction(e) > 0, "an atom is left with a negative power")
        rest = frozenset(pair for pair in m if pair[0] != ("o", index))
        bounds = upper if above else lower
        amount: Any = Fraction(0)
        for u in upper.values():
            amount = added(amount, u)
        for each, l in bounds.items():
            inner = mono_product(rest, mono_power(each, e))
            part = powered(amount, e) if above else powered(l, e)
            share = Fraction(1) if above else Fraction(1, len(lower))
            factor = multiplied(multiplied(c, part), share)
            total = sum_of(total, {inner: settled(factor)})
    return total


def _check_constant(loads: Sum, claimed: Any) -> None:
    needed: Any = Fraction(0)
    for load in loads.values():
        needed = largest(needed, load)
    claimed = settled(claimed)
    around = interval(needed)
    if around is None:
        total: Any = Fraction(0)
        for load in loads.values():
            total = added(total, load)
        demand(same(total, claimed) or at_most(total, claimed), "the constant is too small")
        return
    demand(isinstance(claimed, Fraction), "a constant that is not a number")
    goal = interval(claimed)
    demand(at_most(needed, claimed) or around.b <= goal.a, f"the constant {claimed} is too small")
    room = Fraction(101, 100)
    demand(goal.b <= (around * interval(room)).b or claimed <= Fraction(1, 10**6), "a constant off")


def _check_cases(
    f: Tree,
    g: Tree,
    relation: str,
    variables: frozenset[str],
    pinned: frozenset[str],
    witness: Mapping[str, Any],
    depth: int,
) -> None:
    demand(depth < _DEEPEST and len(witness["cases"]) == 2, "not two cases")
    pairs = [pair for pair, _ in witness["cases"]]
    (x, y) = pairs[0]
    demand(pairs[1] == (y, x) and x != y, "the cases leave something out")
    demand({x, y} <= variables - pinned, "a case of unknown variables")
    for (large, small), part in witness["cases"]:
        name = f"16*{large}/{small}"
        demand(name not in variables, "a ratio is used twice")
        value = times(whole(Fraction(1, 16)), ("x", small), ("x", name))
        values = {large: value}
        inner = (variables - {large}) | {name}
        one, two = replaced(f, values), replaced(g, values)
        _check(one, two, relation, inner, pinned | {name}, part, depth + 1)


def check_path(
    f: Tree,
    g: Tree,
    relation: str,
    variables: frozenset[str],
    path: Mapping[str, Tree],
    witness: Mapping[str, Any],
) -> None:
    """Verify that f = O(g), or f = o(g), is false: along a path g = o(f), or g = O(f).

    Raises:
        WitnessError: if the path or the witness does not show it.
    """
    demand(set(path) == variables, "a path for other variables")
    parameters = set()
    for shape in path.values():
        parameters.add(_parameter(shape))
    demand(len(parameters) == min(1, len(variables)), "a path with more than one parameter")
    demand(witness["floor"] is not None, "f may be zero along the path")
    constants = (names_in(f) | names_in(g)) - variables
    demand(not parameters & constants, "a path whose parameter is a constant")
    one, two = replaced(g, path), replaced(f, path)
    check_claim(one, two, "o" if relation == "O" else "O", frozenset(parameters), witness)


PARAMETERS = ("t", "t_path", "#n")


def _parameter(shape: Any) -> str:
    """The parameter of a curve that goes to infinity with it.

    Such are t, a positive multiple or power, exp, log, a product, and a sum with a number >= 0.
    The parameter `#n` runs through the integers.
    """
    if shape[0] == "x":
        demand(shape[1] in PARAMETERS, "a path has the parameter t")
        return str(shape[1])
    if shape[0] == "^":
        demand(not set(PARAMETERS) & names_in(shape[2]), "a power moves")
        demand(direction(settled(to_sympy(shape[2]))) > 0, "a path with a negative power")
        return _parameter(shape[1])
    if shape[0] == "f":
        demand(shape[1] in ("exp", "log") and len(shape) == 3, "a path of unknown shape")
        return _parameter(shape[2])
    demand(shape[0] in ("*", "+"), "a path of unknown shape")
    found = set()
    for part in shape[1:]:
        if names_in(part):
            found.add(_parameter(part))
        else:
            demand(direction(settled(to_sympy(part))) > 0, "a path with a negative part")
    demand(len(found) == 1, "a path of unknown shape")
    return str(found.pop())
