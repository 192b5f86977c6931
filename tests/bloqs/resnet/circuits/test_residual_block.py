"""One residual block, both transforms run, weights dilated, beside NumPy."""

import math

import attrs
import numpy as np
import pytest
from numpy.polynomial import chebyshev
from scipy.special import erf

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.resnet.circuits.residual_block import BlockPhases, ResidualBlock
from bloqs.resnet.model.block_plan import Variant, block_plan
from bloqs.simulation.boxed_vector import BoxedVector
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import run
from bloqs.simulation.runner import Fidelity, Runner, encoded_matrix, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.polynomials.erf import erf_error, erf_ratio_polynomial
from estimator.polynomials.sign import sign_minimal_degree, sign_polynomial


def drawn(seed, norm=1.0):
    """A unit vector of four entries, a matrix of that norm, and what the block should make."""
    rng = np.random.default_rng(seed)
    psi, W = rng.normal(size=4), rng.normal(size=(4, 4))
    psi, W = psi / np.linalg.norm(psi), norm * W / np.linalg.norm(W, 2)
    return psi, W, psi + erf(0.8 * W @ psi)


def block_of(psi, W, length, variant, kappa, epsilon, vector=None):
    plan = block_plan(variant, kappa, length, 4, epsilon, epsilon)
    loaded = BoxedVector(LoadedVector.of(psi, 40, QROMLoader(), Rotation.BITWISE))
    weights = Dilation.of_matrix(W, kappa)
    phases = BlockPhases.of(plan)
    return ResidualBlock(vector or loaded, weights, plan, phases, length)


def distance(found, wanted, is_up_to_phase=False):
    turn = 1.0
    if is_up_to_phase:
        turn = np.vdot(wanted, found)
        turn /= abs(turn)
    return np.linalg.norm(found - turn * wanted)


@pytest.mark.parametrize("variant", [Variant.TIGHT, Variant.FIXED_POINT])
@pytest.mark.parametrize(("kappa", "epsilon"), [(1.0, 0.1), (1.7, 1e-3), (3.0, 1e-2), (0.1, 0.3)])
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_equals_numpy(variant, kappa, epsilon, seed):
    """Within the error claimed, which is at most the one planned for; calls as planned."""
    psi, W, image = drawn(seed, min(1.0, kappa))
    length = float(np.linalg.norm(image))
    block = block_of(psi, W, length, variant, kappa, epsilon)
    found = run(block)
    is_fixed = variant is Variant.FIXED_POINT
    gap = distance(found.vector, image / length, is_fixed)
    assert gap <= float(block.epsilon) <= 1.01 * epsilon
    assert found.runner.fidelity is Fidelity.DILATED
    assert found.runner.qubits == 2 * 2 + (4 if is_fixed else 5)
    assert found.calls[BoxedVector] == block.plan.calls
    assert found.calls[Dilation] == block.plan.sign_degree * block.plan.weight_calls


def test_a_fixed_point_leaves_a_phase():
    """Which is what the looser claim is about: the plain distance is far above it."""
    psi, W, image = drawn(0)
    length = float(np.linalg.norm(image))
    block = block_of(psi, W, length, Variant.FIXED_POINT, 1.7, 1e-3)
    assert distance(run(block).vector, image / length) > 100 * float(block.epsilon)


@pytest.mark.parametrize("draws", [8, pytest.param(20, marks=pytest.mark.slow)])
def test_the_claim_is_not_far_off(draws):
    """The median of claimed over true error is below 30, and no draw has one below 1."""
    ratios = []
    for seed in range(draws):
        psi, W, image = drawn(seed)
        length = float(np.linalg.norm(image))
        block = block_of(psi, W, length, Variant.TIGHT, (1.0, 2.0)[seed % 2], 1e-2)
        gap = distance(run(block).vector, image / length)
        assert gap > 1e-12
        ratios.append(float(block.epsilon) / gap)
    assert min(ratios) >= 1
    assert np.median(ratios) < 30


@pytest.mark.parametrize("seed", range(3))
def test_a_wrong_incoming_vector(seed):
    """An error that the plan allows for grows by no more than is claimed."""
    psi, W, image = drawn(seed)
    length = float(np.linalg.norm(image))
    off = np.random.default_rng(seed).normal(size=4)
    near = psi + 0.02 * off / np.linalg.norm(off)
    near /= max(1.0, np.linalg.norm(near))
    plan = block_plan(Variant.TIGHT, 1.5, length, 4, 0.02, 0.2)
    vector = VectorDilation.of_vector(near, 1.0, float(np.linalg.norm(near - psi)))
    weights = Dilation.of_matrix(W, 1.5)
    block = ResidualBlock(vector, weights, plan, BlockPhases.of(plan), length)
    found = run(block)
    assert found.runner.fidelity is Fidelity.VECTOR
    assert 1e-3 < distance(found.vector, image / length) <= float(block.epsilon)


