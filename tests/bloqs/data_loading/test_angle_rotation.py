"""Rotation by the bits of an angle: action on every angle, cost, depth, limits."""

import numpy as np
import pytest
import sympy
from qualtran import DecomposeTypeError
from qualtran.resource_counting import get_cost_value

from bloqs.data_loading.angle_rotation import AngleRotation, Rotation
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.costs.keys import ToffoliDepth


def turned(state, bits):
    """exp(i phi Y) for every angle, from its two sines and cosines; shape (2**bits, 2)."""
    out = np.zeros_like(state)
    for x in range(2**bits):
        phi = 2 * np.pi * x / 2**bits
        out[x, 0] = np.cos(phi) * state[x, 0] + np.sin(phi) * state[x, 1]
        out[x, 1] = -np.sin(phi) * state[x, 0] + np.cos(phi) * state[x, 1]
    return out


def gradient_state(bits):
    return np.exp(-2j * np.pi * np.arange(2**bits) / 2**bits) / np.sqrt(2**bits)


@pytest.mark.parametrize("bits", [4, 5, 6])
def test_bits_turn_the_target(bits, random_state):
    """Every angle at once, so no phase is left on the angle register either."""
    start = random_state(2 ** (bits + 1)).reshape(-1, 2)
    found = Runner.of(AngleRotation(bits, Rotation.BITWISE)).run(start.reshape(-1))
    np.testing.assert_allclose(found.reshape(start.shape), turned(start, bits), atol=1e-8)


@pytest.mark.parametrize("bits", [4, 5])
def test_gradient_turns_the_target_and_survives(bits, random_state):
    """Every angle at once; the gradient register ends as it began, unentangled."""
    start = random_state(2 ** (bits + 1)).reshape(-1, 2)
    gradient = gradient_state(bits)
    runner = Runner.of(AngleRotation(bits, Rotation.PHASE_GRADIENT))
    for seed in range(3):
        found = runner.run(np.kron(start.reshape(-1), gradient), seed)
        wanted = np.kron(turned(start, bits).reshape(-1), gradient)
        np.testing.assert_allclose(found, wanted, atol=1e-8)


@pytest.mark.parametrize("rotation", Rotation)
def test_inverse_turns_back(rotation, random_state):
    """Rotation and generic inverse, one after the other, gate by gate."""
    bloq = AngleRotation(4, rotation)
    start = random_state(2**5)
    if rotation is Rotation.PHASE_GRADIENT:
        start = np.kron(start, gradient_state(4))
    there = Runner.of(bloq).run(start)
    np.testing.assert_allclose(Runner.of(bloq.adjoint()).run(there), start, atol=1e-8)


@pytest.mark.parametrize("rotation", Rotation)
def test_symbolic_cost_is_the_counted_one(rotation):
    claimed = cost_by_annotation(AngleRotation(symbols.b, rotation))
    for b in (*range(4, 14), 33, 43, 45, 60, 100):
        counted = cost_by_counting(AngleRotation(b, rotation))
        assert claimed.subs({symbols.b: b}) == counted
        assert cost_by_annotation(AngleRotation(b, rotation)) == counted


def test_stated_cost():
    """b - 1 ANDs, as many as the carries of a sum modulo 2^b [Gid18]; b - 2 rotations and a T."""
    by_gradient = cost_by_counting(AngleRotation(9, Rotation.PHASE_GRADIENT))
    assert by_gradient == Cost(toffoli=8, measurements=8, qubits=9 + 1 + 9 + 8)
    assert cost_by_counting(AngleRotation(9, Rotation.BITWISE)) == Cost(t=1, rotations=7, qubits=10)


@pytest.mark.parametrize("b", [4, 7])
def test_depth_is_that_of_the_adder(b, counted_depth):
    """b - 1 layers with a gradient, exact; none without."""
    for rotation, depth in ((Rotation.PHASE_GRADIENT, b - 1), (Rotation.BITWISE, 0)):
        bloq = AngleRotation(b, rotation)
        assert get_cost_value(bloq, ToffoliDepth()) == counted_depth(bloq) == depth
        symbolic = get_cost_value(AngleRotation(symbols.b, rotation), ToffoliDepth())
        assert sympy.sympify(symbolic).subs({symbols.b: b}) == depth


@pytest.mark.parametrize("rotation", Rotation)
def test_refuses_few_bits(rotation):
    """With three bits all angles are multiples of pi / 4 and the formulas no longer hold."""
    with pytest.raises(ValueError, match="needs at least 4 bits of angle, got b=3"):
        AngleRotation(3, rotation)


@pytest.mark.parametrize("rotation", Rotation)
def test_symbolic_size_means_no_circuit(rotation):
    with pytest.raises(DecomposeTypeError, match="symbolic size"):
        AngleRotation(symbols.b, rotation).decompose_bloq()
