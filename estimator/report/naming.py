"""Names in place of parts of a long formula, each defined once.

What whoever made the answer knows comes first: names of sub-bloqs' costs, and sums in these. Then
the form alone decides: factors of abbreviations, parts that repeat, functions, terms with one
symbol in common, and at last pieces of a sum. Putting the definitions back in gives the formula
again, term by term.
"""

import keyword
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from math import prod
from typing import Any, TypeAlias

import sympy
from attrs import field, frozen
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef

from estimator import symbols
from estimator.report.breakdown import AnyBreakdown
from estimator.report.formula import formula_text, groups, size
from estimator.report.layout import lines_of

Step: TypeAlias = Callable[[sympy.Expr, "Room", str], sympy.Expr]

LINES = 4
"""Lines of the longest formula in a cell."""

LONGEST_NAME = 32
"""Characters of a name that is made here, without a number."""

DEFINITION_WIDTH = 36
"""Characters beside the longest name on the narrowest terminal that is provided for."""

LONG = 300
"""Characters of a definition that is written in names of parts which nothing else needs."""

FEWEST = 8
"""Characters that a name must save, all places taken together."""

SAVED = 0.1
"""Part of a sum that taking out a symbol must save. Unit: 1."""


@frozen
class Room:
    """What a formula must fit into.

    Args:
        width: of a line. Unit: characters.
        lines: at most.
    """

    width: int
    lines: int = LINES

    def has(self, formula: sympy.Expr) -> bool:
        """Whether it fits."""
        most = self.width * self.lines
        return size(formula) <= most and lines_of(formula_text(formula), self.width) <= self.lines


DEFINITION = Room(DEFINITION_WIDTH)
"""What a definition must fit into."""


