"""Three states: each verdict with a measurement or a reason, exact; altered ones are rejected."""

from fractions import Fraction
from itertools import product

import pytest
from attrs import evolve

from bloqs.hypergraph.rivals.certificate import NotShownError, certificate_from_text
from bloqs.hypergraph.rivals.exclusion_check import check_exclusion, check_reason
from bloqs.hypergraph.rivals.exclusion_search import search_exclusion
from bloqs.hypergraph.rivals.exclusion_task import (
    forms_from_texts,
    forms_task,
    overlaps_from_text,
)
from estimator.ask.question import untracked

YES, NO = "measurement", "reason"


def found(text):
    """From overlaps, by its file."""
    task = {"overlaps": [str(x) for x in overlaps_from_text(text)]}
    return certificate_from_text(search_exclusion(task).text())


@pytest.mark.parametrize(
    ("overlaps", "kind"),
    [
        ("1/4,1/4,1/4", YES),
        ("0.5,0.2,0.1", YES),
        ("0.2,0.2,0.4", NO),
        ("0,1/2,1/2", YES),
        ("1/2,0,1/2", YES),
        ("1/2,1/2,0", YES),
        ("0,0,0", YES),
        ("1,0,0", YES),
        ("0,1,0", YES),
        ("0,0,1", YES),
        ("1,1,1", NO),
        ("1,1/2,1/2", NO),
        ("9/16,9/16,9/16", NO),
        ("1/4,1/4,1/4000000000000000000000", YES),
        ("0.25,0.25,0.2500000000000000000000000001", NO),
    ],
)
def test_known_cases(overlaps, kind):
    """Those of the specification, equality and a hair beyond, orthogonal and equal pairs."""
    certificate = found(overlaps)
    assert certificate.evidence.keys() == {kind}
    assert check_exclusion(certificate, untracked).is_accepted


def test_a_grid_of_overlaps():
    """All eighths that states can have: the checker accepts, and what it accepts is the criterion
    in another form, sum + 2 sqrt(product) <= 1."""
    seen = set()
    for one, two, three in product(range(9), repeat=3):
        total = Fraction(one + two + three, 8)
        square = Fraction(one * two * three, 128)  # (2 sqrt(product))**2
        if total > 1 and (total - 1) ** 2 > square:
            continue
        certificate = found(f"{one}/8,{two}/8,{three}/8")
        assert check_exclusion(certificate, untracked).is_accepted
        can = total <= 1 and (1 - total) ** 2 >= square
        assert certificate.evidence.keys() == {YES if can else NO}
        seen.add(can)
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("forms", "q", "kind"),
    [
        (("I", "W(0,1)", "W(2,3)"), 2, YES),
        (("I", "W(0,1,2)", "W(0,1,3)"), 2, NO),
        (("I", "W(0,1,2:1)", "W(0,1,3:1)"), 4, YES),
        (("W(0,1) W(0,2) W(1,2)", "I", "W(0,1)"), 2, YES),
    ],
)
def test_forms(forms, q, kind):
    """Of order 3 on plain qubits and over a field of four; a pair that is orthogonal."""
    certificate = search_exclusion(forms_task(forms_from_texts(forms, 4, q)))
    assert certificate.evidence.keys() == {kind}
    assert check_exclusion(certificate, untracked).is_accepted


def rejected(certificate):
    """The reason."""
    verdict = check_exclusion(certificate, untracked)
    assert not verdict.is_accepted
    return verdict.reason


def test_altered_measurements_are_rejected():
    """Each probability changed, a state that is met, other overlaps, another answer."""
    certificate = found("0.5,0.2,0.1")
    given = certificate.evidence[YES]
    for row, column in product(range(3), repeat=2):
        rows = [[list(p) for p in line] for line in given["probabilities"]]
        rows[row][column][0] = str(Fraction(rows[row][column][0]) + Fraction(1, 10**9))
        rejected(certificate.altered(measurement={**given, "probabilities": rows}))
    assert "another" in rejected(evolve(certificate, task={"overlaps": ["1/2", "1/5", "1/9"]}))
    assert "otherwise" in rejected(
        evolve(certificate, answer="no measurement leaves out one of three states")
    )
    assert "root" in rejected(certificate.altered(measurement={**given, "root": -4}))
    negative = [[["0", "0"], ["2", "0"], ["0", "0"]], [["1", "0"], ["0", "0"], ["1", "0"]],
                [["0", "0"], ["-1", "0"], ["0", "0"]]]  # fmt: skip
    assert "negative" in rejected(
        certificate.altered(measurement={"root": 1, "probabilities": negative})
    )


def test_altered_reasons_are_rejected():
    """Larger entries, roots that are too large, a matrix not symmetric, smaller overlaps."""
    certificate = found("0.2,0.2,0.4")
    given = certificate.evidence[NO]
    n = [list(map(Fraction, row)) for row in given["n"]]

    def with_n(matrix):
        texts = [[str(x) for x in row] for row in matrix]
        return certificate.altered(reason={**given, "n": texts})

    assert "below" in rejected(with_n([[1000 * x for x in row] for row in n]))
    assert "symmetric" in rejected(with_n([[2 * x for x in n[0]], *n[1:]]))
    assert "trace" in rejected(with_n([[-abs(x) if i == j else 0 for j, x in enumerate(row)]
                                       for i, row in enumerate(n)]))  # fmt: skip
    assert "negative off" in rejected(with_n([[-x for x in row] for row in n]))
    roots = [str(Fraction(x) + 1) for x in given["roots"]]
    assert "root" in rejected(certificate.altered(reason={**given, "roots": roots}))
    assert "root" in rejected(evolve(certificate, task={"overlaps": ["1/5", "1/5", "1/5"]}))


@pytest.mark.parametrize(
    ("diagonal", "fault"),
    [("-1/3", "the trace is not positive"), ("-33/100", "N does not lie below state 1")],
)
def test_a_trace_of_zero_shows_nothing(diagonal, fault):
    """Diagonal and twice the roots: 3 d + 2 (3/2 of 1/3) is 0 at d = -1/3."""
    n = [[diagonal if i == j else "1/3" for j in range(3)] for i in range(3)]
    given = {"n": n, "roots": ["1/2"] * 3}
    with pytest.raises(NotShownError, match=fault):
        check_reason(given, [Fraction(1, 4)] * 3)
