r"""What it takes to read all of a solution from copies of its state.

The state of a real unit vector x interferes with the uniform one: after a Hadamard gate on the
control of $(|0\rangle|x\rangle + |1\rangle|u\rangle)/\sqrt{2}$, outcome i is found with
probability $(x_i + u_i)^2/4$ on one side and $(x_i - u_i)^2/4$ on the other. They differ by
$x_i u_i$, so that the difference of their frequencies times $\sqrt{N}$ is an estimate of $x_i$,
sign included, without bias. Its variance in m runs is at most $N (x_i^2 + 1/N)/2m$, and over all
entries these add up to N/m: the root mean square error (l2 norm) is epsilon after
$N/\epsilon^2$ runs.

Source: derived; elementary.
"""

from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.linear_systems.model.condition import check_error


def copies_needed(unknowns: int, error: float) -> int:
    """Copies that are enough to know all entries of a real unit vector, signs included.

    Args:
        unknowns: N, entries of the vector, at least 1.
        error: root mean square of the l2 error, in (0, 1).

    Raises:
        ValueError: if a number is out of its range.
    """
    check_error(error)
    if unknowns < 1:
        raise ValueError(f"a vector has at least one entry, got {unknowns}")
    return ceil(unknowns / error**2)


def read(vector: NDArray[Any], copies: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """The estimate of a real unit vector from so many copies, as a classical experiment.

    Args:
        vector: Array of shape (N,), of length one.
        copies: how many.
        rng: draws the outcomes.

    Returns:
        Array of shape (N,).
    """
    uniform = 1 / np.sqrt(len(vector))
    plus, minus = (vector + uniform) ** 2 / 4, (vector - uniform) ** 2 / 4
    chances = np.concatenate([plus, minus])
    found = rng.multinomial(copies, chances / chances.sum()) / copies
    return np.asarray((found[: len(vector)] - found[len(vector) :]) / uniform)
