"""Theorem F: a causal decoder's whole cache meets the bound, by growing with the sentence."""

import sympy
from numpy.random import Generator

from bloqs.hypergraph.model.bounds import bound, cache_bits
from bloqs.hypergraph.symbols import k, layers, n, precision, width
from proofs.derivation import bound as at_least
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """A token for each edge, and for each token at least one bit of a key and one of a value."""
    edges = sympy.binomial(n, k)
    numbers = 2 * layers * width * precision
    pascal = sympy.binomial(n - 1, k) + sympy.binomial(n - 1, k - 1)
    step("edges without a mode, and with it", sympy.combsimp(edges - pascal))
    at_least("a layer, an entry and a bit at least", sympy.Integer(2), numbers)
    return numbers * edges


def point(modes: int, order: int, sizes: tuple[int, int, int]) -> Draw:
    """What Theorem C asks of a decoder that has read all writes, and what its cache holds."""
    edges = int(bound("field").value(modes, order, 5)) + 1
    at = {n: modes, k: order, layers: sizes[0], width: sizes[1], precision: sizes[2]}
    return Draw(at=at, value=edges - 1, stated=cache_bits(*sizes, edges))


def draw(rng: Generator) -> Draw:
    """Small decoders on few modes."""
    modes = int(rng.integers(4, 10))
    sizes = tuple(int(x) for x in rng.integers(1, 5, 3))
    return point(modes, int(rng.integers(2, 5)), (sizes[0], sizes[1], sizes[2]))


def worst() -> Draw:
    """One layer, one entry, one bit."""
    return point(12, 4, (1, 1, 1))


THEOREM = InequalityClaim(
    says="A causal model keeps C(n, k) - 1 bits in whatever it has at the cut, states, bottleneck "
    "or cache; the keys and values of a decoder meet that for any L, d and b, as there are C(n, k) "
    "writes: nothing is proved about its width.",
    bound=2 * layers * width * precision * sympy.binomial(n, k),
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=layers * width * precision,
    twin_says="One vector a layer is all that a decoder keeps.",
    source="[AG26] abstract; derived",
    assumptions=(
        "Causal: an answer is given before the next token is read.",
        "Writes are C(n, k) tokens, those without an edge idle.",
        "Entries have b bits: a real number of unlimited precision keeps everything.",
    ),
)
