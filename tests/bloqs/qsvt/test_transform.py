"""Singular value transformation: operator, control, queries, error, limits."""

import numpy as np
import pytest
import sympy
from numpy.polynomial import chebyshev
from qualtran import DecomposeTypeError
from qualtran.bloqs.block_encoding import ChebyshevPolynomial

from bloqs.encodings.diagonal import DiagonalEncoding, diagonal_encoding_symbolic_example
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.qsvt.answers import chebyshev_phases
from bloqs.qsvt.general_transform import GeneralTransform
from bloqs.qsvt.transform import SingularValueTransform, singular_value_transform_symbolic_example
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Fidelity, Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from estimator.polynomials.polynomial import Polynomial

DEGREES = pytest.mark.parametrize(
    "degree", [1, 2, 3, 6, *(pytest.param(d, marks=pytest.mark.slow) for d in (4, 5))]
)
NAMES = pytest.mark.parametrize("name", ["hermitian", "not_hermitian"])


@pytest.fixture
def transform(request, rng):
    """`transform(name, degree)`: of the fixture of that name, by random phases."""

    def make(name, degree):
        phases = tuple(float(phi) for phi in rng.uniform(-np.pi, np.pi, degree + 1))
        return SingularValueTransform(request.getfixturevalue(name), phases, degree, error=0.0)

    return make


@NAMES
@DEGREES
def test_transforms_singular_values(name, degree, transform, transformed):
    """Gate by gate, against the singular value decomposition; the inverse is the transpose."""
    bloq = transform(name, degree)
    A = encoded_matrix(bloq.encoding) / float(bloq.encoding.alpha)
    wanted = transformed(A, bloq.phases)
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-6)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.conj().T, atol=1e-6)


def test_the_second_operator_is_not_hermitian(not_hermitian):
    """Nor normal, and its singular values differ: left and right vectors matter."""
    A = encoded_matrix(not_hermitian)
    assert np.linalg.norm(A @ A.conj().T - A.conj().T @ A) > 0.5
    values = np.linalg.svd(A, compute_uv=False)
    assert values[0] - values[1] > 0.5


@pytest.mark.parametrize("degree", [2, 3])
def test_chebyshev(degree, hermitian):
    """All phases zero: T_d of the singular values, with the reflection's sign convention."""
    bloq = SingularValueTransform(hermitian, (0.0,) * (degree + 1), degree, 0.0)
    x = np.diag(encoded_matrix(hermitian)).real
    wanted = x if degree % 2 else np.ones(2)
    np.testing.assert_allclose(encoded_matrix(bloq), np.diag(wanted), atol=1e-6)
    quarter = (-(degree - 1) * np.pi / 2, *[np.pi / 2] * (degree - 1), 0.0)
    bloq = SingularValueTransform(hermitian, quarter, degree, 0.0)
    T = 2 * x**2 - 1 if degree == 2 else 4 * x**3 - 3 * x
    np.testing.assert_allclose(encoded_matrix(bloq), np.diag(T), atol=1e-6)


@NAMES
@DEGREES
def test_control(name, degree, transform, random_state):
    """Off, the identity on every state with its phase; on, the transform with its own."""
    bloq = transform(name, degree)
    size = 2 ** (bloq.system_bitsize + bloq.ancilla_bitsize)
    off, on = random_state(size), random_state(size)
    start = np.concatenate([0.6 * off, 0.8 * on])
    wanted = np.concatenate([0.6 * off, 0.8 * Runner.of(bloq).run(on)])
    np.testing.assert_allclose(Runner.of(bloq.controlled()).run(start), wanted, atol=1e-6)
    back = Runner.of(bloq.controlled().adjoint()).run(wanted)
    np.testing.assert_allclose(back, start, atol=1e-6)


@NAMES
@DEGREES
def test_claimed_cost_is_counted_cost(name, degree, transform, costs_agree):
    costs_agree(transform(name, degree))


