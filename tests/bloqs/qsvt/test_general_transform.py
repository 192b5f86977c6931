"""Transforms by polynomials without parity: operator, control, queries, cost, error, limits."""

import numpy as np
import pytest
import sympy
from numpy.polynomial import chebyshev
from qualtran import DecomposeTypeError

from bloqs.qsvt.general_transform import GeneralTransform
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from estimator.polynomials.polynomial import Polynomial

DEGREES = pytest.mark.parametrize(
    "degrees",
    [
        *((0, 1), (2, 1), (0, 5), (4, 5)),
        *(pytest.param(pair, marks=pytest.mark.slow) for pair in ((2, 3), (4, 1))),
    ],
)
NAMES = pytest.mark.parametrize("name", ["hermitian", "not_hermitian"])


@pytest.fixture
def transform(request, rng):
    """`transform(name, degrees, weights)`: of the fixture of that name, by random phases."""

    def make(name, degrees, weights=(0.75, 0.5)):
        even, odd = (tuple(rng.uniform(-np.pi, np.pi, d + 1).tolist()) for d in degrees)
        encoding = request.getfixturevalue(name)
        return GeneralTransform(encoding, even, odd, max(degrees), *weights, error=0.0)

    return make


@pytest.fixture
def bounded(rng):
    """`bounded(degree)`: random Chebyshev coefficients of all parities, |P| <= 1 on [-1, 1]."""

    def draw(degree):
        series = rng.normal(size=degree + 1)
        grid = np.cos(np.linspace(0, np.pi, 64 * degree))
        return series / np.abs(chebyshev.chebval(grid, series)).max() * 0.999

    return draw


@NAMES
@DEGREES
def test_adds_an_even_and_an_odd_transform(name, degrees, transform, transformed):
    """Gate by gate, for unequal weights and degrees further apart than one."""
    bloq = transform(name, degrees)
    A = encoded_matrix(bloq.encoding) / float(bloq.encoding.alpha)
    wanted = 0.75 * transformed(A, bloq.even) + 0.5 * transformed(A, bloq.odd)
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-9)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-9)


@pytest.mark.parametrize(("size", "degree"), [(4, 3), (4, 10), (8, 17), (8, 60)])
def test_applies_any_real_polynomial_to_a_hermitian_matrix(size, degree, rng, bounded):
    """P of the eigenvalues, for a random Hermitian matrix, dilated."""
    for kind in ("real", "complex"):
        H = rng.normal(size=(size, size)) + (kind == "complex") * 1j * rng.normal(size=(size, size))
        H = H + H.conj().T
        H *= 2 / np.linalg.norm(H, 2)
        series = bounded(degree)
        bloq = GeneralTransform.of(Dilation.of_matrix(H, 2.0), Polynomial(series), 0.0)
        values, vectors = np.linalg.eigh(H / 2)
        wanted = (vectors * chebyshev.chebval(values, series)) @ vectors.conj().T
        np.testing.assert_allclose(
            encoded_matrix(bloq, STAND_INS), wanted, atol=1e-9, err_msg=f"{kind=}"
        )
        assert bloq.alpha <= 2, f"{kind=}"
        assert bloq.degree == degree, f"{kind=}"


def test_what_it_does_to_a_matrix_that_is_not_hermitian(rng, bounded):
    """The even part on the right singular vectors, the odd part from them to the left ones."""
    A = rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4))
    A /= np.linalg.norm(A, 2)
    series = bounded(7)
    bloq = GeneralTransform.of(Dilation.of_matrix(A), Polynomial(series), 0.0)
    left, values, right = np.linalg.svd(A)
    even, odd = series.copy(), series.copy()
    even[1::2], odd[::2] = 0, 0
    wanted = (right.conj().T * chebyshev.chebval(values, even)) @ right
    wanted += (left * chebyshev.chebval(values, odd)) @ right
    np.testing.assert_allclose(encoded_matrix(bloq, STAND_INS), wanted, atol=1e-9)