@frozen
class Namer:
    """The names of one answer.

    Args:
        breakdown: what is known of its formulas.
        taken: names that mean something else.
        own: what has a name in the answer already, with it.
    """

    breakdown: AnyBreakdown
    taken: set[str]
    own: Mapping[sympy.Expr, sympy.Expr] = field(factory=dict)
    definitions: dict[sympy.Symbol, sympy.Expr] = field(factory=dict)
    """What each name stands for, in shorter names, in the order in which they are needed."""

    _named: dict[sympy.Expr, sympy.Symbol] = field(factory=dict)
    _meant: dict[sympy.Symbol, sympy.Expr] = field(factory=dict)

    def short(
        self, value: sympy.Expr, room: Room, stem: str, but: sympy.Expr | None = None
    ) -> sympy.Expr:
        """The formula as it is if it fits, else in names, which are defined from then on.

        Args:
            value: a formula.
            room: for it.
            stem: what new names begin with.
            but: the name that it defines, which is not put in its own place.
        """
        if room.has(value):
            self._define(value)
            return value
        found = self._as_known(value, but)
        steps: list[Step] = [self._factors, self._shared_terms, self._repeated]
        steps += [self._by_symbol, self._pieces]
        if but not in self.own.values():
            steps.insert(0, self._own_names)
        for step in steps:
            if room.has(found):
                break
            found = step(found, room, stem)
        self._define(found)
        return found

    def _define(self, formula: sympy.Expr) -> None:
        """Definitions of the names in a formula, and of those in these."""
        for symbol in _in_order(formula):
            value = self._meant.get(symbol, self.breakdown.value_of(symbol))
            if value is None or symbol in self.definitions:
                continue
            self.definitions[symbol] = value  # so that it stands before those it needs
            self.definitions[symbol] = self.short(value, DEFINITION, symbol.name, but=symbol)
            self._define(self.definitions[symbol])

    def _as_known(self, value: sympy.Expr, but: sympy.Expr | None) -> sympy.Expr:
        """The name of the formula, or the sum that it is known to be.

        A definition is a sum of further names only if it is long or these are there already.
        """
        for form in dict.fromkeys((value, expanded(value))):
            name = self.breakdown.name_of(form)
            if name is not None and name != but:
                return name
            found = self.breakdown.sum_of(form)
            if found is None or size(found) >= size(value):
                continue
            new = {x for x in found.free_symbols if self.breakdown.value_of(x) is not None}
            if but is None or new <= self.definitions.keys() or _length(value) > LONG:
                return found
        return value

    def _name(self, value: sympy.Expr, wanted: str, is_numbered: bool = False) -> sympy.Symbol:
        """The name of a formula; a new one if it has none, the one wanted if that is free."""
        if (known := self.breakdown.name_of(value)) is not None:
            return known
        if value not in self._named:
            symbol = symbols.part(self._free(wanted, is_numbered))
            self._named[value] = symbol
            self._meant[symbol] = value
        return self._named[value]

    def _free(self, wanted: str, is_numbered: bool) -> str:
        stem = identifier(wanted)
        found = f"{stem}_1" if is_numbered else stem
        number = 1
        while self._is_taken(found):
            number += 1
            found = f"{stem}_{number}"
        self.taken.add(found)
        return found

    def _is_taken(self, name: str) -> bool:
        means = keyword.iskeyword(name) or hasattr(sympy, name) or name in self.taken
        return means or self.breakdown.value_of(symbols.part(name)) is not None

    def _own_names(self, formula: sympy.Expr, room: Room, stem: str) -> sympy.Expr:
        """The names that parts have in the answer already."""
        for value, name in self.own.items():
            formula = put(formula, value, name)
        return formula

    def without_repeated(self, values: Sequence[sympy.Expr]) -> list[sympy.Expr]:
        """Formulas with names for what many of them have in common."""
        found = list(values)
        while True:
            counts = Counter(x for value in found for x in {*_parts(value, with_products=True)})
            saved = {x: (n - 1) * (_length(x) - 7) for x, n in counts.items() if n > 2}
            if not saved or max(saved.values()) < DEFINITION_WIDTH * LINES // 2:
                return found
            best = max(saved, key=lambda x: (saved[x], sympy.default_sort_key(x)))
            name = self._name(best, _kind(best), is_numbered=True)
            found = [put(value, best, name) if value != best else value for value in found]

    def _factors(self, formula: sympy.Expr, room: Room, stem: str) -> sympy.Expr:
        """`R_0*stem_R_0 + 2*b`: names for the longest factors of abbreviations and functions."""
        parts = [(shared, sympy.Add(*terms)) for shared, terms in groups(formula)]
        return self._weighted(parts, room, stem)

    def _weighted(
        self, parts: list[tuple[sympy.Expr, sympy.Expr]], room: Room, stem: str
    ) -> sympy.Expr:
        """The sum of products of two, with names for the longest second factors until it fits."""

        def whole(named: dict[sympy.Expr, sympy.Symbol]) -> sympy.Expr:
            return sympy.Add(*(shared * named.get(x, x) for shared, x in parts))

        named: dict[sympy.Expr, sympy.Symbol] = {}
        by_length = sorted((x for x in parts if x[0] != 1), key=lambda x: -_length(x[1]))
        for shared, factor in by_length:
            if room.has(whole(named)):
                break
            wanted = f"{stem}_{_spelt(shared)}"
            if isinstance(factor, sympy.Add) and _length(factor) > len(wanted):
                named[factor] = self._name(factor, wanted)
        return whole(named)

    def _repeated(self, formula: sympy.Expr, room: Room, stem: str) -> sympy.Expr:
        """Names for functions, roots and inner sums: for what repeats first, then what is long."""
        while not room.has(formula):
            counts = Counter(x for x in _parts(formula, with_products=True) if x != formula)
            saved = {x: n * (_length(x) - 7) for x, n in counts.items()}
            again = {x: y for x, y in saved.items() if counts[x] > 1 and y >= FEWEST}
            saved = again or {x: y for x, y in saved.items() if not isinstance(x, sympy.Mul)}
            if not saved or max(saved.values()) < FEWEST:
                break
            best = max(saved, key=lambda x: (saved[x], sympy.default_sort_key(x)))
            formula = put(formula, best, self._name(best, _kind(best), is_numbered=True))
        return formula

    def _shared_terms(self, formula: sympy.Expr, room: Room, stem: str) -> sympy.Expr:
        """Names for terms that arguments of one maximum share, then for its longest arguments."""
        if not isinstance(formula, sympy.Max | sympy.Min):
            return formula
        kind, branches = formula.func, [*formula.args]
        while not room.has(kind(*branches, evaluate=False)):
            terms = [frozenset(sympy.Add.make_args(x)) for x in branches]
            shared = {x & y for x, y in combinations(terms, 2) if len(x & y) > 1}
            saved = {x: sum(x <= y for y in terms) * (_length(sympy.Add(*x)) - 12) for x in shared}
            best = max(saved, key=lambda x: (saved[x], sorted(map(str, x))), default=None)
            if best is None or saved[best] < FEWEST:
                break
            name = self._name(sympy.Add(*best), f"{stem}_shared")
            branches = [
                sympy.Add(name, *(y - best)) if best <= y else x
                for x, y in zip(branches, terms, strict=True)
            ]
        while not room.has(kind(*branches, evaluate=False)):
            longest = max(range(len(branches)), key=lambda i: _length(branches[i]))
            if branches[longest].is_Symbol:
                break
            branches[longest] = self._name(branches[longest], stem, is_numbered=True)
        return kind(*branches, evaluate=False)

    def _by_symbol(self, formula: sympy.Expr, room: Room, stem: str) -> sympy.Expr:
        """`degree*stem_degree + 2*b`: terms with a symbol in common, where that saves much."""
        parts: list[tuple[sympy.Expr, sympy.Expr]] = []
        found, rest = formula, formula
        while isinstance(rest, sympy.Add) and not room.has(found):
            terms = [(sympy.Mul.make_args(x), x) for x in rest.args]
            counts = Counter(x for factors, _ in terms for x in factors if x.is_Symbol)
            saved = {x: (n - 1) * (len(x.name) + 1) for x, n in counts.items()}
            best = max(saved, key=lambda x: (saved[x], x.name), default=None)
            if best is None or saved[best] < SAVED * _length(rest):
                break
            having = [x / best for factors, x in terms if best in factors]
            parts.append((best, sympy.Add(*having)))
            rest = sympy.Add(*(x for factors, x in terms if best not in factors))
            found = self._weighted([*parts, (sympy.Integer(1), rest)], room, stem)
        return found

    def _pieces(self, formula: sympy.Expr, room: Room, stem: str) -> sympy.Expr:
        """Names for as many terms or factors as one definition holds, or for long arguments."""
        while not room.has(formula) and not formula.is_Atom and not _is_bound(formula):
            if isinstance(formula, sympy.Add | sympy.Mul):
                rows = list(self._rows(formula))
                if len(rows) == 1 and not self._is_taken(identifier(stem)):
                    return self._name(formula, stem)
                found = formula.func(*(self._piece(row, stem) for row in rows))
            else:
                longest = max(formula.args, key=_length)
                found = put(formula, longest, self._piece(longest, stem))
            if found == formula:
                break
            formula = found
        return formula

    def _piece(self, part: sympy.Expr, stem: str) -> sympy.Expr:
        wanted = f"{stem}_part"
        is_short = part.is_Atom or _length(part) < len(wanted)
        return part if is_short else self._name(part, wanted, is_numbered=True)

    def _rows(self, formula: sympy.Expr) -> Iterator[sympy.Expr]:
        """Sums of terms, or products of factors, as long as one definition holds."""
        parts = formula.as_ordered_terms() if formula.is_Add else formula.as_ordered_factors()
        held: list[sympy.Expr] = []
        for part in parts:
            if held and not DEFINITION.has(formula.func(*held, part)):
                yield formula.func(*held)
                held = []
            held.append(part)
        yield formula.func(*held)


