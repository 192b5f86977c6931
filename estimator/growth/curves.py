"""Curves along which all variables go to infinity, tried in turn to refute a bound."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice, pairwise, permutations, product
from math import exp
from operator import mul

from estimator.expressions.tree import Tree, call, plus, raised, times, whole
from estimator.growth_numbers.monomial import Monomial

ROUNDS = 200
"""Of the search for a direction in more than two variables."""

MOST_PATHS = 25
"""Of those chosen by exponents."""

Path = dict[str, Tree]


def paths(
    variables: frozenset[str],
    constants: frozenset[str],
    sizes: Sequence[Sequence[Monomial]],
    ties: bool,
    waves: bool,
    jumps: bool,
) -> Iterator[Path]:
    """Curves with the parameter t; the simplest first.

    Args:
        variables: what must go to infinity.
        constants: symbols that are taken, and may be used in exponents.
        sizes: monomials of f and of g.
        waves: whether the growth may depend on an angle.
        jumps: whether it may depend on the distance to an integer.
        ties: whether it is enough that f keeps up with g.
    """
    names = sorted(variables)
    t: Tree = ("x", "#t")
    if not names:
        yield {}
        return
    yield dict.fromkeys(names, t)
    if len(names) == 1:
        if waves or jumps:
            yield from _integer_paths(names[0], waves)
    elif len(names) == 2:
        yield from _two(names, constants, t)
        yield from islice(_sloped(names, sizes, t, ties), MOST_PATHS)
    else:
        yield from _many(names, t)
        yield from islice(_sloped(names, sizes, t, ties), MOST_PATHS)


def unbalanced(variables: frozenset[str]) -> Iterator[Path]:
    """Curves on which some variables stay fixed, however large, and the others grow."""
    names, t = sorted(variables), ("x", "#t")
    for size in range(1, len(names)):
        for chosen in combinations(range(len(names)), size):
            kept = {names[number]: still(number) for number in chosen}
            yield {**dict.fromkeys(names, t), **kept}


def still(number: int) -> Tree:
    """What a variable is that stays fixed, however large: 16 and any positive constant."""
    return plus(whole(16), ("x", f"#c{number}"))


def _integer_paths(name: str, waves: bool) -> Iterator[Path]:
    """Curves of an integer parameter: multiples of pi, halves, odd and even numbers."""
    n: Tree = ("x", "#n")
    if not waves:
        yield {name: n}
        yield {name: plus(n, whole(Fraction(1, 2)))}
        return
    pi: Tree = ("c", "pi")
    turn = times(whole(2), pi, n)
    for quarter in (1, 3, 2):
        yield {name: plus(turn, times(whole(Fraction(quarter, 2)), pi))}
    yield {name: turn}
    yield {name: plus(n, whole(Fraction(1, 2)))}
    yield {name: n}


def _two(names: list[str], constants: frozenset[str], t: Tree) -> Iterator[Path]:
    fast = call("exp", t)
    shapes: list[Tree] = [raised(t, whole(2)), fast, call("exp", fast), raised(t, whole(3))]
    shapes += [raised(t, whole(5)), raised(t, whole(40)), times(whole(2), t)]
    shapes += [times(t, call("log", t)), raised(t, whole(Fraction(3, 2)))]
    shapes.append(call("exp", times(t, call("log", t))))
    shapes += [call("exp", raised(t, whole(2))), call("exp", raised(t, whole(Fraction(1, 2))))]
    shapes += [call("exp", times(whole(3), t)), call("exp", call("exp", fast))]
    for name in sorted(constants):
        k: Tree = ("x", name)
        inverse = raised(k, whole(-1))
        shapes += [raised(t, plus(k, whole(1))), raised(t, plus(whole(1), inverse))]
        shapes.append(raised(t, times(whole(2), k)))
    for shape in shapes:
        for one, two in permutations(names):
            yield {one: t, two: shape}


def _many(names: list[str], t: Tree) -> Iterator[Path]:
    """Some variables fast, the others slow; with three, every mixture of four speeds."""
    fast = call("exp", t)
    shapes = [fast, call("exp", fast), raised(t, whole(2))]
    for shape in shapes:
        for size in range(1, len(names)):
            for chosen in combinations(names, size):
                yield {**dict.fromkeys(names, t), **dict.fromkeys(chosen, shape)}
    if len(names) == 3:
        for mixture in product([t, *shapes], repeat=3):
            if len({*mixture} - {t}) == 2 and t in mixture:
                yield dict(zip(names, mixture, strict=True))


def _sloped(
    names: list[str], sizes: Sequence[Sequence[Monomial]], t: Tree, ties: bool
) -> Iterator[Path]:
    """Powers of t, or exponentials of such, along which a term of f outgrows all terms of g."""
    found: list[tuple[Fraction, Path]] = []
    for heights in product((0, 1), repeat=len(names)):
        if all(heights):
            continue
        f, g = (_exponents(side, names, heights) for side in sizes)
        if not f:
            continue
        for weights in _weights(len(names), f, g):
            best = max(_dot(row, weights) for row in f)
            other = max((_dot(row, weights) for row in g), default=Fraction(-1000))
            if best > other or (ties and best == other):
                powers = [raised(t, whole(weight)) for weight in weights]
                shapes = [
                    call("exp", power) if h else power
                    for h, power in zip(heights, powers, strict=True)
                ]
                gap = (best - other) / sum(weights)
                found.append((gap, dict(zip(names, shapes, strict=True))))
    found.sort(key=lambda pair: -pair[0])
    yield from (path for _, path in found)


def _exponents(
    sizes: Sequence[Monomial], names: list[str], heights: tuple[int, ...]
) -> list[tuple[Fraction, ...]]:
    rows = []
    for m in sizes:
        exponents = dict(m)
        row = [exponents.get(("v", x, h), Fraction(0)) for x, h in zip(names, heights, strict=True)]
        if all(isinstance(e, Fraction) for e in row):
            rows.append(tuple(row))
    return rows


def _dot(row: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    return sum((e * w for e, w in zip(row, weights, strict=True)), Fraction(0))


def _weights(
    count: int, f: list[tuple[Fraction, ...]], g: list[tuple[Fraction, ...]]
) -> Iterator[tuple[Fraction, ...]]:
    """Directions: for two variables between the ties of any two terms, otherwise a search."""
    if count == 2:
        for slope in _between_ties([*f, *g]):
            yield Fraction(1), slope
        return
    for i, j in combinations(range(count), 2):
        for slope in _between_ties([(row[i], row[j]) for row in [*f, *g]]):
            yield tuple(slope if place == j else Fraction(1) for place in range(count))
    for row in dict.fromkeys(f):
        gaps = [[float(a - b) for a, b in zip(row, other, strict=True)] for other in g]
        yield _raising([gap for gap in dict.fromkeys(map(tuple, gaps)) if any(gap)], count)


def _raising(gaps: list[tuple[float, ...]], count: int) -> tuple[Fraction, ...]:
    """Weights for which the least of the weighted gaps is about as large as it can be.

    The average of weights that grow by turns with the gap that is least at the time.
    """
    weights, total = [1.0 / count] * count, [0.0] * count
    for _ in range(ROUNDS if gaps else 1):
        for place, weight in enumerate(weights):
            total[place] += weight
        if gaps:
            worst = min(gaps, key=lambda gap: sum(map(mul, gap, weights)))
            scale = max(map(abs, worst))
            weights = [w * exp(0.1 * g / scale) for w, g in zip(weights, worst, strict=True)]
            size = sum(weights)
            weights = [max(w / size, 1e-3) for w in weights]
    size = sum(total)
    return tuple(max(Fraction(round(60 * w / size), 60), Fraction(1, 60)) for w in total)


def _between_ties(rows: list[tuple[Fraction, ...]]) -> list[Fraction]:
    ties = set()
    for one, two in combinations(rows, 2):
        x, y = one[0] - two[0], one[1] - two[1]
        if y != 0 and -x / y > 0:
            ties.add(-x / y)
    edges = sorted(ties)
    if not edges:
        return [Fraction(1)]
    middles = [(one + two) / 2 for one, two in pairwise(edges)]
    return [*middles, edges[0] / 2, edges[-1] * 2, *edges]
