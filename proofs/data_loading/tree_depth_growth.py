"""Depth of loading a vector from quantum memory, level by level."""

import sympy

from bloqs.data_loading.loaders import BucketBrigadeLoader
from bloqs.data_loading.tree_depth import tree_depth
from estimator.symbols import b, n
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """Level a looks one of 2**a angles up and takes it away.

    A query passes a depths of routers down and up with each of its b bits, one after the other,
    and a - 1 with its address.
    """
    a = sympy.Symbol("a", integer=True, positive=True)
    query = 2 * a * b + 2 * (a - 1)
    step("one address bit: down and up with each bit", query.subs(a, 1), 2 * b)
    total = n * (n - 1) * (b + 1) - 2 * (n - 1)
    step("no level beside the first", total.subs(n, 1))
    step("one level more", (total + query.subs(a, n) - total.subs(n, n + 1)).expand())
    return 2 * total


def measure(n: int, b: int) -> Measurement:
    """Layers of Toffoli-like gates of all lookups."""
    return Measurement(value=float(tree_depth(BucketBrigadeLoader(), 1, n, b, False)))


THEOREM = GrowthClaim(
    says="Loading a vector of 2**n entries with b-bit angles from a memory of routers has depth "
    "Theta(b n**2).",
    cost=cost,
    relation="Theta",
    function=b * n**2,
    regime="n->oo, b->oo",
    measure=measure,
    instances=tuple({n: size, b: bits} for size, bits in ((4, 8), (8, 12), (20, 20), (60, 40))),
    least=1.2,
    most=2.2,
    false_twin=b * n,
    twin_says="One query of the whole tree, for all levels at once.",
    source="[RHGPR25] Lem. D.1, for O(n**2)",
)
