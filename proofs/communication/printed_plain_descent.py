"""Printed of gradient descent: without a power of the number of parameters it stops too early."""

import numpy as np

from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.evaluate import angles, flattened, gradients, with_angles
from proofs.claim import Measurement
from proofs.erratum import Erratum

KAPPA, SHARE, STEPS = 0.2, 4, 12
"""Norm of the gradient to be reached, its ratio to the error of a derivative, and updates."""


def start(parameters: int) -> PartyModel:
    """One qubit that both parties turn about the same axis, near the largest loss."""
    half = tuple(Gate("X", 1.2 / parameters) for _ in range(parameters // 2))
    return PartyModel(1, [1.0, 0.0], (Block("Alice", half), Block("Bob", half)))


def observe(parameters: int, error: float) -> Measurement:
    """Norm of the gradient where descent ends, over kappa; its errors shrink every derivative.

    Steps are one over the largest curvature, which is the number of parameters.
    """
    model = start(parameters)
    theta = angles(model)
    for _ in range(STEPS):
        true = flattened(gradients(with_angles(model, theta)))
        theta = theta - np.sign(true) * np.maximum(np.abs(true) - error, 0.0) / parameters
    left = flattened(gradients(with_angles(model, theta)))
    return Measurement(value=float(np.linalg.norm(left)) / KAPPA)


def corrected(parameters: int, error: float) -> float:
    """Errors of one sign add up in the norm, over all parameters."""
    return max(1.0, np.sqrt(parameters) * error / KAPPA)


ERRATUM = Erratum(
    says="Gradient descent trains a distributed model with communication that is polylogarithmic "
    "in the number of parameters.",
    reading="Descent along the whole gradient to a norm of kappa, with every derivative off by "
    "up to kappa/4, whatever the number D of parameters, as polylogarithmic counts of copies give "
    "it.",
    corrected_says="Descent ends at a norm of sqrt(D) times the error of a derivative, so that it "
    "needs an error of kappa/sqrt(D) and copies that grow with D. Greedy training of one angle at "
    "a time, to a largest derivative of kappa, needs no more than logarithms.",
    see="communication.training_growth",
    relation="<=",
    observe=observe,
    printed=lambda parameters, error: 1.0,
    corrected=corrected,
    instances=(
        {"parameters": 4, "error": KAPPA / SHARE},
        {"parameters": 36, "error": KAPPA / SHARE},
        {"parameters": 100, "error": KAPPA / SHARE},
        {"parameters": 100, "error": KAPPA / 10},
    ),
    tolerance=1e-3,
    twin_says="That descent ends where errors in all parameters add up is what is printed.",
    source="[GMSM24] abstract and Figure 2; derived",
)
