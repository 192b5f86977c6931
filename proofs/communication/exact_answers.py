"""Exact protocols are never wrong: hidden matching, equal or orthogonal, inner products."""

from typing import Any

import numpy as np

from bloqs.communication.circuits.dense_coding import DenseCoding
from bloqs.communication.circuits.inner_product_walk import InnerProductWalk
from bloqs.communication.circuits.matching_shots import (
    EqualOrOrthogonalShot,
    HiddenMatchingShot,
    edge_law,
)
from bloqs.communication.model.matching_problem import EqualOrOrthogonal, HiddenMatching, Matching
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

DIGITS = 9
"""To which probabilities are found."""


def stated(problem: str, N: int, answer: int) -> dict[str, float]:
    """Probability of a wrong answer, and of any."""
    return {"wrong": 0.0, "answered": 0.5 if problem == "hidden matching" else 1.0}


def as_random(problem: str, N: int, answer: int) -> dict[str, float]:
    """Orthogonal states pass as often as random ones, and an edge has either parity."""
    right = stated(problem, N, answer)
    return {**right, "wrong": right["answered"] / (2 if "matching" in problem else N)}


def found(problem: str, N: int, answer: int) -> tuple[dict[str, float], Measurement]:
    """From the whole state after a run, gate by gate."""
    rng, answered = np.random.default_rng(N), 1.0
    one = rng.integers(0, 2, N)
    if problem == "hidden matching":
        matching = Matching.of_share(N, 0.25, rng)
        shot: Any = HiddenMatchingShot.of(HiddenMatching(one, matching))
        runner = Runner.of(shot)
        law = edge_law(shot, runner.run(0))
        parities = np.array([one[i] ^ one[j] for i, j in matching.edges])
        answered = float(law.sum())
        wrong = answered - float(law[np.arange(len(law)), parities].sum())
    elif problem == "equal or orthogonal":
        two = one.copy()
        if not answer:
            two[rng.permutation(N)[: N // 2]] ^= 1
        runner = Runner.of(EqualOrOrthogonalShot.of(EqualOrOrthogonal(one, two)))
        zero = abs(runner.run(0)[0]) ** 2
        wrong = 1 - zero if answer else zero
    else:
        n, m = N.bit_length() - 1, 2 * (N.bit_length() - 2)
        ones, twos = (tuple(map(int, rng.integers(0, 2, m - 1))) for _ in range(2))
        last = (int(np.dot(ones, twos)) + answer) % 2
        a, b = (*ones, 1), (*twos, last)
        if problem == "inner product by layers":
            runner = Runner.of(InnerProductWalk.of(n, a, b))
            half = np.sum(np.abs(runner.run(0)[N // 2 :]) ** 2)
        else:
            bloq = DenseCoding(m, Private("Alice", a), Private("Bob", b), has_pairs=False)
            runner = Runner.of(bloq)
            half = np.sum(np.abs(runner.run(0)[1::2]) ** 2)
        wrong = 1 - half if answer else half
    run = Measurement(value=0.0, qubits=runner.qubits, gates=runner.gates, fidelity=runner.fidelity)
    return {"wrong": abs(round(float(wrong), DIGITS)), "answered": round(answered, DIGITS)}, run


THEOREM = AgreementClaim(
    says="Hidden matching with a quarter of N places in edges finds one with probability 1/2 and "
    "is then right, equal and orthogonal strings are told apart, and inner products found by "
    "layers and by dense coding, for certain, at N = 4 to 64.",
    stated=stated,
    found=found,
    instances=lambda: [
        {"problem": problem, "N": N, "answer": answer}
        for problem in (
            "hidden matching",
            "equal or orthogonal",
            "inner product by layers",
            "inner product by dense coding",
        )
        for N in (4, 8, 16, 32, 64)
        for answer in (0, 1)
    ],
    false_twin=as_random,
    twin_says="Orthogonal states pass as often as random ones, and an edge has either parity.",
    source="[BCW98] strings; [GKKRW07] matchings; [CDNT98] inner products",
)
