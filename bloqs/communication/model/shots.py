r"""Shots that guarantee an error except with a probability of failure, and bits of their results.

Hoeffding's inequality: M values of $\pm1$ have a mean off by more than $\epsilon$ with probability
at most $2 e^{-M\epsilon^2/2}$. A loss read by the projector is half of that in Z, plus a half, so
its error counts twice. Every function takes numbers or symbols.
"""

from typing import Any

from bloqs.communication.model.rounding import bits_for, ceiling, check_error, check_failure, ln


def on_z_scale(epsilon: Any, readout: str) -> Any:
    """The error in Z that an error of this read-out stands for.

    Raises:
        ValueError: for any read-out but "Z" and "projector".
    """
    if readout not in ("Z", "projector"):
        raise ValueError(f"qubit 0 is read as 'Z' or 'projector', got {readout!r}")
    return epsilon if readout == "Z" else 2 * epsilon


def loss_shots(epsilon: Any, delta: Any, readout: str = "Z") -> Any:
    r"""$\lceil 2 \ln(2/\delta)/\epsilon^2 \rceil$ in Z, a quarter as many for the projector."""
    check_error(epsilon)
    check_failure(delta)
    return ceiling(2 * ln(2 / delta) / on_z_scale(epsilon, readout) ** 2)


def gradient_copies(parameters: Any, epsilon: Any, delta: Any, readout: str = "Z") -> Any:
    r"""$\lceil 2 \ln(2D/\delta)/\epsilon^2 \rceil$ copies of a gradient state for one group.

    Args:
        parameters: D, of the whole model; the failures of all of them are added up.
        epsilon: error of every gradient.
        delta: probability that any error is exceeded.
        readout: what the loss is.
    """
    check_error(epsilon)
    check_failure(delta)
    return ceiling(2 * ln(2 * parameters / delta) / on_z_scale(epsilon, readout) ** 2)


def shift_shots(parameters: Any, epsilon: Any, delta: Any, readout: str = "Z") -> Any:
    r"""$\lceil \ln(2D/\delta)/\epsilon^2 \rceil$ shots for each sign of the shift.

    The gradient is the mean of 2M independent values of $\pm1$, so half as many for each sign do.
    """
    check_error(epsilon)
    check_failure(delta)
    return ceiling(ln(2 * parameters / delta) / on_z_scale(epsilon, readout) ** 2)


def equal_confidence_shots(epsilon: Any) -> Any:
    r"""$\lceil 4/\epsilon^2 \rceil$: two standard deviations of the mean in Z are the error."""
    check_error(epsilon)
    return ceiling(4 / epsilon**2)


def spread_shots(spread: Any, epsilon: Any, delta: Any) -> Any:
    r"""$\lceil \ln(2/\delta) s^2/(2\epsilon^2) \rceil$ for values in an interval of length s."""
    check_failure(delta)
    return ceiling(ln(2 / delta) * spread**2 / (2 * epsilon**2))


def result_bits(shots: Any) -> Any:
    r"""$\lceil \log_2(M + 1) \rceil$: the count of one outcome among M shots, exactly."""
    return bits_for(shots + 1)


def shift_result_bits(shots: Any) -> Any:
    r"""$\lceil \log_2(2M + 1) \rceil$: the difference of two counts among M shots, exactly."""
    return bits_for(2 * shots + 1)
