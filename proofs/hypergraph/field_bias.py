"""Theorem C: two field states that differ in an edge are far apart, whatever else they have."""

from itertools import combinations

import sympy
from numpy.random import Generator

from bloqs.hypergraph.model.field import product_monomials
from bloqs.hypergraph.model.vector_engine import signs
from bloqs.hypergraph.symbols import k, m
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

Weights = dict[tuple[int, ...], int]


def overlap(weights: Weights, modes: int, bits: int) -> float:
    """|mean of (-1)**Tr(sum of weight times product)| over all points of the field."""
    masks: list[int] = []
    for edge, weight in weights.items():
        for places in product_monomials(weight, len(edge), bits):
            masks.append(sum(1 << (bits * v + b) for v, b in zip(edge, places, strict=True)))
    return abs(float(signs(tuple(masks), 2 ** (modes * bits)).mean()))


def derive() -> sympy.Expr:
    """x_1 a + b is balanced where a is not zero; a zero of a product is a zero of a factor."""
    q = 2**m
    zero = 1 - (1 - 1 / q) ** (k - 1)
    one = zero.subs(k, k - 1)
    step("a factor more: zero, or not zero and the rest zero", zero, 1 / q + (1 - 1 / q) * one)
    bound("it is a probability", sympy.Integer(0), 1 / q)
    return zero


def draw(rng: Generator) -> Draw:
    """An edge with a weight, and others of at most as many modes, of any weight."""
    order, bits = [(2, 1), (2, 2), (3, 1), (3, 2), (4, 1), (2, 3)][rng.integers(6)]
    modes, q = order + 1, 2**bits
    weights: Weights = {
        edge: int(rng.integers(q) * rng.integers(2))
        for size in range(order + 1)
        for edge in combinations(range(modes), size)
        if size
    }
    weights[tuple(range(order))] = int(rng.integers(1, q))
    return Draw(at={k: order, m: bits}, value=overlap(weights, modes, bits))


def worst() -> Draw:
    """The bare product."""
    return Draw(at={k: 3, m: 2}, value=overlap({(0, 1, 2): 1}, 3, 2))


THEOREM = InequalityClaim(
    says="Two states over a field of q elements whose difference has an edge of k modes, and "
    "beside it edges of at most k, overlap by at most 1 - (1 - 1/q)**(k - 1).",
    bound=1 - (1 - 2 ** (-m)) ** (k - 1),
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=1 - (1 - 2 ** (-m)) ** (k - 2),
    twin_says="One factor of the edge cannot be zero.",
    source="ours; derived",
)
