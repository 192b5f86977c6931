"""A gradient rule run by the engine, as an array for a claim."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.gate_order import gate_order
from bloqs.contrastive.model.gradient_rules import jacobian
from proofs.claim import Measurement
from proofs.contrastive.dense_circuit import some_settings

TOLERANCE = 1e-9
"""Derivatives of circuits of a few dozen gates in double precision. Unit: 1/radian."""


def by_rule(
    rule: str, kind: str, width: int, layers: int, seed: int
) -> tuple[NDArray[Any], Measurement]:
    """Derivatives of all outputs by inputs and angles; flat, of shape (W, W + P)."""
    engine = Engine(kind=kind, width=width, layers=layers)
    settings = some_settings(kind, width, layers, seed)
    found = jacobian(engine, settings[None, :width], settings[width:], rule)
    table = np.concatenate([found.by_inputs[0], found.by_angles[0]], axis=1)
    return table.ravel(), ran(kind, width, layers)


def ran(kind: str, width: int, layers: int) -> Measurement:
    """That the engine ran a circuit gate by gate."""
    gates = len(gate_order(kind, width, layers)) + width
    return Measurement(value=0.0, qubits=width, gates=gates, fidelity="gate by gate")


def tolerance(**instance: Any) -> float:
    """Floating-point error alone."""
    return TOLERANCE
