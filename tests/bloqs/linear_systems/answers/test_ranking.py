"""Where the cheapest changes."""

import pytest

from bloqs.linear_systems.answers.ranking import Reign, reigns

SIZES = (1.0, 2.0, 4.0, 8.0)


@pytest.mark.parametrize(
    ("costs", "wanted"),
    [
        ({"a": lambda x: x, "b": lambda x: 3}, [Reign("a", 1, 2), Reign("b", 4, 8)]),
        ({"a": lambda x: x, "b": lambda x: x}, [Reign("a", 1, 8)]),
        (
            {"a": lambda x: abs(x - 2), "b": lambda x: 0.5},
            [Reign("b", 1, 1), Reign("a", 2, 2), Reign("b", 4, 8)],
        ),
        ({"a": lambda x: 4 - x, "b": lambda x: 2}, [Reign("b", 1, 2), Reign("a", 4, 8)]),
        ({"a": lambda x: max(2, x), "b": lambda x: 2}, [Reign("a", 1, 2), Reign("b", 4, 8)]),
    ],
)
def test_reigns(costs, wanted):
    """Of equals the one that was cheapest stays."""
    found = reigns(SIZES, lambda size: {name: cost(size) for name, cost in costs.items()})
    assert found == wanted
