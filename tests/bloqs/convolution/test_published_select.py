"""The choice among all terms of a convolution: every block, control, inverse, cost, width."""

from itertools import product

import numpy as np
import pytest
from attrs import evolve
from qualtran import DecomposeTypeError

from bloqs.convolution.kernel import Kernel, Padding
from bloqs.convolution.published_select import PublishedSelect
from bloqs.simulation.runner import Fidelity, Runner
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting

SAME, TOP_LEFT, CIRCULAR = Padding


def select(shape, m, rng, padding=SAME, shares=False):
    """A choice for a kernel with both signs."""
    C_out, C_in, D = shape
    K = rng.normal(size=(C_out, C_in, D, D))
    K[-1, -1, -1, -1], K[0, 0, 0, 0] = -1.0, 1.0
    return PublishedSelect(Kernel.of(K, padding), m, shares)


def moved(M, s, wraps):
    """The shift of a coordinate by NumPy."""
    return np.roll(np.eye(M), s, axis=0) if wraps else np.eye(M, k=-s)


def wanted(bloq, index, images):
    """What every index should make of its image; zero where it has none, shape as `images`."""
    kernel, M = bloq.kernel, 2**bloq.m
    c, d = kernel.c, kernel.d
    found = np.zeros_like(images)
    for i, j, k, l in np.ndindex(kernel.array.shape):
        number = ((i << c | j) << d | k) << d | l
        channel = np.zeros((2**c, 2**c))
        channel[i, j] = np.sign(kernel.array[i, j, k, l])
        column, row = (moved(M, tap - kernel.offset, kernel.wraps) for tap in (l, k))
        term = np.kron(np.kron(channel, column), row)
        found[number] = index[number] * (term @ images[number])
    return found


def run(bloq, control, random_state):
    """Index and images of one run in which all indices are in superposition; and what comes out."""
    kernel = bloq.kernel
    c, d = kernel.c, kernel.d
    size = 2 ** (c + 2 * bloq.m)
    valid = np.zeros((2**c, 2**c, 2**d, 2**d), dtype=bool)
    valid[tuple(map(slice, kernel.array.shape))] = True
    index = np.where(valid.reshape(-1), random_state(valid.size), 0)
    index /= np.linalg.norm(index)
    images = np.stack([random_state(size) for _ in index])
    flags = 2**bloq.ancilla_bitsize
    start = np.zeros((2**control, len(index), size, flags), dtype=complex)
    start[-1, :, :, 0] = index[:, None] * images
    runner = Runner.of(bloq.controlled() if control else bloq)
    assert runner.fidelity is Fidelity.GATE_BY_GATE
    return index, images, runner.run(start.reshape(-1)).reshape(start.shape)


CASES = [
    ((2, 1, 2), 1, SAME, False),
    ((1, 2, 2), 1, SAME, True),
    ((1, 1, 3), 1, SAME, False),
    ((1, 1, 3), 1, TOP_LEFT, True),
    ((1, 1, 4), 1, CIRCULAR, False),
    ((2, 2, 1), 1, SAME, False),
    ((3, 1, 1), 1, SAME, False),
    ((2, 1, 3), 1, CIRCULAR, False),
]
LARGE = pytest.param((1, 1, 3), 2, TOP_LEFT, True, marks=pytest.mark.slow)


@pytest.mark.parametrize(("shape", "m", "padding", "shares"), [*CASES, LARGE])
def test_every_index_chooses_its_term(shape, m, padding, shares, rng, random_state):
    """Gate by gate, on generic images, with the sign of the tap, all indices in superposition."""
    bloq = select(shape, m, rng, padding, shares)
    index, images, found = run(bloq, 0, random_state)
    expected = wanted(bloq, index, images)
    np.testing.assert_allclose(found[0, :, :, 0], expected, rtol=0, atol=1e-10)
    assert np.abs(expected).max() > 0.1


@pytest.mark.parametrize(("shape", "m", "padding", "shares"), [CASES[k] for k in (0, 4, 5)])
def test_control_decides(shape, m, padding, shares, rng, random_state):
    """On, the block; off, nothing happens at all."""
    bloq = select(shape, m, rng, padding, shares)
    index, images, found = run(bloq, 1, random_state)
    expected = wanted(bloq, index, images)
    np.testing.assert_allclose(found[1, :, :, 0], expected, rtol=0, atol=1e-10)
    start = np.zeros_like(found)
    start[0, :, :, 0] = index[:, None] * images
    off = Runner.of(bloq.controlled()).run(start.reshape(-1))
    np.testing.assert_allclose(off, start.reshape(-1), rtol=0, atol=1e-10)


