"""Reads what a written claim says: sides, constant, conditions, and the steps it comes from."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import field, frozen

from estimator.expressions.parse import parse_expression
from estimator.expressions.tree import Tree, names_in, replaced
from estimator.growth_audit.paths import path_of

ABOUT_INTEGERS = re.compile(r"n\d*")
"""Name of a path's parameter that runs through the integers."""


@frozen
class Line:
    """One thing that a step says, of trees.

    Args:
        said: the step as written.
        kind: |first - second| <= third; first <= second.
        trees: as many as the kind has.
    """

    said: str
    kind: Literal["enclosed", "at most"]
    trees: tuple[Tree, ...]


@frozen(kw_only=True)
class Claim:
    """|left| <= constant * rate * |right| under conditions.

    Args:
        said: as written.
        side: of the relation that it shows, or refutes; `None` if that is not written.
        defined: what stands for names, each in names further on or free ones.
        free: names that are positive and new.
        orders: pairs of which the first is at least the second.
        path: variables by name; empty if there is none.
        left: what is bounded.
        right: what bounds it.
        constant: C.
        rate: what else stands before |right|, if anything does.
        thresholds: name, whether it is at most, and the value.
        lines: what the steps say.
        every: those of the free names that stand for every positive number in a path.
        at: what is whole at the points of the path that are meant; `None` if all are.
        verdict: that it shows, in an answer with a condition.
        untold: steps about values of which only bounds are told, left out of `lines`.
    """

    said: str
    side: str | None
    defined: Mapping[str, Tree]
    free: tuple[str, ...]
    orders: tuple[tuple[Tree, Tree], ...]
    path: Mapping[str, Tree]
    left: Tree
    right: Tree
    constant: Tree
    rate: Tree | None
    thresholds: tuple[tuple[str, bool, Tree], ...]
    lines: tuple[Line, ...] = field(repr=False)
    every: tuple[str, ...] = ()
    at: Tree | None = None
    verdict: str | None = None
    untold: int = 0


def claim_of(
    row: Mapping[str, Any], taken: frozenset[str], vanishing: frozenset[str] = frozenset()
) -> Claim:
    """What a row of a witness claims.

    Args:
        row: of `WrittenAnswer.claims`.
        taken: symbols of the question.
        vanishing: those that go to zero.

    Raises:
        ValueError: if something is not understood.
    """

    def read(text: str) -> Tree:
        return parse_expression(text, taken)

    found = re.fullmatch(r"\|([^|]*)\| <= \w+\*(?:([^|]*)\*)?\|([^|]*)\|", row["claim"])
    if found is None:
        raise ValueError(f"a claim is written |f| <= C*|g|, got {row['claim'][:80]!r}")
    defined, free, every = _case(row.get("case", ""), read)
    orders = tuple(_order(each, read) for each in row.get("where", "").split(" and ") if each)
    lines: list[Line] = []
    atoms: dict[str, Tree] = {}
    for step in row.get("steps", []):
        lines += _lines(step, read, atoms)
    lines = [_with_atoms(each, atoms) for each in lines]
    told = [each for each in lines if not any(_has_atom(x, taken) for x in each.trees)]
    return Claim(
        said=row["claim"],
        side=row.get("side"),
        defined=defined,
        free=free,
        orders=orders,
        path=path_of({name: read(x) for name, x in row.get("path", {}).items()}, vanishing),
        left=read(found[1]),
        right=read(found[3]),
        constant=read(row["C"]),
        rate=None if found[2] is None else read(found[2]),
        thresholds=tuple(_threshold(each, read) for each in row.get("thresholds", [])),
        lines=tuple(told),
        every=every,
        at=None if "at" not in row else _whole(row["at"], read),
        verdict=row.get("verdict"),
        untold=len({x.said for x in lines}) - len({x.said for x in told}),
    )


def _whole(text: str, read: Any) -> Tree:
    match = re.fullmatch(r"points where (.*) is whole", text)
    if match is None:
        raise ValueError(f"points are those where X is whole, got {text[:80]!r}")
    found: Tree = read(match[1])
    return found


def _case(text: str, read: Any) -> tuple[dict[str, Tree], tuple[str, ...], tuple[str, ...]]:
    """What stands for constants, names that are only positive, and those that are every one."""
    every: list[str] = []
    defined: dict[str, Tree] = {}
    positive: list[str] = []
    for each in re.split(r"[;,] (?=\w+ [=>] |as |every )", text):
        if match := re.fullmatch(r"(\w+) = (.*)", each):
            defined[match[1]] = read(match[2])
        elif match := re.fullmatch(r"(every )?(\w+) > 0", each):
            positive.append(match[2])
            every += [match[2]] if match[1] else []
        elif each and not each.startswith("as "):
            raise ValueError(f"a case is written k = 1 + k1, k1 > 0, got {text[:80]!r}")
    free = tuple(name for name in dict.fromkeys(positive) if name not in defined)
    return defined, free, tuple(name for name in every if name in free)


def _order(text: str, read: Any) -> tuple[Tree, Tree]:
    large, sign, small = text.partition(" >= ")
    if not sign:
        raise ValueError(f"an order of variables is written N >= M, got {text[:80]!r}")
    return read(large), read(small)


def _threshold(text: str, read: Any) -> tuple[str, bool, Tree]:
    match = re.fullmatch(r"(\w+) ([<>])= (.*)", text)
    if match is None:
        raise ValueError(f"a threshold is written N >= 3, got {text[:80]!r}")
    return match[1], match[2] == "<", read(match[3])


def _lines(step: str, read: Any, atoms: dict[str, Tree]) -> Iterator[Line]:
    body, is_ruled, rule = step.rpartition("  [")
    rule = rule.removesuffix("]")
    if not is_ruled:  # it says what is kept whole
        return
    if rule.startswith("atom: "):
        low, name, high = _parts(body, " <= ", 3)
        _, is_told, meant = rule.partition(f", {name} = ")
        if is_told:
            atoms[name] = read(meant)
        yield Line(step, "at most", (read(low), read(name)))
        yield Line(step, "at most", (read(name), read(high)))
    elif rule == "floor":
        whole, terms = _parts(body, " >= ", 2)
        yield Line(step, "at most", (read(terms), read(whole)))
    elif rule == "domination":
        for pair in body.partition("  because ")[2].split("; "):
            if pair:
                one, two = _parts(pair, " <= ", 2)
                yield Line(step, "at most", (read(one), read(two)))
    else:
        node, right = _parts(body, " = ", 2)
        main, _, blur = right.partition(" up to ")
        yield Line(step, "enclosed", (read(node), read(main), read(blur or "0")))


def _parts(text: str, sign: str, count: int) -> list[str]:
    parts = text.split(sign)
    if len(parts) != count:
        raise ValueError(f"a step has {count} sides of{sign.rstrip()}, got {text[:80]!r}")
    return parts


def _has_atom(tree: Tree, taken: frozenset[str]) -> bool:
    """Whether there is a name of a value that is not told."""
    return any(re.fullmatch(r"Y_*\d+", name) for name in names_in(tree) - taken)


def _with_atoms(line: Line, atoms: Mapping[str, Tree]) -> Line:
    """A line in which what the steps keep whole is written out."""
    trees = line.trees
    for name, meant in reversed(list(atoms.items())):
        trees = tuple(replaced(tree, {name: meant}) for tree in trees)
    return Line(line.said, line.kind, trees)
