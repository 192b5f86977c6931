"""With edges of half of the modes the separation is exponential, but no cell is constant."""

import sympy

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.model.field import least_field
from bloqs.hypergraph.symbols import k
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """C(2 k, k) - 1."""
    middle = sympy.binomial(2 * k, k)
    ratio = sympy.combsimp(middle.subs(k, k + 1) / middle)
    step("two modes more", ratio * (k + 1), 2 * (2 * k + 1))
    return middle - 1


def measure(k: int) -> Measurement:
    """The bound of Theorem C at n = 2 k, over the least field."""
    bits = least_field(k).bit_length() - 1
    return Measurement(value=float(bound("field").value(2 * k, k, bits)))


THEOREM = GrowthClaim(
    says="At n = 2 k a classical machine keeps Theta(4**k/sqrt(k)) bits where 2 k m qubits do, m "
    "the bits of a field with (1 - 1/q)**(k - 1) >= 1/2.",
    cost=cost,
    relation="Theta",
    function=4**k / sympy.sqrt(k),
    regime="k->oo",
    measure=measure,
    instances=tuple({k: size} for size in (4, 8, 12)),
    least=0.5,
    most=0.5642,
    false_twin=4**k,
    twin_says="All edges are of half of the modes.",
    source="[AG26] summary; derived",
    assumptions=(
        "Causal, and of zero error.",
        "A cell acts on all qubits of k modes: it is not of constant size, m grows as log2(k), and "
        "on plain qubits nothing of the kind is proved.",
    ),
)
