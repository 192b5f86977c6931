"""All of a vector from copies of its state, as an experiment."""

import numpy as np
import pytest

from bloqs.linear_systems.rivals.read_out import copies_needed, read


@pytest.mark.parametrize("size", [2, 16, 64])
@pytest.mark.parametrize("error", [0.3, 0.05])
def test_the_error_is_that_asked_for(size, error, rng):
    """Root mean square over many experiments; no bias, and signs come out."""
    vector = rng.normal(size=size)
    vector /= np.linalg.norm(vector)
    copies = copies_needed(size, error)
    found = np.array([read(vector, copies, rng) for _ in range(400)])
    squares = np.sum((found - vector) ** 2, axis=1)
    exact = error * np.sqrt(1 - 1 / size)  # what is said leaves out the square of the mean
    assert np.sqrt(squares.mean()) == pytest.approx(exact, rel=0.15)
    assert np.linalg.norm(found.mean(axis=0) - vector) < error / 10


@pytest.mark.parametrize(
    ("unknowns", "error", "message"),
    [(8, 0.0, r"in \(0, 1\), got 0.0"), (0, 0.1, "at least one entry, got 0")],
)
def test_refusals(unknowns, error, message):
    with pytest.raises(ValueError, match=message):
        copies_needed(unknowns, error)