MOST_TERMS = 2_000
"""Terms of a formula that is multiplied out to be recognised."""


def expanded(formula: sympy.Expr) -> sympy.Expr:
    """The formula multiplied out, unless it has too many terms then."""
    return sympy.expand(formula) if _terms(formula) <= MOST_TERMS else formula


def _terms(formula: sympy.Expr) -> int:
    """Terms of the formula multiplied out, at most."""
    if isinstance(formula, sympy.Add):
        return sum(map(_terms, formula.args))
    if isinstance(formula, sympy.Mul):
        return prod(map(_terms, formula.args))
    if isinstance(formula, sympy.Pow) and formula.exp.is_Integer and formula.exp > 0:
        return min(_terms(formula.base), MOST_TERMS) ** min(int(formula.exp), 64)
    return 1


def identifier(text: str) -> str:
    """A text as a name that Python, SymPy and `growth` can read."""
    found = re.sub(r"\W+", "_", text).strip("_")[:LONGEST_NAME]
    return found if found and not found[0].isdigit() else f"part_{found}"


def _length(formula: sympy.Expr) -> int:
    return len(formula_text(formula))


def _spelt(formula: sympy.Expr) -> str:
    """A formula as a part of a name: `2**c*degree` is 2_c_degree."""
    return re.sub(r"\W+", "_", str(formula)).strip("_")


