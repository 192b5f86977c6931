"""How often the learner of shadow tomography corrects itself."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.communication.model.tomography import learn, most_updates
from bloqs.communication.symbols import N, epsilon
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """Every correction has a gap of more than epsilon/2; the regret of the weights is bounded."""
    T, b, gap = sympy.symbols("T b gap", positive=True)
    regret = sympy.log(2 * N) / b + b * T
    updates = sympy.solve(sympy.Eq(T * gap, regret), T)[0]
    step("updates", updates * (b * (gap - b)), sympy.log(2 * N))
    return updates.subs({b: epsilon / 4, gap: epsilon / 2})


def _point(size: int, error: float, seed: int) -> Draw:
    """Random signs on a random state of the register and one qubit."""
    rng = np.random.default_rng(seed)
    d = 2 * size
    state = rng.normal(size=d) + 1j * rng.normal(size=d)
    many = []
    for _ in range(6):
        turn = np.linalg.qr(rng.normal(size=(d, d)))[0]
        turn[0] = state.real / np.linalg.norm(state.real)
        turn = np.linalg.qr(turn.T)[0].T
        many.append(turn.T @ np.diag(np.sign(np.arange(d) - d / 2 + 0.5)) @ turn)
    found = learn(state / np.linalg.norm(state), many, error, rng)
    right = all(
        abs(each - np.vdot(state, q @ state).real / np.vdot(state, state).real) <= error
        for each, q in zip(found.estimates, many, strict=True)
    )
    within = right and found.updates <= most_updates(size, error)
    return Draw(at={N: size, epsilon: error}, value=float(found.updates) if within else np.inf)


def draw(rng: Generator) -> Draw:
    """Up to three qubits and an ancilla."""
    size, seed = 2 ** int(rng.integers(1, 4)), int(rng.integers(2**32))
    return _point(size, float(rng.uniform(0.2, 0.6)), seed)


def worst() -> Draw:
    """A small error."""
    return _point(8, 0.1, 3)


THEOREM = InequalityClaim(
    says="The learner corrects itself at most 16 ln(2 N)/epsilon**2 times, whatever the number of "
    "parameters, and ends with every gradient within epsilon.",
    bound=16 * sympy.log(2 * N) / epsilon**2,
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=sympy.log(2 * N) / epsilon,
    twin_says="Each correction removes its error for good.",
    source="[BO21] online learning; derived",
)
