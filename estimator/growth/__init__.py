"""Decides how one expression grows against another, with a witness. Begin with `decide`."""

from estimator.expressions.regime import Regime
from estimator.expressions.tree import Tree
from estimator.growth.decide import (
    PATIENCE,
    Answer,
    Expression,
    decide,
    leading_term,
    order,
    tree_of,
)
from estimator.growth.leading import Leading
from estimator.growth.relations import RELATIONS

__all__ = [
    "PATIENCE",
    "RELATIONS",
    "Answer",
    "Expression",
    "Leading",
    "Regime",
    "Tree",
    "decide",
    "leading_term",
    "order",
    "tree_of",
]
