"""Four overlaps between signed parts, put together, are the overlap itself."""

from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.answers.simulate import BLOCKS
from bloqs.ntk.circuits.four_overlaps import four_overlaps
from bloqs.ntk.model.readout import from_four
from bloqs.simulation.runner import Runner
from bloqs.simulation.vector_dilation import VectorDilation
from proofs.claim import Measurement
from proofs.operator_claim import OperatorClaim

BITS = 12


def pair(n: int, seed: int) -> tuple[Any, Any]:
    """Clipped kernel values of any sign, and a solution with the signs of its classes."""
    rng = np.random.default_rng(seed)
    k, x = rng.uniform(-1, 1, 2**n), rng.uniform(0.1, 1, 2**n)
    x[2 ** (n - 1) :] *= -1
    return k, x


def specification(n: int, seed: int) -> Any:
    """The overlap of the two unit vectors."""
    k, x = pair(n, seed)
    return np.array([k @ x / np.linalg.norm(k) / np.linalg.norm(x)])


def unsigned(n: int, seed: int) -> Any:
    """All four added up."""
    k, x = pair(n, seed)
    return specification(n, seed) * (np.abs(k) @ np.abs(x)) / (k @ x)


def simulate(n: int, seed: int) -> tuple[Any, Measurement]:
    """Squared overlaps of unit parts by swap tests: of their runs with all flags in zero."""
    k, x = pair(n, seed)
    vector = VectorDilation.of_vector(x / np.linalg.norm(x))
    tests = four_overlaps(k, x, vector, BITS, QROMLoader(), Rotation.BITWISE)
    squares = {(s, t): 0.0 for s in (1, -1) for t in (1, -1)}
    qubits, gates, fidelity = 0, 0, ""
    for signs, test in tests.items():
        runner = Runner.of(test, BLOCKS)
        state = runner.run(0).reshape([2**reg.bitsize for reg in test.signature])[:, :, 0, :, 0]
        plus, minus = (float(np.linalg.norm(state[probe]) ** 2) for probe in (0, 1))
        squares[signs] = (plus - minus) / (plus + minus)
        qubits, gates = max(qubits, runner.qubits), gates + runner.gates
        fidelity = str(runner.fidelity)
    found = np.array([from_four(squares, k, x)])
    return found, Measurement(value=0.0, qubits=qubits, gates=gates, fidelity=fidelity)


def bound(n: int, seed: int) -> float:
    """An angle of each row, in units of the length of the clipped values, for either part."""
    k, _ = pair(n, seed)
    row = float(np.pi) / 2**BITS / float(np.linalg.norm(k))
    return 4 * float(np.sqrt(2)) * 2 ** (n / 2) * row


THEOREM = OperatorClaim(
    says="Roots of the four squared overlaps of positive and negative parts, times the lengths of "
    "the parts and their signs, add up to the overlap of k_* and the solution.",
    assumptions=("The parts of the solution are its classes: each entry has its label's sign.",),
    specification=specification,
    simulate=simulate,
    instances=({"n": 1, "seed": 3}, {"n": 2, "seed": 0}, {"n": 2, "seed": 1}),
    false_twin=unsigned,
    twin_says="The roots add up without signs.",
    bound=bound,
    norm="l2",
    source="[ZNL21] Eq. A.38",
)
