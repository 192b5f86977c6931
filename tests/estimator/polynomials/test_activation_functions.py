"""What is known of activations off the real axis, and close to zero."""

import math

import mpmath
import numpy as np
import pytest
from scipy.special import erf

from estimator.polynomials.activation_functions import ACTIVATIONS

RATIOS = {
    "gelu": lambda z: erf(z / math.sqrt(2)) / 2,
    "gelu-tanh": lambda z: np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)) / 2,
    "silu": lambda z: 1 / (1 + np.exp(-z)) - 0.5,
    "softplus": lambda z: np.log(np.cosh(z / 2)) / z,
    "sigmoid": lambda z: (1 / (1 + np.exp(-z)) - 0.5) / z,
    "tanh": lambda z: np.tanh(z) / z,
    "erf": lambda z: erf(z) / z,
}
EXACT = {
    "gelu": lambda y: y * mpmath.ncdf(y),
    "softplus": lambda y: mpmath.log1p(mpmath.exp(y)),
    "sigmoid": lambda y: 1 / (1 + mpmath.exp(-y)),
    "tanh": mpmath.tanh,
    "erf": mpmath.erf,
}


def test_every_smooth_kind_has_a_strip():
    smooth = {kind for kind, known in ACTIVATIONS.items() if known.strip}
    assert smooth == RATIOS.keys()
    assert {*ACTIVATIONS} - smooth == {"relu", "relu6", "hard-swish"}


@pytest.mark.parametrize("kind", RATIOS)
def test_the_strip(kind):
    """Within it q is at most its modulus, which is not absurd."""
    known = ACTIVATIONS[kind]
    x = np.concatenate([np.linspace(1e-3, 3, 3001), np.linspace(3, 12, 500)])
    sizes = [
        np.abs(RATIOS[kind](x + 1j * share * known.strip.width)).max()
        for share in np.linspace(0, 1, 21)
    ]
    assert max(sizes) <= known.strip.modulus
    assert known.strip.modulus <= 60 * max(sizes)


@pytest.mark.parametrize("kind", EXACT)
def test_q_is_accurate_close_to_zero(kind):
    """Against fifty digits, where numerators vanish."""
    known = ACTIVATIONS[kind]
    for y in (0.0, 1e-12, -1e-7, 1e-3, 0.999, 1.001, -4.0, 30.0):
        with mpmath.workdps(50):
            at = mpmath.mpf(y)
            exact = EXACT[kind]
            whole = (exact(at) - exact(mpmath.mpf(0))) / at if y else mpmath.diff(exact, 0)
            wanted = float(whole - mpmath.mpf(known.constant))
        found = float(known.ratio(np.array([y]))[0])
        assert found == pytest.approx(wanted, rel=2e-15, abs=1e-16)
