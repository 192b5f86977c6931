"""Amplitude amplification: the rotation in the plane of success and failure, and the error."""

import numpy as np
import pytest

from bloqs.encodings.amplified_vector import AmplifiedVector
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation


@pytest.mark.parametrize(("alpha", "rounds"), [(4, 1), (3, 1), (6, 2), (9, 4)])
def test_alpha_is_one_over_the_sine(alpha, rounds):
    """Gate by gate, sign included."""
    bloq = AmplifiedVector(Deamplified(UniformVector(2), alpha), rounds)
    np.testing.assert_allclose(encoded_vector(bloq), np.full(4, 0.5), atol=1e-9)
    assert float(bloq.alpha) == pytest.approx(1 / np.sin((2 * rounds + 1) * np.arcsin(1 / alpha)))


@pytest.mark.parametrize("seed", range(4))
def test_an_inexact_vector_stays_within_epsilon(seed):
    rng = np.random.default_rng(seed)
    ideal = rng.normal(size=4)
    ideal /= np.linalg.norm(ideal)
    error = rng.normal(size=4)
    error *= 0.05 / np.linalg.norm(error)
    alpha = 7.0
    vector = VectorDilation.of_vector(ideal + error, alpha, 0.05)
    bloq = AmplifiedVector(vector, 2)
    found = encoded_vector(bloq, STAND_INS)
    assert np.linalg.norm(found - ideal) <= float(bloq.epsilon)
    assert float(bloq.epsilon) < 0.25


@pytest.mark.parametrize("angle", [0.3, 0.86, 1.0, 1.03, 1.046])
@pytest.mark.parametrize(("rounds", "error"), [(1, 0.1), (1, 0.3), (2, 0.01)])
def test_a_length_that_is_amplified_too_far_stays_within_epsilon(angle, rounds, error):
    """Close to half a turn the length falls faster the longer the vector was."""
    angle *= 3 / (2 * rounds + 1)
    ideal, alpha = np.array([0.6, 0.8]), 1 / np.sin(angle)
    error = min(error, alpha - 1)
    vector = VectorDilation.of_vector((1 + error) * ideal, alpha, error)
    bloq = AmplifiedVector(vector, rounds)
    found = encoded_vector(bloq, STAND_INS)
    assert np.linalg.norm(found - ideal) <= float(bloq.epsilon)


@pytest.mark.parametrize(
    ("alpha", "rounds", "message"),
    [(4, 0, "rounds >= 1, got 0"), (1.2, 2, "2 rounds turn the state beyond half a turn")],
)
def test_refuses_rounds_that_make_no_sense(alpha, rounds, message):
    with pytest.raises(ValueError, match=message):
        AmplifiedVector(Deamplified(UniformVector(2), alpha), rounds)
