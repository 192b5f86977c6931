"""A sum of shifts leaves out exactly what would wrap around."""

from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.circuits.toeplitz import ToeplitzEncoding
from bloqs.linear_systems.model.structure import Shifts
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.forms import ROUNDING
from proofs.operator_claim import OperatorClaim

TERMS: dict[str, dict[tuple[int, ...], float]] = {
    "second difference": {(0,): 2.0, (1,): -1.0, (-1,): -1.0},
    "first difference": {(0,): 1.0, (1,): -1.0},
    "far": {(-3,): 1.0, (2,): 1.0},
    "diagonals of a grid": {(1, -1): 1.0, (-1, 0): -1.0},
}
"""Shifts and weights whose preparation needs eighths of a turn alone, which any bits hold."""


def _matrix(terms: str, m: int, is_cyclic: bool) -> Any:
    """Sum of the shifts as Kronecker products of matrices with one diagonal."""
    side, whole = 2**m, None
    for shift, weight in TERMS[terms].items():
        part = np.array([[weight]])
        for step in shift:
            line = np.eye(side, k=-step)
            if is_cyclic:
                line = np.roll(np.eye(side), step, axis=0)
            part = np.kron(part, line)
        whole = part if whole is None else whole + part
    return whole


def specification(terms: str, m: int) -> Any:
    """Zero where a point would leave the grid."""
    return _matrix(terms, m, False)


def wrapped(terms: str, m: int) -> Any:
    """The same with every shift round the grid."""
    return _matrix(terms, m, True)


def simulate(terms: str, m: int) -> tuple[Any, Measurement]:
    """Every gate of the encoding, on every basis state."""
    weights = TERMS[terms]
    shifts = Shifts(shifts=tuple(weights), weights=tuple(weights.values()), m=m, is_cyclic=False)
    bloq = ToeplitzEncoding.of(shifts, 6, QROMLoader(), Rotation.BITWISE)
    runner, flags = Runner.of(bloq), 2 ** int(bloq.ancilla_bitsize)
    columns = runner.columns([x * flags for x in range(2 ** int(bloq.system_bitsize))])
    run = Measurement(
        value=0.0, qubits=runner.qubits, gates=runner.gates, fidelity=str(runner.fidelity)
    )
    return float(bloq.alpha) * columns[::flags], run


THEOREM = OperatorClaim(
    says="A sum of shifts by adders with an overflow bit for each axis encodes the Toeplitz matrix "
    "with the sum of the diagonals' moduli as alpha, and zero where a shift would leave the grid.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"terms": "second difference", "m": 1},
        {"terms": "second difference", "m": 2},
        {"terms": "first difference", "m": 2},
        {"terms": "far", "m": 2},
        {"terms": "diagonals of a grid", "m": 1},
    ),
    false_twin=wrapped,
    twin_says="The shifts go round the grid.",
    bound=lambda **_: ROUNDING,
    norm="spectral",
    source="ours",
)
