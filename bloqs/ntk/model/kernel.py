r"""The kernel of training a wide dense network, as a function of the correlation of two points.

With $\Sigma^0 = \Theta^0 = \rho$, a layer makes $\Sigma' = h(\Sigma)$ and
$\Theta' = \Sigma' + \Theta\, h'(\Sigma)$; after L layers the kernel is
$k_L(\rho) = \Theta^L(\rho)/\Theta^L(1)$. It is carried along divided by the running diagonal, so
no depth overflows. Once all correlations are negligible the rest is a closed form:
$\Theta^{l+m} = (1 - \mu)^m (\Theta^l + m \Sigma^l)$.

**Two forms.** `input_variance` is that of the first preactivations. Theory takes 1, the fixed
point. The published network takes unit rows of d entries and divides by d: 0.0027 for erf at
d = 784, and about seven layers are as good as linear.

Source: the programs of the authors of [ZNL21]; [JGH18] Thm. 1
"""

from collections.abc import Callable, Iterable
from math import expm1, isfinite, log, log10

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.ntk.model.activation import ACTIVATIONS, Activation, Reals

Track = Callable[[Iterable[range], str], Iterable[range]]
"""Shows progress: given steps and a label, hands the steps on."""

CHUNK = 2**14
"""Entries that are worked on together: they stay in the cache."""

NEAR = 0.5
"""Correlation from which on the gap is carried instead."""

CLOSE = 0.9
"""Correlation of two rows from which on their gap is taken from their difference."""

SETTLED = 1e-15
"""How far the variance may be from its fixed point where the closed form is used."""

MOST_LAYERS = 1_000_000
"""Layers that are worked through one by one; with a closed form fewer are enough."""

MOST_DEPTH = 10**15
"""Layers that a depth may have: floating-point numbers still count them."""


def check_depth(depth: int) -> None:
    """Refuse what is no number of layers.

    Raises:
        ValueError: if it is not a whole number of at least 1, or one of too many layers.
    """
    if isinstance(depth, bool) or not isinstance(depth, int | np.integer) or depth < 1:
        raise ValueError(
            f"depth is the number of hidden layers, a whole number from 1, got {depth!r}; "
            "give one, or auto"
        )
    if depth > MOST_DEPTH:
        raise ValueError(
            f"depth is at most 10**15 hidden layers, got {_power_of_ten(depth)}; give fewer, or "
            "auto"
        )


def _power_of_ten(depth: int) -> str:
    return f"about 10**{round(log10(depth))}"


def check_gap(gap: float) -> None:
    """Refuse where k_* cannot be clipped.

    Raises:
        ValueError: if it is not strictly between 0 and 1.
    """
    if not 0 < gap < 1:
        raise ValueError(
            f"k_* is clipped at k_L(1 - eps') for an eps' in (0, 1), got {gap}; give 0.1"
        )


