"""Verifies witnesses of growth claims. Shares no rule with the search that finds them.

**What is shared** is how a question is written down: the record of a regime
(`expressions.regime.Regime`), the shape of a tree, which is a nested tuple, and that the symbol
named x is `symbols.asked(x)`. What they mean is read by `trees` and `statement`, and a sign is
decided by `sign`, in another way than the search does. Both stand on SymPy, which brings constants
into a normal form, and on mpmath's intervals.

**Claim.** With every variable beyond its threshold, all at once, |f| <= C |g| (relation `O`); or
|f| <= (sum of terms that go to zero) |g| (relation `o`).

**Witness.** Plain data (dicts, tuples, `Fraction`s, SymPy numbers, expression trees):

* `variables`: name -> (level, value): the iterated logarithm of that level is at least value;
  `pinned`: variables that are only at least 16; `extra`: thresholds that depend on constants;
  `demands`: where each threshold came from, the last one counts;
* `steps`: enclosures |quantity - S| <= E of ever larger parts of f and g, and bounds of atoms.
  Each is recomputed from the ones before: see `rules`, `functions`;
* `floor`: |g| >= sum of positive terms: see `bounds`;
* `moves`: every term of the size of f is at most K times a weighted geometric, hence arithmetic,
  mean of terms of that sum: see `sizes`;
* `fall`: for o, what the terms of |f| / |g| go to zero like: |f| <= C max(fall) |g|;
* `constant`: the C that these add up to, or one of few digits above by at most a fifth;
* `cases`: instead, two witnesses of the same kind for x = y s / 16 and y = x s / 16, s >= 16, where
  x or y may be the logarithm of a variable or the product of two: see `cases`.

A failure is a curve on which every variable goes to infinity, and a witness along it.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from estimator.growth_checker.bounds import check_constant, check_moves
from estimator.growth_checker.cases import solve
from estimator.growth_checker.number import (
    WitnessError,
    demand,
    reading,
    settled,
)
from estimator.growth_checker.phases import check_growing, replaced
from estimator.growth_checker.rules import Book
from estimator.growth_checker.sign import direction
from estimator.growth_checker.sizes import Heights
from estimator.growth_checker.steps import check_step
from estimator.growth_checker.sums import (
    Sum,
    mono,
    sizes,
    sum_of,
)
from estimator.growth_checker.trees import Tree, names_of, number_of, whole, with_values

PARAMETERS = ("#t", "#n")


def parameter_of(shape: Any) -> str:
    """The parameter of a curve that goes to infinity with it.

    Such are t, a positive multiple or power, exp, log, a product, and a sum with a number >= 0.
    The parameter `#n` runs through the integers.
    """
    if shape[0] == "x":
        demand(shape[1] in PARAMETERS, "a path has the parameter #t or #n")
        return str(shape[1])
    if shape[0] == "^":
        demand(not set(PARAMETERS) & names_of(shape[2]), "a power moves")
        demand(direction(number_of(shape[2])) > 0, "a path with a negative power")
        return parameter_of(shape[1])
    if shape[0] == "f":
        demand(shape[1] in ("exp", "log") and len(shape) == 3, "a path of unknown shape")
        return parameter_of(shape[2])
    demand(shape[0] in ("*", "+"), "a path of unknown shape")
    found = set()
    for part in shape[1:]:
        if names_of(part):
            found.add(parameter_of(part))
        else:
            demand(direction(number_of(part)) > 0, "a path with a negative part")
    demand(len(found) == 1, "a path of unknown shape")
    return str(found.pop())


def fixed_name(shape: Any) -> str | None:
    """The name of a positive constant of which a path says that a variable is 16 more.

    f = O(g) fails if for every such constant g = o(f) along the path: the variable may be as large
    as one likes, and then f exceeds every multiple of g further out.
    """
    if shape[0] != "+" or len(shape) != 3 or shape[1] != whole(16) or shape[2][0] != "x":
        return None
    name = str(shape[2][1])
    return name if name.startswith("#c") else None


PINNED = Fraction(16)


_DEEPEST = 4


def check_claim(
    f: Tree,
    g: Tree,
    relation: str,
    variables: frozenset[str],
    witness: Mapping[str, Any],
    pinned: frozenset[str] = frozenset(),
) -> None:
    """Verify a witness of f = O(g) or f = o(g).

    Args:
        f: what is bounded, all variables going to infinity.
        g: what bounds it.
        relation: "O" or "o".
        variables: the symbols that go to infinity; all others are positive constants.
        witness: see above.
        pinned: variables that are only at least 16.

    Raises:
        WitnessError: if the witness does not prove the claim.
    """
    with reading():
        _check(f, g, relation, variables, pinned, witness, 0)


def _check(
    f: Tree,
    g: Tree,
    relation: str,
    variables: frozenset[str],
    pinned: frozenset[str],
    witness: Mapping[str, Any],
    depth: int,
) -> Book | None:
    """What was proved on the way, unless it was proved by cases."""
    demand(relation in ("O", "o") and witness["relation"] == relation, "another relation")
    demand(witness["f"] == f and witness["g"] == g, "another claim")
    if witness.get("cases"):
        _check_cases(f, g, relation, variables, pinned, witness, depth)
        return None
    demand(sorted(witness["pinned"]) == sorted(pinned), "other variables are pinned")
    demand(set(witness["variables"]) == variables, "thresholds for other variables")
    heights = _heights(witness, pinned)
    book = Book(variables, heights)
    for step in witness["steps"]:
        check_step(book, step)
    for level_name in variables:
        heights.least(level_name, 0)
    main, error = book.of(f)
    size = sum_of(sizes(main), error)
    floor: Sum = {}
    if size or witness["floor"] is not None:
        _, floor = book.floor(g, witness["floor"])
    loads, rests = check_moves(heights, size, floor, witness)
    if relation == "o":
        demand(all(map(heights.falls, rests)), "a part of the ratio does not go to zero")
    fall = rests if relation == "o" else []
    demand([mono(each) for each in witness["fall"]] == fall, "the ratio falls otherwise")
    check_constant(loads, witness["constant"])
    return book


def check_sign(tree: Tree, variables: frozenset[str], witness: Mapping[str, Any]) -> int:
    """The sign of an expression beyond the thresholds of a witness.

    Raises:
        WitnessError: if the witness does not show one.
    """
    demand(not witness["pinned"] and witness["f"] == tree, "another claim")
    demand(set(witness["variables"]) == variables, "thresholds for other variables")
    book = Book(variables, _heights(witness, frozenset()))
    for step in witness["steps"]:
        check_step(book, step)
    if witness["floor"] is None:
        demand(book.of(tree) == ({}, {}), "a sign without a reason")
        return 0
    return book.floor(tree, witness["floor"])[0]


def _heights(witness: Mapping[str, Any], pinned: frozenset[str]) -> Heights:
    last: dict[str, tuple[int, Fraction]] = {
        name: (0, PINNED if name in pinned else Fraction(1)) for name in witness["variables"]
    }
    names = [name for name, *_ in witness["demands"]]
    demand(len(set(names)) == len(names), "two thresholds of one variable")
    for name, level, value in witness["demands"]:
        demand(name in last and name not in pinned, "a threshold of an unknown variable")
        demand(isinstance(level, int) and 0 <= level <= 6, "a threshold of no sensible level")
        demand(isinstance(value, Fraction) and value >= 1, "a threshold below one")
        last[name] = (level, value)
    demand(last == dict(witness["variables"]), "a threshold that no step demands")
    extra = [(name, level, settled(value)) for name, level, value in witness["extra"]]
    demand(len(set(extra)) == len(extra), "a threshold is given twice")
    for name, _, value in extra:
        demand(name in last and name not in pinned, "a threshold of an unknown variable")
        demand(direction(value) > 0, "a threshold below zero")
    return Heights(last, pinned, extra)


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
    taken = variables | names_of(f) | names_of(g)
    for (large, small), part in witness["cases"]:
        names, solved = solve(large, small)
        demand(names <= variables - pinned, "a case of unknown variables")
        name = f"16*{large}/{small}"
        demand(name not in taken, "a ratio is used twice")
        variable, value = solved(name)
        inner = (variables - {variable}) | {name}
        one, two = (with_values(side, {variable: value}) for side in (f, g))
        _check(one, two, relation, inner, pinned | {name}, part, depth + 1)


def check_path(
    f: Tree,
    g: Tree,
    relation: str,
    variables: frozenset[str],
    path: Mapping[str, Tree],
    witness: Mapping[str, Any],
    phase: Any = None,
    pinned: frozenset[str] = frozenset(),
) -> None:
    """Verify that f = O(g), or f = o(g), is false: along a path g = o(f), or g = O(f).

    With a phase (x, h, certificate), at those points of the path at which x + h is an integer.

    Raises:
        WitnessError: if the path or the witness does not show it.
    """
    with reading():
        _check_path(f, g, relation, variables, path, witness, phase, pinned)


def _check_path(
    f: Tree,
    g: Tree,
    relation: str,
    variables: frozenset[str],
    path: Mapping[str, Tree],
    witness: Mapping[str, Any],
    phase: Any,
    pinned: frozenset[str],
) -> None:
    demand(set(path) == variables, "a path for other variables")
    parameters: set[str] = set()
    fixed: set[str] = set()
    for variable, shape in path.items():
        if variable in pinned and shape == whole(16):
            continue  # the sides of an order are equal
        if (name := fixed_name(shape)) is None:
            parameters.add(parameter_of(shape))
        else:
            demand(relation == "O" and name not in fixed, "a path on which too much is fixed")
            fixed.add(name)
    demand(len(parameters) == min(1, len(variables)), "a path with more than one parameter")
    demand(witness["floor"] is not None, "f may be zero along the path")
    constants = (names_of(f) | names_of(g)) - variables
    demand(not (parameters | fixed) & constants, "a path whose parameter is a constant")
    one, two = with_values(g, path), with_values(f, path)
    if phase is not None:
        x, height, certificate = phase
        demand("#n" not in parameters, "a path of integers does not meet every phase")
        one, two = replaced(one, x, height), replaced(two, x, height)
    backwards = "o" if relation == "O" else "O"
    book = _check(one, two, backwards, frozenset(parameters), frozenset(), witness, 0)
    if phase is not None:
        if book is None:
            raise WitnessError("a phase and cases")
        check_growing(book, x, certificate)
