"""How far a state of two halves is turned by a norm that was told wrong."""

import numpy as np
import sympy

from bloqs.communication.circuits.data_parallel import DataParallel
from bloqs.communication.symbols import excess
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """The largest difference of two arcs over the ratio of the norms."""
    ratio = sympy.Symbol("ratio", positive=True)
    tangent = excess * ratio / (1 + (1 + excess) * ratio**2)  # of atan((1 + eta) r) - atan(r)
    slope = sympy.numer(sympy.together(sympy.diff(tangent, ratio)))
    at = 1 / sympy.sqrt(1 + excess)
    step("the worst ratio of norms", sympy.simplify(slope.subs(ratio, at)))
    return sympy.atan(sympy.simplify(tangent.subs(ratio, at)))


def measure(eta: float) -> Measurement:
    """The angle between circuits' states, and nothing larger near the worst ratio."""
    found = []
    for factor in (0.8, 1.0, 1.25):
        ratio = factor / np.sqrt(1 + eta)
        hers = Private("Alice", (0.6, 0.8))
        states = []
        for norm in (ratio, ratio * (1 + eta)):
            his = Private("Bob", (0.8 * norm, -0.6 * norm))
            states.append(Runner.of(DataParallel(1, hers, his)).run(0).real)
        one, two = states
        found.append(float(2 * np.arcsin(np.linalg.norm(one - two) / 2)))
    return Measurement(value=found[1] if max(found) == found[1] else float("nan"))


THEOREM = Theorem(
    says="A norm told as 1 + eta times itself, eta > 0, turns the state of two halves by "
    "atan(eta/(2 sqrt(1 + eta))) at most, which is less than eta/2.",
    relation="==",
    value=sympy.atan(excess / (2 * sympy.sqrt(1 + excess))),
    derive=derive,
    measure=measure,
    instances=({excess: 0.01}, {excess: 0.5}, {excess: 2.0}),
    false_twin=excess / 2,
    twin_says="Half of the error, as to first order.",
    source="ours; derived",
    tolerance=1e-9,
)
