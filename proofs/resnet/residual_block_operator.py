"""A whole residual block: linear map, activation, skip path and normalisation in one circuit."""

from typing import Any

import numpy as np
from scipy.special import erf

from bloqs.resnet.circuits.residual_block import BlockPhases, ResidualBlock
from bloqs.resnet.model.block_plan import BlockPlan, Variant, block_plan
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.forms import ROUNDING
from proofs.operator_claim import OperatorClaim
from proofs.resnet.real_blocks import (
    left_whole,
    vector,
    vector_circuit,
    weights,
    weights_circuit,
)
from proofs.stated import StatedEncoding, StatedVector

ERROR = 0.05
"""What the block may add to the error of its vector, l2 norm."""


def _sum(n: int) -> Any:
    return vector(n) + erf(0.8 * (weights(n) @ vector(n)))


def specification(n: int, variant: str) -> Any:
    """psi + erf(4 W psi / 5), divided by its length."""
    return _sum(n) / np.linalg.norm(_sum(n))


def without_skip(n: int, variant: str) -> Any:
    """The activation alone, divided by its length."""
    image = _sum(n) - vector(n)
    return image / np.linalg.norm(image)


def _plan(n: int, variant: str) -> BlockPlan:
    length = float(np.linalg.norm(_sum(n)))
    return block_plan(Variant(variant), 1.0, length, 2**n, ERROR, 0.5)


def simulate(n: int, variant: str) -> tuple[Any, Measurement]:
    """Every gate, or with stand-ins; the phase that a fixed point leaves is taken off.

    The sum of skip path and activation has a positive overlap with the vector itself, so that
    after a fixed point the result is turned until it has. The tight block is left as it is.
    """
    plan, length = _plan(n, variant), float(np.linalg.norm(_sum(n)))
    parts = vector_circuit(n), weights_circuit(n)
    bloq = ResidualBlock(*parts, plan, BlockPhases.of(plan), length)
    runner = Runner.of(bloq, left_whole(n))
    found = runner.run().reshape(2**n, -1)[:, 0]
    if plan.variant is Variant.FIXED_POINT:
        overlap = np.vdot(vector(n), found)
        found = found * abs(overlap) / overlap
    return found, Measurement(
        value=0.0, qubits=runner.qubits, gates=runner.gates, fidelity=str(runner.fidelity)
    )


def bound(n: int, variant: str) -> float:
    """What the block claims for parts without an error: none of the angles is rounded."""
    parts = StatedVector(1.0, 0.0, n), StatedEncoding(1.0, 0.0, n)
    length = float(np.linalg.norm(_sum(n)))
    return float(ResidualBlock(*parts, _plan(n, variant), None, length).epsilon) + ROUNDING


THEOREM = OperatorClaim(
    says="A residual block encodes psi + erf(4 W psi / 5) divided by its length with alpha 1, "
    "within what it claims; with a fixed-point sequence up to one phase.",
    assumptions=("The vector and the weights are real.",),
    specification=specification,
    simulate=simulate,
    instances=(
        {"n": 1, "variant": "fixed_point"},
        {"n": 2, "variant": "tight"},
    ),
    false_twin=without_skip,
    twin_says="The skip path is lost: the activation alone is normalised.",
    bound=bound,
    norm="l2",
    source="[RHGPR25] Lem. 6",
)
