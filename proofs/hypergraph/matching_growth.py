"""A matching query is not of constant size: it reads every mode."""

import cirq
import sympy
from attrs import evolve

from bloqs.hypergraph.circuits.matching_query import MatchingQuery
from bloqs.hypergraph.symbols import n
from estimator.costs.cost import cost_by_annotation
from proofs.claim import Measurement
from proofs.counting import counted
from proofs.derivation import step
from proofs.growth_claim import GrowthClaim


def cost() -> sympy.Expr:
    """One read of Z for each mode but one, and one of X."""
    step("reads of Z and of X", (n - 1) + 1, n)
    return n


def measure(n: int) -> Measurement:
    """Measurements, stated beside them, of a query whose permutation is n - 2 Toffolis."""
    steps = tuple((mode, mode + 1, mode + 2) for mode in range(n - 2))
    query = MatchingQuery(n, steps)
    run = counted(query, lambda op: isinstance(op.gate, cirq.MeasurementGate))
    return evolve(run, stated=int(cost_by_annotation(query).measurements))


THEOREM = GrowthClaim(
    says="A matching query measures all n modes: Theta(n), whatever its permutation costs.",
    cost=cost,
    relation="Theta",
    function=n,
    regime="n->oo",
    measure=measure,
    instances=tuple({n: size} for size in (4, 16, 64)),
    least=1.0,
    most=1.0,
    false_twin=sympy.Integer(1),
    twin_says="It is a cell of constant size.",
    source="ours; derived",
)
