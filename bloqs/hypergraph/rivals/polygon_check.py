"""Checks whether the states of a linear family can be excluded: a measurement, or an inequality.

The classes are counted anew on all points, and everything is exact. The generators are independent,
so that two classes have the same sign on half of the family, which is all that the measurement of a
matrix needs. A violated inequality excludes every measurement: see `sharing_witness`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from bloqs.hypergraph.rivals.certificate import Certificate, demand, examined
from bloqs.hypergraph.rivals.exclusion_check import written_signs
from bloqs.hypergraph.rivals.exclusion_task import forms_of
from estimator.ask.question import Tracker


def check_classes(task: Mapping[str, Any], given: Sequence[Mapping[str, Any]]) -> list[int]:
    """Points of each class, as counted here."""
    forms = forms_of(task)
    demand(len(forms) <= 12, "a family has at most 12 generators")
    values = np.array([(1 - written_signs(form)) // 2 for form in forms]).T
    counted = Counter("".join(map(str, row)) for row in values.tolist())
    said = [(row["values"], row["points"]) for row in given]
    demand(len(said) == len(counted) and dict(said) == dict(counted), "the classes are others")
    names = [name for name, _ in said]
    columns = {tuple(name[k] for name in names) for k in range(len(forms))}
    demand(len(columns) == len(forms) and _is_independent(names), "the generators are dependent")
    return [points for _, points in said]


def _is_independent(names: Sequence[str]) -> bool:
    """Whether no sum of generators is the same on all classes."""
    count = len(names[0])
    rows = {int(name, 2) for name in names}
    return all(
        len({(row & mask).bit_count() % 2 for row in rows}) == 2 for mask in range(1, 2**count)
    )


def check_matrix(matrix: Sequence[Sequence[str]], sizes: Sequence[int]) -> str:
    """Whether it is symmetric and positive, sizes on its diagonal, each row of sum zero."""
    rows = [[Fraction(entry) for entry in row] for row in matrix]
    count = len(sizes)
    demand([len(row) for row in rows] == [count] * count, "the matrix has a row for each class")
    for one in range(count):
        demand(rows[one][one] == sizes[one], "its diagonal is not the sizes of the classes")
        demand(sum(rows[one]) == 0, "a row of the matrix does not sum to zero")
        for two in range(one):
            demand(rows[one][two] == rows[two][one], "the matrix is not symmetric")
    demand(is_positive(rows), "the matrix has a negative eigenvalue")
    return "a measurement, its matrix exact"


def is_positive(rows: list[list[Fraction]]) -> bool:
    """Whether a symmetric matrix has no negative eigenvalue: by elimination."""
    rest = [list(row) for row in rows]
    while rest:
        pivot = rest[0][0]
        if pivot < 0 or (pivot == 0 and any(rest[0])):
            return False
        rest = [
            [x * (pivot or 1) - row[0] * y for x, y in zip(row[1:], rest[0][1:], strict=True)]
            for row in rest[1:]
        ]
    return True


def check_roots(evidence: Mapping[str, Any], sizes: Sequence[int]) -> str:
    """Whether the largest root is above the sum of the others."""
    scale, low, high = evidence["scale"], evidence["largest_root"], evidence["other_roots"]
    largest, *others = sizes
    whole = all(isinstance(x, int) and x >= 0 for x in (scale, low, *high))
    demand(whole and scale > 0 and len(high) == len(others), "roots are whole numbers")
    demand(low**2 <= largest * scale**2, "the largest root is above that of the class")
    for root, size in zip(high, others, strict=True):
        demand(root**2 >= size * scale**2, "a root is below that of its class")
    demand(low > sum(high), "the inequality is not violated")
    return "a violated inequality, in whole numbers"


@examined
def check_polygon(certificate: Certificate, track: Tracker) -> str:
    """Whether a measurement excludes the family, or none does."""
    evidence = certificate.evidence
    sizes = check_classes(certificate.task, evidence["classes"])
    if "matrix" in evidence:
        demand(
            certificate.answer == "some measurement excludes the states of the family",
            "it answers otherwise",
        )
        return check_matrix(evidence["matrix"], sizes)
    demand(
        certificate.answer
        == "no measurement excludes the states of the family: they can share a latent",
        "it answers otherwise",
    )
    return check_roots(evidence, sizes)
