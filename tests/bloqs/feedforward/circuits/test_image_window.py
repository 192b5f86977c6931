"""The window of an image: projector, control, cost, limits."""

import numpy as np
import pytest
from qualtran import DecomposeTypeError

from bloqs.encodings.parts import is_own_inverse
from bloqs.feedforward.circuits.image_window import ImageWindow
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_counting


@pytest.mark.parametrize(
    ("c", "m"), [(0, 1), (1, 1), (0, 2), (2, 2), (0, 3), pytest.param(1, 3, marks=pytest.mark.slow)]
)
def test_encodes_the_projector_onto_every_window(c, m):
    """Gate by gate; channel, column, row."""
    for side in range(1, 2**m):
        inside = np.zeros((2**c, 2**m, 2**m))
        inside[:, :side, :side] = 1
        found = encoded_matrix(ImageWindow(side, c, m), seed=side)
        np.testing.assert_allclose(found, np.diag(inside.reshape(-1)), atol=1e-9)


@pytest.mark.parametrize("side", range(1, 16))
def test_flags_tell_columns_from_rows(side, rng):
    """Images of side 16, some pixels: which flag is set says which coordinate is outside."""
    runner = Runner.of(ImageWindow(side, 0, 4))
    near = [(side - 1, side), (side, side - 1), (15, 15), (0, 0)]
    for column, row in [*near, *rng.integers(16, size=(4, 2)).tolist()]:
        place = (column * 16 + row) * 4
        wanted = place + 2 * (column >= side) + (row >= side)
        assert abs(runner.run(place)[wanted]) == pytest.approx(1)


@pytest.mark.parametrize("side", [1, 2, 3])
def test_control_decides(side, switches):
    """Whatever the flags are at the start."""
    switches(ImageWindow(side, 1, 2))
    switches(ImageWindow(side, 0, 2).adjoint())


@pytest.mark.parametrize("side", [1, 2, 3])
def test_circuit_is_its_own_inverse(side):
    bloq = ImageWindow(side, 0, 2)
    found = Runner.of(bloq).columns(range(2**6))
    np.testing.assert_allclose(found @ found, np.eye(2**6), atol=1e-9)
    assert is_own_inverse(bloq)


@pytest.mark.parametrize(("side", "ands"), [(1, 4), (2, 2), (3, 4), (4, 0), (6, 2), (7, 4)])
def test_cost(side, ands, costs_agree):
    """Images of side 8; under control two Toffolis more, work qubits of one coordinate alone."""
    bloq = ImageWindow(side, 1, 3)
    costs_agree(bloq)
    plain, controlled = cost_by_counting(bloq), cost_by_counting(bloq.controlled())
    assert (plain.toffolis, plain.qubits) == (ands, 9 + ands // 2)
    assert (controlled.toffolis, controlled.qubits) == (ands + 2, 10 + ands // 2)


def test_symbols_stand_for_the_dearest_window(substitutes):
    symbolic = ImageWindow(None, symbols.c, symbols.m)
    substitutes(symbolic, {symbols.c: 2, symbols.m: 4}, ImageWindow(15, 2, 4))


@pytest.mark.parametrize(
    ("side", "c", "m", "message"),
    [
        (0, 0, 2, r"1 <= side < 2\*\*m, got side=0 with m=2"),
        (4, 0, 2, r"1 <= side < 2\*\*m, got side=4 with m=2"),
        (1, -1, 2, "c >= 0 qubits of channels, got c=-1"),
        (None, 0, 0, "m >= 1 qubits, got m=0"),
    ],
)
def test_refusals(side, c, m, message):
    with pytest.raises(ValueError, match=message):
        ImageWindow(side, c, m)


def test_without_a_side_there_is_no_circuit():
    with pytest.raises(DecomposeTypeError, match="has no side, so it has no circuit"):
        ImageWindow(None, 0, 2).decompose_bloq()
