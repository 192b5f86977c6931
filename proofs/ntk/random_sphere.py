"""Read-out numbers of random directions labelled by a hyperplane, d = ceil(4 ln n)."""

from functools import lru_cache
from math import ceil, log

import numpy as np
from attrs import frozen

from bloqs.ntk.model.depths import exact_depth
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.readout import Overlap, ceiling_at, clip
from proofs.ntk.instances import sphere

GAP = 0.1
"""eps'."""

POINTS = 200
"""Test points over which medians are taken."""


@frozen
class Medians:
    """Of one draw of data.

    Args:
        attempts: n/P.
        shots: 1/o**2.
        d: entries of a row.
        depth: layers.
    """

    attempts: float
    shots: float
    d: int
    depth: int


@lru_cache
def medians(n: int) -> Medians:
    """At the depth from which on points half apart have kernels below n**-2."""
    rng = np.random.default_rng(n)
    rows, labels, _ = sphere(n, rng)
    points = rng.normal(size=(POINTS, rows.shape[1]))
    points /= np.linalg.norm(points, axis=1)[:, None]
    depth = exact_depth(n, 0.5, "erf")
    kernel = Kernel.of("erf", depth)
    ceiling = ceiling_at(kernel, GAP)
    found = [Overlap.of(clip(k, ceiling), labels) for k in kernel.between(points, rows)]
    attempts, shots = (
        float(np.median(values))
        for values in ([x.attempts for x in found], [1 / x.overlap**2 for x in found])
    )
    return Medians(attempts, shots, ceil(4 * log(n)), depth)