def test_only_a_lower_bound_on_the_length():
    """Norm and plan for half the length that the sum has: still the normalised vector."""
    psi, W, image = drawn(1)
    length = float(np.linalg.norm(image))
    block = block_of(psi, W, length / 2, Variant.TIGHT, 1.5, 1e-2)
    assert distance(run(block).vector, image / length) <= float(block.epsilon)


@pytest.mark.slow
@pytest.mark.parametrize("sign_error", [0.4, 0.2])
def test_published_with_smaller_degrees(sign_error):
    """The sum of six calls a diagonal encodes what is claimed, and the normalisation acts on it.

    Its plan lifts lengths from 1/1600 on, by a degree of tens of thousands; here the lengths that
    do occur.
    """
    psi, W, image = drawn(2)
    length = float(np.linalg.norm(image))
    plan = block_plan(Variant.PUBLISHED, 1.0, length, 4, 1e-2, 1e-2)
    assert plan.start == 1 / 1600
    assert plan.sign_degree > 10_000
    short = length / (2 * plan.scale) * 0.7
    degree = sign_minimal_degree(short, sign_error)
    small = attrs.evolve(
        plan,
        erf_degree=3,
        erf_error=erf_error(0.8, 3),
        start=short,
        sign_error=sign_error,
        sign_degree=degree,
    )
    loaded = BoxedVector(LoadedVector.of(psi, 40, QROMLoader(), Rotation.BITWISE))
    weights = Dilation.of_matrix(W, 1.0)
    block = ResidualBlock(loaded, weights, small, BlockPhases.of(small), length)

    ratio = erf_ratio_polynomial(0.8, 3)
    approximate = psi + chebyshev.chebval(W @ psi, ratio.array) * (W @ psi)
    whole = run(block.sum)
    wanted = approximate / (2 * plan.scale)
    np.testing.assert_allclose(whole.vector, wanted, atol=1e-8, rtol=0)
    assert np.linalg.norm(float(block.sum.alpha) * whole.vector - image / length) <= float(
        block.sum.epsilon
    )
    assert whole.calls[BoxedVector] == small.vector_calls == 6 * 2 + 2

    found = run(block)
    x = np.linalg.norm(wanted)
    lifted = chebyshev.chebval(x, sign_polynomial(short, sign_error, degree).array)
    assert 0.5 < lifted < 0.999  # the polynomial shows: it has not done all of its work
    np.testing.assert_allclose(found.vector, lifted * wanted / x, atol=1e-7, rtol=0)
    assert found.calls[BoxedVector] == degree * small.vector_calls
    assert found.runner.fidelity is Fidelity.DILATED


@pytest.mark.parametrize("is_fixed", [False, True])
def test_gate_by_gate(is_fixed):
    """Two entries, every elementary gate run, arbitrary phases; against a run in larger blocks."""
    vector = LoadedVector.of(np.array([2.0, 1.0]), 4, QROMLoader(), Rotation.BITWISE)
    rows = LoadedVector.of(np.array([1.0, -2.0]), 4, QROMLoader(), Rotation.BITWISE)
    weights = DiagonalEncoding(rows)
    variant = Variant.FIXED_POINT if is_fixed else Variant.TIGHT
    plan = block_plan(variant, 1, 1.4, 2, 0.5, 0.5)
    small = attrs.evolve(plan, erf_degree=3, sign_degree=3, start=1e-3)
    phases = BlockPhases((0.1, -0.4, 0.3), (0.2, 0.4, -0.3, 0.1))
    block = ResidualBlock(vector, weights, small, phases, 1.4)
    runner = Runner.of(block)
    assert runner.fidelity is Fidelity.GATE_BY_GATE
    found = encoded_vector(block)
    dilated = attrs.evolve(
        block,
        vector=VectorDilation.of_vector(encoded_vector(vector)),
        weights=Dilation.of_matrix(encoded_matrix(weights), 1.0),
    )
    np.testing.assert_allclose(found, run(dilated).vector, atol=1e-10, rtol=0)
    assert np.linalg.norm(found) > 0.05


def test_refuses():
    """Weights of another alpha, and a sum shorter than the plan lifts."""
    psi, W, image = drawn(0)
    length = float(np.linalg.norm(image))
    block = block_of(psi, W, length, Variant.TIGHT, 1.5, 0.1)
    with pytest.raises(ValueError, match=r"plan is for weights with alpha 1.5, but they have 2.0"):
        attrs.evolve(block, weights=Dilation.of_matrix(W, 2.0))
    with pytest.raises(ValueError, match="the sum may be as short as"):
        attrs.evolve(block, norm=0.8 * length)
    with pytest.raises(ValueError, match=r"kappa <= 2, got 2\.5; amplify"):
        block_plan(Variant.PUBLISHED, 2.5, length, 4, 0.1, 0.1)


def test_gamma_bounds_the_polynomial():
    """The scale of a tight plan is the slope of erf at zero, the largest ratio of erf to x."""
    plan = block_plan(Variant.TIGHT, 2.0, 1.0, 4, 0.1, 0.1)
    assert plan.scale == pytest.approx(2 * 1.6 / math.sqrt(math.pi), rel=1e-12)
