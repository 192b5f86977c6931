"""Whether a measurement excludes the states of a linear family of forms, by the polygon criterion.

Points on which all forms of the family agree in value are a class; a state is the sum over classes
c of +-sqrt(R_c) |c>, R_c its number of points. A matrix M >= 0 with M_cc = R_c and rows that sum to
zero gives a measurement: E_f = D_f G D_f / |F| with G_cd = M_cd / sqrt(R_c R_d) and the signs D_f
of f on classes. The E_f sum to 1, as two classes differ on half of the family, and E_f has
expectation sum M_cd = 0 at f. There is such an M if and only if sqrt(R_max) <= sum of the others.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any

from bloqs.hypergraph.model.exclusion import classes, polygon_excludable
from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.exclusion_search import polynomial_of
from bloqs.hypergraph.rivals.exclusion_task import forms_of

EXCLUDED = "some measurement excludes the states of the family"
SHARED = "no measurement excludes the states of the family: they can share a latent"


def search_polygon(task: Mapping[str, Any]) -> Certificate:
    """A measurement, or the inequality that is violated.

    Args:
        task: {"forms": generators, "modes", "q"}.

    Raises:
        ValueError: if generators are dependent.
    """
    generators = [polynomial_of(form) for form in forms_of(task)]
    found = classes(generators, forms_of(task)[0].qubits)
    for mask in range(1, 2 ** len(generators)):
        chosen = [k for k in range(len(generators)) if mask >> k & 1]
        if not any(sum(name[k] for k in chosen) % 2 for name in found):
            same = " and ".join(task["forms"][k] for k in chosen)
            raise ValueError(f"forms of a family are independent, got {same}; leave one out")
    names = sorted(found, key=lambda name: (-found[name], name))
    sizes = [found[name] for name in names]
    evidence: dict[str, Any] = {
        "classes": [{"values": "".join(map(str, name)), "points": found[name]} for name in names]
    }
    if polygon_excludable(sizes):
        evidence["matrix"] = [[str(x) for x in row] for row in measurement_matrix(sizes)]
    else:
        evidence |= roots_apart(sizes)
    answer = EXCLUDED if "matrix" in evidence else SHARED
    return Certificate(name="polygon", task=task, answer=answer, evidence=evidence)


def roots_apart(sizes: Sequence[int]) -> dict[str, Any]:
    """A number below the largest root and numbers above the others, times a scale."""
    largest, *others = sizes
    scale = 1
    while True:
        low = isqrt(largest * scale**2)
        high = [_root_above(size * scale**2) for size in others]
        if low > sum(high):
            return {"scale": scale, "largest_root": low, "other_roots": high}
        scale *= 16


def _root_above(number: int) -> int:
    return isqrt(number - 1) + 1 if number else 0


def measurement_matrix(sizes: Sequence[int]) -> list[list[Fraction]]:
    """M, sizes sorted from the largest."""
    largest, *others = sizes
    if largest < sum(others):
        return _paired(sizes)
    roots = [isqrt(largest * size) for size in others]
    are_whole = all(root**2 == largest * size for root, size in zip(roots, others, strict=True))
    if are_whole and sum(roots) == largest:
        return _degenerate(largest, others)
    return _bordered(largest, others)


def _paired(sizes: Sequence[int]) -> list[list[Fraction]]:
    """Classes as arcs of a circle, each point joined to the one opposite: -M_cd is the common part.

    No arc is longer than half the circle, so that none meets itself.
    """
    total = sum(sizes)
    ends = [sum(sizes[:k]) for k in range(len(sizes) + 1)]
    half = Fraction(total, 2)

    def common(one: int, two: int) -> Fraction:
        both = Fraction(0)
        for shift in (-half, half):
            low = max(ends[one] + shift, Fraction(ends[two]))
            high = min(ends[one + 1] + shift, Fraction(ends[two + 1]))
            both += max(Fraction(0), high - low)
        return both

    count = len(sizes)
    return [
        [Fraction(sizes[a]) if a == b else -common(a, b) for b in range(count)]
        for a in range(count)
    ]


def _bordered(largest: int, others: Sequence[int]) -> list[list[Fraction]]:
    """Beside the largest: w r r^T off the diagonal, r_c below sqrt(R_c), w so that all sums fit."""
    scale = 1
    while True:
        roots = [Fraction(isqrt(size * scale**2), scale) for size in others]
        crossed = sum(roots) ** 2 - sum(root**2 for root in roots)
        missing = largest - sum(others)
        if missing == 0 or crossed >= missing:
            weight = Fraction(missing) / crossed if missing else Fraction(0)
            break
        scale *= 16
    inner = [
        [Fraction(size) if a == b else weight * roots[a] * roots[b]
         for b in range(len(others))]
        for a, size in enumerate(others)
    ]  # fmt: skip
    border = [-sum(row, Fraction(0)) for row in inner]
    return [
        [Fraction(largest), *border],
        *([x, *row] for x, row in zip(border, inner, strict=True)),
    ]


def _degenerate(largest: int, others: Sequence[int]) -> list[list[Fraction]]:
    """sqrt(largest) is the sum of the others: all are multiples of one root, M is of rank one."""
    size = [largest, *others]
    signs = [1, *([-1] * len(others))]
    return [
        [Fraction(s * t * isqrt(a * b)) for b, t in zip(size, signs, strict=True)]
        for a, s in zip(size, signs, strict=True)
    ]
