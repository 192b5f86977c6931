"""Two parts of the region far out: where one side is the larger, and where the other is.

A side is a variable, its logarithm, a power of it, or the product of two; it is written as text.
Where `N >= log(M)`, a variable r >= 16 of its own has N = log(M) r / 16; where `log(M) >= N`,
M = exp(N r / 16).
"""

import re
from fractions import Fraction

from attrs import frozen

from estimator.expressions.tree import MINUS, Tree, call, raised, times, whole

_SIXTEENTH = whole(Fraction(1, 16))
_SIDE = r"(\w+|log\(\w+\)|\(\w+\*\w+\)|\w+\*\*\(\d+(?:/\d+)?\))"


@frozen
class Cut:
    """A part of a region: where `large` >= `small`.

    Args:
        large: a side.
        small: a side; one of the two is a variable alone.
    """

    large: str
    small: str

    @property
    def name(self) -> str:
        """The name of the variable 16 large / small."""
        return f"16*{self.large}/{self.small}"

    @property
    def replaced(self) -> str:
        """The variable that is written in the others."""
        return re.findall(r"\w+", self.large.removeprefix("log"))[0]

    @property
    def value(self) -> Tree:
        """What it is in the others."""
        bound = times(_SIXTEENTH, side_tree(self.small), ("x", self.name))
        if self.large.startswith("log("):
            return call("exp", bound)
        if self.large.startswith("("):
            other = self.large.strip("()").split("*")[1]
            return times(bound, raised(("x", other), MINUS))
        if "**" in self.large:
            power = Fraction(self.large.partition("**")[2].strip("()"))
            return raised(bound, whole(1 / power))
        return bound


def side_tree(side: str) -> Tree:
    """A side as an expression."""
    if side.startswith("log("):
        return call("log", ("x", side[4:-1]))
    if side.startswith("("):
        return times(*(("x", name) for name in side[1:-1].split("*")))
    name, _, power = side.partition("**")
    return raised(("x", name), whole(Fraction(power.strip("()")))) if power else ("x", name)


def side_text(tree: Tree) -> str | None:
    """A tree as a side, or `None` if it is none."""
    if tree[0] == "x":
        return str(tree[1])
    if tree[:2] == ("f", "log") and tree[2][0] == "x":
        return f"log({tree[2][1]})"
    if tree[0] == "^" and tree[1][0] == "x" and tree[2][0] == "q" and tree[2][1] > 0:
        return f"{tree[1][1]}**({tree[2][1]})"
    if tree[0] == "*" and len(tree) == 3 and tree[1][0] == tree[2][0] == "x":
        return f"({tree[1][1]}*{tree[2][1]})"
    return None


def larger_of(tree: Tree) -> Tree | None:
    """The variable that was replaced by a tree, or the larger side in it; `None` if none was."""
    if tree[0] == "*" and tree[1] == _SIXTEENTH and len(tree) == 4 and tree[3][0] == "x":
        pair = ratio_of(tree[3][1])
        small = larger_of(tree[2]) or tree[2]
        return pair[0] if pair is not None and pair[1] == small else None
    if tree[:2] == ("f", "exp") and (found := larger_of(tree[2])) is not None:
        return tuple(found[2]) if found[:2] == ("f", "log") else None
    if tree[0] == "*" and len(tree) == 3 and (found := larger_of(tree[1])) is not None:
        return found[1] if found[0] == "*" and tree[2] == raised(found[2], MINUS) else None
    if tree[0] == "^" and (found := larger_of(tree[1])) is not None and found[0] == "^":
        is_inverse = tree[2][0] == found[2][0] == "q" and tree[2][1] * found[2][1] == 1
        return tuple(found[1]) if is_inverse else None
    return None


def ratio_of(name: str) -> tuple[Tree, Tree] | None:
    """The larger and the smaller side of a ratio's name, or `None` if it is none."""
    found = re.fullmatch(rf"16\*{_SIDE}/{_SIDE}", name)
    return None if found is None else (side_tree(found[1]), side_tree(found[2]))


def cuts(variables: list[str], has_logs: bool) -> list[tuple[Cut, Cut]]:
    """Ways to cut a region in two, the simplest first.

    Args:
        variables: that are free.
        has_logs: whether logarithms of variables may count as much as other variables.
    """
    pairs = [(x, y) for i, x in enumerate(variables) for y in variables[i + 1 :]]
    sides = list(pairs)
    if has_logs:
        sides += [(x, f"log({y})") for x, y in pairs] + [(y, f"log({x})") for x, y in pairs]
    if len(variables) == 3:
        x, y, z = variables
        sides += [(x, f"({y}*{z})"), (y, f"({x}*{z})"), (z, f"({x}*{y})")]
    return [(Cut(one, two), Cut(two, one)) for one, two in sides]