def _kind(formula: sympy.Expr) -> str:
    """What a part is, in a word."""
    if isinstance(formula, sympy.Add):
        return "sum"
    if isinstance(formula, sympy.Mul):
        return "product"
    if isinstance(formula, sympy.Pow):
        return "root"
    name = str(formula.func.__name__)
    return name.lower() if hasattr(sympy, name) else name


def _is_bound(formula: Any) -> bool:
    """Whether symbols of the formula are bound in it, as the i of a sum over i is."""
    return isinstance(formula, ExprWithLimits)


def _parts(formula: sympy.Expr, with_products: bool = False) -> Iterator[sympy.Expr]:
    """Functions, roots, inner sums and products of a formula, as often as they occur."""
    is_root = isinstance(formula, sympy.Pow) and formula.exp.is_Rational
    is_root = is_root and not (formula.exp.is_Integer or formula.base.is_Atom)
    is_function = isinstance(formula, sympy.Function) and not isinstance(formula, AppliedUndef)
    is_product = isinstance(formula, sympy.Mul) and with_products and size(formula) > 5
    is_sum = isinstance(formula, sympy.Add | sympy.Max | sympy.Min)
    if is_root or is_function or is_product or is_sum:
        yield formula
    if not _is_bound(formula):
        for part in formula.args:
            yield from _parts(part, with_products)


def put(formula: sympy.Expr, part: sympy.Expr, name: sympy.Expr) -> sympy.Expr:
    """The formula with a name in place of a part, wherever it is; of a product, of some factors."""
    if formula == part:
        return name
    if formula.is_Atom or _is_bound(formula):
        return formula
    if isinstance(formula, sympy.Mul) and isinstance(part, sympy.Mul):
        rest = [factor for factor in formula.args if factor not in part.args]
        if len(rest) == len(formula.args) - len(part.args):
            return name * put(formula.func(*rest), part, name)
    parts = [put(each, part, name) for each in formula.args]
    if all(one is other for one, other in zip(parts, formula.args, strict=True)):
        return formula
    if isinstance(formula, sympy.Max | sympy.Min):
        return formula.func(*parts, evaluate=False)
    return formula.func(*parts)


def _in_order(formula: sympy.Expr) -> list[sympy.Symbol]:
    """The symbols of a formula in the order in which its text has them."""
    text = formula_text(formula)
    places = {x: re.search(rf"\b{re.escape(x.name)}\b", text) for x in formula.free_symbols}
    return sorted(
        formula.free_symbols,
        key=lambda x: (found.start() if (found := places[x]) else len(text), x.name),
    )
