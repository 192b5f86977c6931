r"""Activations of infinitely wide layers: what a layer does to a correlation.

A layer whose preactivations have variance q and correlation $\rho$ hands on the variance
$q' = E\,\sigma(u)^2$ and the correlation $\rho' = E\,\sigma(u)\sigma(v)/q'$; the kernel of its
training is multiplied by $E\,\sigma'(u)\sigma'(v)$. Activations are scaled so that q = 1 stays 1.

With $\rho = \sum_k a_k^2 \rho^k$ for the map at q = 1: $\mu = 1 - a_1^2$ is how far it is from
linear, $\chi = \sum_k k a_k^2$ its slope at one, $\beta = \ln(1/(1 - \mu))/\ln\chi$.

Near correlation one everything is written in the *gap* $1 - \rho$, which differences of rows give
to full relative precision; a correlation would have lost it.

Source: the programs of the authors of [ZNL21] for mu; [JGH18] for the recursion; [CS09] for the
arc-cosine kernels
"""

import abc
from math import asin, log, pi, sqrt

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Reals = NDArray[np.float64]

SMALL_ANGLE = 0.5
"""Up to which sin t - t cos t is summed as a series: the difference would cancel."""


@frozen
class Activation(abc.ABC):
    """How one layer maps variances, correlations and slopes.

    Args:
        name: as it is asked for.
    """

    name: str

    @classmethod
    def of(cls, name: str) -> "Activation":
        """The activation of this name.

        Raises:
            ValueError: if there is none.
        """
        if name not in ACTIVATIONS:
            raise ValueError(
                f"an activation is one of {', '.join(ACTIVATIONS)}, got {name!r}; give one of these"
            )
        return ACTIVATIONS[name]

    @property
    @abc.abstractmethod
    def is_odd(self) -> bool:
        """Whether antipodal points have kernel minus one, as good as duplicates."""

    @property
    @abc.abstractmethod
    def is_centred(self) -> bool:
        """Whether the mean is zero, so that correlations die out with depth."""

    @property
    @abc.abstractmethod
    def chi(self) -> float:
        """Slope of the map of correlations at one, q = 1."""

    @property
    @abc.abstractmethod
    def linear_weight(self) -> float:
        """a_1**2, slope of the map at zero; 1 - mu where the mean is zero."""

    @property
    def mu(self) -> float:
        """Coefficient of nonlinearity.

        Raises:
            ValueError: if the mean is not zero.
        """
        self._require_centred("mu")
        return 1 - self.linear_weight

    @property
    def beta(self) -> float:
        """Exponent with which the deep kernel rises near correlation one.

        Raises:
            ValueError: if the mean is not zero.
        """
        self._require_centred("beta")
        return log(1 / self.linear_weight) / log(self.chi)

    def _require_centred(self, what: str) -> None:
        if not self.is_centred:
            raise ValueError(
                f"{what} is defined for activations of mean zero, and {self.name} is not; "
                "give erf or relu"
            )

    @property
    @abc.abstractmethod
    def negligible(self) -> float:
        """Correlation from which on the map is linear to rounding; 0 if it never is."""

    @abc.abstractmethod
    def variance(self, q: float) -> float:
        """Variance after a layer."""

    @abc.abstractmethod
    def slope(self, q: float) -> float:
        """E sigma'(u)**2."""

    @abc.abstractmethod
    def image(self, q: float, rho: Reals) -> tuple[Reals, Reals]:
        """Correlation after a layer, and the slope there over that at one.

        Args:
            q: variance before.
            rho: correlations not near one or minus one.
        """

    @abc.abstractmethod
    def image_of_gap(self, q: float, gap: Reals) -> tuple[Reals, Reals]:
        """Gap after a layer, and the slope there over that at one, for the gaps before."""

    @abc.abstractmethod
    def image_of_antipode(self, q: float, gap: Reals) -> tuple[Reals, Reals]:
        """As `image` for correlations gap - 1."""


