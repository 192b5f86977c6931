"""Losses of data in phases, by circuits."""

import numpy as np
import pytest
from scipy.stats import unitary_group

from bloqs.communication.circuits.fourier_shot import (
    FourierShot,
    PhaseLayer,
    fourier_shot_example,
)
from bloqs.communication.model.fourier import frequencies, separated_scales, value
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_counting


@pytest.mark.parametrize(("entries", "layers"), [(2, 1), (2, 3), (4, 2), (8, 1)])
def test_the_loss_is_that_of_the_model(entries, layers, rng):
    """And its frequencies those of the scales, by a transform of circuits' losses."""
    ruler = [tuple(range(entries))] * layers if entries > 4 else separated_scales(entries, layers)
    blocks = [unitary_group.rvs(entries, random_state=rng) for _ in range(layers + 1)]

    def loss(x):
        final = Runner.of(FourierShot.of(blocks, ruler, x)).run(0)
        return 2 * np.sum(np.abs(final[: entries // 2]) ** 2) - 1

    for x in (0.0, 0.7, -2.3):
        assert loss(x) == pytest.approx(value(blocks, ruler, x), abs=1e-9)
    if entries * layers > 4:
        return
    points = 2 * max(frequencies(ruler)) + 1
    found = np.fft.fft([loss(2 * np.pi * j / points) for j in range(points)]) / points
    have = {w if 2 * w < points else w - points for w in np.flatnonzero(np.abs(found) > 1e-9)}
    assert have == {*frequencies(ruler)}


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_a_layer_is_its_diagonal(n, rng):
    """N - 1 rotations, N - 2 CNOTs; the phase of the whole matters under a control."""
    scales, x = tuple(rng.normal(size=2**n)), 0.7
    layer = PhaseLayer(n, scales, Private("Alice", x))
    wanted = np.exp(1j * x * np.array(scales))
    np.testing.assert_allclose(Runner.of(layer).columns(range(2**n)), np.diag(wanted), atol=1e-9)
    found = cost_by_counting(layer)
    assert (found.rotations, found.cliffords) == (2**n - 1, 2**n - 2)
    once = Runner.of(layer.controlled()).columns(range(2 ** (n + 1)))
    np.testing.assert_allclose(once, np.diag(np.concatenate([np.ones(2**n), wanted])), atol=1e-9)
    found = cost_by_counting(layer.controlled())
    assert (found.rotations, found.cliffords) == (2 ** (n + 1) - 1, 3 * 2**n - 4)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: PhaseLayer(2, (0.0, 1.0), Private("A", 0.1)), "needs 4 finite scales"),
        (lambda: PhaseLayer(1, (0.0, 1.0), Private("A", float("nan"))), "got 2 and nan"),
        (lambda: PhaseLayer(1, (0.0, 1.0), Private("A", float("inf"))), "got 2 and inf"),
        (lambda: PhaseLayer(1, (0.0, float("inf")), Private("A", 0.0)), "2 finite scales"),
        (lambda: PhaseLayer(1, (0.0, 1e300), Private("A", -1e9)), r"1e\+300 times .* -1e\+09"),
        (lambda: FourierShot(2, (), ()), "at least one of these, got 0 and 0"),
    ],
)
def test_refusals(make, said):
    with pytest.raises(ValueError, match=said):
        make()
    whole = fourier_shot_example()
    with pytest.raises(ValueError, match="on 3 qubits called system"):
        FourierShot(3, whole.blocks, whole.layers)
    with pytest.raises(ValueError, match="at least once, got 0"):
        FourierShot(2, whole.blocks, whole.layers, 0)
