"""Linear classification by signs of random projections, and the gadget that bounds it."""

from math import asin, ceil, log, pi
from typing import Any

import numpy as np
from attrs import field, frozen

from bloqs.communication.model.rounding import check_between, check_failure


def projection_bits(gamma: float, delta: float) -> int:
    r"""$\lceil \ln(1/\delta)/(2 (\arcsin(\gamma)/\pi)^2) \rceil$, whatever the length of the data.

    Signs of a projection of two unit vectors agree with probability
    $1/2 + \arcsin(x \cdot y)/\pi$.

    Args:
        gamma: margin, |x . y| at least, in (0, 1].
        delta: probability of the wrong class.
    """
    check_between("gamma, the margin,", gamma, 0, 1, is_open=False)
    check_failure(delta)
    return ceil(log(1 / delta) / (2 * (asin(gamma) / pi) ** 2))


@frozen(eq=False)
class Projection:
    """Random projections that both parties know.

    Args:
        reals: N.
        length: bits.
        seed: of the projections.
    """

    reals: int
    length: int
    seed: int
    _projections: Any = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        object.__setattr__(self, "_projections", rng.normal(size=(self.length, self.reals)))

    def sent(self, vector: Any) -> Any:
        """Alice's bits, shape (length,)."""
        return self._projections @ vector > 0

    def decide(self, sent: Any, classifier: Any) -> int:
        """1 if most signs agree with Bob's, else -1."""
        agree = int(np.sum(sent == (self._projections @ classifier > 0)))
        return 1 if 2 * agree > self.length else -1


def threshold_gadget(one: Any, two: Any) -> tuple[Any, Any]:
    """Unit vectors whose product is positive if and only if two sets meet in n/4 places, or more.

    Its size is at least 1/4n: a protocol for linear classification decides the threshold.

    Args:
        one: indicator of Alice's set, shape (n,), n at least 4.
        two: of Bob's.

    Returns:
        Two arrays of shape (n + 3,).

    Raises:
        ValueError: if they are no indicators of one length from 4.
    """
    a, b = np.asarray(one, dtype=float), np.asarray(two, dtype=float)
    n = len(a)
    if a.shape != (n,) or b.shape != (n,) or n < 4 or not {*a, *b} <= {0.0, 1.0}:
        raise ValueError(
            f"sets are indicators of one length from 4, got shapes {a.shape} and {b.shape}"
        )
    c = np.sqrt((n // 4 - 0.5) / (2 * n))
    x = np.concatenate([a / np.sqrt(2 * n), [c, 0, 0]])
    y = np.concatenate([b / np.sqrt(2 * n), [-c, 0, 0]])
    x[-2], y[-1] = np.sqrt(1 - x @ x), np.sqrt(1 - y @ y)
    return x, y
