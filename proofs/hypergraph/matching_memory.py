"""Theorem D: what one query for a matching of all points forces, with edges of all sizes."""

from collections.abc import Iterator
from itertools import combinations
from math import log2

import sympy

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.model.exclusion import value_at
from bloqs.hypergraph.symbols import j, k, n
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem

Partition = tuple[int, ...]
"""Number of its class, for each point; classes by first point."""


def matchings(points: tuple[int, ...]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every way to pair all points up."""
    if not points:
        yield ()
        return
    first, *rest = points
    for partner in rest:
        left = tuple(point for point in rest if point != partner)
        for others in matchings(left):
            yield ((first, partner), *others)


def derive() -> sympy.Expr:
    """Forms that share are constant on more than half of the points, at best a half cube and one.

    A half cube tells all coefficients of a form in n - 1 variables but the constant; the point
    more tells one bit.
    """
    sets = sympy.binomial(n, j)
    pascal = sympy.binomial(n - 1, j) + sympy.binomial(n - 1, j - 1)
    step("edges with mode 0, and without", sympy.combsimp(sets - pascal))
    half = sympy.Sum(sympy.binomial(n - 1, j), (j, 0, k))
    constant = sympy.binomial(n - 1, j).subs(j, 0)
    step("one constant is not told, one point is", half - constant + 1, half)
    return half


def measure(n: int, k: int) -> Measurement:
    """By trying all matchings on all families: how many forms share, of how many."""
    points = tuple(range(2**n))
    masks = [
        sum(1 << v for v in edge)
        for size in range(1, k + 1)
        for edge in combinations(range(n), size)
    ]
    forms = [
        tuple(
            value_at(tuple(mask for i, mask in enumerate(masks) if chosen >> i & 1), point)
            for point in points
        )
        for chosen in range(2 ** len(masks))
    ]
    pairs = list(combinations(points, 2))
    masks_of = [sum(1 << pairs.index(pair) for pair in each) for each in matchings(points)]

    def shares(partition: Partition) -> bool:
        alike = sum(1 << i for i, (x, y) in enumerate(pairs) if partition[x] == partition[y])
        return all(each & alike for each in masks_of)

    whole: Partition = (0,) * len(points)
    known, tried, todo = {whole}, {whole}, [whole]
    while todo:
        partition = todo.pop()
        for form in forms:
            names: dict[tuple[int, int], int] = {}
            finer = tuple(
                names.setdefault(key, len(names)) for key in zip(partition, form, strict=True)
            )
            if finer in tried:
                continue
            tried.add(finer)
            if shares(finer):
                known.add(finer)
                todo.append(finer)
    most = max(sum(is_constant(form, partition) for form in forms) for partition in known)
    return Measurement(value=log2(len(forms) / most), stated=bound("matching").value(n, k))


def is_constant(form: tuple[int, ...], partition: Partition) -> bool:
    """On each class."""
    seen: dict[int, int] = {}
    return all(seen.setdefault(c, y) == y for c, y in zip(partition, form, strict=True))


THEOREM = Theorem(
    says="On plain qubits with edges of all sizes from 1 to k, one query that may ask for any "
    "perfect matching of the 2**n points takes exactly sum over j <= k of C(n - 1, j) bits.",
    relation="==",
    value=sympy.Sum(sympy.binomial(n - 1, j), (j, 0, k)),
    derive=derive,
    measure=measure,
    instances=({n: 2, k: 2}, {n: 3, k: 2}, {n: 3, k: 3}),
    false_twin=sympy.Sum(sympy.binomial(n - 1, j), (j, 1, k)),
    twin_says="The point beyond half of the cube tells nothing.",
    source="[BHL12] dimension of truncated Reed-Muller codes; ours; derived",
    assumptions=(
        "Causal, and of zero error.",
        "A query may be exponentially long in n, and acts on all modes.",
        "The rank of forms on more than half of the points is least on a half cube and a point.",
    ),
)
