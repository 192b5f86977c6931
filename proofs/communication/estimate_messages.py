"""What the runs that estimate a loss or its gradient send, and what is told of their results."""

from typing import Any

import numpy as np

from bloqs.communication.circuits.estimates import (
    gradients_by_shift,
    gradients_by_states,
    loss_by_amplitudes,
    loss_by_shots,
)
from bloqs.communication.circuits.shots import Shots
from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.counts import Counts, amplitude_estimated, gradient, inference
from estimator.costs.cost import cost_by_counting
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

EPSILON, DELTA = 0.9, 0.5
"""So large that runs are few enough to be counted gate by gate."""

INSTANCES = (
    ("sampled", "AB", False),
    ("sampled", "ABC", True),
    ("amplitude-estimated", "AB", True),
    ("amplitude-estimated", "ABC", True),
    ("grouped", "AB", False),
    ("grouped", "AB", True),
    ("hadamard", "AB", False),
    ("shift", "ABC", False),
    ("shift", "AB", True),
)


def _model(owners: str) -> PartyModel:
    """One qubit, real data and a block an owner, with a trainable Pauli rotation each."""
    rng = np.random.default_rng(len(owners))
    blocks = []
    for owner in owners:
        letter = str(rng.choice(list("XYZ")))
        blocks.append(Block(owner, [Gate(letter, float(rng.uniform(-3, 3)))]))
    return PartyModel(1, rng.normal(size=2), blocks)


def _counts(estimate: str, owners: str, side_by_side: bool) -> Counts:
    outline = _model(owners).outline
    if estimate == "sampled":
        return inference(outline, EPSILON, DELTA, is_parallel=side_by_side)
    if estimate == "amplitude-estimated":
        return amplitude_estimated(outline, EPSILON, DELTA)
    return gradient(outline, EPSILON, DELTA, estimate, is_parallel=side_by_side)  # type: ignore[arg-type]


def stated(estimate: str, owners: str, side_by_side: bool) -> dict[str, Any]:
    """The model's counts."""
    made = _counts(estimate, owners, side_by_side)
    names = ("messages", "qubits", "bits", "rounds", "shots")
    return {name: int(getattr(made, name)) for name in names}


def told_once(estimate: str, owners: str, side_by_side: bool) -> dict[str, Any]:
    """A loss goes to one party, however many there are."""
    numbers = stated(estimate, owners, side_by_side)
    others = len({*owners}) - 1
    is_loss = estimate in ("sampled", "amplitude-estimated")
    return numbers | {"bits": numbers["bits"] // others if is_loss else numbers["bits"]}


def _runs(estimate: str, owners: str, side_by_side: bool) -> tuple[Shots, ...]:
    model = _model(owners)
    if estimate == "sampled":
        return (loss_by_shots(model, EPSILON, DELTA, is_parallel=side_by_side),)
    if estimate == "amplitude-estimated":
        return (loss_by_amplitudes(model, EPSILON, DELTA),)
    if estimate == "shift":
        return gradients_by_shift(model, EPSILON, DELTA, is_parallel=side_by_side)
    is_grouped = estimate == "grouped"
    return gradients_by_states(model, EPSILON, DELTA, is_grouped, is_parallel=side_by_side)


def found(estimate: str, owners: str, side_by_side: bool) -> tuple[dict[str, Any], Measurement]:
    """Tags of the flattened circuits of all runs."""
    runs = _runs(estimate, owners, side_by_side)
    costs = [cost_by_counting(each) for each in runs]
    rounds = [int(cost.rounds) for cost in costs]
    run = Measurement(
        value=0.0,
        qubits=max(int(cost.qubits) for cost in costs),
        gates=sum(int(cost.rotations) for cost in costs),
        fidelity="counted",
    )
    sent = [cost.messages for cost in costs]
    return {
        "messages": sum(each.messages for each in sent),
        "qubits": sum(each.qubits for each in sent),
        "bits": sum(each.bits for each in sent),
        "rounds": max(rounds) if side_by_side else sum(rounds),
        "shots": sum(int(each.number) for each in runs),
    }, run


THEOREM = AgreementClaim(
    says="A loss from shots or by the median of amplitude estimates, and its gradient from states, "
    "one parameter or a group at a time, or by shifted angles, send the messages, qubits and "
    "rounds that are stated, in a row and side by side, and the bits of the result to all who do "
    "not know it.",
    stated=stated,
    found=found,
    instances=lambda: [
        {"estimate": estimate, "owners": owners, "side_by_side": side_by_side}
        for estimate, owners, side_by_side in INSTANCES
    ],
    false_twin=told_once,
    twin_says="A loss is told to one other party, however many there are.",
    source="ours; derived",
)
