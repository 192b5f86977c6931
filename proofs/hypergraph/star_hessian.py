"""Theorem G: near the right angles a star has no plateau."""

from itertools import combinations
from math import pi
from typing import Any

import numpy as np

from bloqs.hypergraph.model.sentence_loss import TrainedSentence, star_hessian
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

UNIT = 2**20
"""Entries are whole multiples of its inverse."""

Edges = tuple[tuple[int, ...], ...]


def star(n: int, k: int) -> Edges:
    """All edges at mode 0, and one away from it."""
    return (*((0, *rest) for rest in combinations(range(1, n), k - 1)), tuple(range(1, k + 1)))


def named(matrix: Any) -> dict[str, Any]:
    """Entries by place."""
    return {f"{at}": round(UNIT * float(entry)) for at, entry in np.ndenumerate(matrix)}


def by_counting(n: int, k: int) -> dict[str, Any]:
    """2**-|(e or f) - v| / 2, so 2**-k on the diagonal."""
    return named(star_hessian(star(n, k), 0))


def by_shifts(n: int, k: int) -> tuple[dict[str, Any], Measurement]:
    """Exact differences of losses of a state vector, quarter turns off the best angles."""
    edges = star(n, k)
    wanted = tuple(sum(edge) % 2 == 0 for edge in edges)
    trained = TrainedSentence(edges, 0, wanted)
    turns = np.eye(len(edges)) * pi / 2

    def loss(off: Any) -> float:
        return trained.circuit_loss(n, trained.best + off)

    bent = [
        [(loss(s + t) - loss(s - t) - loss(t - s) + loss(-s - t)) / 4 for t in turns]
        for s in turns
    ]  # fmt: skip
    return named(np.array(bent)), Measurement(value=float(np.trace(bent)))


def only_the_diagonal(n: int, k: int) -> dict[str, Any]:
    """Each angle for itself."""
    return named(np.diag(np.diag(star_hessian(star(n, k), 0))))


THEOREM = AgreementClaim(
    says="At the right angles the Hessian of the loss at v has the entry 2**-|(e or f) - v| / 2 "
    "for edges e and f at v, thus 2**-k on the diagonal, whatever n is, and 0 for other edges: the "
    "plateau is one of uniform starts.",
    stated=by_counting,
    found=by_shifts,
    instances=lambda: [{"n": 3, "k": 2}, {"n": 4, "k": 3}, {"n": 5, "k": 2}],
    false_twin=only_the_diagonal,
    twin_says="Angles of different edges do not mix.",
    source="ours; derived",
)