@DEGREES
def test_queries(degree, black_box):
    """d calls; under control one of them is controlled if d is odd, none if it is even."""
    bloq = SingularValueTransform(black_box(2), None, degree, 0.0)
    odd = degree % 2
    plain, controlled = cost_by_annotation(bloq), cost_by_annotation(bloq.controlled())
    assert plain.queries == {"U": degree}
    wanted = {"U": degree - odd, "controlled U": odd}
    assert controlled.queries == {name: k for name, k in wanted.items() if k}
    assert (plain.rotations, controlled.rotations) == (degree + 1, 2 * (degree + 1))
    assert plain.toffoli == controlled.toffoli == degree + 1


def test_a_million_phases(black_box):
    """The cost is that of the degree; the phases need not be looked at one by one."""
    degree = 10**6 - 1
    bloq = SingularValueTransform(black_box(3), (0.1,) * 10**6, degree, 0.0)
    cost = cost_by_annotation(bloq)
    assert cost.queries == {"U": degree}
    assert (cost.rotations, cost.toffoli) == (10**6, 2 * 10**6)
    assert cost_by_annotation(bloq.controlled()).rotations == 2 * 10**6


def test_symbolic_cost(black_box):
    """A degree, and the parity of one, in symbols."""
    for is_controlled in (False, True):
        d = symbols.degree
        for degree, number in ((2 * d, 6), (2 * d + 1, 7)):
            symbolic = SingularValueTransform(
                black_box(symbols.a), None, degree, 0.0, is_controlled=is_controlled
            )
            concrete = SingularValueTransform(
                black_box(4), None, number, 0.0, is_controlled=is_controlled
            )
            claimed = cost_by_annotation(symbolic).subs({d: 3, symbols.a: 4})
            wanted = cost_by_annotation(concrete)
            assert (claimed.rotations, claimed.toffoli) == (wanted.rotations, wanted.toffoli), (
                f"{is_controlled=}"
            )
            queries = {name: k for name, k in claimed.queries.items() if k}
            assert queries == wanted.queries, f"{is_controlled=}"


def test_error_of_the_symbolic_example():
    bloq = singular_value_transform_symbolic_example.make()
    diagonal = diagonal_encoding_symbolic_example.make()
    wanted = symbols.epsilon + 4 * symbols.degree * sympy.sqrt(diagonal.epsilon)
    assert sympy.simplify(bloq.epsilon - wanted) == 0


def test_error_is_never_exceeded(rng, transformed, black_box):
    """Lemma 22: 4 d sqrt(e / alpha), for random phases and contractions, 300 draws."""
    ratios = []
    for _ in range(300):
        degree, distance = int(rng.integers(1, 7)), 10 ** rng.uniform(-4, -0.5)
        phases = rng.uniform(-np.pi, np.pi, degree + 1)
        A, E = rng.normal(size=(2, 3, 3)) + 1j * rng.normal(size=(2, 3, 3))
        A *= (1 - distance) * rng.uniform(0.5, 1) / np.linalg.norm(A, 2)
        E *= distance / np.linalg.norm(E, 2)
        error = np.linalg.norm(transformed(A + E, phases) - transformed(A, phases), 2)
        ratios.append(error / (4 * degree * np.sqrt(distance)))
    print("max ratio", max(ratios))
    assert 0.02 < max(ratios) <= 1
    bloq = SingularValueTransform(black_box(1), None, 3, 0.1)  # epsilon .5 of alpha 2
    assert float(bloq.epsilon) == pytest.approx(0.1 + 4 * 3 * np.sqrt(0.25))


@pytest.mark.parametrize(
    ("phases", "degree", "message"),
    [
        (None, 0, "a transform needs degree >= 1, got 0"),
        ((0.1, 0.2), 2, "degree 2 needs 3 phases, got 2"),
        (None, 3.0, "a transform needs a whole number as its degree, got 3.0"),
        (None, np.inf, "a transform needs a whole number as its degree, got inf"),
        ((0.1, np.inf), 1, "needs finite real phases, got inf for number 1"),
        ((symbols.theta, 0.1), 1, "needs finite real phases, got theta for number 0"),
    ],
)
def test_refuses_phases_that_do_not_fit(hermitian, phases, degree, message):
    with pytest.raises(ValueError, match=message):
        SingularValueTransform(hermitian, phases, degree, 0.0)