@frozen
class Erf(Activation):
    """erf(z) over its standard deviation for a standard normal z."""

    @property
    def is_odd(self) -> bool:
        return True

    @property
    def is_centred(self) -> bool:
        return True

    @property
    def chi(self) -> float:
        return 2 / sqrt(5) / asin(2 / 3)

    @property
    def linear_weight(self) -> float:
        return 2 / (3 * asin(2 / 3))

    @property
    def negligible(self) -> float:
        return 2e-8

    @staticmethod
    def _a(q: float) -> float:
        return 2 * q / (1 + 2 * q)

    def variance(self, q: float) -> float:
        return asin(self._a(q)) / asin(2 / 3)

    def slope(self, q: float) -> float:
        return 2 / sqrt(1 + 4 * q) / asin(2 / 3)

    def image(self, q: float, rho: Reals) -> tuple[Reals, Reals]:
        a = self._a(q)
        b = a * rho
        ratio = b * b
        np.subtract(1.0, ratio, out=ratio)
        np.sqrt(ratio, out=ratio)
        np.divide(sqrt((1 - a) * (1 + a)), ratio, out=ratio)
        np.arcsin(b, out=b)
        b *= 1 / asin(a)
        return b, ratio

    def image_of_gap(self, q: float, gap: Reals) -> tuple[Reals, Reals]:
        a = self._a(q)
        b = a * (1 - gap)
        root, one = np.sqrt((1 - b) * (1 + b)), sqrt((1 - a) * (1 + a))
        sine = a * a * gap * (2 - gap) / (a * root + b * one)  # of asin a - asin b
        return np.arcsin(sine) / asin(a), one / root

    def image_of_antipode(self, q: float, gap: Reals) -> tuple[Reals, Reals]:
        after, ratio = self.image_of_gap(q, gap)
        return after - 1, ratio


@frozen
class Relu(Activation):
    """max(z, 0), minus its mean for a standard normal z or not, over its standard deviation.

    Args:
        is_shifted: whether the mean is taken away.
    """

    is_shifted: bool

    @property
    def is_odd(self) -> bool:
        return False

    @property
    def is_centred(self) -> bool:
        return self.is_shifted

    @property
    def chi(self) -> float:
        return self.slope(1.0)

    @property
    def linear_weight(self) -> float:
        return self.chi / 2

    @property
    def negligible(self) -> float:
        return 1e-16 if self.is_shifted else 0.0

    def variance(self, q: float) -> float:
        return self._from_mean(q) / (1 - 1 / pi) if self.is_shifted else q

    def _from_mean(self, q: float) -> float:
        """q - 2 sqrt(q)/pi + 1/pi, twice the second moment about the mean of a standard normal."""
        return q * (1 - 1 / pi) + (sqrt(q) - 1) ** 2 / pi

    def slope(self, q: float) -> float:
        return 1 / (1 - 1 / pi) if self.is_shifted else 1.0

    def _rise(self, q: float) -> tuple[float, float]:
        """m and c with rho' = m (kappa_1(rho) - 1/pi) + c."""
        if not self.is_shifted:
            return 1.0, 1 / pi
        whole = self._from_mean(q)
        return q / whole, (sqrt(q) - 1) ** 2 / (pi * whole)

    def image(self, q: float, rho: Reals) -> tuple[Reals, Reals]:
        m, c = self._rise(q)
        kept = 0.5 + np.arcsin(rho) / pi
        bent = rho / (1 + np.sqrt((1 - rho) * (1 + rho)))  # (1 - root) / rho, also at zero
        return m * rho * (kept - bent / pi) + c, kept

    def image_of_gap(self, q: float, gap: Reals) -> tuple[Reals, Reals]:
        angle = _angle(gap)
        return self._rise(q)[0] * (gap - _bulge(angle) / pi), 1 - angle / pi

    def image_of_antipode(self, q: float, gap: Reals) -> tuple[Reals, Reals]:
        angle = _angle(gap)
        m, c = self._rise(q)
        return m * (_bulge(angle) - 1) / pi + c, angle / pi


def _angle(gap: Reals) -> Reals:
    """Angle whose cosine is 1 - gap. Unit: radians."""
    return np.asarray(2 * np.arcsin(np.sqrt(gap / 2)))


def _bulge(angle: Reals) -> Reals:
    """sin t - t cos t, to full relative precision."""
    found = np.sin(angle) - angle * np.cos(angle)
    small = angle < SMALL_ANGLE
    t = angle[small]
    term = t**3 / 3
    total = term.copy()
    for k in range(1, 9):  # 2k/(2k+1)! alternating
        term = -term * t * t * (k + 1) / (k * (2 * k + 2) * (2 * k + 3))
        total += term
    found[small] = total
    return np.asarray(found)


ACTIVATIONS: dict[str, Activation] = {
    "erf": Erf("erf"),
    "relu": Relu("relu", is_shifted=True),
    "critical-relu": Relu("critical-relu", is_shifted=False),
}
"""By name: erf of the paper's dense network, ReLU without its mean, ReLU of its convolutions."""
