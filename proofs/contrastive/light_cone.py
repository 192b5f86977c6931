"""Controlled turns for which two terms are exact, by a rule and by the engine."""

import numpy as np

from bloqs.contrastive.model.gate_order import exempt_angles, gate_order
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.contrastive.rule_run import TOLERANCE, by_rule


def by_gates(kind: str, width: int, layers: int) -> dict[str, int]:
    """Angles by the rule, one bit for each."""
    exempt = exempt_angles(gate_order(kind, width, layers))
    return {"exempt": sum(1 << angle for angle in exempt), "number": len(exempt)}


def by_running(kind: str, width: int, layers: int) -> tuple[dict[str, int], Measurement]:
    """Controlled angles for which two terms agree with the adjoint method."""
    found, run = by_rule("two-term", kind, width, layers, 4)
    off = np.abs(found - by_rule("adjoint", kind, width, layers, 4)[0]).reshape(width, -1)
    gates = gate_order(kind, width, layers)
    angles = [g.angle for g in gates if g.angle is not None and g.name in ("CRX", "CRZ")]
    exempt = [angle for angle in angles if off[:, width + angle].max() < TOLERANCE]
    return {"exempt": sum(1 << angle for angle in exempt), "number": len(exempt)}, run


def whole_layer(kind: str, width: int, layers: int) -> dict[str, int]:
    """As if all controlled turns of the last layer were exempt."""
    gates = gate_order(kind, width, layers)
    angles = [g.angle for g in gates if g.angle is not None and g.name in ("CRX", "CRZ")]
    last = angles[-len(angles) // layers :]
    return {"exempt": sum(1 << angle for angle in last), "number": len(last)}


THEOREM = AgreementClaim(
    says="Two terms are exact for a controlled turn if and only if its control could be measured "
    "right after it: in the ring, the last layer's but the first one's, W - 1 angles of W L.",
    stated=by_gates,
    found=by_running,
    instances=lambda: [
        {"kind": kind, "width": width, "layers": layers}
        for kind, width, layers in (
            ("ring", 3, 1), ("ring", 4, 2), ("13_half", 4, 2), ("13", 4, 1), ("14", 5, 1),
            ("19", 4, 1),
        )
    ],
    false_twin=whole_layer,
    twin_says="All controlled turns of the last layer are exempt.",
    source="ours",
)  # fmt: skip
