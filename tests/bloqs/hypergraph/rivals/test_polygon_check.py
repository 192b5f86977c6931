"""Families of forms: a measurement or a violated inequality, exact, and altered ones."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from attrs import evolve

from bloqs.hypergraph.model.exclusion import polygon_excludable
from bloqs.hypergraph.rivals.certificate import NotShownError, certificate_from_text
from bloqs.hypergraph.rivals.exclusion_check import written_signs
from bloqs.hypergraph.rivals.exclusion_task import forms_from_texts, forms_task
from bloqs.hypergraph.rivals.polygon_check import (
    check_matrix,
    check_polygon,
    check_roots,
    is_positive,
)
from bloqs.hypergraph.rivals.polygon_search import (
    measurement_matrix,
    roots_apart,
    search_polygon,
)
from estimator.ask.question import untracked

FAMILIES = [
    (("W(0,1,2)", "W(0,1,3)"), 4, False),
    (("W(0,1)",), 2, False),
    (("W(0,1,2)", "W(3,4,5)"), 6, False),
    (("W(0,1,2,3)",), 4, False),
    (("W(0,1)", "W(2,3)"), 4, True),
    (("W(0,1)", "W(0,2)"), 3, True),
    (("W(0,1)", "W(0,2)", "W(1,2)"), 3, True),
    (("W(0)",), 1, True),
    (("W(0,1,2)", "W(0,1,3)", "W(0,2,3)", "W(1,2,3)"), 4, True),
    (tuple(f"W({','.join(v for v in '012345' if v != w)})" for w in "012345"), 6, False),
]


def certificate_of(forms, modes):
    """By its file."""
    task = forms_task(forms_from_texts(forms, modes, 2))
    return certificate_from_text(search_polygon(task).text())


@pytest.mark.parametrize(("forms", "modes", "excludable"), FAMILIES)
def test_families(forms, modes, excludable):
    """The largest class against the others: a common pair shares at k = 3, all at k = n - 1 = 5."""
    certificate = certificate_of(forms, modes)
    assert check_polygon(certificate, untracked).is_accepted
    assert ("matrix" in certificate.evidence) == excludable


@pytest.mark.parametrize(("forms", "modes"), [row[:2] for row in FAMILIES if row[2]])
def test_the_measurement_excludes_on_state_vectors(forms, modes):
    """Built from the matrix: its parts sum to 1 on the span of the classes and each has
    expectation zero at its own state."""
    evidence = certificate_of(forms, modes).evidence
    sizes = np.array([row["points"] for row in evidence["classes"]])
    matrix = np.array([[float(Fraction(x)) for x in row] for row in evidence["matrix"]])
    gram = matrix / np.sqrt(np.outer(sizes, sizes))
    values = [written_signs(form) for form in forms_from_texts(forms, modes, 2)]
    labels = ["".join(str(int(v[x] < 0)) for v in values) for x in range(2**modes)]
    vectors = np.array(
        [[(label == row["values"]) / row["points"] ** 0.5 for label in labels]
         for row in evidence["classes"]]
    )  # fmt: skip
    total = np.zeros((2**modes, 2**modes))
    for chosen in product((0, 1), repeat=len(forms)):
        signs = np.prod([v**c for v, c in zip(values, chosen, strict=True)], axis=0)
        part = np.diag(signs) @ vectors.T @ gram @ vectors @ np.diag(signs) / 2 ** len(forms)
        assert np.linalg.eigvalsh(part).min() > -1e-12
        assert abs(signs @ part @ signs) < 1e-9
        total += part
    assert np.allclose(total, vectors.T @ vectors)


def test_all_small_sizes():
    """Each list of sizes has what the criterion says, and it is checked."""
    seen = set()
    for sizes in product(range(1, 13), repeat=3):
        ordered = sorted(sizes, reverse=True)
        seen.add(polygon_excludable(ordered))
        if polygon_excludable(ordered):
            matrix = [[str(x) for x in row] for row in measurement_matrix(ordered)]
            check_matrix(matrix, ordered)
        else:
            check_roots(roots_apart(ordered), ordered)
    assert seen == {True, False}
    for ordered in ([9, 1, 1, 1], [8, 2, 2], [50, 8, 8, 2], [25, 4, 4, 1]):  # equality
        check_matrix([[str(x) for x in row] for row in measurement_matrix(ordered)], ordered)
    with pytest.raises(NotShownError):
        check_roots({"scale": 1, "largest_root": 3, "other_roots": [1, 1, 1]}, [9, 1, 1, 1])


def rejected(certificate):
    """The reason."""
    verdict = check_polygon(certificate, untracked)
    assert not verdict.is_accepted
    return verdict.reason


def test_altered_certificates_are_rejected():
    """Matrices, roots, classes, and forms that are others."""
    yes, no = certificate_of(("W(0,1)", "W(2,3)"), 4), certificate_of(("W(0,1,2)",), 3)
    rows = yes.evidence["matrix"]
    assert "diagonal" in rejected(yes.altered(matrix=[["8", *rows[0][1:]], *rows[1:]]))
    swapped = [[row[0], row[2], row[1], row[3]] for row in rows]
    assert "matrix" in rejected(yes.altered(matrix=swapped)) or "diagonal" in rejected(
        yes.altered(matrix=swapped)
    )
    assert "a row for each" in rejected(yes.altered(matrix=rows[:3]))
    wrong = [["9", "-9", "0", "0"], ["-9", "3", "3", "3"], ["0", "3", "3", "-6"],
             ["0", "3", "-6", "1"]]  # fmt: skip
    assert "sum" in rejected(yes.altered(matrix=wrong)) or "negative" in rejected(
        yes.altered(matrix=wrong)
    )
    assert "otherwise" in rejected(evolve(yes, answer=no.answer))
    roots = no.evidence["other_roots"]
    assert "below" in rejected(no.altered(other_roots=[x - 1 for x in roots]))
    assert "above" in rejected(no.altered(largest_root=10 * no.evidence["largest_root"]))
    assert "not violated" in rejected(no.altered(largest_root=0))
    assert "classes" in rejected(evolve(no, task={**no.task, "forms": ["W(0,1)"]}))
    with pytest.raises(ValueError, match="independent"):
        certificate_of(("W(0,1)", "W(0,1)"), 2)


def test_signs_of_eigenvalues():
    """Against NumPy, on random whole matrices, singular ones among them."""
    rng = np.random.default_rng(3)
    verdicts = set()
    for size in range(1, 6):
        for rank in range(1, size + 1):
            factor = rng.integers(-2, 3, size=(size, rank))
            shift = rng.integers(0, 2)
            matrix = factor @ factor.T - shift * np.eye(size, dtype=int)
            wanted = np.linalg.eigvalsh(matrix).min() > -1e-9
            assert is_positive(matrix.tolist()) == wanted
            verdicts.add(bool(wanted))
    assert verdicts == {True, False}
