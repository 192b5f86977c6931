"""Open: what an activation of degree 2 costs in accuracy on nodes."""

from bloqs.communication.rivals.published_accuracy import NODES
from proofs.open_question import OpenQuestion


def equal_columns(dataset: str) -> float:
    """As if the activation that is replaced had the same accuracy."""
    return NODES[dataset].mean - NODES[dataset].mean


THEOREM = OpenQuestion(
    says="With an activation of degree 2 in place of PReLU, networks of hops lose less than one "
    "point of accuracy on Reddit, Cora and ogbn-products.",
    reason="The column with degree 2 is public, that with PReLU is not: the loss could be anything "
    "that the first column leaves room for.",
    shown=lambda dataset: NODES[dataset].least_lead,
    stated=lambda dataset: -1.0,
    reached=lambda dataset: NODES[dataset].largest_lead,
    instances=tuple({"dataset": name} for name in NODES),
    false_twin=equal_columns,
    twin_says="The column that is public is that of both activations.",
    source="[GMSM24] Table 1, caption; figures of the authors' program; open",
    assumptions=("Whether the program's figures are those of the table is not known.",),
)
