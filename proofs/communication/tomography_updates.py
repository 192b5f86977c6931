"""How often the learner of shadow tomography corrects itself."""

import numpy as np
import sympy

from bloqs.communication.model.tomography import learn, most_updates
from bloqs.communication.symbols import N, epsilon
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Every correction has a gap of more than epsilon/2; the regret of the weights is bounded."""
    T, b, gap = sympy.symbols("T b gap", positive=True)
    regret = sympy.log(2 * N) / b + b * T
    updates = sympy.solve(sympy.Eq(T * gap, regret), T)[0]
    step("updates", updates * (b * (gap - b)), sympy.log(2 * N))
    return updates.subs({b: epsilon / 4, gap: epsilon / 2})


def measure(N: int, epsilon: float) -> Measurement:
    """Corrections for random reflections on a random real state of the register and one qubit."""
    rng, d = np.random.default_rng(N), 2 * N
    state = rng.normal(size=d)
    state /= np.linalg.norm(state)
    many = []
    for _ in range(6):
        turn = np.linalg.qr(np.concatenate([state[:, None], rng.normal(size=(d, d - 1))], 1))[0]
        many.append(turn @ np.diag(np.sign(np.arange(d) - d / 2 + 0.5)) @ turn.T)
    found = learn(state, many, epsilon, rng)
    true = np.array([state @ each @ state for each in many])
    within = np.max(np.abs(found.estimates - true)) <= epsilon
    right = within and found.updates <= most_updates(N, epsilon)
    return Measurement(value=float(found.updates if right else np.inf))


THEOREM = Theorem(
    says="The learner corrects itself at most 16 ln(2 N)/epsilon**2 times, whatever the number of "
    "parameters, and ends with every gradient within epsilon.",
    relation="<=",
    value=16 * sympy.log(2 * N) / epsilon**2,
    derive=derive,
    measure=measure,
    instances=tuple({N: size, epsilon: error} for size, error in ((2, 0.3), (4, 0.1), (8, 0.05))),
    false_twin=sympy.log(2 * N) / epsilon,
    twin_says="Each correction removes its error for good.",
    source="[BO21] online learning; derived",
)
