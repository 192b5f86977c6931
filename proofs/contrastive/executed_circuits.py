"""Circuits of a training step by a formula, and counted while the engine runs them."""

from typing import Any

import numpy as np

from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.gradient_rules import jacobian
from bloqs.contrastive.model.training_circuits import RULES, circuits_of_step
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

SHOTS = 2


def by_formula(kind: str, width: int, layers: int, batch: int, rule: str) -> dict[str, Any]:
    """Circuits, and shots."""
    circuits = circuits_of_step(rule, batch, width, sizes_of(kind, width, layers))
    return {"circuits": circuits, "shots": SHOTS * circuits}


def by_running(
    kind: str, width: int, layers: int, batch: int, rule: str
) -> tuple[dict[str, Any], Measurement]:
    """Both counted in the loop that draws."""
    engine = Engine(kind=kind, width=width, layers=layers, is_single=True)
    rng = np.random.default_rng(5)
    inputs = rng.uniform(0, np.pi, (2 * batch, width))
    found = jacobian(engine, inputs, rng.normal(size=engine.angles), rule, shots=SHOTS, rng=rng)
    run = Measurement(
        value=0.0, qubits=width, gates=len(engine.program.rows), fidelity="gate by gate"
    )
    return {"circuits": found.circuits, "shots": found.shots}, run


def one_view(kind: str, width: int, layers: int, batch: int, rule: str) -> dict[str, Any]:
    """As if an image had one view."""
    return {name: x // 2 for name, x in by_formula(kind, width, layers, batch, rule).items()}


def instances() -> list[dict[str, Any]]:
    """Small steps by every rule."""
    small = [("ring", 3, 2), ("14", 4, 1), ("alternating", 4, 1)]
    return [
        {"kind": kind, "width": width, "layers": layers, "batch": 3, "rule": rule}
        for kind, width, layers in small
        for rule in RULES
    ]


THEOREM = AgreementClaim(
    says="A step with B images runs 2 B (1 + 2 (W + P)) circuits by two terms, with four for each "
    "controlled turn 2 B (1 + 2 (W + P_r) + 4 P_c), of which the light cone saves two for each "
    "exempt angle, and 6 B by one random direction; counted while they run.",
    stated=by_formula,
    found=by_running,
    instances=instances,
    false_twin=one_view,
    twin_says="Each image is run once.",
    source="[JAXAKJ22], its code, for two terms; ours for the other rules",
)
