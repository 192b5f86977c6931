"""Hilbert-Schmidt distances of groups of states: of classes, and of views of one image."""

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike

from bloqs.contrastive.model.batched_engine import Floats


@frozen
class Distance:
    """A squared Hilbert-Schmidt distance and what it is made of.

    Args:
        first_purity: Tr rho**2.
        second_purity: Tr sigma**2.
        overlap: Tr rho sigma.
    """

    first_purity: float
    second_purity: float
    overlap: float

    @property
    def value(self) -> float:
        """Tr (rho - sigma)**2, from 0 to 2."""
        return self.first_purity + self.second_purity - 2 * self.overlap


def overlaps(states: ArrayLike) -> Floats:
    """|(psi_i, psi_j)|**2 of pure states, the rows of an array; shape (states, states).

    A device estimates each by a destructive swap test.
    """
    rows = np.asarray(states)
    return np.abs(rows.conj() @ rows.T) ** 2


def class_distance(found: ArrayLike, is_first: ArrayLike) -> Distance:
    """Of the mean state of one class from that of the others.

    Args:
        found: overlaps of all states.
        is_first: for each state, whether it is of the class.

    Raises:
        ValueError: if all states are on one side.
    """
    table, first = np.asarray(found, dtype=float), np.asarray(is_first, dtype=bool)
    if first.all() or not first.any():
        raise ValueError("a distance of classes needs states of two classes, got one")
    return Distance(
        float(table[np.ix_(first, first)].mean()),
        float(table[np.ix_(~first, ~first)].mean()),
        float(table[np.ix_(first, ~first)].mean()),
    )


def pair_distance(found: ArrayLike) -> Distance:
    """Of the two views of an image from all other views, on the mean over the images.

    Args:
        found: overlaps of 2 B states, the first views and then the second ones.

    Raises:
        ValueError: if there are fewer than two images, or a view is without its other one.
    """
    table = np.asarray(found, dtype=float)
    images = len(table) // 2
    if len(table) != 2 * images or images < 2:
        raise ValueError(f"pairs need two views of at least 2 images, got {len(table)} states")
    everything, rows = table.sum(), table.sum(axis=1)
    first = np.arange(images)
    second = first + images
    own = table[first, first] + table[second, second] + 2 * table[first, second]
    both = rows[first] + rows[second]
    others = 2 * (images - 1)
    return Distance(
        float(own.mean() / 4),
        float((everything - 2 * both + own).mean() / others**2),
        float((both - own).mean() / (2 * others)),
    )
