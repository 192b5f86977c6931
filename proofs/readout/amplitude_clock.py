"""The clock of amplitude estimation is that of two phases, gate by gate."""

from typing import Any

import numpy as np

from bloqs.readout.amplitude_estimation import AmplitudeEstimation
from bloqs.readout.clock import ClockWindow
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.forms import ROUNDING
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def _clock(m: int, sine: bool, times: int) -> Any:
    """Half of the distribution of each sign of a multiple of the angle."""
    leaf = VectorLeaf(4, 1, 1)
    angle = float(np.arcsin(np.linalg.norm(leaf.block)))
    size = 2**m
    t = np.arange(size)
    weights = np.full(size, size**-0.5)
    if sine:
        weights = np.sqrt(2 / size) * np.sin(np.pi * (t + 0.5) / size)
    waves = np.exp(-2j * np.pi * np.outer(t, t) / size) / np.sqrt(size)
    both = [np.abs(waves @ (weights * np.exp(1j * s * times * angle * t))) for s in (1, -1)]
    return (both[0] ** 2 + both[1] ** 2) / 2


def specification(m: int, sine: bool) -> Any:
    """Twice the angle whose sine is the length of what the flags in zero have."""
    return _clock(m, sine, 2)


def angle_itself(m: int, sine: bool) -> Any:
    """The angle, not twice it."""
    return _clock(m, sine, 1)


def simulate(m: int, sine: bool) -> tuple[Any, Measurement]:
    """Probabilities of the clock after every gate."""
    window = ClockWindow.SINE if sine else ClockWindow.UNIFORM
    runner = Runner.of(AmplitudeEstimation(VectorLeaf(4, 1, 1), m, window))
    state = runner.run(0).reshape(2**m, -1)
    run = Measurement(
        value=0.0, qubits=runner.qubits, gates=runner.gates, fidelity=str(runner.fidelity)
    )
    return np.sum(np.abs(state) ** 2, axis=1), run


THEOREM = OperatorClaim(
    says="The clock of amplitude estimation holds, with equal probability, plus or minus twice the "
    "angle whose squared sine is estimated, for a uniform and for a sine window.",
    specification=specification,
    simulate=simulate,
    instances=tuple({"m": m, "sine": sine} for sine in (False, True) for m in (1, 2, 4)),
    false_twin=angle_itself,
    twin_says="The clock holds the angle itself.",
    bound=lambda **_: ROUNDING,
    norm="l2",
    source="[BHMT02] Sec. 4",
)
