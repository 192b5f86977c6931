"""Polynomials for activations: errors, bounds, phases, degrees at any reach, refusals."""

import math

import numpy as np
import pytest
from numpy.polynomial.chebyshev import chebval
from scipy.special import ndtr

from estimator.phases.find import phases_of
from estimator.polynomials.activation import activation_polynomial
from estimator.polynomials.activation_check import certified_error

ERF = np.vectorize(math.erf, otypes=[float])


def logistic(y):
    return np.exp(-np.logaddexp(0, -y))


def gelu_tanh(y):
    return y * logistic(2 * math.sqrt(2 / math.pi) * (y + 0.044715 * y**3))


FUNCTIONS = {  # f, a bound on |f''|, corners
    "relu": (lambda y: (y + np.abs(y)) / 2, 0.0, (0.0,)),
    "relu6": (lambda y: np.where(y > 6, 6.0, np.where(y > 0, y, 0.0)), 0.0, (0.0, 6.0)),
    "hard-swish": (
        lambda y: np.where(y > 3, y, np.where(y < -3, 0.0, y * (y + 3) / 6)),
        1 / 3,
        (-3.0, 3.0),
    ),
    "gelu": (lambda y: y * ndtr(y), 0.8, ()),
    "gelu-tanh": (gelu_tanh, 0.82, ()),
    "silu": (lambda y: y * logistic(y), 0.5, ()),
    "softplus": (lambda y: np.log1p(np.exp(-np.abs(y))) + np.maximum(y, 0), 0.25, ()),
    "sigmoid": (logistic, 0.1, ()),
    "tanh": (lambda y: 2 * logistic(2 * y) - 1, 0.77, ()),
    "erf": (ERF, 0.97, ()),
}
SLOPES = {"hard-swish": 1.5, "gelu": 1.13, "gelu-tanh": 1.13, "silu": 1.1, "sigmoid": 0.25}
SLOPES |= {"relu": 1.0, "relu6": 1.0, "softplus": 1.0, "tanh": 1.0, "erf": 1.13}
KINKS = ("relu", "relu6", "hard-swish")
REACHES = (1.0, 5.0, 40.0)
PARTS = (1.0, 0.3)
"""Of the reach, that the span is."""


def errors(kind):
    return (1e-1, 1e-2, 1e-3) if kind in KINKS else (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)


def cells():
    for kind in FUNCTIONS:
        for reach in REACHES:
            for error in errors(kind):
                marks = [pytest.mark.slow] if kind in KINKS and reach / error > 5000 else []
                yield pytest.param(kind, reach, error, marks=marks)


def points(reach, span):
    """Dense everywhere, denser at zero and where kinks are."""
    ends = np.linspace(-span, span, 4001)
    near = np.add.outer((-3.0, 0.0, 3.0, 6.0), np.linspace(-1, 1, 801) * min(1.0, span / 10))
    return np.concatenate([ends, near[np.abs(near) <= span]])


def off_by(made, kind, scale=1.0):
    x = points(made.reach, made.span)
    function = FUNCTIONS[kind][0]
    zero = function(np.zeros(1))[0]
    return float(np.abs(function(scale * x) - zero - made.evaluate(x)).max())