def test_inverse_undoes_everything(rng, random_state):
    """On every state of image and ancillas, for valid indices."""
    bloq = select((2, 1, 2), 1, rng)
    flags, size = 2**bloq.ancilla_bitsize, 8
    start = np.zeros((2, 2, 2, 2, size * flags), dtype=complex)
    start[:, 0] = random_state(start[:, 0].size).reshape(start[:, 0].shape)
    start = start.reshape(-1)
    there = Runner.of(bloq).run(start)
    np.testing.assert_allclose(Runner.of(bloq.adjoint()).run(there), start, rtol=0, atol=1e-10)
    assert np.linalg.norm(there - start) > 0.1


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize(
    ("shape", "m", "padding"),
    [
        ((2, 1, 2), 1, SAME),
        ((1, 1, 3), 2, TOP_LEFT),
        ((1, 1, 5), 1, CIRCULAR),
        ((5, 1, 1), 1, CIRCULAR),
        pytest.param((1, 3, 3), 2, SAME, marks=pytest.mark.slow),
        pytest.param((3, 2, 1), 2, SAME, marks=pytest.mark.slow),
        pytest.param((1, 2, 6), 2, CIRCULAR, marks=pytest.mark.slow),
    ],
)
def test_cost_without_entries_is_the_counted_one(shape, m, padding, is_controlled, rng):
    """Sizes alone tell the cost: by closed form, by the parts, by gates; both ways of products."""
    for shares in (False, True):
        bloq = evolve(select(shape, m, rng, padding, shares), is_controlled=is_controlled)
        counted = cost_by_counting(bloq)
        assert cost_by_annotation(bloq) == counted
        sizes_only = evolve(bloq, kernel=evolve(bloq.kernel, entries=None))
        assert cost_by_annotation(sizes_only) == counted


@pytest.mark.parametrize(("c", "d", "m"), [(1, 1, 3), (1, 2, 3), (2, 1, 4)])
def test_symbolic_cost_is_the_counted_one(c, d, m, rng):
    """Channels, taps and pixels as symbols; a periodic image needs at least four taps a side."""
    for is_controlled in (False, True):
        at = {symbols.c: c, symbols.d: d, symbols.m: m}
        wrapping = [False, True] if d > 1 else [False]
        for shares, wraps in product((False, True), wrapping):
            padding = CIRCULAR if wraps else SAME
            bloq = evolve(select((2**c, 2**c, 2**d), m, rng, padding, shares))
            bloq = evolve(bloq, is_controlled=is_controlled)
            symbolic = PublishedSelect(
                Kernel.symbolic(wraps), symbols.m, shares, is_controlled=is_controlled
            )
            assert cost_by_annotation(symbolic).subs(at) == cost_by_annotation(bloq), (
                f"{is_controlled=}"
            )
            if (c, d) == (1, 1):
                assert cost_by_annotation(bloq) == cost_by_counting(bloq), f"{is_controlled=}"


def test_flips_of_the_channel_are_counted():
    """Ones in the numbers below each size, by counting bits; through the number of CNOTs."""
    for C_out, C_in in ((3, 5), (4, 2), (6, 1), (7, 8)):
        kernel = Kernel(None, C_out, C_in, 1, 0, wraps=False)
        calls = PublishedSelect(kernel, 1, shares_ancillas=False).calls
        flips = sum(i.bit_count() + j.bit_count() for i in range(C_out) for j in range(C_in))
        cnots = sum(times for bloq, times in calls.items() if str(bloq) == "CNOT")
        assert cnots == flips + C_out * C_in - 2


def test_no_entries_means_no_circuit():
    kernel = Kernel(None, 2, 2, 3, 1, wraps=False)
    with pytest.raises(DecomposeTypeError, match="has no kernel entries, so it has no circuit"):
        PublishedSelect(kernel, 2, shares_ancillas=False).decompose_bloq()
    with pytest.raises(DecomposeTypeError, match="symbolic size, so it has no circuit"):
        PublishedSelect(Kernel.symbolic(), symbols.m, shares_ancillas=False).decompose_bloq()
