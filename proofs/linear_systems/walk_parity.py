"""Two steps of a walk turn the sign of its kernel; one step takes it to where all flags are up."""

from typing import Any

import numpy as np

from bloqs.linear_systems.circuits.walk_step import WalkStep
from bloqs.linear_systems.model.walk import Shape
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.forms import ROUNDING
from proofs.leaves import HermitianLeaf, VectorLeaf
from proofs.operator_claim import OperatorClaim

PHI = 0.6
"""Coin of every step. Unit: radians."""


def _kernel(general: bool) -> Any:
    """The solution in the middle, normalised; its half first if there is one."""
    f = np.sin(PHI) / (np.sin(PHI) + np.cos(PHI))
    matrix, vector = HermitianLeaf(4, 0.4).matrix, VectorLeaf(7, 1).vector
    whole: Any = (1 - f) * np.eye(2) + f * matrix
    right: Any = vector
    if general:
        z, raised = np.diag([1.0, -1.0]), np.array([[0.0, 1.0], [0.0, 0.0]])
        turned = np.kron(raised, matrix)
        whole = (1 - f) * np.kron(z, np.eye(2)) + f * (turned + turned.conj().T)
        right = np.kron([1, 0], vector)
    x = np.linalg.solve(whole, right)
    return x / np.linalg.norm(x)


def specification(general: bool, steps: int) -> Any:
    """Nothing where the flags are zero after an odd walk, and plus or minus the kernel else."""
    kernel = _kernel(general)
    return 0 * kernel if steps % 2 else (-1) ** (steps // 2) * kernel


def any_length(general: bool, steps: int) -> Any:
    """The kernel again, however many steps."""
    return _kernel(general)


def simulate(general: bool, steps: int) -> tuple[Any, Measurement]:
    """Every gate of so many equal steps on the kernel; what is left where the flags are zero."""
    shape: Shape = "general" if general else "definite"
    step = WalkStep(HermitianLeaf(4, 0.4), VectorLeaf(7, 1), PHI, shape=shape)
    runner, halves = Runner.of(step), 2 if general else 1
    state = np.zeros((2, halves, 2, 2, 2), dtype=complex)  # side, half, coin, system, ancilla
    state[0, :, 0, :, 0] = _kernel(general).reshape(halves, 2)
    flat = state.reshape(-1)
    for _ in range(steps):
        flat = runner.run(flat)
    found = flat.reshape(2, halves, 2, 2, 2)[0, :, 0, :, 0].reshape(-1)
    run = Measurement(
        value=0.0,
        qubits=runner.qubits,
        gates=steps * runner.gates,
        fidelity=str(runner.fidelity),
    )
    return found, run


THEOREM = OperatorClaim(
    says="Steps of the walk with an equal coin keep its kernel in place for even numbers of steps, "
    "with the sign turned by every two, and after an odd number nothing of it is left where the "
    "flags are zero.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"general": general, "steps": steps} for general in (False, True) for steps in (1, 2, 3, 4)
    ),
    false_twin=any_length,
    twin_says="The kernel is an eigenvector of every step.",
    bound=lambda **_: ROUNDING,
    norm="l2",
    source="[CASSBB22] Sec. IV, where the eigenvalues are not those of one step",
)