@NAMES
@DEGREES
def test_control(name, degrees, transform, random_state):
    """Off, the identity on every state with its phase; on, the transform with its own."""
    bloq = transform(name, degrees)
    size = 2 ** (bloq.system_bitsize + bloq.ancilla_bitsize)
    off, on = random_state(size), random_state(size)
    start = np.concatenate([0.6 * off, 0.8 * on])
    wanted = np.concatenate([0.6 * off, 0.8 * Runner.of(bloq).run(on)])
    np.testing.assert_allclose(Runner.of(bloq.controlled()).run(start), wanted, atol=1e-9)
    back = Runner.of(bloq.controlled().adjoint()).run(wanted)
    np.testing.assert_allclose(back, start, atol=1e-9)


@DEGREES
def test_claimed_cost_is_counted_cost(degrees, transform, costs_agree):
    """For unequal and for equal weights."""
    for weights in ((0.75, 0.5), (1.0, 1.0)):
        costs_agree(transform("hermitian", degrees, weights))


@pytest.mark.parametrize("degree", [1, 2, 3, 4, 7])
def test_queries(degree, black_box):
    """d calls, not the 2 d - 1 of two transforms; the last is controlled, whether or not all is."""
    bloq = GeneralTransform(black_box(3), None, None, degree, 1, 1, 0.0)
    plain, controlled = cost_by_annotation(bloq), cost_by_annotation(bloq.controlled())
    wanted = {"U": degree - 1, "controlled U": 1} if degree > 1 else {"controlled U": 1}
    assert plain.queries == controlled.queries == wanted
    assert (plain.rotations, controlled.rotations) == (2 * (degree + 1), 3 * (degree + 1))
    assert plain.toffoli == 2 * (degree + 1)
    assert controlled.toffoli == 2 * (degree + 1) + 1
    uneven = GeneralTransform(black_box(3), None, None, degree, 1, 2, 0.0)
    assert cost_by_annotation(uneven).rotations == 2 * (degree + 1) + 2


@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbolic_cost(is_controlled, black_box):
    """A degree, and the parity of one, in symbols."""
    d = symbols.degree
    for degree, number in ((2 * d, 6), (2 * d + 1, 7)):
        symbolic, concrete = (
            GeneralTransform(black_box(a), None, None, k, 1, 1, 0.0, is_controlled=is_controlled)
            for a, k in ((symbols.a, degree), (4, number))
        )
        claimed = cost_by_annotation(symbolic).subs({d: 3, symbols.a: 4})
        wanted = cost_by_annotation(concrete)
        assert (claimed.rotations, claimed.toffoli) == (wanted.rotations, wanted.toffoli)
        assert claimed.queries == wanted.queries
        assert claimed.qubits == wanted.qubits


def test_weights_are_the_least_that_serve(hermitian):
    """1/2 + x/2 is met with alpha one: its parts attain one half each."""
    bloq = GeneralTransform.of(hermitian, Polynomial([0.5, 0.5]), 0.0)
    assert bloq.alpha == pytest.approx(1, abs=1e-8)
    A = encoded_matrix(hermitian)
    np.testing.assert_allclose(encoded_matrix(bloq), (np.eye(2) + A) / 2, atol=1e-8)


def test_error(black_box):
    """Lemma 22 for each part, times its weight; `error` is that of the sum."""
    bloq = GeneralTransform(black_box(1), None, None, 3, 0.5, 1.5, 0.1)  # epsilon .5 of alpha 2
    assert float(bloq.epsilon) == pytest.approx(0.1 + 2 * 4 * 3 * np.sqrt(0.25))
    symbolic = GeneralTransform(
        black_box(1), None, None, symbols.degree, symbols.gamma, symbols.kappa, symbols.epsilon
    )
    wanted = symbols.epsilon + (symbols.gamma + symbols.kappa) * 2 * symbols.degree
    assert sympy.expand(symbolic.epsilon - wanted) == 0


