"""Phases of an evolution: the solution comes out within the error that is claimed."""

from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.linear_systems.circuits.hhl_solver import PhaseEstimationSolver
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Runner
from bloqs.simulation.vector_dilation import VectorDilation
from proofs.claim import Measurement
from proofs.linear_systems.random_systems import LinearSystem, Shape, random_system
from proofs.operator_claim import OperatorClaim

CONDITION = 1.5
BLOCKS = {**STAND_INS, RotationLevel: as_one_gate}


def _system(shape: Shape) -> LinearSystem:
    return random_system(shape, 2, CONDITION, 5)


def specification(shape: Shape, error: float) -> Any:
    """The solution with length one."""
    return _system(shape).direction


def unsolved(shape: Shape, error: float) -> Any:
    """The right-hand side."""
    return _system(shape).vector


def simulate(shape: Shape, error: float) -> tuple[Any, Measurement]:
    """The normalised state where all flags are zero, the matrix dilated."""
    system = _system(shape)
    bloq = PhaseEstimationSolver.of(
        Dilation.of_matrix(system.matrix),
        VectorDilation.of_vector(system.vector),
        CONDITION,
        system.norm,
        error,
        form="evolution",
        rotation=Rotation.BITWISE,
    )
    runner = Runner.of(bloq, BLOCKS)
    state = runner.run(0).reshape(-1, 2 ** int(bloq.ancilla_bitsize))[:, 0]
    run = Measurement(
        value=0.0, qubits=runner.qubits, gates=runner.gates, fidelity=str(runner.fidelity)
    )
    return state / np.linalg.norm(state), run


THEOREM = OperatorClaim(
    says="Phase estimation of the evolution exp(i pi A / 2 alpha) and its powers, each a circuit, "
    "with the proven bits of clock leaves the normalised solution of a random system within the "
    "error asked for.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"shape": "definite", "error": 0.5},
        {"shape": "general", "error": 0.5},
        {"shape": "indefinite", "error": 0.3},
    ),
    false_twin=unsolved,
    twin_says="The right-hand side comes out again.",
    bound=lambda error, **_: error,
    norm="l2",
    source="[HHL09], for the algorithm; bits of clock and errors of the evolutions derived",
)
