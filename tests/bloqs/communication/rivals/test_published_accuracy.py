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


PRINTED = {
    "ogbn-products": "78.51 0.05", "Reddit": "96.31 0.03", "Cora": "78.69 0.26",
    "MUTAG": "92.0 6.5", "PTC": "68.0 8.1", "NCI1": "77.2 1.4", "PROTEINS": "76.7 4.6",
    "COLLAB": "81.8 1.4", "IMDB-B": "76.0 2.5", "IMDB-M": "53.1 2.8", "REDDIT-B": "78.9 2.7",
    "REDDIT-M": "54.1 1.7",
}  # fmt: skip
"""Mean and spread, as a reader finds them."""


def test_figures_are_those_that_are_printed():
    """And what is left of 100 % is the lead that no other network can take away."""
    every = {**NODES, **GRAPHS}
    assert every.keys() == PRINTED.keys()
    for name, text in PRINTED.items():
        mean, spread = map(float, text.split())
        assert (every[name].mean, every[name].spread) == (mean, spread)
        assert every[name].least_lead == pytest.approx(mean - 100)
        assert every[name].largest_lead == mean
