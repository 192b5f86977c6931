"""Open: how networks of degree 2 compare with others on graphs."""

from bloqs.communication.rivals.published_accuracy import GRAPHS
from proofs.open_question import OpenQuestion


def equal_columns(dataset: str) -> float:
    """As if the best of the others had the same accuracy."""
    return GRAPHS[dataset].mean - GRAPHS[dataset].mean


THEOREM = OpenQuestion(
    says="On graphs, networks of hops with an activation of degree 2 are comparable with the best "
    "that are known, on each data set up to the standard deviation that is printed.",
    reason="Their own column is public, and is a best validation accuracy over epochs; those of "
    "the other networks, and how they were chosen, are not.",
    shown=lambda dataset: GRAPHS[dataset].least_lead,
    stated=lambda dataset: -GRAPHS[dataset].spread,
    reached=lambda dataset: GRAPHS[dataset].largest_lead,
    instances=tuple({"dataset": name} for name in GRAPHS),
    false_twin=equal_columns,
    twin_says="The column that is public is that of all networks.",
    source="[GMSM24] Table 2, caption; figures of the authors' program; open",
    assumptions=(
        "Comparable is read as within one standard deviation, and most as all.",
        "Whether the program's figures are those of the table is not known.",
    ),
)
