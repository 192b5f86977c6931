"""Figures of the authors' program, and what they leave open."""

import pytest

from bloqs.communication.rivals.published_accuracy import GRAPHS, NODES


def test_the_tables_are_whole():
    assert NODES.keys() == {"ogbn-products", "Reddit", "Cora"}
    assert len(GRAPHS) == 9
    assert all(
        0 < each.mean < 100 and each.spread > 0 for each in (*NODES.values(), *GRAPHS.values())
    )


def test_what_an_unknown_column_leaves_room_for():
    cora = NODES["Cora"]
    assert (cora.least_lead, cora.largest_lead) == pytest.approx((-21.31, 78.69))