def test_refuses_encodings_it_cannot_transform(hermitian, black_box):
    with pytest.raises(ValueError, match="has a control; control the transform instead"):
        SingularValueTransform(hermitian.controlled(), None, 2, 0.0)
    with pytest.raises(ValueError, match="has no ancilla; a transform needs at least one"):
        SingularValueTransform(black_box(0), None, 2, 0.0)


@pytest.mark.parametrize(
    ("coefficients", "message"),
    [
        ([0.0, 1.5], r"needs sup\|P\| <= 1, got \|P\(1\)\| = 1\.5"),
        ([-0.6, 0.0, 0.6], r"needs sup\|P\| <= 1, got \|P\(0\)\| = 1\.2"),
        ([0.2, 0.3], "an even or an odd polynomial, got one with both parts; GeneralTransform"),
        ([0.5], "a transform needs degree >= 1, got 0"),
    ],
)
def test_refuses_a_polynomial(hermitian, coefficients, message):
    """The point where it exceeds one, and its value there, are named."""
    with pytest.raises(ValueError, match=message):
        SingularValueTransform.of(hermitian, Polynomial(coefficients), 0.0)


def test_refuses_a_negative_error(hermitian, black_box):
    with pytest.raises(ValueError, match=r"transform needs error >= 0, got error=-0\.5"):
        SingularValueTransform(hermitian, None, 2, -0.5)
    with pytest.raises(ValueError, match=r"transform needs error >= 0, got error=-0\.5"):
        GeneralTransform(hermitian, None, None, 2, 1, 1, -0.5)
    with pytest.raises(ValueError, match="transform needs errors >= 0, got epsilon=-1 of"):
        SingularValueTransform(black_box(1, epsilon=-1), None, 2, 0.0)


def test_without_phases_there_is_no_circuit(hermitian):
    with pytest.raises(DecomposeTypeError, match="has no phases, so it has no circuit"):
        SingularValueTransform(hermitian, None, 2, 0.0).decompose_bloq()


def test_projector_by_a_transform():
    """Singular values 0 and 1 stay so under an odd Chebyshev polynomial."""
    flip = ProjectorEncoding(0, 1, 1, swaps=False)
    bloq = SingularValueTransform(flip, (-np.pi, np.pi / 2, np.pi / 2, 0.0), 3, 0.0)
    np.testing.assert_allclose(encoded_matrix(bloq), [[0, 1], [0, 0]], atol=1e-6)


@pytest.fixture
def bounded(rng):
    """`bounded(degree)`: random Chebyshev coefficients of its parity, |P| < 1 on [-1, 1]."""

    def draw(degree):
        series = rng.normal(size=degree + 1)
        series[(degree + 1) % 2 :: 2] = 0
        grid = np.cos(np.linspace(0, np.pi, 64 * degree))
        return 0.999 * series / np.abs(chebyshev.chebval(grid, series)).max()

    return draw


@pytest.fixture
def contraction(rng):
    """`contraction(size, kind)`: a random matrix of norm one."""

    def draw(size, kind):
        A = rng.normal(size=(size, size)) + 1j * (kind != "real") * rng.normal(size=(size, size))
        A = A + A.conj().T if kind == "Hermitian" else A
        A = np.outer(A[0], A[1]) if kind == "rank one" else A
        return A / np.linalg.norm(A, 2)

    return draw


def specification(A, series):
    """P of the singular values, by NumPy: from right to left vectors if odd, to right if even."""
    left, values, right = np.linalg.svd(A)
    outputs = chebyshev.chebval(values, series)
    return ((left if len(series) % 2 == 0 else right.conj().T) * outputs) @ right


