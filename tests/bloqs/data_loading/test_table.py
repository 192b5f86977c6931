"""Tables that no lookup accepts."""

import pytest

from bloqs.data_loading.table import check_table
from estimator import symbols


@pytest.mark.parametrize(
    ("table", "length", "bitsize", "message"),
    [
        ((0, 1, 0), 4, 1, "table must have 4 entries, got 3; pad it with zeros"),
        ((0, 1, 0), 4, symbols.b, "table must have 4 entries, got 3"),
        ((0, 4, 0, 0), 4, 2, "table entry 4 does not fit into 2 bits"),
        ((0, -1, 0, 0), 4, 2, "table entry -1 does not fit into 2 bits"),
        ((0, 4), symbols.L, 2, "table entry 4 does not fit into 2 bits"),
    ],
)
def test_refuses_what_no_memory_can_hold(table, length, bitsize, message):
    with pytest.raises(ValueError, match=message):
        check_table(table, length, bitsize)


@pytest.mark.parametrize(
    ("table", "length", "bitsize"),
    [
        (None, 4, 2),
        ((0, 1, 2, 3), 4, 2),
        ((0, 9), symbols.L, symbols.b),
        ((0, 9), 2, symbols.b),
    ],
)
def test_accepts_what_it_cannot_refute(table, length, bitsize):
    """No table, a fitting table, and sizes that are not known yet."""
    check_table(table, length, bitsize)
