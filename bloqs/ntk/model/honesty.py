"""Whether the inversion changes any prediction at the depth that was asked for.

Source: derived
"""

from typing import Literal

import numpy as np
from attrs import frozen

from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.bounds import condition_bound, diagonal_error
from bloqs.ntk.model.system import MaskedSystem

Threshold = Literal["zero", "median"]
"""Where the classes part: at zero, or at the median of a batch of predictions."""

ROUNDING = 2.0**-50
"""Relative error of one step of a solution in floating point, a few of its last bits."""


def threshold_of(values: Reals, threshold: Threshold) -> float:
    """The number that predictions are compared with.

    Args:
        values: predictions of a batch, shape (m,), at least one.
        threshold: its name.

    Raises:
        ValueError: if there are none.
    """
    if not len(values):
        raise ValueError("a batch has at least one prediction; give test points")
    return float(np.median(values)) if threshold == "median" else 0.0


def classes_of(values: Reals, threshold: Threshold, noise: Reals | float = 0.0) -> Reals:
    """+1 above the threshold, -1 below, 0 at it: shape (m,).

    Args:
        values: predictions of a batch, shape (m,).
        threshold: its name.
        noise: what each value may be off by rounding: closer than that it is at the threshold.
    """
    apart = values - threshold_of(values, threshold)
    return np.asarray(np.where(np.abs(apart) <= noise, 0.0, np.sign(apart)))


def noises(system: MaskedSystem, vectors: Reals) -> tuple[Reals, Reals, Reals]:
    r"""What rounding may add to f, f_S and f_D of every point, each of shape (m,).

    $\kappa \sqrt n\, 2^{-50} \lVert k_* \rVert \lVert x \rVert$ for the solution x.

    Args:
        system: kernel and mask.
        vectors: shape (m, n), kernels of a test point in each row.
    """
    steps = ROUNDING * np.sqrt(system.n) * np.linalg.norm(vectors, axis=1)
    r, r_S = system.row_sum, system.masked_row_sum
    exact = condition_bound(r) if r < 1 else system.exact_condition
    masked = condition_bound(r_S) if r_S < 1 else system.condition
    solutions = (
        (exact, system.exact_solution),
        (masked, system.solution),
        (1.0, system.diagonal_solution),
    )
    f, f_S, f_D = (steps * kappa * np.linalg.norm(x) for kappa, x in solutions)
    return f, f_S, f_D


@frozen(kw_only=True)
class Honesty:
    """What inversion does for a batch.

    Args:
        points: test points.
        row_sum: r of the kernel.
        masked_row_sum: r_S.
        differences: median and largest |f - f_D| / |f|: *relative*, without any bound; 0 where
            both are zero up to rounding.
        largest_difference: largest |f - f_D| over the 1-norm of k_*, which r/(1 - r) bounds.
        diagonal_signs: points whose class the diagonal alone gets otherwise than the kernel.
        masked_signs: points whose class the masked kernel gets otherwise than the kernel.
        threshold: where the classes part.
    """

    points: int
    row_sum: float
    masked_row_sum: float
    differences: tuple[float, float]
    largest_difference: float
    diagonal_signs: int
    masked_signs: int
    threshold: Threshold

    @classmethod
    def of(cls, system: MaskedSystem, vectors: Reals, threshold: Threshold = "zero") -> "Honesty":
        """Of kernels between test points and the data.

        Args:
            system: kernel and mask.
            vectors: shape (m, n), a test point in each row.
            threshold: where the classes part.
        """
        guesses = [system.predict(k) for k in vectors]
        f, f_S, f_D = (
            np.array([getattr(guess, name) for guess in guesses]) for name in ("f", "f_S", "f_D")
        )
        norms = np.array([guess.one_norm for guess in guesses])
        noise = noises(system, vectors)
        is_none = (np.abs(f) <= noise[0]) & (np.abs(f_D) <= noise[2])
        with np.errstate(divide="ignore", invalid="ignore"):
            relative = np.where(is_none, 0.0, np.abs(f - f_D) / np.abs(f))
        classes = [
            classes_of(values, threshold, its)
            for values, its in zip((f, f_S, f_D), noise, strict=True)
        ]
        return cls(
            points=len(guesses),
            row_sum=system.row_sum,
            masked_row_sum=system.masked_row_sum,
            differences=(float(np.median(relative)), float(relative.max())),
            largest_difference=float((np.abs(f - f_D) / norms).max()),
            diagonal_signs=int(np.sum(classes[0] != classes[2])),
            masked_signs=int(np.sum(classes[0] != classes[1])),
            threshold=threshold,
        )

    @property
    def bound(self) -> float:
        """Proved bound on `largest_difference`; infinite from r = 1 on."""
        return diagonal_error(self.row_sum)

    @property
    def matters(self) -> bool:
        """Whether inversion changes a class of the batch."""
        return self.diagonal_signs > 0

    @property
    def sentence(self) -> str:
        """The answer, to be read first."""
        shift = f"median |f_D - f|/|f| = {self.differences[0]:.2g}, r = {self.row_sum:.2g}"
        if not self.matters:
            return (
                f"At this depth inversion changes no class of {self.points} test points: "
                f"the diagonal alone decides all of them the same ({shift})."
            )
        return (
            f"At this depth inversion changes the class of {self.diagonal_signs} of "
            f"{self.points} test points ({shift})."
        )
