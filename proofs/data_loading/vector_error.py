"""A rotation tree with b-bit angles prepares a vector up to n pi / 2**b in the l2 norm."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import loader_named
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.operator_claim import OperatorClaim


def _vector(n: int, seed: int) -> NDArray[np.float64]:
    return np.random.default_rng(seed).normal(size=2**n)


def specification(n: int, b: int, loader: str, rotation: str, seed: int) -> Any:
    """The normalised vector."""
    vector = _vector(n, seed)
    return vector / np.sqrt(sum(x * x for x in vector))


def simulate(n: int, b: int, loader: str, rotation: str, seed: int) -> tuple[Any, Measurement]:
    """What the circuit prepares from zero, every gate executed."""
    rows = (tuple(_vector(n, seed)),)
    runner = Runner.of(RotationTree(rows, 0, n, b, loader_named(loader, 1), Rotation(rotation)))
    measurement = Measurement(
        value=0.0, qubits=runner.qubits, gates=runner.gates, fidelity=runner.fidelity
    )
    return runner.run(), measurement


def without_signs(n: int, b: int, loader: str, rotation: str, seed: int) -> Any:
    """The vector of absolute values: what the norms alone determine."""
    return np.abs(specification(n, b, loader, rotation, seed))


def bound(n: int, b: int, loader: str, rotation: str, seed: int) -> float:
    """The smaller of the bound in words and the bound the bloq claims."""
    rows = (tuple(_vector(n, seed)),)
    tree = RotationTree(rows, 0, n, b, loader_named(loader, 1), Rotation(rotation))
    return min(n * np.pi / 2**b, float(tree.epsilon)) + 1e-12


THEOREM = OperatorClaim(
    says="A rotation tree with b-bit angles prepares a real vector, signs included, with l2 error "
    "at most n pi / 2**b.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"n": 1, "b": 5, "loader": "qrom", "rotation": "phase-gradient", "seed": 0},
        {"n": 2, "b": 5, "loader": "bucket-brigade", "rotation": "bitwise", "seed": 1},
        {"n": 3, "b": 5, "loader": "qroam-clean", "rotation": "bitwise", "seed": 2},
        {"n": 3, "b": 4, "loader": "select-swap", "rotation": "bitwise", "seed": 3},
        {"n": 4, "b": 9, "loader": "qrom", "rotation": "bitwise", "seed": 4},
        {"n": 5, "b": 4, "loader": "qroam-clean", "rotation": "bitwise", "seed": 5},
    ),
    false_twin=without_signs,
    twin_says="Norms alone determine the vector: its signs are lost.",
    bound=bound,
    norm="l2",
    source="[RHGPR25] Lem. D.1; the error bound is ours",
)
