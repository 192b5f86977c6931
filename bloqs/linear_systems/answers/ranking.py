"""Which solver is cheapest, and where that changes."""

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from estimator.compare.crossover import Size
from estimator.report.parts import Column, Row, Table
from estimator.report.text import SHORT


@frozen
class Reign:
    """Sizes at which one solver is the cheapest.

    Args:
        name: of the solver.
        first: the smallest of them, of those that were looked at.
        last: the largest.
    """

    name: str
    first: Size
    last: Size


def reigns(sizes: Sequence[Size], costs: Callable[[Size], Mapping[str, float]]) -> list[Reign]:
    """The cheapest solver from the first size to the last; of equals the one that was cheapest.

    Args:
        sizes: rising, at least one.
        costs: of every solver at a size; at least one.
    """
    found: list[Reign] = []
    for size in sizes:
        at = costs(size)
        least = min(at.values())
        if found and at.get(found[-1].name) == least:
            found[-1] = Reign(found[-1].name, found[-1].first, size)
        else:
            found.append(Reign(min(at, key=lambda name: at[name]), size, size))
    return found


def ranking_table(key: str, rows: Sequence[Row], heading: str, axis: str) -> Table:
    """The reigns for a reader and as data.

    Args:
        key: name of the table.
        rows: with `by`, `among`, `cheapest`, `from`, `to`.
        heading: above the table.
        axis: name of the size.
    """
    return Table(
        key=key,
        columns=[
            Column(key="by", wraps=False),
            Column(key="among", wraps=False),
            Column(key="cheapest", wraps=False),
            Column(key="from", label=f"from {axis}", style=SHORT, align="right"),
            Column(key="to", style=SHORT, align="right"),
        ],
        rows=rows,
        heading=heading,
        is_section=True,
    )
