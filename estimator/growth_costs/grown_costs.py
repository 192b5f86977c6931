"""How costs grow in the regime that a paper states, and whether as slowly as it prints."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

import sympy
from attrs import evolve, field, frozen

from estimator.ask.grown import Growth, Published
from estimator.expressions.parse import parse_expression
from estimator.expressions.regime import Regime, parse_regime
from estimator.expressions.text import text_of
from estimator.expressions.tree import Tree, replaced
from estimator.growth.claims import notation_of
from estimator.growth.decide import decide
from estimator.growth_costs.of_costs import plainly_named, regime_of, regime_parts, with_definitions
from estimator.growth_costs.readable import (
    Found,
    found_leading,
    with_binary_logarithms,
    without_factors,
)
from estimator.symbols import asked, renamed
from estimator.verdict import Verdict

PATIENCE = 6.0
"""Processor time for one of the many comparisons of an answer. Unit: seconds."""

ENOUGH = 4
"""Exponent of logarithms that is tried where a paper prints that there is one."""


@frozen(kw_only=True)
class Line:
    """How one cost grows.

    Args:
        name: of the cost.
        cost: the expression, in symbols of the regime.
        leading: its leading term, or what it is at most a multiple of; empty if none was found.
        relation: "~" if their quotient goes to one, "Theta" if the cost lies between multiples,
            "O" if it is at most a multiple, as a bound stands for a number in it.
        reason: why there is no leading term.
        published: what the paper prints, if it does.
        within: whether the cost is in its relation to that.
    """

    name: str
    cost: sympy.Expr
    leading: str
    relation: str
    reason: str = ""
    published: Published | None = None
    within: Verdict | None = None


@frozen(kw_only=True)
class GrownCosts:
    """Costs of an answer and what is asked about them.

    Args:
        costs: by name, in symbols that growth can read.
        definitions: what symbols stand for, by name.
        declared: how the question says that growth is asked; `None` if it says nothing.
        named: the regime that was named; `None` if none was.
    """

    costs: Mapping[str, sympy.Expr] = field(hash=False)
    definitions: Mapping[str, sympy.Expr] = field(hash=False)
    declared: Growth | None = field(default=None, hash=False)
    named: str | None = None

    @classmethod
    def of(
        cls,
        costs: Mapping[str, Any],
        definitions: Mapping[str, Any],
        declared: Growth | None = None,
        named: str | None = None,
    ) -> "GrownCosts":
        """Costs with definitions put in, where a question says how growth is asked.

        Raises:
            ValueError: if the regime is not understood.
        """
        if named is not None:
            parse_regime(named)
        plain, known = plainly_named(costs, definitions if declared else {})
        made = cls(costs=plain, definitions=known, declared=declared, named=named)
        kept = made.mentioned
        put_in = {
            name: _at_numbers(_named(with_definitions(x, known, kept), made.bounds), kept)
            for name, x in plain.items()
        }
        return cls(costs=put_in, definitions=known, declared=declared, named=named)

    @cached_property
    def mentioned(self) -> dict[str, str]:
        """What is said of symbols, by name: what was named, then what is declared."""
        found = {} if self.named is None else regime_parts(self.named)
        if self.declared is None:
            return found
        for name, part in regime_parts(self.declared.regime).items():
            found.setdefault(name, part)
        for each in self.declared.stands:
            for name in each.names:
                found.setdefault(name, f"{name}={each.at_most}")
        return found

    @cached_property
    def bounds(self) -> dict[str, int]:
        """The least value of each number that a bound stands for, by name of its symbol."""
        named = {} if self.named is None else regime_parts(self.named)
        stands = () if self.declared is None else self.declared.stands
        return {name: each.least for each in stands for name in each.names if name not in named}

    @cached_property
    def regime(self) -> str:
        """What every symbol does: of all costs if nothing is declared or named."""
        parts = list(self.mentioned.values())
        if self.named is None:
            rest = regime_of(
                s for s in _symbols(self.costs.values()) if s.name not in self.mentioned
            )
            parts += [rest] if rest else []
        return ", ".join(parts)

    @cached_property
    def read(self) -> Regime:
        """The regime."""
        return parse_regime(self.regime)

    @property
    def plain(self) -> dict[str, sympy.Expr]:
        """Costs that are numbers, by name."""
        return {name: x for name, x in self.costs.items() if not x.free_symbols}

    @property
    def growing(self) -> dict[str, sympy.Expr]:
        """Costs that have symbols, by name."""
        return {name: x for name, x in self.costs.items() if x.free_symbols}

    def line(self, name: str) -> Line:
        """How one cost grows.

        Raises:
            ValueError: if the regime does not mention a symbol of it.
        """
        cost = self.costs[name]
        bounded = {s for s in cost.free_symbols if s.name in self.bounds}
        above = from_above(cost) if bounded else cost
        found = self._leading(above) if bounded else found_leading(above, self.read)
        published = None
        if self.declared is not None and self.named is None:
            published = self.declared.published.get(name)
        return Line(
            name=name,
            cost=cost,
            leading="" if found.tree is None else self._text(found),
            relation="O" if bounded else "~" if found.is_exact else "Theta",
            reason=found.reason,
            published=published,
            within=None if published is None else self._within(cost, above, published, bounded),
        )

    def _leading(self, above: sympy.Expr) -> Found:
        """Leading terms where bounds stand for numbers: of these as if they grew on their own."""
        stands = () if self.declared is None else self.declared.stands
        said = regime_parts(self.regime)
        same: dict[str, str] = {}
        bounds: dict[str, Tree] = {}
        for each in stands:
            first, *others = names = [x for x in each.names if x in self.bounds] or [""]
            same |= dict.fromkeys(others, first)
            said |= {name: f"{name}->oo" for name in names if name}
            bounds[first] = parse_expression(each.at_most, frozenset(said))
        merged = above.xreplace(
            {s: renamed(s, same[s.name]) for s in above.free_symbols if s.name in same}
        )
        regime = parse_regime(", ".join(said.values()))
        found = found_leading(merged, regime)
        if found.tree is None:
            return found
        return evolve(found, tree=replaced(without_factors(found.tree, regime), bounds))

    def _text(self, found: Found) -> str:
        """A term that the cost lies between multiples of has no factors of its own."""
        assert found.tree is not None
        tree = found.tree if found.is_exact else without_factors(found.tree, self.read)
        return text_of(with_binary_logarithms(tree), 0, notation_of(self.read))

    def _within(
        self, cost: sympy.Expr, above: sympy.Expr, published: Published, bounded: Iterable[Any]
    ) -> Verdict:
        """Whether the cost is in its relation to what is printed.

        Where bounds stand for numbers in it, it is not if it is not with the least of each either.
        """
        verdict = self._compared(above, published)
        least = {symbol: self.bounds[symbol.name] for symbol in bounded}
        if verdict is Verdict.HOLDS or not least:
            return verdict
        below = self._compared(cost.subs(least), published)
        return below if below is Verdict.FAILS else Verdict.UNDECIDED

    def _compared(self, cost: sympy.Expr, published: Published) -> Verdict:
        """As the regime is where the paper's constants are constants."""
        if published.power:
            name = published.power
            enough = self._decided(cost, published, {name: f"{name}={ENOUGH}"})
            if enough is Verdict.HOLDS:
                return enough
            never = self._decided(cost, published, {name: f"{name} const"})
            return never if never is Verdict.FAILS else Verdict.UNDECIDED
        return self._decided(cost, published, {})

    def _decided(self, cost: sympy.Expr, published: Published, more: Mapping[str, str]) -> Verdict:
        fixed = "" if self.declared is None else self.declared.fixed
        said = {**regime_parts(self.regime), **regime_parts(fixed), **more}
        regime, at = ", ".join(said.values()), _at_numbers(cost, said)
        for each in dict.fromkeys((sympy.expand(at), at)):
            verdict = decide(each, published.relation, published.formula, regime, PATIENCE).verdict
            if verdict is not Verdict.UNDECIDED:
                return verdict
        return Verdict.UNDECIDED


