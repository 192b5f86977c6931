"""Every layer, ansatz and measured circuit costs what it says it costs."""

from typing import Any

import bloqs.contrastive
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.stated_costs import examples, found, stated


def by_annotation(example: str) -> dict[str, Any]:
    """T gates, Toffolis, controlled swaps, rotations, measurements and qubits, as stated."""
    return stated(examples(bloqs.contrastive)[example])


def by_counting(example: str) -> tuple[dict[str, Any], Measurement]:
    """The same in the circuit."""
    return found(examples(bloqs.contrastive)[example])


def free_control(example: str) -> dict[str, Any]:
    """What the form without a control states."""
    return by_annotation(example.removesuffix(", controlled"))


THEOREM = AgreementClaim(
    says="Every layer of an ansatz, every ansatz and every measured circuit of contrastive "
    "learning costs what its call graph states, under a control as well: T, Toffoli, controlled "
    "swaps, rotations, measurements and qubits.",
    stated=by_annotation,
    found=by_counting,
    instances=lambda: [{"example": name} for name in examples(bloqs.contrastive)],
    false_twin=free_control,
    twin_says="A control is free.",
    source="ours",
)
