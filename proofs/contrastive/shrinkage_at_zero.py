"""Noise shrinks every output of the ring by one factor, exactly, where all angles are zero."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.model.shrinkage_law import contraction, depolarising
from proofs.claim import Measurement
from proofs.contrastive.dense_circuit import dense_values
from proofs.contrastive.uniform_device import PAIR, SINGLE, noisy, settings
from proofs.operator_claim import OperatorClaim

PAIR_WEIGHT, SINGLE_WEIGHT = depolarising(PAIR, 2), depolarising(SINGLE, 1)


def by_law(width: int, layers: int) -> NDArray[Any]:
    """Exact outputs times (1 - lambda_2)**(4 L) (1 - lambda_1)**(1 + 3 L)."""
    exact = dense_values("ring", width, layers, settings(width, layers, 0.0))[0]
    return exact * contraction(layers, PAIR_WEIGHT, SINGLE_WEIGHT)


def by_all_gates(width: int, layers: int) -> NDArray[Any]:
    """As if every CNOT of the circuit touched every output."""
    exact = dense_values("ring", width, layers, settings(width, layers, 0.0))[0]
    return np.asarray(exact * (1 - PAIR_WEIGHT) ** (2 * width * layers))


def without_angles(width: int, layers: int) -> tuple[NDArray[Any], Measurement]:
    """The noisy run, all trained angles zero."""
    return noisy(width, layers, size=0.0)


THEOREM = OperatorClaim(
    says="With depolarising noise after every CNOT, every turn about X and Y and every H, and all "
    "trained angles zero, each output of the ring is (1 - lambda_2)**(4 L) "
    "(1 - lambda_1)**(1 + 3 L) times what it is without, at any width and for any inputs.",
    specification=by_law,
    simulate=without_angles,
    instances=tuple(
        {"width": width, "layers": layers} for width, layers in ((2, 1), (3, 2), (4, 1), (5, 1))
    ),
    false_twin=by_all_gates,
    bound=lambda **instance: 1e-12,
    norm="l2",
    twin_says="Each output shrinks by the factor of all 2 W L CNOTs.",
    source="ours",
)
