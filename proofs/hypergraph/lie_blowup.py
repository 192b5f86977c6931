"""Theorem G: angles of X, one for each qubit or one for all, leave no small algebra."""

from math import comb
from typing import Any

from bloqs.hypergraph.model.lie_closure import closure_dimension
from bloqs.hypergraph.model.training import Family, lie_dimension
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

INSTANCES: tuple[tuple[Family, int, int], ...] = (
    ("edges", 3, 2),
    ("edges and own X", 2, 2),
    ("edges and own X", 3, 2),
    ("edges and own X", 3, 3),
    ("edges and shared X", 2, 2),
    ("edges and shared X", 3, 3),
    ("edges and shared X", 4, 4),
)


def by_formula(family: Family, n: int, k: int) -> dict[str, Any]:
    """C(n,k); 4**n; (n + 1)**2, and one more from n = 3 on where k = n."""
    return {"dimension": lie_dimension(family, n, k)}


def by_commutators(family: Family, n: int, k: int) -> tuple[dict[str, Any], Measurement]:
    """Of matrices, until nothing new comes."""
    found = closure_dimension(family, n, k)
    return {"dimension": found}, Measurement(value=found)


def only_more_angles(family: Family, n: int, k: int) -> dict[str, Any]:
    """One dimension for each angle."""
    return {"dimension": comb(n, k) + {"edges": 0, "edges and own X": n}.get(family, 1)}


THEOREM = AgreementClaim(
    says="Angles of edges alone commute and span C(n, k) dimensions; with an angle of X on every "
    "qubit they generate all 4**n, and with one angle for all X, at k = n, all (n + 1)**2 of "
    "symmetric states, and one more from n = 3 on: X is not to be trained.",
    stated=by_formula,
    found=by_commutators,
    instances=lambda: [{"family": f, "n": n, "k": k} for f, n, k in INSTANCES],
    false_twin=only_more_angles,
    twin_says="An angle more is a dimension more.",
    source="ours; derived",
    assumptions=("Dimensions are taken modulo a prime, at most the true ones.",),
)
