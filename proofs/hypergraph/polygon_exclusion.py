"""The polygon criterion: when a linear family of hypergraph states can be excluded."""

from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.model.exclusion import Polynomial, classes, polygon_excludable, value_at
from bloqs.hypergraph.rivals.forgetful import all_edges, shared_star
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

Generators = tuple[Polynomial, ...]


def family(n: int, edges: tuple[tuple[tuple[int, ...], ...], ...]) -> tuple[int, Generators]:
    """Modes, and generators as masks."""
    return n, tuple(tuple(sum(1 << v for v in e) for e in each) for each in edges)


def random_family(seed: int) -> tuple[int, Generators]:
    """One to three independent sums of products of up to three bits on four modes."""
    rng = np.random.default_rng(seed)
    masks = rng.permutation([m for m in range(1, 16) if m.bit_count() > 1])
    size = int(rng.integers(1, 4))
    rest = [int(m) for m in masks[size:]]
    generators = []
    for own in masks[:size]:
        chosen = [m for m in rest if rng.integers(4) == 0]
        generators.append((int(own), *chosen))
    return 4, tuple(generators)


FAMILIES = {
    **{f"random {seed}": random_family(seed) for seed in range(12)},
    "path": family(3, (((0, 1),), ((1, 2),))),
    "star of order 3": family(4, shared_star(4, 3)),
    "star of order 4": family(6, shared_star(6, 4)),
    "all of order 3": family(4, all_edges(4, 3)),
    "one edge": family(3, (((0, 1, 2),),)),
}


def by_lengths(name: str) -> dict[str, Any]:
    """Square roots of the sizes of classes: do they close to a polygon?"""
    n, generators = FAMILIES[name]
    return {"excludable": int(polygon_excludable(classes(generators, n).values()))}


def states(n: int, generators: Generators) -> NDArray[np.float64]:
    """All states of the family, a row each."""
    values = np.array([[value_at(g, x) for x in range(2**n)] for g in generators])
    chosen = np.array(list(product((0, 1), repeat=len(generators))))
    return (-1.0) ** (chosen @ values) / 2 ** (n / 2)


def by_measuring(name: str) -> tuple[dict[str, Any], Measurement]:
    """By a measurement that never says the state that is there, or by what lies below all states.

    Effects |e_f><e_f| are one seed with the signs of the states, the moduli of the seed equal on
    an orthonormal basis of classes, so that they add up to one on the span; the phases are sought
    by minimising the overlap with the state. If it does not vanish, the smallest eigenvalue of
    |f><f| - N for a diagonal N of trace above 0 says that no measurement can do it.
    """
    n, generators = FAMILIES[name]
    rows = states(n, generators)
    signs, where = np.unique(rows, axis=1, return_inverse=True)
    lengths = np.sqrt(np.bincount(where.ravel()) / 2**n)  # of the states, in the basis of classes
    signs = np.sign(signs)
    phases = closest(lengths)
    seed = np.exp(1j * phases) / np.sqrt(len(rows))
    effects = seed * signs
    if abs(seed @ lengths) < 1e-9:
        whole = effects.conj().T @ effects
        assert np.allclose(whole, np.eye(len(lengths))), "effects add up to one"
        assert np.allclose((effects.conj() * (signs * lengths)).sum(axis=1), 0)
        return {"excludable": 1}, Measurement(value=1.0)
    longest = int(np.argmax(lengths))
    below = -lengths * (2 * lengths[longest] - lengths.sum())
    below[longest] *= -1
    for row in signs * lengths:
        assert np.linalg.eigvalsh(np.outer(row, row) - np.diag(below))[0] > -1e-9
    assert below.sum() > 0, "an answer of trace above zero is possible for all"
    return {"excludable": 0}, Measurement(value=0.0)


def closest(lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Phases with which the lengths add up to as little as they can: two heaps, then triangles."""
    order = np.argsort(-lengths)
    phases = np.zeros(len(lengths))
    heaps = [0.0, 0.0, 0.0]
    which = np.zeros(len(lengths), dtype=int)
    for j in order:  # the longest to the smallest of three heaps: they make a triangle if any do
        heap = int(np.argmin(heaps))
        which[j] = heap
        heaps[heap] += lengths[j]
    a, b, c = heaps
    if a < b + c and b < a + c and c < a + b:
        phases[which == 1] = np.pi - np.arccos((a * a + b * b - c * c) / (2 * a * b))
        phases[which == 2] = np.pi + np.arccos((a * a + c * c - b * b) / (2 * a * c))
    else:
        phases[which != np.argmax(heaps)] = np.pi
    return phases


def by_sizes(name: str) -> dict[str, Any]:
    """The sizes themselves in place of their square roots."""
    n, generators = FAMILIES[name]
    sizes = sorted(classes(generators, n).values())
    return {"excludable": int(2 * sizes[-1] <= sum(sizes))}


THEOREM = AgreementClaim(
    says="A linear family of hypergraph states on plain qubits can be excluded by a measurement "
    "exactly if the square roots of the sizes of its classes of points close to a polygon: the "
    "largest is at most the sum of the others.",
    stated=by_lengths,
    found=by_measuring,
    instances=lambda: [{"name": name} for name in FAMILIES],
    false_twin=by_sizes,
    twin_says="No class has more than half of the points.",
    source="ours; derived",
    assumptions=("Measurements of the family at once; adaptive reads do no better.",),
)
