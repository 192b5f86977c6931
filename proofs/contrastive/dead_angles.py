"""Angles that no output depends on, by a rule on gates, and by the rank of the Jacobian."""

from typing import Any

import cirq
import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.circuits.whole_ansatz import Ansatz
from bloqs.contrastive.model.ansatz_parts import KINDS, angles_of
from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.model.gate_order import dead_angles, gate_order
from bloqs.contrastive.parameters import NOT_AT_THREE
from estimator.costs.circuit import circuit_of
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

Floats = NDArray[Any]

STEP = 1e-5
"""Of a central difference. Unit: radians."""

SMALL = 1e-7
"""Below it a derivative, or a singular value over the largest one, is zero."""

INPUTS = 14
"""Random inputs whose outputs make the rows of the Jacobian."""


def by_rule(kind: str, width: int, layers: int) -> dict[str, int]:
    """Dead angles one by one, and as many directions as there are other angles.

    Of `farhi` outputs see fewer: 2 (W - 1), and 2 W - 1 with more than one layer.
    """
    dead = dead_angles(gate_order(kind, width, layers))
    number = int(angles_of(kind, width, layers))
    sizes = sizes_of(kind, width, layers)
    rank = int(sizes.angles_that_matter)
    if kind == "farhi" and layers > 1:
        rank = 2 * width - 1
    return {
        "dead": sum(1 << angle for angle in dead),
        "number of dead": int(sizes.dead_angles),
        "angles": number,
        "rank": rank,
    }


def by_jacobian(kind: str, width: int, layers: int) -> tuple[dict[str, int], Measurement]:
    """Columns of the Jacobian that vanish, and its rank, from circuits gate by gate."""
    rng = np.random.default_rng([width, layers])
    number = int(angles_of(kind, width, layers))
    angles = rng.uniform(-np.pi, np.pi, number)
    states = _product_states(rng.uniform(0, np.pi, (INPUTS, width)))
    columns = []
    for k in range(number):
        moved = [angles + sign * STEP * np.eye(number)[k] for sign in (1, -1)]
        ahead, behind = (outputs(kind, width, layers, each, states) for each in moved)
        columns.append((ahead - behind).reshape(-1) / (2 * STEP))
    jacobian = np.array(columns).T
    dead = [k for k in range(number) if np.abs(jacobian[:, k]).max() < SMALL]
    values = np.linalg.svd(jacobian, compute_uv=False)
    circuit = circuit_of(Ansatz(kind, width, layers, tuple(angles)))
    numbers = {
        "dead": sum(1 << k for k in dead),
        "number of dead": len(dead),
        "angles": number,
        "rank": int(np.sum(values > SMALL * values[0])),
    }
    run = Measurement(
        value=0.0, qubits=width, gates=len(circuit.operations), fidelity="gate by gate"
    )
    return numbers, run


def outputs(kind: str, width: int, layers: int, angles: Floats, states: Floats) -> Floats:
    """Mean of Z of every qubit for every input; shape (inputs, width)."""
    circuit = circuit_of(Ansatz(kind, width, layers, tuple(angles)))
    unitary = cirq.Circuit(circuit.operations).unitary(qubit_order=circuit.inputs)
    chances = np.abs(states @ unitary.T) ** 2
    signs = 1 - 2 * (np.arange(2**width)[:, None] >> np.arange(width)[::-1] & 1)
    return chances @ signs


def _product_states(inputs: Floats) -> Floats:
    """The states after the layer of the inputs, a row for each input."""
    rows = []
    for row in inputs:
        state: Floats = np.ones(1)
        for angle in row:
            state = np.kron(state, [np.cos(angle / 2), -1j * np.sin(angle / 2)])
        rows.append(state)
    return np.array(rows)


def all_matter(kind: str, width: int, layers: int) -> dict[str, int]:
    """As if every angle changed some output in a direction of its own."""
    number = int(angles_of(kind, width, layers))
    return {"dead": 0, "number of dead": 0, "angles": number, "rank": number}


def instances() -> list[dict[str, Any]]:
    """Every ansatz at widths where its Jacobian has rows enough for all columns."""
    return [
        {"kind": kind, "width": 4 if kind in NOT_AT_THREE else 3, "layers": layers}
        for kind in KINDS
        for layers in (1, 2)
        if kind not in NOT_AT_THREE or layers == 1
    ]


THEOREM = AgreementClaim(
    says="The angles on which no output depends are those that the rule names: RZ and CRZ whose "
    "qubits could be measured right after them; the last W angles of 13 and 13_half, the last turn "
    "about Z of every qubit of alternating, and none of the others. The Jacobian has the rank of "
    "the other angles, but for farhi, where with two layers it is 2 W - 1.",
    stated=by_rule,
    found=by_jacobian,
    instances=instances,
    false_twin=all_matter,
    twin_says="Every angle matters.",
    source="ours; [JAXAKJ22], its code, for the gates",
)
