"""The relations between two costs, and what each comes down to.

* O, o, Omega, Theta: as ever.
* omega: f = omega(g) is g = o(f).
* ~: f ~ g is f - g = o(g), the ratio goes to one.
* ~O: f = O(g log(N)**p log(1/eps)**p ...) for some p, with the logarithms of all variables, or of
  those that are named, ~O[N].
"""

import re

from attrs import frozen

from estimator.expressions.regime import Regime
from estimator.expressions.tree import UNIT, Tree, call, raised, times

RELATIONS = ("O", "o", "Omega", "Theta", "omega", "~", "~O")

SIDES = {
    "O": ("O",),
    "o": ("o",),
    "Omega": ("Omega",),
    "Theta": ("O", "Omega"),
    "omega": ("omega",),
    "~": ("~",),
    "~O": ("~O",),
}
"""What must be shown for a relation."""

VANISHING = frozenset({"o", "omega", "~"})
"""Sides that say that a ratio goes to zero."""


@frozen
class Relation:
    """A relation.

    Args:
        kind: one of `RELATIONS`.
        soft: variables of which powers of logarithms do not count, for ~O; all if empty.
    """

    kind: str
    soft: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}[{','.join(self.soft)}]" if self.soft else self.kind


def relation_of(text: str, regime: Regime) -> Relation:
    """The relation that a text names.

    Raises:
        ValueError: if it names none, or a logarithm of something that does not vary.
    """
    found = re.fullmatch(r"(~O)\[([^\]]*)\]", text) if isinstance(text, str) else None
    if found is None:
        if text not in RELATIONS:
            raise ValueError(f"a relation must be one of {', '.join(RELATIONS)}, got {text!r}")
        return Relation(text)
    names = tuple(name.strip() for name in found[2].split(","))
    _check_variables(names, regime, text)
    return Relation(found[1], names)


def _check_variables(names: tuple[str, ...], regime: Regime, text: str) -> None:
    variables = (*regime.growing, *regime.vanishing)
    for name in names:
        if name not in variables:
            raise ValueError(
                f"powers of logarithms are of variables, {', '.join(variables)} here, got "
                f"{name or 'nothing'} in {text}"
            )
    if len(set(names)) < len(names):
        raise ValueError(f"a variable is named once, got {text}")


def softened(relation: Relation, g: Tree, regime: Regime) -> tuple[Relation, Tree]:
    """The relation and the right side where that has a factor such as `polylog(N)`.

    Raises:
        ValueError: if the factor stands elsewhere, or beside another relation than O.
    """
    factors = list(g[1:]) if g[0] == "*" else [g]
    classes = [part for part in factors if part[:2] == ("f", "polylog")]
    if not classes:
        return relation, g
    if relation.kind != "O" or len(classes) > 1:
        raise ValueError("polylog(N) is one factor on the right of O, as in N*polylog(N)")
    (found,) = classes
    if not all(part[0] == "x" for part in found[2:]):
        raise ValueError("polylog is of variables by name, as in polylog(N, eps)")
    names = tuple(part[1] for part in found[2:])
    _check_variables(names, regime, f"polylog({', '.join(names)})")
    rest = [part for part in factors if part is not found]
    return Relation("~O", names), times(*rest) if rest else UNIT


def logarithms(names: tuple[str, ...], variables: frozenset[str], power: Tree) -> Tree:
    """The product of the logarithms of variables that go to infinity, to a power."""
    chosen = sorted(names or variables)
    return raised(times(*(call("log", ("x", name)) for name in chosen)), power)
