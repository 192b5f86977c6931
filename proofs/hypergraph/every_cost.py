"""Every write to a hypergraph state and every read of it costs what it says it costs."""

from typing import Any

import bloqs.hypergraph
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.stated_costs import examples, found, stated


def by_annotation(example: str) -> dict[str, Any]:
    """T gates, Toffolis, controlled swaps, rotations, measurements and qubits, as stated."""
    return stated(examples(bloqs.hypergraph)[example])


def by_counting(example: str) -> tuple[dict[str, Any], Measurement]:
    """The same in the circuit."""
    return found(examples(bloqs.hypergraph)[example])


def free_control(example: str) -> dict[str, Any]:
    """What the form without a control states."""
    return by_annotation(example.removesuffix(", controlled"))


THEOREM = AgreementClaim(
    says="Every write to a hypergraph state and every read of it costs what its call graph "
    "states, a write under a control as well: T, Toffoli, controlled swaps, rotations, "
    "measurements and qubits.",
    stated=by_annotation,
    found=by_counting,
    instances=lambda: [{"example": name} for name in examples(bloqs.hypergraph)],
    false_twin=free_control,
    twin_says="A control is free.",
    source="ours",
)
