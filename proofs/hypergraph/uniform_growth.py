"""Theorem E: plain qubits need n**k bits as well, if a read may act on all of them."""

import sympy

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.symbols import n
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim

VOTES = 9
"""At k = 3."""


def cost() -> sympy.Expr:
    """All forms, less those a share: twice the biased, each told by its derivatives."""
    edges = n * (n - 1) * (n - 2) / 6
    derivative = n + 1 + (n - 1) + (n - 1) * (n - 2) / 2
    step("a direction, and a form of degree 2 in n - 1 variables", derivative * 2,
         n**2 + n + 2)  # fmt: skip
    return edges - 1 - VOTES * derivative


def measure(n: int) -> Measurement:
    """As the library has it, k = 3."""
    return Measurement(value=bound("uniform").value(n, 3))


THEOREM = GrowthClaim(
    says="On plain qubits with edges of three modes and an exclusion on all n qubits, zero error "
    "takes Theta(n**3) bits: C(n, 3) less O(n**2).",
    cost=cost,
    relation="Theta",
    function=n**3,
    regime="n->oo",
    measure=measure,
    instances=tuple({n: size} for size in (64, 256, 1024)),
    least=0.08,
    most=1 / 6,
    false_twin=n**2,
    twin_says="As many bits as derivatives take.",
    source="[KL08] weights of Reed-Muller codes; ours; derived",
    assumptions=(
        "Causal, and of zero error.",
        "The read is not of constant size: it excludes one of three states on all n qubits.",
    ),
)
