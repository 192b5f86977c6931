"""The separation has the exponent k, for every constant k, over a field that is large enough."""

import sympy

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.model.field import least_field
from bloqs.hypergraph.symbols import k, n
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """One bit for each edge, but for one."""
    edges = sympy.binomial(n, k)
    pascal = sympy.binomial(n - 1, k) + sympy.binomial(n - 1, k - 1)
    step("edges without a mode, and with it", sympy.combsimp(edges - pascal))
    return edges - 1


def measure(n: int, k: int) -> Measurement:
    """The bound of Theorem C over the least field."""
    bits = least_field(k).bit_length() - 1
    return Measurement(value=bound("field").value(n, k, bits))


THEOREM = GrowthClaim(
    says="Over fields, n m qubits, with m that depends on k alone, do what takes a classical "
    "machine Theta(n**k) bits, for every constant k.",
    cost=cost,
    relation="Theta",
    function=n**k,
    regime="n->oo, k const",
    measure=measure,
    instances=tuple({n: size, k: order} for size, order in ((16, 2), (64, 3), (256, 4))),
    least=0.04,
    most=0.5,
    false_twin=n ** (k - 1),
    twin_says="One mode of an edge costs nothing.",
    source="[AG26] abstract; derived",
    assumptions=(
        "Causal, and of zero error.",
        "A mode is an element of a field with (1 - 1/q)**(k - 1) >= 1/2, k at least 2.",
    ),
)
