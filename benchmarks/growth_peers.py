"""How one would ask SymPy, Qualtran and bartiq the growth questions.

Each of them answers another question than ours, so each is asked in the way that suits it best:
small parameters become reciprocals of large ones and couplings are substituted, except for
Qualtran's helper, which leaves no choice of regime.
"""

import warnings
from collections.abc import Callable, Mapping
from itertools import permutations

import sympy
from attrs import frozen
from bartiq.analysis import BigO
from qualtran.resource_counting import big_O
from sympy.parsing.sympy_parser import parse_expr

NO_ANSWER = "UNDECIDED"


@frozen
class Asked:
    """A question in SymPy's terms: every variable in `large` goes to infinity."""

    relation: str
    f: sympy.Expr
    g: sympy.Expr
    large: tuple[sympy.Symbol, ...]


def asked(question: Mapping[str, str], reciprocals: bool = True) -> Asked:
    """Parse a question of our own file.

    Args:
        question: with the keys relation, f, g and regime.
        reciprocals: whether a variable that goes to zero is replaced by 1 over a large one.
    """
    names: dict[str, object] = {"log2": lambda x: sympy.log(x, 2), "h": sympy.Function("h")}
    large, swap, coupled = [], {}, []
    for part in _parts(question["regime"]):
        name = part.replace("=", " ").replace("->", " ").split()[0]
        symbol = names[name] = sympy.Symbol(name, positive=True)
        if part.endswith("->0") and reciprocals:
            swap[symbol] = 1 / symbol
        if part.endswith(("->0", "->oo")):
            large.append(symbol)
        elif "=" in part:
            coupled.append((symbol, part.split("=", 1)[1]))

    def parsed(text: str) -> sympy.Expr:
        expression = sympy.nsimplify(parse_expr(text, local_dict=names), rational=True)
        for symbol, definition in reversed(coupled):
            expression = expression.subs(symbol, parse_expr(definition, local_dict=names))
        return expression.subs(swap)

    return Asked(question["relation"], parsed(question["f"]), parsed(question["g"]), tuple(large))


def _parts(regime: str) -> list[str]:
    """Split at the commas outside parentheses."""
    parts, depth = [""], 0
    for letter in regime:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _said(holds: bool | None) -> str:
    return NO_ANSWER if holds is None else "HOLDS" if holds else "FAILS"


def by_limit(question: Mapping[str, str]) -> str:
    """`sympy.limit` of |f/g|, in several variables one after the other in every order."""
    this = asked(question)
    ratio = this.f / this.g
    answers = {_from_limit(this.relation, ratio, order) for order in permutations(this.large)}
    if False in answers:
        return _said(False)
    return _said(None if None in answers else True)


def _from_limit(relation: str, ratio: sympy.Expr, order: tuple[sympy.Symbol, ...]) -> bool | None:
    for symbol in order:
        ratio = sympy.limit(ratio, symbol, sympy.oo)
    if ratio.has(sympy.Limit, sympy.AccumBounds, sympy.nan):
        return None
    bounded, positive = ratio.is_finite, _not(ratio.is_zero)
    if ratio in (sympy.oo, -sympy.oo, sympy.zoo):
        bounded, positive = False, True
    return {
        "O": bounded,
        "o": ratio.is_zero,
        "Omega": positive,
        "Theta": None if None in (bounded, positive) else bounded and positive,
    }[relation]


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _by_order(this: Asked, within: Callable[[sympy.Expr, sympy.Expr], bool | None]) -> str:
    """Decide from `within(f, g)`, which says whether f = O(g)."""
    if this.relation == "O":
        return _said(within(this.f, this.g))
    back = within(this.g, this.f)
    if this.relation == "Omega":
        return _said(back)
    there = within(this.f, this.g)
    if there is None or back is None:
        return NO_ANSWER
    return _said(there and (back if this.relation == "Theta" else not back))


def by_order(question: Mapping[str, str]) -> str:
    """`sympy.Order(g).contains(f)`, everything going to infinity; o as O without the converse."""
    this = asked(question)
    points = [(symbol, sympy.oo) for symbol in this.large]
    return _by_order(this, lambda f, g: sympy.Order(g, *points).contains(f))


def by_qualtran(question: Mapping[str, str]) -> str:
    """Qualtran's `big_O(g)`, which sends every symbol to infinity, constants and epsilons too."""
    this = asked(question, reciprocals=False)
    return _by_order(this, lambda f, g: big_O(g).contains(f))


def by_bartiq(question: Mapping[str, str]) -> str:
    """bartiq's `BigO`: f = O(g) if the leading terms of f + g are those of g."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _by_order(asked(question), lambda f, g: BigO(f + g).expr == BigO(g).expr)
