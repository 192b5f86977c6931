"""What a run, a feature and a gradient state send, also inverted and under a control."""

from typing import Any

from qualtran import Bloq

from bloqs.communication.circuits.gradient_state import GradientState
from bloqs.communication.circuits.inference_shot import InferenceShot
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from estimator.costs.cost import cost_by_counting
from estimator.costs.keys import MessageCounts
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

FORMS = ("plain", "inverse", "controlled", "controlled inverse")
KINDS = ("shot", "uncontrolled", "controlled")


def _sent(kind: str, form: str, n: int, layers: int, free_control: bool) -> dict[str, Any]:
    """Over all blocks for gradient states, once for a shot."""
    width = n + int("controlled" in form and not free_control)
    once = 2 * layers - 1
    if kind == "shot":
        return {"messages": once, "qubits": once * width, "rounds": once}
    riders = 1 if kind == "uncontrolled" else 2
    qubits = layers * once * (3 * width + riders)
    return {"messages": 3 * layers * once, "qubits": qubits, "rounds": 3 * layers * once}


def stated(kind: str, form: str, n: int, layers: int) -> dict[str, Any]:
    """2 L - 1 messages of a shot; 3 L (2 L - 1) of all gradient states."""
    return _sent(kind, form, n, layers, free_control=False)


def control_stays(kind: str, form: str, n: int, layers: int) -> dict[str, Any]:
    """The control does not travel."""
    return _sent(kind, form, n, layers, free_control=True)


def _shot(n: int, layers: int) -> InferenceShot:
    gates = (PauliRotation("X" * n, 0.3), PauliRotation("Z" + "Y" * (n - 1), 0.5))
    blocks = tuple(PartyBlock(name, PauliBlock(n, gates)) for name in ("Alice", "Bob"))
    data = Private("Alice", tuple(float(x) for x in range(1, 2**n + 1)))
    return InferenceShot(n, PartyBlock("Alice", VectorTree(n, data)), blocks, layers)


def found(kind: str, form: str, n: int, layers: int) -> tuple[dict[str, Any], Measurement]:
    """Tags of the flattened circuits."""
    shot = _shot(n, layers)
    bloqs: list[Bloq] = [shot]
    if kind != "shot":
        bloqs = [
            GradientState(
                shot, layer, block, "controlled" if kind == "controlled" else "uncontrolled"
            )
            for layer in range(1, layers + 1)
            for block in (1, 2)
        ]
    total, rounds, gates, qubits = MessageCounts(), 0, 0, 0
    for bloq in bloqs:
        bloq = bloq.controlled() if "controlled" in form else bloq
        cost = cost_by_counting(bloq.adjoint() if "inverse" in form else bloq)
        total, rounds = total + cost.messages, rounds + int(cost.rounds)
        gates, qubits = gates + int(cost.rotations), max(qubits, int(cost.qubits))
    run = Measurement(value=0.0, qubits=qubits, gates=gates, fidelity="counted")
    return {"messages": total.messages, "qubits": total.qubits, "rounds": rounds}, run


THEOREM = AgreementClaim(
    says="A run sends 2 L - 1 messages of n qubits, gradient states of all blocks 3 L (2 L - 1) "
    "with L (2 L - 1)(3 n + 1) qubits, or 3 n + 2 if blocks are controlled; inverses as many, "
    "controlled forms with n + 1 for n.",
    stated=stated,
    found=found,
    instances=lambda: [
        {"kind": kind, "form": form, "n": n, "layers": layers}
        for kind in KINDS
        for form in FORMS
        for n, layers in ((1, 1), (2, 2), (1, 3))
    ],
    false_twin=control_stays,
    twin_says="The control does not travel.",
    source="ours; derived",
)
