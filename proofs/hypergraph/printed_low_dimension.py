"""Printed of trainability: an algebra of polynomial dimension does not keep plateaus away."""

from itertools import combinations

from bloqs.hypergraph.model.training import (
    enumerated_variance,
    lie_dimension,
    single_variance,
    star_variance,
)
from proofs.claim import Measurement
from proofs.erratum import Erratum


def observe(n: int, k: int, is_star: bool) -> Measurement:
    """By what factor a derivative's variance is below that of one edge alone."""
    edges = [(0, *rest) for rest in combinations(range(1, n), k - 1)]
    found = enumerated_variance(edges if is_star else edges[:1], 0)
    stated = star_variance(n, k) if is_star else single_variance(k)
    return Measurement(
        value=float(single_variance(k) / found), stated=float(single_variance(k) / stated)
    )


ERRATUM = Erratum(
    says="Dynamics in a Lie group of low dimension avoid the barriers to training quantum models.",
    reading="For every sentence, under uniform angles, a derivative's variance is at least that "
    "of one edge over the dimension of the algebra of all edges.",
    corrected_says="The dimension is no guarantee: with one edge the variance does not fall with "
    "n, with all edges at a mode it falls as 2**-n, though the algebra has order n**k dimensions.",
    see="hypergraph.star_growth",
    relation="<=",
    observe=observe,
    printed=lambda n, k, is_star: float(lie_dimension("edges up to k", n, k)),
    corrected=lambda n, k, is_star: 2.0 ** (n - k) if is_star else 1.0,
    instances=(
        {"n": 12, "k": 3, "is_star": False},
        {"n": 4, "k": 3, "is_star": True},
        {"n": 8, "k": 2, "is_star": True},
        {"n": 10, "k": 2, "is_star": True},
        {"n": 12, "k": 3, "is_star": True},
    ),
    twin_says="That a star has a plateau is what is printed.",
    source="[AG26] summary",
)
