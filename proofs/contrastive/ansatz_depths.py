"""Depths of every ansatz by a formula, and by packing its circuit."""

from typing import Any

from estimator.costs.counted import flat_cnot_depth, flat_depth, flat_two_qubit_depth
from estimator.costs.keys import CnotDepth, TwoQubitDepth
from estimator.costs.known import known_cost
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.contrastive.every_ansatz import at, circuit, in_letters, instances


def by_formula(kind: str, form: str, width: int, layers: int) -> dict[str, Any]:
    """Depth of all gates with the layer of the inputs, of gates on two qubits, and of CNOTs."""
    sizes = in_letters(kind, form)
    return {
        "depth": at(sizes.depth, width, layers),
        "two-qubit depth": at(sizes.pair_depth, width, layers),
        "CNOT depth": at(sizes.cnot_depth, width, layers),
        "stated wrongly": 0,
    }


def by_packing(kind: str, form: str, width: int, layers: int) -> tuple[dict[str, Any], Measurement]:
    """The same where every gate starts as soon as its qubits, and its measured bits, are there."""
    bloq = circuit(kind, form, width, layers)
    pairs, cnots = flat_two_qubit_depth(bloq), flat_cnot_depth(bloq)
    stated = (known_cost(bloq, TwoQubitDepth()), known_cost(bloq, CnotDepth()))
    numbers = {
        "depth": flat_depth(bloq),
        "two-qubit depth": pairs,
        "CNOT depth": cnots,
        "stated wrongly": int(stated != (pairs, cnots)),
    }
    return numbers, Measurement(value=0.0, qubits=width, gates=0, fidelity="counted")


def first_again(kind: str, form: str, width: int, layers: int) -> dict[str, Any]:
    """Every layer as deep as the first."""
    sizes = in_letters(kind, form)
    first = at(sizes.first_pair_depth, width, layers)
    return {
        "depth": layers * at(sizes.first_depth, width, layers),
        "two-qubit depth": layers * first,
        "CNOT depth": layers * sizes.cnots_each * first,
        "stated wrongly": 0,
    }


THEOREM = AgreementClaim(
    says="Every ansatz of width 2 to 6 with 1 to 3 layers, and the measured form of the ring, is "
    "as deep as its closed form in W and L says, in all gates with the layer of the inputs and a "
    "controlled rotation as one, in gates on two qubits, and in CNOTs: the ring 1 + L (W + 1), "
    "W L, 2 W L.",
    stated=by_formula,
    found=by_packing,
    instances=instances,
    false_twin=first_again,
    twin_says="Every layer is as deep as the first.",
    source="ours; [JAXAKJ22], its code, for the order of the gates",
)
