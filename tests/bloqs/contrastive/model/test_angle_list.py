"""Lists of angles: refusals of the wrong number and of what is no number."""

import math

import pytest

from bloqs.contrastive.circuits.input_layer import InputLayer
from bloqs.contrastive.circuits.measured_ring import MeasuredRing
from bloqs.contrastive.circuits.rotation_layer import RotationLayer
from bloqs.contrastive.circuits.whole_ansatz import Ansatz
from bloqs.contrastive.symbols import W


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Ansatz("ring", 3, 1, (0.1,) * 5), "needs 6 angles, got 5"),
        (
            lambda: Ansatz("ring", 3, 1, (0.1,) * 5 + (math.nan,)),
            "finite angles, got nan at place 5",
        ),
        (lambda: Ansatz("ring", W, 1, (0.1,)), "of symbolic size has no list of angles"),
        (lambda: InputLayer(2, (0.1, math.inf)), "finite angles, got inf at place 1"),
        (lambda: InputLayer(1), "needs at least 2 qubits, got W=1"),
        (lambda: RotationLayer("Y", 2, (0.1,)), "needs 2 angles, got 1"),
        (lambda: RotationLayer("A", 2), "is X, Y or Z, got 'A'"),
        (lambda: MeasuredRing(3, (0.1,)), "needs 3 angles, got 1"),
    ],
)
def test_refused(make, says):
    with pytest.raises(ValueError, match=says):
        make()
