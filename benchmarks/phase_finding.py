"""Phases of the closest odd polynomial to 1/x, degree rising until the peer breaks.

Every answer, ours too, is judged by multiplying its matrices at random points.
"""

from collections.abc import Iterable
from functools import lru_cache, partial

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from benchmarks.benchmark import Benchmark, Case
from benchmarks.phase_peers import (
    EVERYBODY,
    NLFT_QSP,
    QSPPACK,
    SYMMETRIC,
    Family,
    Found,
    Peer,
    ours,
)
from estimator.phases.conventions import (
    Convention,
    GeneralizedAngles,
    generalized_response,
    response,
)
from estimator.polynomials.inverse import inverse_minimal_degree, inverse_polynomial
from estimator.polynomials.sup_norm import sup_norm

Real = NDArray[np.float64]
Accuracy = tuple[float, float]
"""kappa, and the largest absolute error on [1/kappa, 1]."""

ACCURACIES: tuple[Accuracy, ...] = (
    (3, 0.1),
    (5, 0.1),
    (10, 0.01),
    (20, 1e-3),
    (50, 1e-3),
    (100, 1e-6),
    (300, 1e-6),
    (1000, 1e-10),
)
HALF, NEARLY_ONE = 0.5, 1 - 1e-6
"""sup|P| to which the polynomial is scaled: with room to spare, and hard to complete."""

HEADLINES = {
    Family.FOURIER: "phases of the polynomial closest to 1/x, degree 11 to 29,935, against "
    "nlft-qsp and qsppack",
    Family.NEWTON: "the same against Newton's method (pyqsp) and L-BFGS (PennyLane), until they "
    "break",
    Family.COMPLEMENT: "the same against generalised phases by completion (Qualtran), until they "
    "break",
    Family.ROOTS: "the same against root-finders (pyqsp, PennyLane, Qualtran), until they break",
}
HARD = 5
"""How many of the accuracies are asked near one."""

POINTS = 64
"""Random points at which an answer is judged."""

LIMIT = 8.0
"""Longest time a peer is given. Unit: seconds."""


@lru_cache
def target(accuracy: Accuracy, size: float) -> Real:
    """Chebyshev coefficients of the polynomial with sup|P| = size."""
    degree = inverse_minimal_degree(*accuracy)
    coefficients = np.array(inverse_polynomial(accuracy[0], degree).coefficients)
    return coefficients * (size / sup_norm(coefficients).value)


def deviation(accuracy: Accuracy, size: float, found: Found) -> float:
    """Largest error at random points: of Re p for phases of Wx, of p for generalised angles."""
    coefficients = target(accuracy, size)
    t = np.random.default_rng(7).uniform(0, np.pi, POINTS)
    wanted = chebyshev.chebval(np.cos(t), coefficients)
    if isinstance(found, GeneralizedAngles):
        degree = len(found.theta) - 1
        made = generalized_response(found, np.exp(2j * t)) * np.exp(-1j * degree * t)
        return float(np.abs(made - wanted).max())
    made = response(np.asarray(found), np.cos(t), Convention.WX)
    return float(np.abs(made.real - wanted).max())


def cases(size: float, accuracies: Iterable[Accuracy], peers: Iterable[Peer]) -> list[Case]:
    """Every peer up the ladder, on the same inputs."""
    rungs = [
        (each, partial(target, each, size), partial(deviation, each, size)) for each in accuracies
    ]
    return [
        Case(
            what=f"phases of 1/x, sup {size:.6g}, {peer.name}",
            size=f"degree {inverse_minimal_degree(*accuracy):,}",
            setup=setup,
            ours=ours,
            peer=peer.find,
            note=peer.note,
            needs=peer.module,
            error=error,
            limit=LIMIT,
            until_broken=True,
            headline="" if size == NEARLY_ONE else HEADLINES[peer.family],
        )
        for peer in peers
        for accuracy, setup, error in rungs
    ]


PHASE_FINDING = Benchmark(
    "phase_finding",
    [
        *cases(HALF, ACCURACIES, EVERYBODY),
        *cases(NEARLY_ONE, ACCURACIES[:HARD], (NLFT_QSP, QSPPACK, SYMMETRIC)),
    ],
)
