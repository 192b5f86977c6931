"""Theorem B from its certificate, and certificates that are wrong."""

import json

import pytest
from attrs import evolve

from bloqs.hypergraph.rivals.certificate import certificate_from_text
from bloqs.hypergraph.rivals.pairs_check import check_pairs
from bloqs.hypergraph.rivals.pairs_search import search_pairs
from estimator.ask.question import untracked


@pytest.fixture(scope="module")
def found():
    """The certificate."""
    return certificate_from_text(search_pairs().text())


def changed(found, place, **values):
    """With other values in one row."""
    rows = json.loads(json.dumps(found.evidence["orbits"]))
    rows[place] |= values
    return found.altered(orbits=rows)


def reason(certificate):
    """Why it is rejected."""
    verdict = check_pairs(certificate, untracked)
    assert not verdict.is_accepted
    return verdict.reason


def test_theorem_b(found):
    """All ordered pairs in 44 orbits: what a fixed list excludes, and what needs one answer or two,
    as the specification has them."""
    assert check_pairs(found, untracked).is_accepted
    rows = found.evidence["orbits"]
    assert len(rows) == 44
    counts = [sum(row["pairs"] for row in rows if row["reads"] == reads) for reads in range(3)]
    assert counts == [968_016, 5_040, 26_880]


def test_wrong_ways_are_rejected(found):
    """An orbit left out or twice, another size, a strategy of another orbit, lists that do not
    commute or leave all three possible, more reads than needed."""
    rows = found.evidence["orbits"]
    easy = next(place for place, row in enumerate(rows) if row["reads"] == 0)
    (one,) = [place for place, row in enumerate(rows) if row["pairs"] == 630]
    assert "are not the pairs" in reason(found.altered(orbits=rows[:-1]))
    assert "those before" in reason(found.altered(orbits=[*rows, rows[0]]))
    assert "pairs" in reason(changed(found, 0, pairs=rows[0]["pairs"] + 1))
    assert "possible" in reason(changed(found, 0, way=[1, 2, 4, 8]))
    assert "possible" in reason(changed(found, 0, way=1))
    assert "a string and two strategies" in reason(changed(found, 0, way=[1, 2]))
    assert "cannot be read" in reason(changed(found, 0, way=None))
    assert "reads" in reason(changed(found, easy, reads=1))
    way = rows[one]["way"]
    assert "possible" in reason(changed(found, one, way=[way[0], way[2], way[1]]))
    way = rows[easy]["way"]
    assert "fewer" in reason(changed(found, easy, way=[way[0], way, way], reads=1))
    assert "another one" in reason(evolve(found, task={**found.task, "modes": 5}))
