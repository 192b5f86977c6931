"""Where one side is at least another: the substitution that covers all such points.

With x = y s / 16 and s running through the numbers from 16 on, exactly the points with x >= y are
met. If x is a variable, that is its value. If x is log v, the value of v is exp(y s / 16); if it is
v**e, that of v is (y s / 16)**(1/e); if it is the product v w, that of v is y s / (16 w). The other
variables keep their thresholds; of the one that is replaced nothing else is used.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from estimator.growth_checker.number import demand
from estimator.growth_checker.trees import MINUS, Tree, call, names_of, raised, times, whole

Solved = Callable[[str], tuple[str, Tree]]
"""From the name of s: the variable that is replaced, and its value."""


def side_of(text: Any) -> Tree:
    """A side as an expression.

    Raises:
        WitnessError: if it is none.
    """
    demand(isinstance(text, str), "a case without a side")
    if found := re.fullmatch(r"log\((\w+)\)", text):
        return call("log", ("x", found[1]))
    if found := re.fullmatch(r"\((\w+)\*(\w+)\)", text):
        demand(found[1] != found[2], "a product of a variable with itself")
        return ("*", ("x", found[1]), ("x", found[2]))
    if found := re.fullmatch(r"(\w+)\*\*\((\d+(?:/\d+)?)\)", text):
        power = Fraction(found[2])
        demand(power > 0, "a power of an order that is not positive")
        return ("^", ("x", found[1]), whole(power))
    return ("x", text)


def solve(large: Any, small: Any) -> tuple[frozenset[str], Solved]:
    """The variables of both sides, and the substitution for `large` >= `small`.

    Raises:
        WitnessError: if a variable is on both sides, or a side is none.
    """
    one, two = side_of(large), side_of(small)
    demand(not names_of(one) & names_of(two), "a variable on both sides")

    def solved(name: str) -> tuple[str, Tree]:
        bound = times(whole(Fraction(1, 16)), two, ("x", name))
        if one[0] == "x":
            return one[1], bound
        if one[0] == "f":
            return one[2][1], call("exp", bound)
        if one[0] == "^":
            return one[1][1], raised(bound, whole(1 / one[2][1]))
        (_, variable), other = one[1:]
        return variable, times(bound, raised(other, MINUS))

    return names_of(one) | names_of(two), solved
