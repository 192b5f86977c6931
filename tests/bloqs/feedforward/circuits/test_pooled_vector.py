"""Pooled images: vector, error, control, cost, limits."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.feedforward.circuits.pooled_vector import PooledVector, pooled_vector_symbolic_example
from bloqs.simulation.runner import Runner, encoded_vector
from estimator import symbols
from estimator.costs.cost import cost_by_counting

DRAWS = 300

AVERAGES = pytest.mark.parametrize("averages", [False, True])


def pooled(psi, m, bits, averages):
    """Block by block: the first pixel, or side * mean."""
    side, block = 2**m, 2**bits
    images = psi.reshape(-1, side, side)
    found = np.zeros((len(images), side // block, side // block), dtype=complex)
    for channel, column, row in np.ndindex(found.shape):
        pixels = images[channel, block * column :, block * row :][:block, :block]
        found[channel, column, row] = block * pixels.mean() if averages else pixels[0, 0]
    return found.reshape(-1)


def length(psi, m, bits, averages):
    return float(np.linalg.norm(pooled(psi, m, bits, averages)))


@AVERAGES
@pytest.mark.parametrize(
    ("c", "m", "bits"),
    [(1, 1, 1), (2, 1, 1), (0, 2, 1), (1, 2, 1), (1, 2, 2), (0, 3, 1), (0, 3, 2)],
)
@pytest.mark.parametrize("a", [0, 1])
def test_encodes_the_pooled_image(c, m, bits, averages, a, vector_leaf):
    """Gate by gate, complex, with garbage in the flags of the image."""
    leaf = vector_leaf(c + 2 * m, a)
    norm = length(leaf.vector, m, bits, averages)
    bloq = PooledVector(leaf, m, bits, averages, norm)
    wanted = pooled(leaf.vector, m, bits, averages) / norm
    np.testing.assert_allclose(encoded_vector(bloq), wanted, atol=1e-7)
    assert (bloq.system_bitsize, bloq.ancilla_bitsize) == (c + 2 * (m - bits), a + 2 * bits)
    assert bloq.alpha == pytest.approx(leaf.alpha / norm)


def test_flags_are_the_place_in_the_block(vector_leaf):
    """Flags of the image first, then low bits of the column, then those of the row."""
    leaf = vector_leaf(5, 1)
    found = Runner.of(PooledVector(leaf, 2, 1, averages=False, norm=0.5)).run()
    whole = Runner.of(leaf).run().reshape(2, 2, 2, 2, 2, 2)  # channel, column, row, flag
    wanted = whole.transpose(0, 1, 3, 5, 2, 4).reshape(-1)
    np.testing.assert_allclose(found, wanted, atol=1e-9)


@AVERAGES
def test_control_decides(averages, vector_leaf, switches):
    """Whatever the low bits are at the start: where the control is off nothing acts on them."""
    bloq = PooledVector(vector_leaf(3, 1), 1, 1, averages, 0.5)
    switches(bloq)
    switches(bloq.adjoint())


@AVERAGES
def test_claimed_cost_is_counted(averages, vector_leaf, costs_agree):
    costs_agree(PooledVector(vector_leaf(4, 1), 2, 1, averages, 0.5))


@pytest.mark.parametrize("bits", [1, 2])
def test_costs_hadamard_gates_alone(bits, vector_leaf):
    """Two for each bit, two T each under control; nothing where pixels are dropped."""
    leaf = vector_leaf(5, 0)
    dropped, summed = (PooledVector(leaf, 2, bits, averages, 0.5) for averages in (False, True))
    assert cost_by_counting(dropped) == cost_by_counting(leaf)
    assert cost_by_counting(dropped.controlled()) == cost_by_counting(leaf.controlled())
    more = cost_by_counting(summed).cliffords - cost_by_counting(leaf).cliffords
    assert (more, cost_by_counting(summed).t) == (2 * bits, 0)
    assert cost_by_counting(summed.controlled()).t == 4 * bits


def test_symbols_stand_for_numbers(rng, substitutes):
    loaded = LoadedVector.of(rng.normal(size=2**5), 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    concrete = PooledVector(loaded, 2, 1, averages=True, norm=0.5)
    values = {symbols.c: 1, symbols.m: 2, symbols.d: 1, symbols.b: 4, symbols.norm: 0.5}
    symbolic = pooled_vector_symbolic_example.make()
    substitutes(symbolic, values, concrete)
    assert symbolic.alpha.subs(values) == pytest.approx(concrete.alpha)
    assert float(symbolic.epsilon.subs(values)) == pytest.approx(float(concrete.epsilon))


@AVERAGES
def test_error_is_a_bound(averages, rng, random_state, numbers):
    """For any direction of the vector's error; attained by one within what is left."""
    largest = 0.0
    for draw in range(DRAWS):
        psi, step = random_state(8), random_state(8)
        if draw % 2:  # what is left of psi, spread over its pixels again
            left = pooled(psi, 1, 1, averages)
            step = np.kron(left, np.full(4, 0.5) if averages else np.eye(1, 4)[0])
            step /= np.linalg.norm(step)
        error, norm = float(rng.uniform(0, 0.5)), length(psi, 1, 1, averages)
        bloq = PooledVector(numbers(1.0, error, system_bitsize=3), 1, 1, averages, norm)
        moved = pooled(psi + error * step, 1, 1, averages) - pooled(psi, 1, 1, averages)
        largest = max(largest, np.linalg.norm(moved) / norm / bloq.epsilon)
    assert 0.999 < largest <= 1 + 1e-9


def test_a_rounded_image_errs_by_no_more(rng):
    """Coarse angles of the image, gate by gate."""
    for averages in (False, True):
        image = rng.normal(size=8)
        vector = LoadedVector.of(image, 4, QROMLoader(), Rotation.BITWISE)
        psi = image / np.linalg.norm(image)
        norm = length(psi, 1, 1, averages)
        bloq = PooledVector(vector, 1, 1, averages, norm)
        error = np.linalg.norm(encoded_vector(bloq) - pooled(psi, 1, 1, averages) / norm)
        assert 0 < error <= float(bloq.epsilon)


@pytest.mark.parametrize(
    ("n", "m", "bits", "norm", "message"),
    [
        (3, 2, 1, 0.5, "an image of at least 2 m = 4 qubits, got 3"),
        (4, 2, 0, 0.5, "bits >= 1, got bits=0"),
        (5, 2, 3, 0.5, "bits <= m, got bits=3 with m=2"),
        (4, 2, 2, 0.5, r"blocks of side 2\*\*2 take all 4; take smaller blocks"),
        (4, 2, 1, 0.0, "pooled vector needs a norm > 0, got 0"),
        (4, 2, 1, float("nan"), "pooled vector needs a norm > 0, got nan"),
        (4, 2, 1, 1.5, r"pooled vector has a norm of at most 1\.0, got 1\.5"),
    ],
)
def test_refusals(n, m, bits, norm, message):
    with pytest.raises(ValueError, match=message):
        PooledVector(UniformVector(n), m, bits, averages=True, norm=norm)


def test_refuses_parts(vector_leaf):
    leaf = vector_leaf(3, 0)
    with pytest.raises(ValueError, match="has a control; control the pooled vector instead"):
        PooledVector(attrs.evolve(leaf, is_controlled=True), 1, 1, averages=True, norm=0.5)
    with pytest.raises(ValueError, match=r"pooled vector needs errors >= 0, got epsilon=-0\.1"):
        PooledVector(attrs.evolve(leaf, epsilon=-0.1), 1, 1, averages=True, norm=0.5)
