"""Every part of a prediction costs what it says it costs."""

from typing import Any

import bloqs.ntk
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.stated_costs import examples, found, stated


def by_annotation(example: str) -> dict[str, Any]:
    """T gates, Toffolis, controlled swaps, rotations, measurements and qubits, as stated."""
    return stated(examples(bloqs.ntk)[example])


def by_counting(example: str) -> tuple[dict[str, Any], Measurement]:
    """The same in the circuit."""
    return found(examples(bloqs.ntk)[example])


def free_control(example: str) -> dict[str, Any]:
    """What the form without a control states."""
    return by_annotation(example.removesuffix(", controlled"))


THEOREM = AgreementClaim(
    says="Every preparation of labels and kernel values, and one run of a prediction, costs what "
    "its call graph states, plain and under a control: T, Toffoli, controlled swaps, rotations, "
    "measurements and qubits.",
    stated=by_annotation,
    found=by_counting,
    instances=lambda: [{"example": name} for name in examples(bloqs.ntk)],
    false_twin=free_control,
    twin_says="A control is free.",
    source="ours",
)
