"""Outputs as an exact sum over words of I, Y and Z."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.classical_surrogate import Surrogate, surrogate_of
from proofs.claim import Measurement
from proofs.contrastive.dense_circuit import dense_values, some_settings
from proofs.contrastive.rule_run import ran
from proofs.operator_claim import OperatorClaim

SAMPLES = 4


def by_circuit(kind: str, width: int, layers: int) -> NDArray[Any]:
    """Outputs of some inputs by whole matrices."""
    first = some_settings(kind, width, layers, 6)
    found = []
    for seed in range(SAMPLES):
        settings = first.copy()
        settings[:width] = some_settings(kind, width, layers, seed)[:width]
        found.append(dense_values(kind, width, layers, settings)[0])
    return np.array(found).ravel()


def by_words(kind: str, width: int, layers: int) -> tuple[NDArray[Any], Measurement]:
    """The same by the formula."""
    formula, inputs = _formula(kind, width, layers)
    return formula.outputs(inputs).ravel(), ran(kind, width, layers)


def linear(kind: str, width: int, layers: int) -> NDArray[Any]:
    """The words that look at one input."""
    formula, inputs = _formula(kind, width, layers)
    return formula.up_to(1).outputs(inputs).ravel()


def _formula(kind: str, width: int, layers: int) -> tuple[Surrogate, NDArray[Any]]:
    engine = Engine(kind=kind, width=width, layers=layers)
    angles = some_settings(kind, width, layers, 6)[width:]
    inputs = [some_settings(kind, width, layers, seed)[:width] for seed in range(SAMPLES)]
    return surrogate_of(engine, angles), np.array(inputs)


THEOREM = OperatorClaim(
    says="With inputs as turns about X, the mean of Z of a qubit is the sum over words P of I, Y "
    "and Z of Tr(P U* Z U)/2**W times the product over the qubits of 1, -sin phi and cos phi: "
    "3**W numbers replace the circuit.",
    specification=by_circuit,
    simulate=by_words,
    instances=tuple(
        {"kind": kind, "width": width, "layers": 2}
        for kind, width in (("ring", 2), ("ring", 4), ("all-to-all", 3), ("14", 4), ("farhi", 3))
    ),
    false_twin=linear,
    bound=lambda **instance: 1e-12,
    norm="l2",
    twin_says="Words that look at one input are enough.",
    source="ours",
)