def from_above(cost: sympy.Expr) -> sympy.Expr:
    """A cost without the terms that are taken away from it: symbols are positive."""
    if cost.func is sympy.Max:
        return sympy.Max(*(from_above(each) for each in cost.args))
    terms = sympy.Add.make_args(sympy.expand(cost))
    return sympy.Add(*(x for x in terms if not _is_taken_away(x)))


def _is_taken_away(term: sympy.Expr) -> bool:
    """Whether a term is negative for all positive symbols, by its form."""
    number, rest = term.as_coeff_Mul()
    bases = [factor.as_base_exp()[0] for factor in sympy.Mul.make_args(rest)]
    return bool(number < 0) and all(x.is_Symbol or x.is_positive for x in bases)


def _at_numbers(cost: sympy.Expr, said: Mapping[str, str]) -> sympy.Expr:
    """A cost where what a regime couples to a number is that number."""
    numbers = {name: re.fullmatch(rf"{name}\s*=\s*(\d+(/\d+)?)", x) for name, x in said.items()}
    at = {s: numbers.get(s.name) for s in cost.free_symbols}
    return cost.subs({s: sympy.Rational(found[1]) for s, found in at.items() if found})


def _named(cost: sympy.Expr, names: Collection[str]) -> sympy.Expr:
    """A cost with a symbol for each call of a function of such a name."""
    calls = {each for each in cost.atoms(sympy.Function) if each.func.__name__ in names}
    return cost.xreplace({each: asked(each.func.__name__) for each in calls})


def _symbols(costs: Iterable[sympy.Expr]) -> set[sympy.Symbol]:
    return {symbol for cost in costs for symbol in cost.free_symbols}
