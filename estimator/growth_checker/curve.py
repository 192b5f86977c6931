"""Which curves go to infinity."""

from typing import Any

from estimator.expressions.tree import names_in, to_sympy
from estimator.growth_checker.number import demand, settled
from estimator.growth_checker.sign import direction

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
        demand(not set(PARAMETERS) & names_in(shape[2]), "a power moves")
        demand(direction(settled(to_sympy(shape[2]))) > 0, "a path with a negative power")
        return parameter_of(shape[1])
    if shape[0] == "f":
        demand(shape[1] in ("exp", "log") and len(shape) == 3, "a path of unknown shape")
        return parameter_of(shape[2])
    demand(shape[0] in ("*", "+"), "a path of unknown shape")
    found = set()
    for part in shape[1:]:
        if names_in(part):
            found.add(parameter_of(part))
        else:
            demand(direction(settled(to_sympy(part))) > 0, "a path with a negative part")
    demand(len(found) == 1, "a path of unknown shape")
    return str(found.pop())
