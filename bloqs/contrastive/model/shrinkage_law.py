"""By what factor noise shrinks the outputs of the ring, and what errors of a device mean."""

import numpy as np
from attrs import field, frozen
from numpy.typing import ArrayLike, NDArray


def depolarising(error: float, qubits: int) -> float:
    r"""Weight of the mixed state in a gate of a given average error: $\lambda = r d / (d - 1)$.

    The gate is followed by $\rho \to (1 - \lambda) \rho + \lambda 1 / d$.

    Raises:
        ValueError: if the error is not one of such a gate.
    """
    size = 2**qubits
    weight = error * size / (size - 1)
    if not 0 <= weight <= 1:
        raise ValueError(
            f"an average error of a gate on {qubits} qubits is from 0 to {1 - 1 / size:.6g}, "
            f"got {error}"
        )
    return weight


def contraction(layers: int, pair: float, single: float) -> float:
    r"""Factor of every output of the ring: $(1 - \lambda_2)^{4L} (1 - \lambda_1)^{1 + 3L}$.

    Exact with all trained angles zero, at any width and for any inputs, with noise after each
    CNOT, each turn about X or Y and each H, none after turns about Z. Elsewhere an estimate. Ours.

    Args:
        layers: L.
        pair: lambda of a CNOT.
        single: lambda of a gate on one qubit.
    """
    return float((1 - pair) ** (4 * layers) * (1 - single) ** (1 + 3 * layers))


@frozen
class Readout:
    """Chances that a measured bit is reported wrongly.

    Args:
        one_for_zero: P(1|0).
        zero_for_one: P(0|1).
    """

    one_for_zero: float
    zero_for_one: float

    @property
    def slope(self) -> float:
        """What multiplies a mean of Z."""
        return 1 - self.one_for_zero - self.zero_for_one

    @property
    def offset(self) -> float:
        """What is added to it."""
        return self.zero_for_one - self.one_for_zero

    def noisy(self, mean: float) -> float:
        """The mean of Z that is seen."""
        return self.offset + self.slope * mean

    def inverted(self, mean: float) -> float:
        """The mean of Z that gave it.

        Raises:
            ValueError: if what is seen does not depend on what is there.
        """
        if self.slope == 0:
            raise ValueError("a readout that is wrong as often as right cannot be inverted")
        return (mean - self.offset) / self.slope

    @property
    def price(self) -> float:
        """By what inversion multiplies the variance of shots."""
        return rescaling_price(self.slope)


def rescaling_price(slope: float) -> float:
    """By what dividing by a slope multiplies the variance of shots: 1 / slope**2.

    Raises:
        ValueError: for a slope of zero.
    """
    if slope == 0:
        raise ValueError("an output that noise takes to a constant cannot be rescaled")
    return 1 / slope**2


@frozen(eq=False)
class Shrinkage:
    """How noise takes each output to a line: noisy = slope * exact + offset, by least squares.

    Args:
        slopes: shape (W,).
        offsets: shape (W,).
        residuals: root mean square of what the line leaves, over that of the exact output.
    """

    slopes: NDArray[np.float64] = field(repr=False)
    offsets: NDArray[np.float64] = field(repr=False)
    residuals: NDArray[np.float64] = field(repr=False)

    def rescaled(self, noisy: ArrayLike) -> NDArray[np.float64]:
        """Outputs without what the lines do to them; shape (samples, W).

        Raises:
            ValueError: if an output is a constant under noise.
        """
        if not self.slopes.all():
            raise ValueError("an output that noise takes to a constant cannot be rescaled")
        return np.asarray((np.asarray(noisy, dtype=float) - self.offsets) / self.slopes)

    @property
    def prices(self) -> list[float]:
        """By what rescaling multiplies the variance of shots of each output."""
        return [rescaling_price(slope) for slope in self.slopes]


def fitted(exact: ArrayLike, noisy: ArrayLike) -> Shrinkage:
    """The line of each output, from samples with and without noise; both of shape (samples, W).

    Raises:
        ValueError: if shapes differ, there are fewer than three samples, or an exact output is the
            same in all.
    """
    one, two = (np.asarray(each, dtype=float) for each in (exact, noisy))
    if one.shape != two.shape or one.ndim != 2 or len(one) < 3:
        raise ValueError(
            f"a line needs 3 samples with and without noise, got shapes {one.shape} and {two.shape}"
        )
    centred = one - one.mean(axis=0)
    squares = (centred**2).sum(axis=0)
    if (squares <= 1e-24).any():
        raise ValueError("an output that is the same for all samples has no slope")
    slopes = (centred * two).sum(axis=0) / squares
    offsets = two.mean(axis=0) - slopes * one.mean(axis=0)
    left = two - slopes * one - offsets
    sizes = np.sqrt((one**2).mean(axis=0))
    return Shrinkage(slopes, offsets, np.sqrt((left**2).mean(axis=0)) / sizes)
