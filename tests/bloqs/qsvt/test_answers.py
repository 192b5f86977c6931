"""What the command line asks about singular value transformation."""

import numpy as np
import pytest
from attrs import evolve

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.parameters import LOADER
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.qsvt.answers import chebyshev_phases
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import encoded_matrix, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.api import cost
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import b, degree, delta, kappa, n


def facts_of(report):
    """The facts of a cost report, as expressions."""
    (facts,) = [part for part in report.parts if part.key == "facts"]
    return {row.key: row.value for row in facts.rows}


def qsvt(**given):
    return cost("qsvt", **given)


def normalise(variant, **given):
    return cost("normalise", variant=variant, loader="qrom", rotation="bitwise", **given)


@pytest.mark.parametrize("d", [1, 2, 3, 4, 5, 8])
def test_filled_in_phases_are_those_of_the_chebyshev_polynomial(d):
    """The amplitudes (1, 1) / sqrt(2), transformed gate by gate, become cos(d pi / 4)."""
    vector = LoadedVector.of(np.array([1.0, 1.0]), 4, QROMLoader(), Rotation.BITWISE)
    transform = SingularValueTransform(DiagonalEncoding(vector), chebyshev_phases(d), d, error=0)
    expected = np.cos(d * np.pi / 4) * np.eye(2)
    np.testing.assert_allclose(encoded_matrix(transform), expected, atol=1e-12)


@pytest.mark.parametrize("loader", LOADER.of)
def test_numbers_equal_symbols_with_numbers_put_in(loader):
    """With and without a circuit, the cost is the same."""
    choices = {"variant": "diagonal", "loader": loader, "rotation": "phase-gradient"}
    block = {"beta": 1} if loader in ("qroam-clean", "select-swap") else {}
    symbolic = cost_by_annotation(qsvt(**choices, **block).bloq)
    concrete = cost_by_annotation(qsvt(**choices, **block, N=16, degree=6, b=5).bloq)
    assert symbolic.subs({n: 4, degree: 6, b: 5}) == concrete


def test_a_degree_beyond_drawing_still_has_a_cost():
    """Phases are not filled in, and none are needed for the cost."""
    bloq = qsvt(rotation="bitwise", N=4, degree=10**9, b=6).bloq
    assert bloq.phases is None
    assert cost_by_annotation(bloq).qubits > 0


def test_epsilon_is_that_of_the_transform():
    """4 d sqrt(e) is within epsilon, and with one bit less it is not; so in symbols."""
    report = qsvt(rotation="bitwise", N=16, degree=10, epsilon=1e-2)
    bits = facts_of(report)["b"]
    assert float(report.bloq.epsilon) <= 1e-2
    coarser = qsvt(rotation="bitwise", N=16, degree=10, b=bits - 1).bloq
    assert float(coarser.epsilon) > 1e-2
    symbolic = facts_of(qsvt(rotation="bitwise", epsilon=1e-2))["b"]
    assert symbolic.subs({n: 4, degree: 10}) == bits


VARIANTS = pytest.mark.parametrize("variant", ["sign", "fixed-point"])


@pytest.mark.parametrize(
    ("alpha", "error", "calls"), [(2, 1e-2, 15), (3.6, 1e-4, 55), (10, 1e-2, 71)]
)
def test_degree_is_the_smallest_of_the_sign_polynomials(alpha, error, calls):
    """Numbers of a search in another file's tests; the closed form is above them."""
    report = normalise("sign", N=4, b=8, alpha=alpha, delta=error)
    assert report.bloq.degree == calls
    facts = facts_of(report)
    assert facts["calls of the vector"] == calls <= facts["calls, at most"]


def test_fixed_point_is_shorter():
    """arcosh(1 / root) / artanh(1 / alpha), upwards to an odd number."""
    for alpha, error in ((2, 1e-2), (10, 1e-4), (100, 1e-6)):
        root = np.sqrt(1 - (1 - error) ** 2)
        least = np.arccosh(1 / root) / np.arctanh(1 / alpha)
        report = normalise("fixed-point", N=4, b=8, alpha=alpha, delta=error)
        bloq, facts = report.bloq, facts_of(report)
        assert least <= bloq.degree < least + 2
        assert bloq.degree % 2 == 1
        assert bloq.degree <= facts["calls, at most"]
        assert bloq.ancilla_bitsize == 1


@VARIANTS
@pytest.mark.parametrize(("alpha", "error"), [(2, 1e-2), (5, 1e-3)])
def test_the_phases_lift_the_length(variant, alpha, error, rng):
    """To within delta of one, up to a phase where that is not kept; vector fidelity."""
    bloq = normalise(variant, N=4, b=8, alpha=alpha, delta=error).bloq
    v = rng.normal(size=4) / 10
    stand_in = VectorDilation.of_vector(v / np.linalg.norm(v), float(alpha))
    lifted = encoded_vector(evolve(bloq, vector=stand_in), STAND_INS)
    overlap = np.vdot(v / np.linalg.norm(v), lifted)
    assert 1 - error - 1e-9 <= abs(overlap) <= 1 + 1e-9
    if variant == "sign":
        assert abs(overlap - 1) <= error + 1e-9


@VARIANTS
def test_without_both_numbers_the_degree_stays_a_symbol(variant):
    """And its bound an expression of them; with numbers put in, the cost is that of numbers."""
    report = normalise(variant)
    symbolic, facts = report.bloq, facts_of(report)
    assert symbolic.degree == degree
    assert facts["calls, at most"].free_symbols == {kappa, delta}
    number = normalise(variant, N=16, b=6, alpha=2.0, delta=0.01).bloq
    found = cost_by_annotation(symbolic).subs({n: 4, b: 6, degree: number.degree})
    wanted = cost_by_annotation(number)
    assert (found.toffoli, found.rotations) == (wanted.toffoli, wanted.rotations)


def test_epsilon_decides_the_bits():
    """What rounded angles add is within epsilon, and with one bit less it is not."""
    report = normalise("sign", N=16, alpha=2.0, delta=0.01, epsilon=1e-3)
    bits = facts_of(report)["b"]
    assert float(report.bloq.epsilon) - 0.01 <= 1e-3
    coarser = normalise("sign", N=16, alpha=2.0, delta=0.01, b=bits - 1).bloq
    assert float(coarser.epsilon) - 0.01 > 1e-3


def test_many_calls_have_a_cost_and_no_phases():
    bloq = normalise("sign", N=4, b=8, alpha=40.0, delta=1e-4).bloq
    assert bloq.phases is None
    assert bloq.degree > 500
    assert cost_by_annotation(bloq).rotations > bloq.degree