@pytest.mark.parametrize(("kind", "reach", "error"), [*cells()])
def test_the_error_is_bounded_and_the_bound_is_not_loose(kind, reach, error):
    """On a grid, by the error that is claimed, which is at most the one that was asked for."""
    for part in PARTS:
        made = activation_polynomial(kind, reach, part * reach, error)
        off = off_by(made, kind)
        assert off <= made.error <= error
        assert off >= 0.95 * made.error - 1e-12
        at_zero = math.log(2) if kind == "softplus" else 0.5 if kind == "sigmoid" else 0.0
        assert made.at_zero == pytest.approx(at_zero, rel=1e-15)


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_the_request_is_used_up(kind):
    """A degree less would be too little: the claimed error comes close to the requested one."""
    shares = [
        activation_polynomial(kind, reach, reach, error).error / error
        for reach in (5.0, 40.0)
        for error in errors(kind)[:2]
    ]
    assert max(shares) >= 0.8


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_both_parts_are_bounded(kind):
    u = np.cos(np.linspace(0, np.pi, 6001))
    for reach, error in ((1.0, 0.01), (5.0, 0.03), (40.0, 0.1)):
        made = activation_polynomial(kind, reach, reach, error)
        for series, bound, parity in (
            (made.even, made.even_bound, 0),
            (made.odd, made.odd_bound, 1),
        ):
            if not series:
                assert bound == 0
                continue
            assert not any(series[1 - parity :: 2])
            largest = np.abs(chebval(u, series)).max()
            assert largest <= bound <= 1.005 * largest
        assert made.even_bound + made.odd_bound <= SLOPES[kind] * 1.1
        assert made.degree == max(len(made.even), len(made.odd)) - 1


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_phases_are_found_for_both_parts(kind):
    """Also where a part is a constant; divided by its bound, up to 200 degrees."""
    for reach, error in ((5.0, 0.05), (20.0, 0.1)):
        made = activation_polynomial(kind, reach, reach, error)
        assert made.degree <= 200
        parts = (made.even, made.even_bound), (made.odd, made.odd_bound)
        for parity, (series, bound) in enumerate(parts):
            if series:
                wanted = np.array(series) / (1.001 * bound)
                assert phases_of(wanted, parity).degree == len(series) - 1


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_lipschitz_constants(kind):
    """Against differences; a difference of a function is nowhere above its Lipschitz constant."""
    made = activation_polynomial(kind, 5.0, 5.0, 0.1, 2.0)
    x = np.linspace(-5, 5, 200_001)
    slope = np.abs(np.diff(FUNCTIONS[kind][0](2 * x)) / np.diff(x)).max()
    assert slope <= made.lipschitz * (1 + 1e-9)
    assert made.lipschitz <= slope * (1 + 1e-4)


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_a_scale_is_a_larger_reach(kind):
    made = activation_polynomial(kind, 2.0, 1.5, 0.02, 3.0)
    wide = activation_polynomial(kind, 6.0, 4.5, 0.02)
    assert made.error == wide.error
    assert off_by(made, kind, 3.0) <= made.error
    assert made.even_bound == pytest.approx(3 * wide.even_bound)
    assert made.lipschitz == pytest.approx(3 * wide.lipschitz)


@pytest.mark.parametrize("kind", FUNCTIONS)
@pytest.mark.parametrize(("reach", "part"), [(4.0, 1.0), (12.0, 1.0), (12.0, 0.4)])
def test_another_certificate(kind, reach, part):
    """By a grid and second derivatives, of a function that is written here."""
    function, curvature, corners = FUNCTIONS[kind]
    made = activation_polynomial(kind, reach, part * reach, 0.02 if kind in KINKS else 1e-4)
    bound = certified_error(made, function, SLOPES[kind], curvature, corners)
    assert 0.9 * made.error <= bound <= 1.03 * made.error


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("swish", 1.0, 1.0, 0.1), "one of relu, relu6, hard-swish, gelu, .*, got 'swish'"),
        (("relu", math.nan, 1.0, 0.1), "finite reach > 0, got reach=nan"),
        (("relu", 1.0, 0.0, 0.1), "finite span > 0, got span=0"),
        (("relu", 1.0, 1.0, -0.1), "finite error > 0, got error=-0.1"),
        (("relu", 1.0, 1.0, 0.1, math.inf), "finite scale > 0, got scale=inf"),
        (("relu", 1.0, 2.0, 0.1), "span <= reach = 1.0, got span=2"),
        (("silu", 5.0, 5.0, 1e-15), "above its rounding errors of .*, got error=1e-15"),
        (("relu", 1.0, 1.0, 1e-7), "degree above 200000"),
        (("tanh", 1e5, 1.0, 0.1, 2.0), "reach of at most 50000, got scale . reach = 200000"),
    ],
)
def test_refusals(asked, message):
    with pytest.raises(ValueError, match=message):
        activation_polynomial(*asked)


def test_points_outside_the_reach():
    with pytest.raises(ValueError, match="an x outside"):
        activation_polynomial("tanh", 2.0, 1.0, 0.1).evaluate([0.0, 2.1])
