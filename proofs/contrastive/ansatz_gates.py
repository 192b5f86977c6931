"""Rotations and CNOTs of every ansatz by a formula, and in its circuit."""

from typing import Any

from estimator.costs.cost import cost_by_annotation, cost_by_counting
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.contrastive.every_ansatz import at, circuit, in_letters, instances


def by_formula(kind: str, form: str, width: int, layers: int) -> dict[str, Any]:
    """Rotations, those of the inputs as well, and CNOTs, twice: of circuit and call graph."""
    sizes = in_letters(kind, form)
    rotations, cnots = (at(x, width, layers) for x in (sizes.rotations, sizes.cnots))
    return {"rotations": rotations, "CNOTs": cnots, "CNOTs as stated": cnots}


def by_counting(
    kind: str, form: str, width: int, layers: int
) -> tuple[dict[str, Any], Measurement]:
    """The same in the flattened circuit, and CNOTs as the call graph has them."""
    bloq = circuit(kind, form, width, layers)
    cost, stated = cost_by_counting(bloq), cost_by_annotation(bloq)
    numbers = {
        "rotations": cost.rotations,
        "CNOTs": cost.cnots,
        "CNOTs as stated": stated.cnots,
    }
    gates = int(cost.rotations) + (cost.cliffords or 0)
    run = Measurement(value=0.0, qubits=int(cost.qubits), gates=gates, fidelity="counted")
    return numbers, run


def one_each(kind: str, form: str, width: int, layers: int) -> dict[str, Any]:
    """One rotation for every angle, as if a controlled rotation were one."""
    sizes = in_letters(kind, form)
    angles = at(sizes.angles, width, layers)
    return {**by_formula(kind, form, width, layers), "rotations": width + angles}


THEOREM = AgreementClaim(
    says="Every ansatz of width 2 to 6 with 1 to 3 layers, and the measured form of the ring, has "
    "as many rotations and CNOTs as its closed form in W and L says, the layer of the inputs "
    "included: the ring W + 3 W L and 2 W L, measured W + 3 W L - (W - 1) and 2 W (L - 1) + 2.",
    stated=by_formula,
    found=by_counting,
    instances=instances,
    false_twin=one_each,
    twin_says="A controlled rotation is one rotation, as Qualtran counts it.",
    source="[JAXAKJ22] its code for the gates; ours for the formulas",
)
