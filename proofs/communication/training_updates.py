"""How often greedy training updates at most."""

import numpy as np
import sympy

from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.evaluate import angles, flattened, gradients, loss, with_angles
from bloqs.communication.model.schedule import greedy_updates, run_greedy
from bloqs.communication.symbols import kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """The loss spans 2 and each update gains (g^2 - e^2)/2, g above kappa/2, e up to kappa/4."""
    g, h, e = sympy.symbols("g h e", real=True)
    gain = g * h - h**2 / 2  # by h, the second derivative being at most 1
    step("gain of a step h", gain, (g**2 - (g - h) ** 2) / 2)
    least = ((kappa - 2 * e) ** 2 - e**2) / 2
    at = least.subs(e, kappa / 4)
    step("least gain", at, 3 * kappa**2 / 32)
    return 2 / at


def measure(kappa: float) -> Measurement:
    """Updates of a model from near its largest loss, under errors that shrink every gradient."""
    gates = tuple(Gate(x, 0.05) for x in ("XI", "ZX", "YZ", "IX", "XY"))
    blocks = (Block("Alice", gates), Block("Bob", gates[::-1]))
    model = PartyModel(2, [1.0, 0.1, 0.05, 0.0], blocks)

    def oracle(theta: np.ndarray) -> np.ndarray:
        true = flattened(gradients(with_angles(model, theta)))
        return true - kappa / 4 * np.sign(true)

    found = run_greedy(
        oracle, angles(model), kappa, loss=lambda theta: loss(with_angles(model, theta))
    )
    gains = -np.diff(found.losses)
    left = np.abs(flattened(gradients(with_angles(model, found.angles)))).max()
    within = left <= kappa and found.updates <= greedy_updates(kappa)
    within = within and bool(np.all(gains >= 3 * kappa**2 / 32 - 1e-12))
    return Measurement(value=float(found.updates if within else np.inf))


THEOREM = Theorem(
    says="Greedy training with gradients within kappa/4 makes at most 64/(3 kappa**2) updates "
    "until none is above kappa, whatever the numbers of parameters, layers and qubits.",
    relation="<=",
    value=sympy.Rational(64, 3) / kappa**2,
    derive=derive,
    measure=measure,
    instances=tuple({kappa: size} for size in (0.4, 0.1, 0.02)),
    false_twin=sympy.log(1 / kappa) / sympy.log(2),
    twin_says="Every update halves the largest gradient.",
    source="ours; derived",
    assumptions=("First and second derivatives are at most 1, as for angles of Pauli rotations.",),
)
