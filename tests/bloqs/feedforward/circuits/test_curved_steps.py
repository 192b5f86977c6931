"""Circuits of activations and lengthenings are those of their polynomials, to rounding."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.feedforward.circuits.curved_steps import LEAST_GAIN, curved, lengthened
from bloqs.feedforward.circuits.held import Held, Settings
from bloqs.feedforward.model.register import Register
from bloqs.feedforward.model.steps import Curve
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.polynomials.activation import activation_polynomial


def settings(share):
    return Settings(
        share=share, angles=share, margin=0.5, loader=QROMLoader(), rotation=Rotation.BITWISE,
        runs=True,
    )  # fmt: skip


@pytest.fixture
def held(rng):
    """`held(norm, reach)`: four entries of that length."""

    def make(norm, reach):
        x = rng.normal(size=(4, 1, 1))
        x *= norm / np.linalg.norm(x)
        x[0] = abs(x[0])
        flat = x.reshape(-1)
        return Held(VectorDilation.of_vector(flat / norm, reach / norm), reach, (x,))

    return make


def raw(made):
    """What the amplitudes stand for."""
    return encoded_vector(made.bloq, STAND_INS) / float(made.bloq.alpha) * made.reach


@pytest.mark.parametrize(
    ("kind", "norm", "degree"),
    [("erf", 0.2, 2), ("sigmoid", 0.5, 2), ("relu", 2.0, 0), ("gelu", 2.0, 0), ("tanh", 3.0, 0)],
)
def test_an_activation_is_its_polynomial(kind, norm, degree, held):
    """Also a straight line, where entries are small; the reach grows by the weights."""
    before = held(norm, 1.5 * norm)
    register = Register(2, 0)
    step = Curve(
        name="", inputs=("x",), output="y", before=register, after=register, kind=kind, scale=1.0
    )
    made, plan = curved(step, before, settings(0.05))
    Q = activation_polynomial(kind, plan.reach, plan.span, plan.error, 1.0)
    assert (Q.degree == 0) is (degree == 2)
    assert plan.degree == (degree or Q.degree)
    wanted = Q.evaluate(before.values[0].reshape(-1))
    np.testing.assert_allclose(raw(made), wanted, atol=1e-8)
    assert made.reach == pytest.approx(before.reach * (Q.even_bound + Q.odd_bound))
    np.testing.assert_allclose(made.values[0].reshape(-1), wanted, atol=plan.error)


@pytest.mark.parametrize("ratio", [3.0, 12.0])
def test_a_lengthening_is_its_polynomial(ratio, held):
    """The reach shrinks by the factor; entries stay what they are, within the error."""
    before = held(2.0, 2.0 * ratio)
    made, found = lengthened(before, settings(0.01))
    x = before.values[0].reshape(-1)
    reached = float(found.evaluate(np.array([1 / ratio]))[0]) * made.reach / 2.0
    np.testing.assert_allclose(raw(made), x * reached, atol=1e-8)
    assert made.reach == pytest.approx(2.0 * ratio / found.factor)
    assert 0.501 * made.reach >= 2.0
    np.testing.assert_allclose(raw(made), x, atol=2.0 * 0.01)


def test_a_long_vector_stays(held):
    """Where little can be won, and where there is no flag to be found in zero."""
    before = held(2.0, 4.0 * LEAST_GAIN * 0.99)
    assert lengthened(before, settings(0.01)) == (before, None)
