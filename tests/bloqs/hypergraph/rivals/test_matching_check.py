"""Theorem D for n up to 4, and wrong certificates of it."""

import json
from math import comb

import pytest

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.rivals.certificate import certificate_from_text
from bloqs.hypergraph.rivals.matching_check import check_matching, matchings, partitions
from bloqs.hypergraph.rivals.matching_search import search_matching
from estimator.ask.question import untracked

WORSE = [0, 1, 2, 3, 4, 5, 6, 8, 9]
"""Points on which only 4 forms are constant; on others 8."""


@pytest.fixture(scope="module")
def found():
    """The certificate."""
    return certificate_from_text(search_matching().text())


def test_theorem_d(found):
    """Sums of C(n-1, j); with edges of k modes alone 0, 1, 3, 0 as the specification has them."""
    assert check_matching(found, untracked).is_accepted
    rows = {(x["modes"], x["order"], x["uniform"]): x["bits"] for x in found.evidence["rows"]}
    for (n, k, uniform), bits in rows.items():
        if not uniform:
            assert (
                bits == bound("matching").value(n, k) == sum(comb(n - 1, j) for j in range(k + 1))
            )
    assert [rows[n, k, True] for n, k in ((2, 2), (3, 2), (4, 2), (4, 3))] == [0, 1, 3, 0]


def test_matchings_and_partitions_are_all():
    """105 matchings of 8 points and 4140 partitions."""
    assert len(list(matchings(tuple(range(8))))) == 105
    assert len(list(partitions(tuple(range(8))))) == 4140


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"bits": 8}, "other bits"),
        ({"sets": 11439}, "left out"),
        ({"points": WORSE}, "not the best"),
        ({"points": [0] * 9}, "another size"),
        ({"order": 3}, "a case is missing"),
    ],
)
def test_altered_certificates_are_rejected(found, values, said):
    """Any number of one row."""
    rows = json.loads(json.dumps(found.evidence["rows"]))
    (place,) = [k for k, x in enumerate(rows) if (x["modes"], x["order"], x["uniform"]) ==
                (4, 2, False)]  # fmt: skip
    rows[place] |= values
    verdict = check_matching(found.altered(rows=rows[:-1]), untracked)
    assert not verdict.is_accepted
    assert "missing" in verdict.reason
    verdict = check_matching(found.altered(rows=rows), untracked)
    assert not verdict.is_accepted
    assert said in verdict.reason
