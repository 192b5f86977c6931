"""Theorem G: the plateau of a whole star is exponential in the modes."""

from itertools import combinations

import sympy

from bloqs.hypergraph.model.training import enumerated_variance, star_variance
from bloqs.hypergraph.symbols import n
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """Points of the other modes that are alike are equal: 2**-(n - 1); two modes of the edge."""
    found = sympy.Rational(1, 8) * sympy.Rational(1, 2) ** 2 * sympy.Rational(1, 2) ** (n - 1)
    step("k = 3", found, sympy.Rational(1, 16) * 2 ** (-n))
    return found


def measure(n: int) -> Measurement:
    """By enumeration of all points of the other modes, k = 3."""
    edges = [(0, *rest) for rest in combinations(range(1, n), 2)]
    value = float(enumerated_variance(edges, 0))
    return Measurement(value=value, stated=float(star_variance(n, 3)))


THEOREM = GrowthClaim(
    says="Under uniform angles the variance of the derivative in a sentence that writes all edges "
    "of three modes at a mode falls as 2**-n: an algebra of polynomial dimension is no guarantee.",
    cost=cost,
    relation="Theta",
    function=2 ** (-n),
    regime="n->oo",
    measure=measure,
    instances=tuple({n: size} for size in (4, 7, 10)),
    least=0.0625,
    most=0.0625,
    false_twin=n**-3,
    twin_says="It falls as one over the dimension of the algebra.",
    source="ours; derived",
)
