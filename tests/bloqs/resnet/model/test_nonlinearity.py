"""Nonlinearity at encoded amplitudes: against high precision, Gaussian entries and the bound."""

import math

import mpmath
import numpy as np
import pytest
import sympy
from scipy.special import erf

from bloqs.resnet.model.nonlinearity import (
    block_nonlinearities,
    curvature,
    linearised_distance,
    vector_nonlinearity,
)
from bloqs.resnet.model.random_network import random_input, random_network
from estimator.symbols import N


def delocalised_nonlinearity(slope, norm, N):
    """The leading term for Gaussian entries, sqrt(15) nu**2 |y|**2 / (3 N).

    From erf(nu y) - f'(0) y = -f'(0) nu**2 y**3 / 3 + ... and E y**6 = 15 sigma**6 with
    sigma**2 = |y|**2 / N; 0.83 / N for nu = 4/5 and a unit vector.
    """
    return sympy.sqrt(15) * sympy.sympify(slope) ** 2 * sympy.sympify(norm) ** 2 / (3 * N)


def largest_nonlinearity(slope, norm, largest_entry):
    """An upper bound for any vector of bounded entries.

    |erf(x) - 2 x / sqrt(pi)| <= 2 |x|**3 / (3 sqrt(pi)) above, and erf(x) / x falls with |x|
    below. The ratio does not depend on the norm, but that bounds the entries.
    """
    x = slope * min(largest_entry, norm)
    return float(2 * x**3 / (3 * math.sqrt(math.pi)) / math.erf(x))


@pytest.mark.parametrize("x", [0.0, 1e-9, -1e-5, 3e-3, -0.03, 0.099, 0.101, 0.2, -0.9, 3.0])
def test_curvature_keeps_its_digits(x):
    """Relative to the difference itself, against forty digits."""
    with mpmath.workdps(40):
        exact = float(mpmath.erf(mpmath.mpf(x)) - 2 * mpmath.mpf(x) / mpmath.sqrt(mpmath.pi))
    assert float(curvature(np.array(x))) == pytest.approx(exact, rel=1e-10, abs=0)


def test_known_vector():
    """One entry: 1 - f'(0) y / f(y)."""
    expected = 2 * 0.8 * 0.5 / math.sqrt(math.pi) / math.erf(0.4) - 1
    assert vector_nonlinearity(np.array([0.0, 0.5]), 0.8) == pytest.approx(expected, rel=1e-12)
    with pytest.raises(ValueError, match="no value at the zero vector"):
        vector_nonlinearity(np.zeros(3), 0.8)


@pytest.mark.parametrize("size", [2**10, 2**14, 2**18])
def test_delocalised_vectors_follow_the_closed_form(size, rng):
    """0.826 / N within a tenth, as root mean square over vectors; 5.0e-5 at N = 2**14."""
    repeats = 2**19 // size
    values = [vector_nonlinearity(random_input(size, rng), 0.8) for _ in range(repeats)]
    found = np.sqrt(np.mean(np.square(values)))
    expected = float(delocalised_nonlinearity(0.8, 1, size))
    assert found == pytest.approx(expected, rel=0.1)
    assert expected * size == pytest.approx(0.8262, abs=1e-4)
    assert float(delocalised_nonlinearity(0.8, 1, 2**14)) == pytest.approx(5.0e-5, rel=0.02)
    symbolic = delocalised_nonlinearity(sympy.Rational(4, 5), 1, N)
    assert symbolic == 16 * sympy.sqrt(15) / (75 * N)


def test_the_bound_holds_and_can_be_reached():
    """For spiky and for flat vectors; a flat vector reaches it within its leading terms."""
    for seed in range(50):
        rng = np.random.default_rng(seed)
        y = random_input(20, rng) ** rng.choice([1, 3, 9]) * rng.uniform(0.1, 1)
        bound = largest_nonlinearity(0.8, float(np.linalg.norm(y)), float(np.abs(y).max()))
        assert vector_nonlinearity(y, 0.8) <= bound
    flat = np.full(10_000, 0.01)
    bound = largest_nonlinearity(0.8, 1.0, 0.01)
    assert vector_nonlinearity(flat, 0.8) == pytest.approx(bound, rel=1e-3)


def test_blocks_are_measured_on_the_way(rng):
    """By the plain difference, which has enough digits at these sizes."""
    network = random_network(2, 3, 4, 2, 4, True, rng)
    psi = random_input(network.N, rng)
    found = block_nonlinearities(network, psi)
    for number, value in enumerate(found):
        y = network.convolve(number, network.states(psi)[number])
        f = erf(0.8 * y)
        expected = np.linalg.norm(f - 1.6 / np.sqrt(np.pi) * y) / np.linalg.norm(f)
        assert value == pytest.approx(expected, rel=1e-9)


def test_linear_blocks_change_little(rng):
    """Less for larger images, and not nothing; a single spike is changed most."""
    small, large = (random_network(1, 3, M, 2, 4, False, np.random.default_rng(2)) for M in (4, 32))
    near = linearised_distance(large, random_input(large.N, rng))
    far = linearised_distance(small, random_input(small.N, rng))
    assert 0 < near < far / 4
    assert linearised_distance(small, np.eye(16)[5]) > 1e-3
