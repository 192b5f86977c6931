"""What two terms are off by on controlled turns."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.model.gate_order import gate_order
from proofs.claim import Measurement
from proofs.contrastive.dense_circuit import dense_values, some_settings
from proofs.contrastive.rule_run import by_rule, tolerance
from proofs.operator_claim import OperatorClaim

HALF = math.sqrt(2) / 2 - 0.5
"""(sqrt 2 - 1) / 2."""


def bias(kind: str, width: int, layers: int, seed: int) -> NDArray[Any]:
    r"""$\frac{\sqrt 2 - 1}{2} (c \cos(t/2) - b \sin(t/2))$ of each output and controlled angle.

    b and c are the parts of frequency 1/2 of the output as a function of the angle t.
    """
    settings = some_settings(kind, width, layers, seed)
    found = np.zeros((width, len(settings)))
    for gate in gate_order(kind, width, layers):
        if gate.name not in ("CRX", "CRZ") or gate.angle is None:
            continue
        t, place = settings[gate.angle + width], gate.angle + width
        points = 4 * np.pi * np.arange(5) / 5
        values = []
        for point in points:
            moved = settings.copy()
            moved[place] = point
            values.append(dense_values(kind, width, layers, moved)[0])
        waves = np.stack([np.cos(points / 2), np.sin(points / 2)])
        b, c = 2 / 5 * waves @ np.array(values)
        found[:, place] = HALF * (c * np.cos(t / 2) - b * np.sin(t / 2))
    return found.ravel()


def difference(kind: str, width: int, layers: int, seed: int) -> tuple[NDArray[Any], Measurement]:
    """Two terms less the adjoint method."""
    found, run = by_rule("two-term", kind, width, layers, seed)
    return found - by_rule("adjoint", kind, width, layers, seed)[0], run


def none(kind: str, width: int, layers: int, seed: int) -> NDArray[Any]:
    """As if two terms were exact here too."""
    return np.zeros_like(bias(kind, width, layers, seed))


THEOREM = OperatorClaim(
    says="With a + b cos(t/2) + c sin(t/2) + d cos t + e sin t the mean of Z as a function of a "
    "controlled turn's angle t, two terms of the shift rule are off by "
    "(sqrt 2 - 1)/2 (c cos(t/2) - b sin(t/2)), and not at all for other angles.",
    specification=bias,
    simulate=difference,
    instances=tuple(
        {"kind": kind, "width": width, "layers": layers, "seed": 2}
        for kind, width, layers in (("ring", 2, 1), ("ring", 3, 2), ("13_half", 3, 2), ("19", 3, 1))
    ),
    false_twin=none,
    bound=tolerance,
    norm="l2",
    twin_says="Two terms are exact on controlled turns as well, as the published code has it.",
    source="ours; [JAXAKJ22], its code, for the rule",
)