@frozen
class Kernel:
    """k_L of one activation and depth.

    Args:
        activation: of every layer.
        depth: hidden layers L, at least 1.
        input_variance: of the first preactivations, in (0, 1].

    Raises:
        ValueError: if a number is out of its range.
    """

    activation: Activation
    depth: int
    input_variance: float = 1.0

    def __attrs_post_init__(self) -> None:
        check_depth(self.depth)
        if not (isfinite(self.input_variance) and 0 < self.input_variance <= 1):
            raise ValueError(
                f"input_variance lies in (0, 1], got {self.input_variance}; give 1 for the theory"
            )
        ends = self.activation.is_centred and (
            self.input_variance == 1 or self.activation is ACTIVATIONS["erf"]
        )
        if self.depth > MOST_LAYERS and not ends:
            raise ValueError(
                f"a kernel without a closed form is worked out for at most {MOST_LAYERS} layers, "
                f"got depth {self.depth}; give fewer"
            )

    @classmethod
    def of(cls, activation: str, depth: int, input_variance: float = 1.0) -> "Kernel":
        """The kernel of an activation given by name."""
        return cls(Activation.of(activation), depth, input_variance)

    def values(self, rho: NDArray[np.float64] | float, track: Track | None = None) -> Reals:
        """k_L at correlations, of any shape. Absolute error 1e-13 for the numbers as given.

        Raises:
            ValueError: if one is not in [-1, 1] up to rounding.
        """
        rho = np.asarray(rho, dtype=float)
        if not np.all(np.abs(rho) <= 1 + 1e-12):
            raise ValueError("a correlation lies in [-1, 1]; give unit rows")
        flat = np.clip(rho, -1, 1).reshape(-1)
        return self._values(flat, 1 - np.abs(flat), track).reshape(rho.shape)

    def at_gap(self, gap: NDArray[np.float64] | float) -> Reals:
        """k_L at 1 - gap for gaps in [0, 2], whose relative precision is kept near zero."""
        gap = np.asarray(gap, dtype=float)
        if not np.all((gap >= 0) & (gap <= 2)):
            raise ValueError("one minus a correlation lies in [0, 2]")
        flat = gap.reshape(-1)
        return self._values(1 - flat, np.minimum(flat, 2 - flat), None).reshape(gap.shape)

    def steepest(self, gap: float) -> float:
        r"""An upper bound on the slope of k_L where $|\rho| \le 1 - $ gap.

        All Taylor coefficients are at least zero, so the slope is largest at the end, and below the
        chord over a little of what follows.

        Raises:
            ValueError: if the gap is not in (0, 1).
        """
        check_gap(gap)
        step = gap * 1e-5
        low, high = self.at_gap(np.array([gap, gap - step]))
        return float((high - low) / step * (1 + 1e-9))

    def vector(self, rows: Reals, point: Reals) -> Reals:
        """k_L between unit rows (n, d) and one unit point (d,): shape (n,)."""
        return self.between(rows, np.asarray(point)[None, :])[:, 0]

    def between(self, rows: Reals, points: Reals, track: Track | None = None) -> Reals:
        """k_L between unit rows (n, d) and unit points (m, d): shape (n, m)."""
        rho = np.clip(rows @ points.T, -1, 1)
        i, j = np.indices(rho.shape).reshape(2, -1)
        flat = rho.reshape(-1)
        return self._values(flat, _gaps(flat, rows, points, i, j), track).reshape(rho.shape)

    def matrix(self, rows: Reals, track: Track | None = None) -> Reals:
        """The kernel matrix of unit rows (n, d): symmetric, its diagonal one, shape (n, n)."""
        n = len(rows)
        i, j = np.triu_indices(n, 1)
        rho = np.clip((rows @ rows.T)[i, j], -1, 1)
        found = self._values(rho, _gaps(rho, rows, rows, i, j), track)
        matrix = np.eye(n)
        matrix[i, j] = found
        matrix[j, i] = found
        return matrix

    def _values(self, rho: Reals, gap: Reals, track: Track | None) -> Reals:
        """In chunks of like size, so that all of a chunk leave the costly ranges together."""
        order = np.argsort(gap)
        found = np.empty_like(rho)
        starts = [range(k, min(k + CHUNK, len(rho))) for k in range(0, len(rho), CHUNK)]
        for part in track(starts, "kernel entries") if track else starts:
            here = order[part.start : part.stop]
            found[here] = self._chunk(rho[here], gap[here])
        return found

    def _chunk(self, rho: Reals, gap: Reals) -> Reals:
        """k_L for correlations and their gaps from one in modulus."""
        law, negative = self.activation, rho < 0
        if law.is_odd:
            found = self._rest(np.abs(rho), gap, self.input_variance, 1.0, np.abs(rho), 0)
            return np.where(negative, -found, found)
        q = self.input_variance
        below = negative & (gap < 1 - NEAR)  # of the antipode; after one layer it is far
        if not below.any():
            return self._rest(rho.copy(), gap, q, 1.0, rho.copy(), 0)
        found = np.empty_like(rho)
        found[~below] = self._rest(rho[~below], gap[~below], q, 1.0, rho[~below], 0)
        far, ratio = law.image_of_antipode(q, gap[below])
        after, share = self._shares(q, 1.0)
        total = far * share + rho[below] * ratio * (1 - share)
        found[below] = self._rest(far, 1 - far, after, share, total, 1)
        return found

    def _shares(self, q: float, share: float) -> tuple[float, float]:
        """Variance after a layer, and its share in the kernel's diagonal there.

        Args:
            q: variance before.
            share: q over the diagonal there.
        """
        after = self.activation.variance(q)
        return after, after * share / (after * share + q * self.activation.slope(q))

    def _rest(
        self, rho: Reals, gap: Reals, q: float, share: float, total: Reals, layer: int
    ) -> Reals:
        """k_L from what is there after some layers.

        Args:
            rho: correlations after them.
            gap: 1 - rho, where rho is above `NEAR`.
            q: variance.
            share: variance over the kernel's diagonal.
            total: the kernel over its diagonal.
            layer: how many.
        """
        law = self.activation
        near = np.flatnonzero(rho > (NEAR if law.is_centred else -1.0))  # else all come near
        close = np.where(rho > 0, gap, 1 - rho)[near]
        same = near[close <= 0]
        for layers in range(layer, self.depth):
            if (
                law.negligible
                and abs(q - 1) < SETTLED
                and not near[close > 0].size
                and np.all(np.abs(np.delete(rho, same) if same.size else rho) < law.negligible)
            ):
                total = self._tail(rho, share, total, self.depth - layers)
                break
            far, ratio = law.image(q, rho)
            if near.size:  # a tenth of the entries or fewer, as chunks are of like size
                close, ratio[near] = law.image_of_gap(q, close)
                far[near] = 1 - close
                if law.is_centred and (layers % 4 == 3 or near.size < 64):
                    still = close < 1 - NEAR
                    near, close = near[still], close[still]
            q, share = self._shares(q, share)
            ratio *= 1 - share
            total = total * ratio
            total += far * share
            rho = far
        if same.size:
            total[same] = 1.0
        return total

    def _tail(self, rho: Reals, share: float, total: Reals, layers: int) -> Reals:
        """All layers that are left where correlations are negligible, q = 1."""
        law = self.activation
        rate = log(law.linear_weight / law.chi)
        grown = 1 - share * expm1(-layers * log(law.chi)) / (law.chi - 1)
        return np.asarray(np.exp(layers * rate) * (total + layers * share * rho) / grown)


def _gaps(
    rho: Reals, rows: Reals, points: Reals, i: NDArray[np.int64], j: NDArray[np.int64]
) -> Reals:
    """1 - |rho| of pairs of unit vectors, from their difference or sum where they are close."""
    gap = 1 - np.abs(rho)
    close = np.flatnonzero(gap < 1 - CLOSE)
    for k in range(0, len(close), CHUNK):
        here = close[k : k + CHUNK]
        sign = np.where(rho[here] < 0, -1.0, 1.0)
        apart = rows[i[here]] - sign[:, None] * points[j[here]]
        gap[here] = np.einsum("ij,ij->i", apart, apart) / 2
    return gap
