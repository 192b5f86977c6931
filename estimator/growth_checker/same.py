"""Which rewritings of an expression are identities, as the checker knows them."""

from collections.abc import Iterator
from fractions import Fraction
from math import factorial

from estimator.expressions.tree import Tree, call, plus, raised, times, whole
from estimator.growth_checker.number import demand, floor_fraction
from estimator.growth_checker.rules import Book
from estimator.growth_checker.sign import direction
from estimator.growth_checker.sums import UNIT

MINUS: Tree = whole(-1)


def identities(book: Book, node: Tree) -> Iterator[Tree]:
    """Expressions equal to this one wherever both are defined."""
    if node[0] == "^":
        yield call("exp", times(node[2], call("log", node[1])))
        return
    demand(node[0] == "f", "a rewriting of something that is not a function")
    name, argument = node[1], node[2]
    if name == "log" and argument[0] == "*":
        yield plus(*(call("log", part) for part in argument[1:]))
    if name == "log" and argument[0] == "^":
        yield times(argument[2], call("log", argument[1]))
    if name == "log" and argument[:2] == ("f", "exp"):
        yield argument[2]
    if name == "exp":
        yield from _of_exp(book, argument)
    if name in ("Max", "Min") and len(node) == 3:
        yield argument
    if name in ("Max", "Min") and len(node) > 4:
        yield call(name, call(name, *node[2:-1]), node[-1])
    if name == "gamma":
        yield times(call("factorial", argument), raised(argument, MINUS))
    if name == "binomial":
        yield from _of_binomial(book, argument, node[3])


def _of_exp(book: Book, argument: Tree) -> Iterator[Tree]:
    if argument[0] == "+":
        yield times(*(call("exp", part) for part in argument[1:]))
    parts = argument[1:] if argument[0] == "*" else (argument,)
    moving = [part for part in parts if not book.is_fixed(part)]
    if len(moving) == 1 and moving[0][0] == "f":
        (inner,) = moving
        fixed = times(*(part for part in parts if part is not inner))
        if inner[1] == "log":
            yield raised(inner[2], fixed)
        if inner[1] in ("Max", "Min"):
            up = direction(book.value(fixed)) > 0
            name = inner[1] if up else "Min" if inner[1] == "Max" else "Max"
            yield call(name, *(call("exp", times(fixed, part)) for part in inner[2:]))


def _of_binomial(book: Book, top: Tree, bottom: Tree) -> Iterator[Tree]:
    rest = plus(top, times(MINUS, bottom))
    counts = []
    if book.is_fixed(bottom):
        counts.append(book.value(bottom))
    elif rest in book.known and book.known[rest][1] == {} and set(book.known[rest][0]) <= {UNIT}:
        counts.append(book.known[rest][0].get(UNIT, Fraction(0)))
    else:
        shares = [raised(call("factorial", part), MINUS) for part in (bottom, rest)]
        yield times(call("factorial", top), *shares)
    for count in counts:
        k = floor_fraction(count)
        if k is not None and 0 <= k <= 50:
            factors = [plus(top, whole(-j)) for j in range(k)]
            yield times(whole(Fraction(1, factorial(k))), *factors)
