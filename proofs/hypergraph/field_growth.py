"""How large a field must be for edges of many modes."""

import sympy

from bloqs.hypergraph.model.field import least_field
from bloqs.hypergraph.symbols import k
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """The real q with (1 - 1/q)**(k - 1) = 1/2; the least power of two is below twice that."""
    q = 1 / (1 - sympy.Rational(1, 2) ** (1 / (k - 1)))
    step("k - 1 factors that are not zero, a half of the time", (1 - 1 / q) ** (k - 1),
         sympy.Rational(1, 2))  # fmt: skip
    return q


def measure(k: int) -> Measurement:
    """The least power of two that is enough."""
    return Measurement(value=least_field(k))


THEOREM = GrowthClaim(
    says="The least field for edges of k modes has q = Theta(k) elements: a mode of log2(k) + O(1) "
    "qubits, so that at k = n/2 the separation is 2**Theta(N/log N) in N qubits.",
    cost=cost,
    relation="Theta",
    function=k,
    regime="k->oo",
    measure=measure,
    instances=tuple({k: size} for size in (5, 16, 70, 300)),
    least=1.0,
    most=4.0,
    false_twin=k**2,
    twin_says="Two factors must be nonzero at once.",
    source="ours; derived",
)
