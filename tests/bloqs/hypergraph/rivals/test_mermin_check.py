"""Mermin squares, and squares that are none."""

import json

import pytest

from bloqs.hypergraph.rivals.certificate import certificate_from_text
from bloqs.hypergraph.rivals.mermin_check import check_mermin, most_lines
from bloqs.hypergraph.rivals.mermin_search import search_mermin
from estimator.ask.question import untracked


def test_squares_for_orders_two_to_five():
    """Accepted; five of six contexts have values, all six if the products are all 1."""
    found = certificate_from_text(search_mermin().text())
    assert check_mermin(found, untracked).is_accepted
    assert most_lines((1, 1, -1, 1, 1, 1)) == 5
    assert most_lines((1, 1, 1, 1, 1, 1)) == 6


@pytest.mark.parametrize("order", range(4))
@pytest.mark.parametrize("place", range(9))
def test_each_observable_is_needed(order, place):
    """With X_a X_b in place of any of the nine, something is wrong."""
    found = search_mermin()
    squares = json.loads(json.dumps(found.evidence["squares"]))
    row, column = divmod(place, 3)
    squares[order]["observables"][row][column] = [3, [2 ** (order + 2) - 1]]
    assert not check_mermin(found.altered(squares=squares), untracked).is_accepted


def test_a_square_that_is_left_out():
    """Or a product that is said to be another."""
    found = search_mermin()
    squares = json.loads(json.dumps(found.evidence["squares"]))
    assert "missing" in check_mermin(found.altered(squares=squares[1:]), untracked).reason
    squares[0]["products"][2] = [0, []]
    assert "a product" in check_mermin(found.altered(squares=squares), untracked).reason
