"""The claims that a growth question comes down to, as the checker reads it.

The regime turns the question into claims about variables that all go to infinity and constants
that are all positive: 1/eps for eps, lower + k for k > lower, lower + (upper - lower) k / (1 + k)
for lower < k < upper. As k runs through the positive numbers, k / (1 + k) runs through those below
one. An answer may further divide the positive k at a value r > 0, into r k / (1 + k), r and r + k;
or at a multiple c j of another constant, into j = k / c + j, k = c j and k = c j + k.

The search has code of its own that does the same. Where the two differ, the witness is one of
another claim.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from estimator.expressions.regime import Regime
from estimator.growth_checker.cases import solve
from estimator.growth_checker.number import demand
from estimator.growth_checker.trees import (
    MINUS,
    Tree,
    names_of,
    parts_of,
    plus,
    raised,
    times,
    whole,
    with_values,
)


def within(
    f: Tree, g: Tree, regime: Regime, used: tuple[int, ...]
) -> tuple[Tree, Tree, tuple[frozenset[str], frozenset[str]], bool]:
    """The claim where orders hold: sides, variables, those of them that are only at least 16.

    Also whether all orders were used. Where some are left out, more is claimed of a bound, and
    nothing follows about its failure.

    Raises:
        WitnessError: if an order is used that is none, or a variable that was replaced.
    """
    variables, pinned = variables_of(regime), frozenset[str]()
    known, values = variables_of(regime), dict[str, Tree]()
    demand(len(set(used)) == len(used), "an order is used twice")
    for place in used:
        demand(0 <= place < len(regime.ordered), "an order that was not given")
        large, small = regime.ordered[place]
        names, solved = solve(large, small)
        demand(names <= known, "an order of what does not vary")
        demand(not large.startswith("("), "an order whose larger side is a product")
        name = f"16*{large}/{small}"
        variable, value = solved(name)
        value = with_values(value, values)
        demand(variable in variables - pinned, "an order of a variable that was replaced")
        demand(variable not in names_of(value), "orders that go round in a circle")
        f, g = (with_values(side, {variable: value}) for side in (f, g))
        values = {each: with_values(old, {variable: value}) for each, old in values.items()}
        values[variable] = value
        variables, pinned = (variables - {variable}) | {name}, pinned | {name}
    return f, g, (variables, pinned), set(used) == set(range(len(regime.ordered)))


def variables_of(regime: Regime) -> frozenset[str]:
    """The symbols that go to infinity, or whose reciprocals do.

    Raises:
        WitnessError: if the regime says two things of one symbol.
    """
    said = [*regime.growing, *regime.vanishing, *regime.constants, *regime.coupled]
    demand(len(said) == len(set(said)), "the regime says two things of a symbol")
    return frozenset((*regime.growing, *regime.vanishing))


def asked_sides(
    f: Tree, relation: str, g: Tree
) -> tuple[tuple[str, str, tuple[Tree, Tree], tuple[str, ...]], ...]:
    """What a relation says: side, O or o, what is bounded by what, names of logarithms.

    f = omega(g) is g = o(f); f ~ g is f - g = o(g). For ~O the right side is still to be multiplied
    by powers of logarithms, of the names, or of all variables if there are none.

    Raises:
        WitnessError: if there is no such relation.
    """
    gap = plus(f, times(MINUS, g))
    kind, _, rest = relation.partition("[")
    names = tuple(rest.removesuffix("]").split(",")) if rest else ()
    demand(not names or (kind == "~O" and rest.endswith("]")), "an unknown relation")
    found = {
        "O": (("O", "O", (f, g), ()),),
        "o": (("o", "o", (f, g), ()),),
        "Omega": (("Omega", "O", (g, f), ()),),
        "Theta": (("O", "O", (f, g), ()), ("Omega", "O", (g, f), ())),
        "omega": (("omega", "o", (g, f), ()),),
        "~": (("~", "o", (gap, g), ()),),
        "~O": (("~O", "O", (f, g), names),),
    }
    demand(kind in found, "an unknown relation")
    return found[kind]


def softened(
    g: Tree, names: tuple[str, ...], power: Tree, variables: frozenset[str], every: bool
) -> Tree:
    """The right side of ~O times a power of logarithms.

    Args:
        g: it.
        names: of which variables; all if there are none.
        power: a constant; for `every`, a symbol that stands for all positive ones.
        variables: those of the question.
        every: whether the claim is made for every power.

    Raises:
        WitnessError: if the power varies, or does not stand for every one.
    """
    chosen = sorted(names or variables)
    demand(chosen and set(chosen) <= variables, "the logarithm of what does not vary")
    if every:
        demand(power == ("x", "#p") and "#p" not in names_of(g), "not every power")
    else:
        demand(not names_of(power) & variables and "#p" not in names_of(power), "a power varies")
    return times(g, raised(times(*(("f", "log", ("x", x)) for x in chosen)), power))


def claimed(tree: Tree, regime: Regime) -> Tree:
    """A side of the question with couplings put in and 1/x for every x that goes to zero.

    Raises:
        WitnessError: if it has a symbol of which the regime says nothing.
    """
    found = _turned(_uncoupled(tree, regime.coupled, ()), frozenset(regime.vanishing))
    unknown = names_of(found) - variables_of(regime) - set(regime.constants)
    demand(not unknown, "the regime does not mention a symbol")
    return found


def _uncoupled(tree: Tree, coupled: Mapping[str, Tree], open_names: tuple[str, ...]) -> Tree:
    parts = parts_of(tree)
    if tree[0] == "x" and tree[1] in coupled:
        demand(tree[1] not in open_names, "a coupling goes round in a circle")
        return _uncoupled(coupled[tree[1]], coupled, (*open_names, tree[1]))
    head = tree[: len(tree) - len(parts)]
    return (*head, *(_uncoupled(part, coupled, open_names) for part in parts))


def _turned(tree: Tree, vanishing: frozenset[str]) -> Tree:
    """The tree in which the names of vanishing symbols stand for their reciprocals."""
    parts = parts_of(tree)
    if tree[0] == "x":
        return raised(tree, MINUS) if tree[1] in vanishing else tree
    inner = tuple(_turned(part, vanishing) for part in parts)
    if tree[0] == "^" and parts[0][0] == "x" and parts[0][1] in vanishing:
        base, exponent = parts[0], inner[1]
        if exponent[0] == "q":
            return raised(base, whole(-exponent[1]))
        return raised(base, times(MINUS, exponent))
    return (*tree[: len(tree) - len(parts)], *inner)


def openings(regime: Regime) -> Iterator[dict[str, Tree]]:
    """What stands for every constant, for each choice of an interval's inside or an end of it."""
    options = []
    for name, (lower, upper) in regime.constants.items():
        k: Tree = ("x", name)
        demand(upper is None or upper > lower, "an interval is empty")
        shown = k if upper is None else times(whole(upper - lower), below_one(name))
        ends = [whole(value) for other, value in regime.ends if other == name]
        options.append([(name, value) for value in (plus(whole(lower), shown), *ends)])
    for choice in product(*options):
        yield dict(choice)


def below_one(name: str) -> Tree:
    """k / (1 + k), which runs through (0, 1) with k."""
    k: Tree = ("x", name)
    return times(k, raised(plus(whole(1), k), MINUS))


def divided(name: str, value: Tree) -> tuple[dict[str, Tree], ...]:
    """What stands for positive constants where one is below, at and above a positive value.

    Where the value is c j for a number c > 0 and another constant j, the first case is written as
    j = k / c + j; as j runs through the positive numbers, that runs through those above k / c.
    """
    k: Tree = ("x", name)
    below = {name: times(value, below_one(name))}
    factor, other = _multiple(value)
    if other is not None:
        below = {other: plus(times(whole(1 / factor), k), ("x", other))}
    return below, {name: value}, {name: plus(value, k)}


def _multiple(value: Tree) -> tuple[Fraction, str | None]:
    """c and j of a value that is c j."""
    if value[0] == "x":
        return Fraction(1), value[1]
    if value[0] == "*" and len(value) == 3 and (value[1][0], value[2][0]) == ("q", "x"):
        return value[1][1], value[2][1]
    return Fraction(1), None
