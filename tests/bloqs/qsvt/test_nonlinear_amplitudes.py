"""Functions of amplitudes: the tabulated error functions in circuits, control, error, limits."""

import math

import numpy as np
import pytest
from scipy.special import erf

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.qsvt.nonlinear_amplitudes import NonlinearAmplitudes
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Fidelity, Runner, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.cost import cost_by_annotation
from estimator.phases.find import phases_of
from estimator.polynomials.erf import erf_error, erf_ratio_polynomial

ERRORS = [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12]
DEGREES = {
    0.8: [3, 7, 9, 11, 13, 15],
    1.6: [5, 11, 13, 17, 21, 23],
    4.0: [13, 21, 29, 35, 39, 45],
    16.0: [49, 81, 103, 123, 141, 157],
}
"""By slope and error, as tabulated for the polynomial close to erf(nu x)."""

PHASES = 3e-11
"""What rounding of the phases adds to an amplitude. Unit: 1."""


TABLE = [(slope, e, d) for slope in DEGREES for e, d in zip(ERRORS, DEGREES[slope], strict=True)]
RUN = [(0.8, 1e-2), (1.6, 1e-6), (4.0, 1e-12), (16.0, 1e-4)]
"""Slopes and errors that are run each time, smallest degree to largest."""


def activated(vector, amplitudes, slope, degree):
    """erf(slope psi / alpha) of a vector with these amplitudes psi / alpha."""
    gamma = 2 * slope / math.sqrt(math.pi) * (1 + 1e-9)
    ratio = erf_ratio_polynomial(slope, degree).array / gamma
    return NonlinearAmplitudes(
        vector,
        tuple(phases_of(ratio).reflection.tolist()),
        degree - 1,
        gamma,
        gamma,
        erf_error(slope, degree),
        float(np.linalg.norm(erf(slope * amplitudes))),
    )


@pytest.mark.parametrize(
    ("slope", "error", "degree"),
    [
        pytest.param(
            *row, marks=() if row[:2] in RUN else pytest.mark.slow, id=f"{row[0]}-{row[1]}"
        )
        for row in TABLE
    ],
)
def test_error_at_the_tabulated_degrees(slope, error, degree, rng):
    """Every amplitude of eight, to the tabulated sup-norm error; vector fidelity."""
    psi = rng.normal(size=8)
    psi /= np.linalg.norm(psi)
    vector = VectorDilation.of_vector(psi, alpha=1.25)
    bloq = activated(vector, psi / 1.25, slope, degree)
    assert Runner.of(bloq, STAND_INS).fidelity is Fidelity.VECTOR
    found = encoded_vector(bloq, STAND_INS)
    wanted = erf(slope * psi / 1.25)
    norm = np.linalg.norm(wanted)
    assert np.abs(found * norm - wanted).max() <= error + PHASES
    assert np.linalg.norm(found - wanted / norm) <= float(bloq.epsilon) + 3 * PHASES / norm
    assert erf_error(slope, degree) <= error


@pytest.mark.parametrize(("slope", "error", "degree"), [(0.8, 1e-2, 3), (1.6, 1e-4, 11)])
def test_gate_by_gate(slope, error, degree):
    """The smallest size with all its gates."""
    vector = LoadedVector.of(np.array([1.0, -2.0]), 8, QROMLoader(), Rotation.BITWISE)
    psi = encoded_vector(vector).real
    bloq = activated(vector, psi, slope, degree)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    gap = encoded_vector(bloq) * np.linalg.norm(erf(slope * psi)) - erf(slope * psi)
    assert np.abs(gap).max() <= error
    assert np.abs(gap).max() > error / 1000


def test_queries(black_box_vector):
    """One call for the vector itself, and one or six for each degree."""
    for is_published in (False, True):
        vector = black_box_vector(2, 1, alpha=1)
        bloq = NonlinearAmplitudes(vector, None, 4, 1.0, 1.0, 0.1, 0.9, is_published)
        calls = cost_by_annotation(bloq).queries
        assert calls == ({"U": 1, "controlled U": 24} if is_published else {"U": 5}), (
            f"{is_published=}"
        )


def test_error_is_never_exceeded(rng):
    """P of a perturbed vector against f of the vector itself: 300 draws."""
    ratios = []
    for _ in range(300):
        slope, degree = rng.uniform(0.5, 3), int(rng.choice([3, 5, 7]))
        alpha, e = rng.uniform(1, 3), 10 ** rng.uniform(-4, -0.5)
        psi, step = rng.normal(size=(2, 4))
        psi /= np.linalg.norm(psi)
        made = (psi + e * step / np.linalg.norm(step)) / alpha
        made = made / max(1.0, np.linalg.norm(made))
        e = max(e, np.linalg.norm(alpha * made - psi))
        ratio = erf_ratio_polynomial(slope, degree)
        found, wanted = ratio.evaluate(made) * made, erf(slope * psi / alpha)
        lipschitz, norm = 2 * slope / math.sqrt(math.pi), float(np.linalg.norm(wanted))
        claimed = NonlinearAmplitudes(
            VectorDilation.of_vector(psi, alpha, epsilon=e),
            None,
            degree - 1,
            lipschitz,
            lipschitz,
            erf_error(slope, degree),
            norm,
        ).epsilon
        ratios.append(np.linalg.norm(found - wanted) / norm / float(claimed))
    assert 0.3 < max(ratios) <= 1


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((3, 1.0, 1.0, 0.0, 0.5), r"P\(x\)/x needs an even degree >= 2, got 3"),
        ((0, 1.0, 1.0, 0.0, 0.5), r"P\(x\)/x needs an even degree >= 2, got 0"),
        ((2, 0.0, 1.0, 0.0, 0.5), "gamma must be positive, got 0.0"),
        ((2, 1.0, -1.0, 0.0, 0.5), "lipschitz must be positive, got -1.0"),
        ((2, 1.0, 1.0, 0.0, 0.0), "norm must be positive, got 0.0"),
        ((2, 1.0, 1.0, -0.5, 0.5), "needs error >= 0, got error=-0.5"),
        ((2, 1.0, 1.0, 0.0, 0.6), "function of amplitudes has a norm of at most 0.5, got 0.6"),
    ],
)
def test_refusals(numbers, message, black_box_vector):
    with pytest.raises(ValueError, match=message):
        NonlinearAmplitudes(black_box_vector(2, 1, alpha=2), None, *numbers)


def test_refuses_phases_and_vectors(black_box_vector):
    with pytest.raises(ValueError, match="degree 2 needs 3 phases, got 2"):
        NonlinearAmplitudes(black_box_vector(), (0.1, 0.2), 2, 1.0, 1.0, 0.0, 0.1)
    with pytest.raises(ValueError, match="has a control; control the function of amplitudes"):
        NonlinearAmplitudes(black_box_vector().controlled(), None, 2, 1.0, 1.0, 0.0, 0.1)
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        NonlinearAmplitudes(black_box_vector(epsilon=-1), None, 2, 1.0, 1.0, 0.0, 0.1)