@pytest.mark.parametrize(
    ("size", "degree"),
    [
        (4, 5),
        (4, 60),
        (8, 59),
        *(
            pytest.param(*case, marks=pytest.mark.slow)
            for case in ((4, 20), (4, 59), (8, 5), (8, 20), (8, 60))
        ),
    ],
)
def test_transforms_a_matrix_by_a_high_degree(size, degree, contraction, bounded):
    """Dilated, to 1e-9; alpha is divided out."""
    for kind in ("Hermitian", "complex", "real", "rank one"):
        A, series = contraction(size, kind), bounded(degree)
        bloq = SingularValueTransform.of(Dilation.of_matrix(2 * A, 2.0), Polynomial(series), 0.0)
        assert Runner.of(bloq, STAND_INS).fidelity is Fidelity.DILATED
        found = encoded_matrix(bloq, STAND_INS)
        wanted = specification(A, series)
        np.testing.assert_allclose(found, wanted, atol=1e-9, err_msg=kind)


@pytest.mark.parametrize("degree", [20, 59, pytest.param(60, marks=pytest.mark.slow)])
def test_is_a_function_of_a_hermitian_matrix(degree, contraction, bounded):
    """P of the eigenvalues: an odd P keeps their signs, an even one forgets them."""
    A, series = contraction(4, "Hermitian"), bounded(degree)
    values, vectors = np.linalg.eigh(A)
    assert values.min() < 0 < values.max()
    wanted = (vectors * chebyshev.chebval(values, series)) @ vectors.conj().T
    bloq = SingularValueTransform.of(Dilation.of_matrix(A), Polynomial(series), 0.0)
    np.testing.assert_allclose(encoded_matrix(bloq, STAND_INS), wanted, atol=1e-9)


@pytest.mark.parametrize("degree", [59, 60])
def test_transforms_amplitudes_gate_by_gate(degree, vector_leaf, bounded):
    """The smallest size with all its gates: complex amplitudes on a diagonal, behind a flag."""
    leaf, series = vector_leaf(1, 1), bounded(degree)
    x = leaf.block
    assert np.abs(x.imag).max() > 0.05
    bloq = SingularValueTransform.of(DiagonalEncoding(leaf), Polynomial(series), 0.0)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    phase = x / np.abs(x) if degree % 2 else np.ones(2)
    wanted = phase * chebyshev.chebval(np.abs(x), series)
    np.testing.assert_allclose(encoded_matrix(bloq), np.diag(wanted), atol=1e-9)


def test_chebyshev_polynomial(stated):
    """T_16 of 1 and of .99, which err by .01: 1.64 apart, and .16 = 16 * .01 is reported.

    The square of the degree is a bound, 2.56; so is the one of every bounded polynomial, 6.4.
    """
    rough = stated(1.0, 0.01)
    coefficients = np.eye(17)[16]
    truth = abs(chebyshev.chebval(1.0, coefficients) - chebyshev.chebval(0.99, coefficients))
    assert truth == pytest.approx(1.64, abs=0.01)
    assert float(ChebyshevPolynomial(rough, 16).epsilon) == pytest.approx(0.16)
    ours = SingularValueTransform(rough, chebyshev_phases(16), 16, error=0.0)
    assert truth < 16**2 * 0.01 < float(ours.epsilon) == pytest.approx(6.4)


@pytest.mark.parametrize("degree", [2, 3, 5, 16])
def test_square_of_the_degree_bounds_chebyshev_polynomials(degree, rng, random_matrix):
    """T_d of the singular values, 200 draws: at most d^2 e, and d e is exceeded."""
    ratios = []
    coefficients = np.eye(degree + 1)[degree]
    for _ in range(200):
        e = 10 ** rng.uniform(-4, -1.5)
        A = random_matrix(3, 1 - e)
        near = A + e * A / np.linalg.norm(A, 2) if rng.integers(2) else A + random_matrix(3, e)
        outputs = []
        for B in (A, near):
            left, values, right = np.linalg.svd(B)
            first = left if degree % 2 else right.conj().T
            outputs.append((first * chebyshev.chebval(np.minimum(values, 1), coefficients)) @ right)
        ratios.append(np.linalg.norm(outputs[0] - outputs[1], 2) / e)
    assert degree < max(ratios) <= degree**2 * (1 + 1e-9)
