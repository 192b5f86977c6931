"""Vector in subspace and Raz's problem: how often one run is right."""

import numpy as np
import sympy

from bloqs.communication.circuits.subspace_shots import RazShot, VectorInSubspace
from bloqs.communication.model.subspace_problem import (
    RazProblem,
    SubspaceProblem,
    random_in,
    random_subspace,
)
from bloqs.communication.symbols import N, slack
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Amplitudes on both sides; an orthogonal map moves them and keeps their squares."""
    inner = sympy.sqrt(1 - slack**2)
    step("the state has length one", inner**2 + slack**2, 1)
    turn = sympy.Symbol("turn", real=True)
    one, two = sympy.cos(turn) * inner, sympy.sin(turn) * inner  # within the right half
    return sympy.simplify(one**2 + two**2)


def measure(N: int, vartheta: float) -> Measurement:
    """Both circuits, on both sides of the promise; all four must agree."""
    rng, found = np.random.default_rng(N), []
    basis = random_subspace(N, rng)
    turn = np.linalg.qr(rng.normal(size=(N, N)))[0]
    for is_inside in (True, False):
        vector = random_in(basis, rng, is_inside, vartheta)
        for shot in (
            VectorInSubspace.of(SubspaceProblem(vector, basis, vartheta)),
            RazShot.of(RazProblem(turn.T @ vector, basis, turn, vartheta)),
        ):
            zero = float(np.sum(np.abs(Runner.of(shot).run(0)[: N // 2]) ** 2))
            found.append(zero if is_inside else 1 - zero)
    spread = float(np.ptp(found))
    return Measurement(value=found[0] if spread < 1e-9 else float("nan"))


THEOREM = Theorem(
    says="A vector that is off its promise by vartheta is told right with probability "
    "1 - vartheta**2 by one run, in one message for vector in subspace and two for Raz's problem; "
    "for certain without slack.",
    relation="==",
    value=1 - slack**2,
    derive=derive,
    measure=measure,
    instances=({N: 4, slack: 0.0}, {N: 8, slack: 0.3}, {N: 16, slack: 0.1}),
    false_twin=1 - slack,
    twin_says="The slack is a probability.",
    source="[KR11] vector in subspace; [Raz99]; derived",
    tolerance=1e-9,
)
