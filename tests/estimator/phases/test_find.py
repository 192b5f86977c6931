"""Phases for targets built here with NumPy and SciPy, checked by multiplying them out again."""

import re

import numpy as np
import pytest
from numpy.polynomial import chebyshev
from scipy import special

from estimator.phases.conventions import Convention, response
from estimator.phases.find import PhaseFindingError, Route, phases_of, verified
from estimator.phases.newton import refined
from estimator.phases.nonlinear_fourier import completion, inverse_transform, transform_of
from estimator.polynomials.sup_norm import sup_norm


def bounded(rng, degree, gap):
    """Random coefficients of the parity of the degree, with sup|P| = 1 - gap."""
    c = rng.normal(size=degree + 1)
    c[(degree + 1) % 2 :: 2] = 0
    return c / sup_norm(c).value * (1 - gap)


def interpolated(function, degree):
    nodes = 4 * degree + 8
    c = chebyshev.chebinterpolate(function, min(nodes, 4000) - 1)[: degree + 1]
    c[(degree + 1) % 2 :: 2] = 0
    return c


def sign(degree, steepness, epsilon):
    """(1 - epsilon/4) erf(steepness x): erf's derivative is a Gaussian, exp(-z) I_j(z) its series.

    erf(kx) = (2k/sqrt(pi)) exp(-z) [I_0 x + sum_j (-1)^j I_j (T_{2j+1}/(2j+1) - T_{2j-1}/(2j-1))]
    with z = k**2/2.
    """
    z = steepness**2 / 2
    j = np.arange((degree - 1) // 2 + 1)
    term = (-1.0) ** j * special.ive(j, z)
    c = np.zeros(degree + 1)
    c[1::2] = (term - np.append(term[1:], 0.0)) / (2 * j + 1)
    return (1 - epsilon / 4) * 2 * steepness / np.sqrt(np.pi) * c


def inverse(degree, kappa):
    """[1 - (1 - x**2)**b] / x in Chebyshev polynomials, cut at the degree, scaled to sup 0.9."""
    b = int(kappa**2 * np.log(kappa / 1e-6))
    j = np.arange((degree - 1) // 2 + 1)
    tail = special.bdtrc(b + j, 2 * b, 0.5)
    c = np.zeros(degree + 1)
    c[1::2] = 4 * (-1.0) ** j * tail
    return c / sup_norm(c).value * 0.9


def jacobi_anger(degree, t):
    """cos(tx) for even and sin(tx) for odd degree, halved."""
    k = np.arange(degree + 1)
    c = special.jv(k, t) * np.real(1j ** (k - degree % 2))
    c[(degree + 1) % 2 :: 2] = 0
    c[0] /= 2
    return c


def check(found, coefficients, tolerance=1e-11):
    """Both conventions make P as the real part, at points the search has never seen."""
    x = np.concatenate([[-1.0, 0.0, 1.0], np.random.default_rng(7).uniform(-1, 1, 20)])
    target = chebyshev.chebval(x, coefficients)
    for phases, convention in (
        (found.wx, Convention.WX),
        (found.reflection, Convention.REFLECTION),
    ):
        p, opposite = (response(sign * phases, x, convention) for sign in (1, -1))
        np.testing.assert_allclose((p + opposite) / 2, target, atol=tolerance)
    assert found.degree == len(coefficients) - 1


SMALL = (1, 2, 3, 8, 27, 80)


@pytest.mark.parametrize(
    "degree",
    [*SMALL, *(pytest.param(d, marks=pytest.mark.slow) for d in range(1, 81) if d not in SMALL)],
)
def test_random_polynomials(rng, degree):
    """Of either parity, from far below one to a hundred-thousandth below it."""
    for gap in (0.5, 1e-2, 1e-5):
        c = bounded(rng, degree, gap)
        check(phases_of(c), c, 1e-12)


@pytest.mark.parametrize("degree", [2, 3, 10, 21, 80, pytest.param(301, marks=pytest.mark.slow)])
def test_polynomials_that_touch_one(rng, degree):
    """A gap that no float resolves included."""
    for gap in (1e-8, 1e-12, 0.0):
        c = bounded(rng, degree, gap)
        found = phases_of(c)
        assert found.route in (Route.NEWTON, Route.FOURIER)
        check(found, c)


@pytest.mark.parametrize("degree", [0, 1, 2, 7, 1000])
def test_chebyshev_polynomials_need_no_search(degree):
    """With either sign."""
    for scale in (1, -1):
        c = np.zeros(degree + 1)
        c[degree] = scale
        found = phases_of(c)
        assert found.route is Route.CHEBYSHEV
        assert not found.wx[1:].any()
        check(found, c)


@pytest.mark.parametrize("value", [0.0, 0.3, -0.999])
def test_constants(value):
    check(phases_of([value]), [value])


@pytest.mark.parametrize(
    ("degree", "steepness", "epsilon"), [(33, 6.0, 1e-4), (51, 7.0, 1e-6), (895, 130.0, 1e-6)]
)
def test_sign(degree, steepness, epsilon):
    c = sign(degree, steepness, epsilon)
    x = np.linspace(-1, 1, 50)
    expected = (1 - epsilon / 4) * special.erf(steepness * x)
    assert np.abs(chebyshev.chebval(x, c) - expected).max() < epsilon
    check(phases_of(c), c, 1e-12)


def test_error_function_over_x():
    c = interpolated(lambda x: special.erf(3.2 * x) / (x * 2 * 3.2 / np.sqrt(np.pi)), 40)
    assert sup_norm(c).value == pytest.approx(1, abs=1e-9)
    c *= 1 - 1e-6
    check(phases_of(c), c, 1e-12)


@pytest.mark.parametrize(("degree", "kappa"), [(151, 5), (601, 20)])
def test_inverse(degree, kappa):
    c = inverse(degree, kappa)
    x = np.linspace(1 / kappa, 1, 20)
    product = x * chebyshev.chebval(x, c)
    np.testing.assert_allclose(product, product[0], rtol=1e-4)
    check(phases_of(c), c, 1e-12)


@pytest.mark.parametrize("degree", [120, 121])
def test_jacobi_anger(degree):
    c = jacobi_anger(degree, 50.0)
    x = np.linspace(-1, 1, 20)
    expected = np.sin(50 * x) if degree % 2 else np.cos(50 * x)
    np.testing.assert_allclose(chebyshev.chebval(x, c) / sup_norm(c).value, expected, atol=1e-9)
    check(phases_of(c * 0.99), c * 0.99, 1e-12)


def test_circuit_of_found_phases_transforms_a_matrix(rng, qsvt_matrix):
    """End to end: A -> sign polynomial of A, as the mean of the circuits with both signs."""
    c = sign(33, 6.0, 1e-4)
    W, _, Vh = np.linalg.svd(rng.normal(size=(3, 3)))
    sigma = np.array([0.1, 0.6, 1.0])
    A, rest = (W * sigma) @ Vh, np.sqrt(1 - sigma**2)
    U = np.block([[A, (W * rest) @ W.T], [(Vh.T * rest) @ Vh, -A.T]])
    phases = phases_of(c).reflection
    mean = (qsvt_matrix(phases, U, 3, 3) + qsvt_matrix(-phases, U, 3, 3)) / 2
    np.testing.assert_allclose(mean, (W * chebyshev.chebval(sigma, c)) @ Vh, atol=1e-12)


@pytest.mark.parametrize(
    ("degree", "gap"),
    [
        (1001, 0.5),
        (10_001, 1e-2),
        pytest.param(1001, 1e-2, marks=pytest.mark.slow),
        pytest.param(10_001, 0.5, marks=pytest.mark.slow),
    ],
)
def test_high_degree(rng, degree, gap):
    c = bounded(rng, degree, gap)
    found = phases_of(c)
    assert found.route is Route.FOURIER
    check(found, c)


def test_sign_of_high_degree():
    """Degree 9,657 at 1 - sup|P| = 1.4e-7: no Newton step is needed."""
    c = sign(9657, 1400.0, 1e-6)
    found = phases_of(c)
    assert found.route is Route.FOURIER
    assert 1e-7 < 1 - found.supremum < 2e-7
    check(found, c)


@pytest.mark.slow
@pytest.mark.parametrize("gap", [0.5, 1e-2, 1e-4])
def test_degree_30001(rng, gap):
    c = bounded(rng, 30_001, gap)
    check(phases_of(c), c)


@pytest.mark.slow
def test_sign_of_degree_38625():
    c = sign(38_625, 5600.0, 1e-6)
    check(phases_of(c), c)


@pytest.mark.slow
@pytest.mark.parametrize(("degree", "gap"), [(3001, 0.0), (10_000, 1e-6), (10_001, 1e-6)])
def test_high_degree_close_to_one(rng, degree, gap):
    c = bounded(rng, degree, gap)
    found = phases_of(c)
    assert found.route is Route.NEWTON or gap
    check(found, c)


def test_newton_and_the_transform_find_the_same_phases(rng):
    """Two algorithms that share no line, one solution: Newton from zero phases."""
    for degree in (20, 41):
        c = bounded(rng, degree, 0.2)
        b = transform_of(c)
        factors = inverse_transform(completion(b)[0], b)
        found = refined(np.zeros(degree + 1), c)
        np.testing.assert_allclose(found, np.arctan(factors), atol=1e-11)


def test_completion_leaks_where_the_polynomial_touches_one():
    touching = transform_of(np.array([0, 0.5, 0, 0.5]))
    assert completion(touching * 0.99)[1] < 1e-12
    assert completion(touching)[1] > 1e-8


@pytest.mark.parametrize("route", Route)
def test_perturbed_phases_are_rejected(rng, route):
    c = bounded(rng, 50, 0.1)
    found = phases_of(c)
    assert verified(found.wx, c, route, found.supremum).coefficient_error < 1e-14
    for k in (0, 13, 50):
        wrong = found.wx.copy()
        wrong[k] += 1e-10
        with pytest.raises(
            PhaseFindingError,
            match=rf"degree 50 with sup\|P\| = 1 - 0\.1: route {route} left errors \S+e-1\d in",
        ):
            verified(wrong, c, route, found.supremum)
    with pytest.raises(PhaseFindingError):
        verified(np.full(51, np.nan), c, route, found.supremum)
    with pytest.raises(PhaseFindingError):
        verified(found.reflection, c, route, found.supremum)


def test_one_wrong_coefficient_is_rejected(rng):
    """An error that no point shows above its tolerance: the first check is needed too."""
    c = bounded(rng, 50, 0.1)
    found = phases_of(c)
    c[20] += 3e-12
    with pytest.raises(PhaseFindingError, match=r"left errors 3e-12 in a coefficient"):
        verified(found.wx, c, Route.FOURIER, found.supremum)


def test_an_error_that_only_points_reveal_is_rejected(rng):
    """Coefficients right, points wrong: the second check does not lean on the first."""
    c = bounded(rng, 5000, 0.1)
    found = phases_of(c)
    noisy = found.wx + 1e-12 * rng.choice([-1, 1], len(found.wx))
    with pytest.raises(PhaseFindingError, match="at a point"):
        verified(noisy, c, Route.FOURIER, found.supremum)


@pytest.mark.parametrize(
    ("coefficients", "message"),
    [
        ([], "phases_of needs coefficients c_0 .. c_d, got shape (0,)"),
        ([[0.1]], "phases_of needs coefficients c_0 .. c_d, got shape (1, 1)"),
        ([0, 1j], "phases_of needs real coefficients, got dtype complex128"),
        (["a"], "phases_of needs real coefficients, got dtype <U1"),
        ([0, np.nan], "phases_of needs finite coefficients, got one that is NaN or infinite"),
        ([0, np.inf], "phases_of needs finite coefficients, got one that is NaN or infinite"),
        (
            [0.1, 0.2],
            "phases_of needs one parity, got absolute sums 0.1 over even and 0.2 over odd "
            "coefficients",
        ),
        ([0, 1.5], "phases_of needs sup|P| <= 1, got |P(1)| = 1.5"),
        ([0, 1 + 1e-12], "phases_of needs sup|P| <= 1, got |P(1)| = 1.00000000000"),
        ([-0.6, 0, 0.6], "phases_of needs sup|P| <= 1, got |P(0)| = 1.2"),
    ],
)
def test_refusals(coefficients, message):
    with pytest.raises(ValueError, match=re.escape(message)) as refusal:
        phases_of(coefficients)
    if "sup|P|" in message:
        point, value = re.search(r"P\((\S+)\)\| = (\S+)", str(refusal.value)).groups()
        reached = abs(chebyshev.chebval(float(point), coefficients))
        assert reached == pytest.approx(float(value), abs=1e-12)


def test_refuses_the_other_parity():
    with pytest.raises(ValueError, match="needs parity 0, got coefficients of 1"):
        phases_of([0, 0.5], parity=0)
    assert phases_of([0, 0.5], parity=1).degree == 1


def test_trailing_zeros_and_rounding_are_dropped():
    assert phases_of([0, 0.5, 1e-17, 0.2, 0, 0]).degree == 3
