"""Two parts of the region far out: where one side is the larger, and where the other is.

A side is a variable, the logarithm of one, or the product of two; it is written as text. Where
`N >= log(M)`, a variable r >= 16 of its own has N = log(M) r / 16; where `log(M) >= N`,
M = exp(N r / 16).
"""

import re
from fractions import Fraction

from attrs import frozen

from estimator.expressions.tree import MINUS, Tree, call, raised, times, whole

_SIXTEENTH = whole(Fraction(1, 16))
_SIDE = r"(\w+|log\(\w+\)|\(\w+\*\w+\))"


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
        return bound


def side_tree(side: str) -> Tree:
    """A side as an expression."""
    if side.startswith("log("):
        return call("log", ("x", side[4:-1]))
    if side.startswith("("):
        return times(*(("x", name) for name in side[1:-1].split("*")))
    return ("x", side)


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
