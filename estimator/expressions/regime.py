"""The regime of a growth question: what every symbol does.

N->oo, eps->0          go to infinity, to zero, independently of each other
k const                an arbitrary fixed positive real, the same in f and g
k>1, k<=2, 0<k<1       which fixed reals are meant
d=ceiling(4*log(n))    a coupling: d is short for the right-hand side
b <= N, M <= N**2      an order of variables: only where it holds is anything said
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, frozen

from estimator.expressions.cut import larger_of, ratio_of, side_text
from estimator.expressions.parse import GrowthSyntaxError, parse_expression
from estimator.expressions.tree import (
    MINUS,
    Tree,
    children,
    names_in,
    raised,
    replaced,
    times,
    whole,
)

Box = tuple[Fraction, Fraction | None]
"""Open interval in which a constant lies; `None` is infinity."""

_NAME = r"[A-Za-z_]\w*"
_NUMBER = r"-?\d+(?:\.\d+)?(?:/\d+)?"


@frozen
class Regime:
    """What every symbol of a question does.

    Args:
        growing: symbols that go to infinity.
        vanishing: symbols that go to zero from above.
        constants: symbols that stay fixed, with the open interval they are from.
        ends: end points of such an interval that belong to it.
        coupled: symbols that stand for an expression in the others.
        ordered: (large, small) for every order, sides as `expressions.cut` writes them, with
            the reciprocals of vanishing symbols under their names.
    """

    growing: tuple[str, ...]
    vanishing: tuple[str, ...]
    constants: Mapping[str, Box]
    ends: tuple[tuple[str, Fraction], ...]
    coupled: Mapping[str, Tree]
    ordered: tuple[tuple[str, str], ...] = ()

    def resolve(self, tree: Tree) -> Tree:
        """The tree with couplings resolved and every vanishing symbol replaced by 1/symbol.

        In the result the name of a vanishing symbol stands for its reciprocal, so that every
        variable that is left goes to infinity.

        Raises:
            ValueError: if it has a symbol that the regime does not mention.
        """
        for _ in range(len(self.coupled) + 1):
            if not names_in(tree) & set(self.coupled):
                break
            tree = replaced(tree, self.coupled)
        known = {*self.growing, *self.vanishing, *self.constants}
        for name in sorted(names_in(tree) - known):
            raise ValueError(f"the regime must say what every symbol does, got nothing for {name}")
        return restored(tree, frozenset(self.vanishing))

    def restore(self, tree: Tree) -> Tree:
        """A resolved tree in the symbols as asked: 1/symbol for the name of a vanishing one."""
        return restored(tree, frozenset(self.vanishing))


def restored(tree: Tree, vanishing: frozenset[str]) -> Tree:
    """The tree with every vanishing name replaced by its reciprocal, and that simplified."""
    if tree[0] == "x":
        if (pair := ratio_of(tree[1])) is not None:
            large, small = (restored(side, vanishing) for side in pair)
            return times(whole(16), large, restored(raised(small, MINUS), frozenset()))
        return raised(tree, MINUS) if tree[1] in vanishing else tree
    if tree[0] == "^" and tree[1][0] == "x" and tree[1][1] in vanishing:
        exponent = tree[2]
        if exponent[0] == "q":
            return raised(tree[1], ("q", -exponent[1]))
        return raised(tree[1], times(MINUS, restored(exponent, vanishing)))
    if (whole_side := larger_of(tree)) is not None:
        return restored(whole_side, vanishing)
    parts = tuple(restored(part, vanishing) for part in children(tree))
    if not parts:
        return tree
    return tree[:2] + parts if tree[0] == "f" else tree[:1] + parts


def parse_regime(text: str) -> Regime:
    """The regime that a text describes.

    Raises:
        ValueError: if it is no text, a part of it is not understood, or it says two things of one
            symbol.
    """
    if not isinstance(text, str):
        raise ValueError(f"a regime is a text such as 'N->oo, eps->0', got {text!r:.60}")
    growing: list[str] = []
    vanishing: list[str] = []
    fixed: dict[str, Box] = {}
    limits: list[tuple[str, str, Fraction]] = []
    coupled_text: dict[str, tuple[str, int]] = {}
    orders: list[tuple[str, int]] = []
    seen: set[str] = set()

    def claim(name: str) -> None:
        if name in seen:
            raise ValueError(f"the regime must mention every symbol once, got {name} again")
        seen.add(name)

    for place, part in _parts(text):
        if match := re.fullmatch(rf"({_NAME})\s*(?:->|→)\s*\+?(oo|inf|infinity|∞|0\+?)", part):
            claim(match[1])
            (vanishing if match[2].startswith("0") else growing).append(match[1])
        elif match := re.fullmatch(rf"({_NAME})\s+(?:const|constant|fixed)", part):
            claim(match[1])
            fixed.setdefault(match[1], (Fraction(0), None))
        elif match := re.fullmatch(rf"({_NAME})\s*(<=|>=|<|>)\s*({_NUMBER})", part):
            limits.append((match[1], match[2], _limit(match[3], place + match.start(3))))
        elif match := re.fullmatch(
            rf"({_NUMBER})\s*(<=?)\s*({_NAME})\s*(<=?)\s*({_NUMBER})(\s+const)?", part
        ):
            limits.append((match[3], match[2].replace("<", ">"), _limit(match[1], place)))
            limits.append((match[3], match[4], _limit(match[5], place + match.start(5))))
            if match[6]:
                claim(match[3])
        elif match := re.match(rf"({_NAME})\s*=(?!=)", part):
            claim(match[1])
            coupled_text[match[1]] = (part[match.end() :], place + match.end())
        elif re.search(r"<=|>=|≤|≥", part):
            orders.append((part, place))
        else:
            raise ValueError(
                "a regime is made of N->oo, eps->0, k const, k>1, d=EXPRESSION and b <= N, "
                f"got {part!r} at position {place + 1}"
            )
    ends: list[tuple[str, Fraction]] = []
    for name, sign, value in limits:
        lower, upper = fixed.get(name, (Fraction(0), None))
        if sign.startswith(">"):
            lower = value
        else:
            upper = value
        seen.add(name)
        fixed[name] = (lower, upper)
        ends += [(name, value)] if "=" in sign else []
    if clash := sorted(set(fixed) & {*growing, *vanishing, *coupled_text}):
        raise ValueError(f"only a constant can be limited, got a limit for {clash[0]}")
    for name, (lower, upper) in fixed.items():
        if upper is not None and upper <= lower:
            raise ValueError(f"a constant needs room, got {lower} < {name} < {upper}")
    coupled = {}
    for name, (right, place) in coupled_text.items():
        try:
            coupled[name] = parse_expression(right, frozenset(seen))
        except GrowthSyntaxError as problem:
            raise GrowthSyntaxError(f"in the regime, after character {place}: {problem}") from None
    _refuse_cycles(coupled)
    made = Regime(tuple(growing), tuple(vanishing), fixed, tuple(ends), coupled)
    ordered = tuple(pair for part, place in orders for pair in _ordered(part, place, made))
    return evolve(made, ordered=ordered)


def _ordered(part: str, place: int, regime: Regime) -> Iterator[tuple[str, str]]:
    """The orders that a chain such as `b <= N <= M**2` says, larger side first."""
    written = part.replace("≤", "<=").replace("≥", ">=")
    if "<=" in written and ">=" in written:
        raise ValueError(f"an order goes one way, got {part!r} at position {place + 1}")
    texts = written.split("<=") if "<=" in written else written.split(">=")[::-1]
    names = frozenset((*regime.growing, *regime.vanishing, *regime.constants, *regime.coupled))
    trees = [regime.resolve(parse_expression(text, names)) for text in texts]
    for small, large in pairwise(trees):
        if small[0] == large[0] == "^" and small[2] == large[2] == MINUS:
            small, large = large[1], small[1]  # of reciprocals the order is the other one
        sides = side_text(large), side_text(small)
        variables = names_in(large) | names_in(small)
        moving = {*regime.growing, *regime.vanishing}
        is_solved = sides[0] is not None and not sides[0].startswith("(")
        if None in sides or not is_solved or not variables <= moving:
            raise ValueError(
                "an order is between variables, their logarithms, positive powers and on the "
                "smaller side products of two, as in b <= N, M <= N**2, log(N) <= b, "
                f"got {part!r} at position {place + 1}"
            )
        if names_in(large) & names_in(small):
            raise ValueError(f"an order is between different variables, got {part!r}")
        yield str(sides[0]), str(sides[1])


def _limit(written: str, place: int) -> Fraction:
    try:
        return Fraction(written)
    except ZeroDivisionError:
        raise ValueError(
            f"a limit is a number, got {written} at position {place + 1}: division by zero"
        ) from None


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Comma-separated parts, commas inside parentheses apart, with their positions."""
    depth, start = 0, 0
    for place, letter in enumerate(text + ","):
        depth += (letter in "([") - (letter in ")]")
        if letter in ",;" and (depth <= 0 or place == len(text)):
            part = text[start:place]
            if part.strip():
                yield start + len(part) - len(part.lstrip()), part.strip()
            start = place + 1


def _refuse_cycles(coupled: Mapping[str, Tree]) -> None:
    reach = {name: set(names_in(tree)) & set(coupled) for name, tree in coupled.items()}
    for _ in coupled:
        for uses in reach.values():
            uses |= set().union(*(reach[other] for other in uses))
    for name, uses in reach.items():
        if name in uses:
            raise ValueError(f"couplings must not go round in a circle, got {name}")
