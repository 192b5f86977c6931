"""The Hilbert-Schmidt distance of views from overlaps of states alone."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.state_distance import overlaps, pair_distance
from proofs.claim import Measurement
from proofs.contrastive.rule_run import ran
from proofs.operator_claim import OperatorClaim


def by_matrices(images: int, width: int) -> NDArray[Any]:
    """Tr (rho - sigma)**2 on the mean, with density matrices."""
    return np.array([np.mean([_distance(*each) for each in _mixed(images, width)])])


def by_overlaps(images: int, width: int) -> tuple[NDArray[Any], Measurement]:
    """(1 + F)/2 + Tr sigma**2 - 2 Tr rho sigma, from a table of overlaps."""
    found = pair_distance(overlaps(_states(images, width)))
    return np.array([found.value]), ran("ring", width, 1)


def purity_is_overlap(images: int, width: int) -> NDArray[Any]:
    """As if Tr rho**2 of two views were their overlap F instead of (1 + F)/2."""
    purities = [np.trace(rho @ rho).real for rho, _ in _mixed(images, width)]
    return by_matrices(images, width) + np.mean([2 * each - 1 - each for each in purities])


def _distance(rho: NDArray[Any], sigma: NDArray[Any]) -> float:
    return float(np.trace((rho - sigma) @ (rho - sigma)).real)


def _states(images: int, width: int) -> NDArray[Any]:
    rng = np.random.default_rng(images)
    engine = Engine(kind="ring", width=width, layers=1)
    return engine.states(rng.uniform(0, np.pi, (2 * images, width)), rng.normal(size=2 * width))


def _mixed(images: int, width: int) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    states = _states(images, width)
    pure = np.array([np.outer(each, each.conj()) for each in states])
    pairs = []
    for image in range(images):
        own = np.isin(np.arange(2 * images), [image, image + images])
        pairs.append((pure[own].mean(axis=0), pure[~own].mean(axis=0)))
    return pairs


THEOREM = OperatorClaim(
    says="With rho the mean of the states of an image's two views, sigma that of all others and F "
    "the overlap of the two, Tr (rho - sigma)**2 is (1 + F)/2 + Tr sigma**2 - 2 Tr rho sigma: "
    "overlaps of pairs of states are enough.",
    specification=by_matrices,
    simulate=by_overlaps,
    instances=({"images": 2, "width": 2}, {"images": 3, "width": 3}, {"images": 6, "width": 3}),
    false_twin=purity_is_overlap,
    bound=lambda **instance: 1e-12,
    norm="l2",
    twin_says="The purity of the mean of two views is their overlap.",
    source="ours; [JAXAKJ22], its code, for the definition",
)
