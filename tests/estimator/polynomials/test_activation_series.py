"""Series of kinks, division by the variable, and the order of the two bounds on an error."""

import numpy as np
import pytest
from numpy.polynomial import chebyshev

from estimator.polynomials.activation_series import Target, kink_series, over_x, sign_series


@pytest.mark.parametrize("t", [-1.0, -0.7, 0.0, 0.3, 0.9999, 1.0])
def test_kink_series(t):
    """Against sums over a million angles, and by its values, which converge like 1 / degree."""
    angles = np.pi * (np.arange(10**5) + 0.5) / 10**5
    found = kink_series(t, 40)
    for k in (0, 1, 2, 3, 7, 40):
        mean = np.mean(np.abs(np.cos(angles) - t) * np.cos(k * angles)) * (1 if k == 0 else 2)
        assert found[k] == pytest.approx(mean, abs=1e-9)
    u = np.linspace(-1, 1, 501)
    off = np.abs(chebyshev.chebval(u, kink_series(t, 300)) - np.abs(u - t)).max()
    assert off <= 1 / 300


def test_sign_series():
    u = np.linspace(0.2, 0.9, 50)
    assert np.abs(chebyshev.chebval(u, sign_series(4001)) - 1).max() < 2e-3
    assert not sign_series(8)[::2].any()


@pytest.mark.parametrize("degree", [1, 2, 5, 40])
def test_division_by_the_variable(degree):
    """Back by multiplication, up to the value at zero."""
    series = np.random.default_rng(degree).normal(size=degree + 1)
    back = chebyshev.chebmulx(over_x(series))
    back[0] += chebyshev.chebval(0.0, series)
    np.testing.assert_allclose(back, series, atol=1e-13 * degree)


@pytest.mark.parametrize("kind", ["relu", "relu6", "hard-swish", "silu", "tanh"])
def test_a_sampled_error_is_below_the_certified_one(kind):
    """And close to it, once a degree is large enough to see kinks."""
    for span in (10.0, 4.0):
        target = Target(kind, 10.0, span)
        for degree in (target.first_degree + 2 * step for step in (4, 20, 50)):
            for weight in target.weights:
                p = target.coefficients(degree, weight)
                sampled, certified = target.sampled(p), target.certified(p)
                assert sampled <= certified * (1 + 1e-9)
                assert certified <= 1.1 * sampled + target.floor


@pytest.mark.parametrize("kind", ["relu", "relu6", "hard-swish", "silu", "gelu", "softplus"])
def test_the_last_terms_are_worth_their_weight(kind):
    """The first weight has a smaller error than the truncated series, at half of what is good."""
    target = Target(kind, 12.0, 12.0)
    first, plain = (target.certified(target.coefficients(25, w)) for w in target.weights)
    assert first < 0.9 * plain


@pytest.mark.parametrize("kind", ["relu", "relu6", "hard-swish", "silu"])
@pytest.mark.parametrize("degree", [1, 3, 7])
def test_a_small_span_is_sampled_also_at_a_small_degree(kind, degree):
    target = Target(kind, 60.0, 2.0)  # all Chebyshev points of these degrees may lie outside
    p = target.coefficients(target.first_degree + 2 * degree, 0.0)
    assert target.sampled(p) >= 0.9 * target.certified(p)
