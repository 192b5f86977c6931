"""Walks an expression from its leaves up and encloses every part; each step is written down."""

from collections.abc import Callable
from fractions import Fraction
from time import process_time
from typing import Any

from attrs import define, field, frozen

from estimator.expressions.tree import Tree, to_sympy
from estimator.growth.enclosure import Enclosure, floor_of, roof_of
from estimator.growth.ground import Ground
from estimator.growth.thresholds import above, below
from estimator.growth_numbers import number as num
from estimator.growth_numbers.monomial import (
    CONSTANT,
    Atom,
    Monomial,
    Terms,
    plus,
    scaled,
    to_power,
)
from estimator.growth_numbers.number import ONE, HopelessError, Number, UndecidedError
from estimator.growth_numbers.sign import exact_absolute

Ruled = tuple[str, tuple[Any, ...], Enclosure]
"""Name of a rule, its data, and the enclosure it gives."""

HALF = Fraction(1, 2)


@frozen(eq=False)
class Step:
    """One line of a derivation.

    Args:
        node: the expression that is enclosed; `None` for an atom.
        rule: see `growth_checker`.
        data: what the rule needs.
        main: of the enclosure; the lower bound of an atom.
        error: of the enclosure; the upper bound of an atom.
    """

    node: Tree | None
    rule: str
    data: tuple[Any, ...]
    main: Terms
    error: Terms


@define
class Derivation:
    """Enclosures of expressions under one set of thresholds.

    Args:
        ground: thresholds and atoms.
        order: terms of a Taylor series that are kept beyond the first.
        rules: finds the rule, its data and the enclosure for one expression.
        stop: when to give up, on the clock of the process, which stands while others run.
        variant: which of several bounds is taken where there are some.
        is_varied: whether there were.
    """

    ground: Ground
    order: int
    rules: Callable[["Derivation", Tree], Ruled]
    stop: float = float("inf")
    steps: list[Step] = field(factory=list)
    known: dict[Tree, Enclosure] = field(factory=dict)
    truncated: bool = False
    variant: int = 0
    is_varied: bool = False
    _atom_of: dict[Any, int] = field(factory=dict)

    def enclose(self, node: Tree) -> Enclosure:
        """The enclosure of an expression.

        Raises:
            UndecidedError: if none was found.
        """
        if node not in self.known:
            if process_time() > self.stop:
                raise UndecidedError("the time allowed was not enough")
            rule, data, found = self.rules(self, node)
            if found.error:
                error = {m: above(c) for m, c in found.error.items()}
                found = Enclosure(found.main, error)
            for m in (*found.main, *found.error):
                self.ground.touch(m)
            self.steps.append(Step(node, rule, data, found.main, found.error))
            self.known[node] = found
        return self.known[node]

    def atom(self, rule: str, data: tuple[Any, ...], lower: Terms, upper: Terms) -> int:
        """The number of an atom with these bounds; equal requests share one."""
        key = (rule, data)
        if key not in self._atom_of:
            if not upper:
                raise UndecidedError("a quantity has no upper bound")
            lower = {m: below(c) for m, c in lower.items()}
            upper = {m: above(c) for m, c in upper.items()}
            for m in (*lower, *upper):
                self.ground.touch(m)
            self._atom_of[key] = len(self.ground.atoms)
            self.ground.atoms.append(
                Atom([(c, m) for m, c in lower.items()], [(c, m) for m, c in upper.items()])
            )
            self.steps.append(Step(None, rule, data, lower, upper))
        return self._atom_of[key]

    def atom_of_sum(self, node: Tree, each: Enclosure, common: Monomial = CONSTANT) -> int:
        """An atom equal to a positive expression divided by a monomial."""
        floor = floor_of(self.ground, each)
        if floor is None or floor.sign < 0:
            raise UndecidedError("an expression under a power or logarithm may not be positive")
        turn = to_power(common, -ONE)
        lower, upper = (scaled(side, ONE, turn) for side in (floor.terms, roof_of(each)))
        return self.atom("sum", (node, floor.certificate, common), lower, upper)

    def log_base(self, each: Monomial) -> int | None:
        """The atom Y for which a monomial is the atom log Y."""
        if len(each) == 1 and each[0][0][0] == "o" and each[0][1] == 1:
            for (rule, data), index in self._atom_of.items():
                if index == each[0][0][1] and rule == "log":
                    return int(data[0])
        return None

    def small_part(self, each: Enclosure, first: Monomial | None) -> tuple[Enclosure, Any] | None:
        """z and certificates with quantity = c m (1 + z) and |z| <= 1/2; m is `first`.

        With `first` = `None` the quantity itself is z.
        """
        if first is None:
            z = each
        else:
            inverse = num.power(each.main[first], -ONE)
            z = each.scaled(inverse, to_power(first, -ONE))
            z = Enclosure({m: c for m, c in z.main.items() if m != CONSTANT}, z.error)
        size = [(m, exact_absolute(c), "main") for m, c in z.main.items()]
        size += [(m, c, "error") for m, c in z.error.items()]
        certificates = []
        for m, c, kind in size:
            fitted = self.ground.fit(c, m, HALF / len(size))
            if fitted is None:
                return None
            certificates.append((m, kind, fitted[1]))
        return z, tuple(certificates)

    def taylor(self, z: Enclosure, coefficients: list[Number], bound: Number) -> Enclosure:
        """Enclosure of sum a_j z**j with |remainder| <= bound |z|**(J + 1)."""
        total, run = Enclosure({CONSTANT: coefficients[0]} if coefficients[0] != 0 else {}), None
        for a in coefficients[1:]:
            run = z if run is None else run.times(z)
            total = total.plus(run.scaled(a)) if a != 0 else total
        if not z.main and not z.error:
            return total
        rest = Enclosure({CONSTANT: ONE})
        for _ in coefficients:
            rest = rest.times(Enclosure(z.size))
        self.truncated = True
        return Enclosure(total.main, plus(total.error, scaled(rest.main, bound)))


def constant_of(node: Tree) -> Number:
    """The value of an expression without variables."""
    try:
        value = to_sympy(node)
    except ValueError as problem:
        raise HopelessError(str(problem)) from None
    if not value.is_real:
        raise UndecidedError(f"{value} may not be a real number")
    return num.number(value)


def rewritten(d: Derivation, other: Tree) -> Ruled:
    """The enclosure of an identical expression."""
    return "same", (other,), d.enclose(other)
