"""How many entries a row of a random mask has on average."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.ntk.model.masks import random_mask
from bloqs.ntk.symbols import n
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim

ROWS = 1500
"""That are drawn for one average, about."""


def derive() -> sympy.Expr:
    """An entry below the diagonal is kept if its row marks its column, and mirrored."""
    share = 2 * sympy.log(n) / n
    step("columns that a row marks", n * share, 2 * sympy.log(n))
    step("of them, in half of the columns", n / 2 * share, sympy.log(n))
    return 1 + n / 2 * share


def _point(size: int, seed: int) -> Draw:
    """Mean of some masks; infinite if one keeps an entry of the other class."""
    rng = np.random.default_rng(seed)
    labels = np.repeat([1.0, -1.0], size // 2)
    masks = [random_mask(labels, rng) for _ in range(1 + ROWS // size)]
    mixed = any(bool(mask.kept[: size // 2, size // 2 :].any()) for mask in masks)
    mean = float(np.mean([mask.mean_sparsity for mask in masks]))
    return Draw(at={n: size}, value=np.inf if mixed else mean)


def draw(rng: Generator) -> Draw:
    """Up to 64 rows."""
    return _point(2 * int(rng.integers(2, 33)), int(rng.integers(2**32)))


def worst() -> Draw:
    """Many rows: columns are seldom marked twice."""
    return _point(512, 0)


THEOREM = InequalityClaim(
    says="A row of a random mask has at most 1 + ln n entries on average, all of its own class.",
    bound=1 + sympy.log(n),
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=1 + sympy.log(n) / 2,
    twin_says="Only marks of the row itself are kept, and none that is mirrored.",
    source="[ZNL21] its authors' programs, for the mask; derived",
)