def test_error_is_never_exceeded(rng, transformed):
    """Random phases, weights and perturbed contractions, 300 draws."""
    ratios = []
    for _ in range(300):
        d_even, d_odd = 2 * int(rng.integers(3)), 2 * int(rng.integers(3)) + 1
        even, odd = (rng.uniform(-np.pi, np.pi, d + 1) for d in (d_even, d_odd))
        w_even, w_odd, distance = *rng.uniform(0.1, 2, 2), 10 ** rng.uniform(-4, -0.5)
        A, E = rng.normal(size=(2, 3, 3)) + 1j * rng.normal(size=(2, 3, 3))
        A *= (1 - distance) * rng.uniform(0.5, 1) / np.linalg.norm(A, 2)
        E *= distance / np.linalg.norm(E, 2)
        there, here = (
            w_even * transformed(B, even) + w_odd * transformed(B, odd) for B in (A + E, A)
        )
        bound = (w_even + w_odd) * 4 * max(d_even, d_odd) * np.sqrt(distance)
        ratios.append(np.linalg.norm(there - here, 2) / bound)
    assert 0.02 < max(ratios) <= 1


@pytest.mark.parametrize(
    ("even", "odd", "degree", "message"),
    [
        (None, None, 0, "a transform needs degree >= 1, got 0"),
        ((0.1,), None, 1, "needs the phases of both parts or of neither"),
        ((0.1, 0.2), (0.1, 0.2), 1, "an even part needs an odd number of phases"),
        ((0.1,), (0.1, 0.2, 0.3), 2, "an odd part an even one, got 1 and 3"),
        ((0.1,), (0.1, 0.2), 3, "degree 3 needs 4 phases of one part and no more of the other"),
        ((0.1,) * 5, (0.1, 0.2), 3, "degree 3 needs 4 phases .* got 5 and 2"),
        (None, None, 2.5, "a transform needs a whole number as its degree, got 2.5"),
        (None, None, np.nan, "a transform needs a whole number as its degree, got nan"),
        ((np.nan,), (0.1, 0.2), 1, "needs finite real phases, got nan for number 0"),
        ((0.1,), (0.1, 1j), 1, "needs finite real phases, got 1j for number 2"),
    ],
)
def test_refuses_phases_that_do_not_fit(hermitian, even, odd, degree, message):
    with pytest.raises(ValueError, match=message):
        GeneralTransform(hermitian, even, odd, degree, 1, 1, 0.0)


def test_refuses_what_it_cannot_transform(hermitian, black_box):
    with pytest.raises(ValueError, match="has a control; control the transform instead"):
        GeneralTransform(hermitian.controlled(), None, None, 2, 1, 1, 0.0)
    with pytest.raises(ValueError, match="has no ancilla; a transform needs at least one"):
        GeneralTransform(black_box(0), None, None, 2, 1, 1, 0.0)
    for weight in (0.0, -1.0, np.inf, np.nan):
        with pytest.raises(ValueError, match="the weight of a part must be positive, got"):
            GeneralTransform(hermitian, None, None, 2, 1.0, weight, 0.0)
    with pytest.raises(ValueError, match=r"the sum of both weights must be finite, got 1e\+308"):
        GeneralTransform(hermitian, None, None, 2, 1e308, 1e308, 0.0)
    for polynomial, largest in (([5e-324, 0.5], "0"), ([0.5, 1e-309], "1e-309")):
        with pytest.raises(ValueError, match=f"largest values from .* to .*, got {largest}"):
            GeneralTransform.of(hermitian, Polynomial(polynomial), 0.0)
    with pytest.raises(ValueError, match="needs error >= 0, got error=nan"):
        GeneralTransform(hermitian, None, None, 2, 1, 1, np.nan)
    with pytest.raises(ValueError, match="needs a SingularValueTransform, got an odd one"):
        GeneralTransform.of(hermitian, Polynomial([0.0, 0.5]), 0.0)
    with pytest.raises(DecomposeTypeError, match="has no phases, so it has no circuit"):
        GeneralTransform(hermitian, None, None, 2, 1, 1, 0.0).decompose_bloq()
