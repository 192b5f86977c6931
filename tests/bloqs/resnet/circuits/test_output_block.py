"""The output block, beside NumPy: skip path plus a dense layer of squares, normalised."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.squared_product import SquaredProduct
from bloqs.resnet.circuits.output_block import OutputBlock, output_phases
from bloqs.resnet.model.block_plan import OutputPlan
from bloqs.simulation.boxed_vector import BoxedVector
from bloqs.simulation.partial_run import run
from bloqs.simulation.runner import Fidelity, Runner, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.polynomials.degrees import SignDegree


def plan_of(length, epsilon, tau=0.51):
    start = (1 - epsilon) * length
    degree = int(SignDegree(start, epsilon / 4))
    return OutputPlan(
        length=length, start=start, sign_error=epsilon / 4, sign_degree=degree, tau=tau
    )


def block_of(vector, W, psi, epsilon, is_published=False, bits=40, tau=0.51):
    """The block for a vector-encoding of `psi`, and the vector it should make."""
    image = tau * psi + (1 - tau) * W @ psi**2
    length, signal = float(np.linalg.norm(image)), float(np.linalg.norm(W @ psi**2))
    plan = plan_of(length, epsilon, tau)
    product = SquaredProduct.of(vector, W, signal, bits, QROMLoader(), Rotation.BITWISE)
    phases = output_phases(plan)
    trees = (product.columns, product.norms)
    block = OutputBlock(vector, *trees, plan, phases, length, signal, is_published)
    return block, image / length


def drawn(seed, size=4):
    rng = np.random.default_rng(seed)
    psi, W = rng.normal(size=size), rng.normal(size=(size, size))
    return psi / np.linalg.norm(psi), W / np.linalg.norm(W, 2)


def loaded(psi):
    return BoxedVector(LoadedVector.of(psi, 40, QROMLoader(), Rotation.BITWISE))


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("epsilon", [0.2, 1e-2, 1e-4])
@pytest.mark.parametrize("seed", range(2))
def test_equals_numpy(is_published, epsilon, seed):
    """Within the error claimed, which is at most the one planned for and not far off."""
    psi, W = drawn(seed)
    block, wanted = block_of(loaded(psi), W, psi, epsilon, is_published)
    found = run(block)
    gap = np.linalg.norm(found.vector - wanted)
    assert gap <= float(block.epsilon) <= epsilon
    assert float(block.epsilon) < 100 * gap
    assert found.calls[BoxedVector] == block.plan.calls == 3 * block.plan.sign_degree
    assert found.runner.fidelity is Fidelity.BLOCK_BY_BLOCK
    assert np.linalg.norm(wanted - psi) > 0.1  # the dense layer shows


@pytest.mark.parametrize("tau", [0.6, 0.9])
def test_another_skip_weight(tau):
    """The weight is the plan's, in what is encoded and in the error that comes in."""
    psi, W = drawn(0)
    block, wanted = block_of(loaded(psi), W, psi, 1e-2, tau=tau)
    gap = np.linalg.norm(run(block).vector - wanted)
    assert gap <= float(block.epsilon) <= 1e-2
    assert np.linalg.norm(block_of(loaded(psi), W, psi, 1e-2)[1] - wanted) > 0.03
    coarse = VectorDilation.of_vector(psi, 1.0, 1e-3)
    found = block_of(coarse, W, psi, 0.1, tau=tau)[0].sum
    grown = float(found.epsilon) * float(found.norm) / 1e-3
    assert grown == pytest.approx(tau + 2 * (1 - tau), rel=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_a_wrong_incoming_vector(seed):
    """Behind a flag, and with an error that the plan allows for: no more than is claimed."""
    psi, W = drawn(seed)
    off = np.random.default_rng(seed).normal(size=4)
    near = psi + 0.005 * off / np.linalg.norm(off)
    near /= max(1.0, np.linalg.norm(near))
    vector = VectorDilation.of_vector(near, 1.0, float(np.linalg.norm(near - psi)))
    block, wanted = block_of(vector, W, psi, 0.1)
    found = run(block)
    assert found.runner.fidelity is Fidelity.VECTOR
    assert 1e-4 < np.linalg.norm(found.vector - wanted) <= float(block.epsilon)


def test_a_phase_of_the_vector_shows():
    """Squares do not see it and the skip path does, so that the result is another one."""
    psi, W = drawn(0)
    block, wanted = block_of(VectorDilation.of_vector(1j * psi), W, psi, 1e-2)
    found = run(block).vector
    turn = np.vdot(wanted, found)
    assert np.linalg.norm(found - turn / abs(turn) * wanted) > 5 * float(block.epsilon)


def test_gate_by_gate():
    """Two entries, coarse angles, arbitrary phases; every elementary gate, against larger ones."""
    psi = np.array([0.8, 0.6])
    vector = LoadedVector.of(psi, 4, QROMLoader(), Rotation.BITWISE)
    W = np.array([[0.5, -0.3], [0.2, 0.6]])
    product = SquaredProduct.of(vector, W, 0.6, 4, QROMLoader(), Rotation.BITWISE)
    plan = OutputPlan(length=0.5, start=1e-3, sign_error=0.5, sign_degree=3)
    phases = (0.2, 0.4, -0.3, 0.1)
    block = OutputBlock(vector, product.columns, product.norms, plan, phases, 0.5, 0.6)
    runner = Runner.of(block)
    assert runner.fidelity is Fidelity.GATE_BY_GATE
    found = encoded_vector(block)
    np.testing.assert_allclose(found, run(block).vector, atol=1e-10, rtol=0)
    raw = encoded_vector(block.sum) / float(block.sum.alpha)
    loaded = encoded_vector(vector).real
    columns, flags = encoded_columns(product)
    wanted = 0.51 * loaded + 0.49 * (columns * flags) @ loaded**2
    np.testing.assert_allclose(raw, wanted, atol=1e-10, rtol=0)


def encoded_columns(product):
    """What the two trees prepare for each column: its direction, and its norm."""
    ends = [Runner.of(tree) for tree in (product.columns, product.norms)]
    columns, norms = (
        np.stack([each.run(2 * x)[2 * x : 2 * x + 2] for x in (0, 1)]) for each in ends
    )
    return columns.T.real, norms[:, 0].real


def test_refuses():
    psi, W = drawn(0)
    block, _ = block_of(loaded(psi), W, psi, 0.1)
    with pytest.raises(ValueError, match="the sum may be as short as"):
        attrs.evolve(block, norm=0.8 * float(block.norm))
    with pytest.raises(ValueError, match="columns must have norm <= 1"):
        block_of(loaded(psi), 3 * W, psi, 0.1)
