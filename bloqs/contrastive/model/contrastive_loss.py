"""The loss of contrastive learning: two views of an image are near, all others far."""

import math

import numpy as np
from numpy.typing import ArrayLike

from bloqs.contrastive.model.batched_engine import Floats, check_finite


def nt_xent(first: ArrayLike, second: ArrayLike, temperature: float) -> tuple[float, Floats]:
    r"""Normalised temperature-scaled cross entropy of two views, and its gradient.

    With z the 2B rows divided by their norms, first views and then second ones,
    $-\frac{1}{2B} \sum_i \log \frac{\exp(z_i z_{i'} / \tau)}{\sum_{k \ne i} \exp(z_i z_k / \tau)}$
    where i' is the other view of the image of i. [CKNH20] eq. 1.

    Args:
        first: a view of each image; shape (B, width).
        second: the other view; the same shape.
        temperature: tau.

    Returns:
        The loss, and its derivatives by both views; shape (2, B, width).

    Raises:
        ValueError: if shapes differ, there are fewer than two images, a row is zero or not finite,
            or the temperature is not above 0.
    """
    views = [np.asarray(each, dtype=float) for each in (first, second)]
    if views[0].ndim != 2 or views[0].shape != views[1].shape:
        raise ValueError(
            f"two views need one shape (B, width), got {views[0].shape} and {views[1].shape}"
        )
    if len(views[0]) < 2:
        raise ValueError(f"contrast needs at least 2 images, got {len(views[0])}")
    if not (math.isfinite(temperature) and temperature > 0):
        raise ValueError(f"a temperature must be above 0, got {temperature}")
    rows = np.concatenate(views)
    check_finite("views", rows)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    if not norms.all():
        raise ValueError("a view of zeros has no direction; change what comes before the loss")
    z = rows / norms
    half = len(z) // 2
    scores = z @ z.T / temperature
    np.fill_diagonal(scores, -np.inf)
    largest = scores.max(axis=1, keepdims=True)
    parts = np.exp(scores - largest)
    sums = parts.sum(axis=1, keepdims=True)
    other = np.roll(np.arange(len(z)), half)
    here = np.arange(len(z))
    loss = float(np.mean(np.log(sums[:, 0]) + largest[:, 0] - scores[here, other]))
    by_scores = parts / sums
    by_scores[here, other] -= 1
    by_scores /= len(z) * temperature
    by_z = (by_scores + by_scores.T) @ z
    by_rows = (by_z - z * (by_z * z).sum(axis=1, keepdims=True)) / norms
    return loss, by_rows.reshape(2, half, -1)
