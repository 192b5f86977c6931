"""Published accuracies of networks of hops with an activation of degree 2, and what is not.

The figures are those of the authors' program. Those of the networks they are compared with, and of
the activation that is replaced, are not in any text that is public besides the paper.
"""

from collections.abc import Mapping

from attrs import frozen


@frozen
class Accuracy:
    """Of one data set.

    Args:
        mean: over seeds or folds. Unit: %.
        spread: the standard deviation that is printed with it. Unit: points.
    """

    mean: float
    spread: float

    @property
    def least_lead(self) -> float:
        """Over a network of which nothing is known: it may be right on all. Unit: points."""
        return self.mean - 100

    @property
    def largest_lead(self) -> float:
        """Over one that may be wrong on all. Unit: points."""
        return self.mean - 0


NODES: Mapping[str, Accuracy] = {
    "ogbn-products": Accuracy(78.51, 0.05),
    "Reddit": Accuracy(96.31, 0.03),
    "Cora": Accuracy(78.69, 0.26),
}
"""Node classification, test accuracy over ten seeds."""

GRAPHS: Mapping[str, Accuracy] = {
    "MUTAG": Accuracy(92.0, 6.5),
    "PTC": Accuracy(68.0, 8.1),
    "NCI1": Accuracy(77.2, 1.4),
    "PROTEINS": Accuracy(76.7, 4.6),
    "COLLAB": Accuracy(81.8, 1.4),
    "IMDB-B": Accuracy(76.0, 2.5),
    "IMDB-M": Accuracy(53.1, 2.8),
    "REDDIT-B": Accuracy(78.9, 2.7),
    "REDDIT-M": Accuracy(54.1, 1.7),
}
"""Graph classification over ten folds: the best mean validation accuracy of all epochs."""
