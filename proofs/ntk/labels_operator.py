"""Labels are +1 for points of the lower half of the rows and -1 for those of the upper."""

from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.ntk.circuits.class_signs import labels_vector
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.operator_claim import OperatorClaim

BITS = 10


def labels(n: int, plus: int, minus: int) -> Any:
    """Of so many points of each class, the rows of each half filled up with zeros."""
    half = 2 ** (n - 1)
    found = np.zeros(2 * half)
    found[:plus], found[half : half + minus] = 1, -1
    return found


def specification(n: int, plus: int, minus: int) -> Any:
    """The unit vector in each form."""
    vector = labels(n, plus, minus)
    return vector_specified(vector / np.sqrt(plus + minus))


def without_sign(n: int, plus: int, minus: int) -> Any:
    """The class qubit without its Z: both classes have +1."""
    vector = np.abs(labels(n, plus, minus))
    return vector_specified(vector / np.sqrt(plus + minus))


def simulate(n: int, plus: int, minus: int) -> tuple[Any, Measurement]:
    """Every gate, of loaded labels too."""
    bloq = labels_vector(labels(n, plus, minus), BITS, QROMLoader(), Rotation.BITWISE)
    return vector_forms(bloq)


def bound(n: int, plus: int, minus: int) -> float:
    """None where every row is a point; else an angle of each level of a tree."""
    full = plus == minus == 2 ** (n - 1)
    return ROUNDING if full else 2 * n * float(np.pi) / 2**BITS


THEOREM = OperatorClaim(
    says="The labels are prepared as +1 in the lower and -1 in the upper half of the rows and 0 in "
    "rows that only fill up, for classes of any size.",
    specification=specification,
    simulate=simulate,
    instances=(
        {"n": 1, "plus": 1, "minus": 1},
        {"n": 2, "plus": 2, "minus": 2},
        {"n": 3, "plus": 4, "minus": 4},
        {"n": 3, "plus": 3, "minus": 4},
        {"n": 3, "plus": 4, "minus": 1},
    ),
    false_twin=without_sign,
    twin_says="All labels have one sign.",
    bound=bound,
    norm="l2",
    source="ours",
)
