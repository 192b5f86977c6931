r"""Verified phases for a real polynomial of definite parity.

`phases_of` takes Chebyshev coefficients and returns phases whose response has that polynomial as
its real part: $P = \mathrm{Re}\,\langle 0|U_\phi|0\rangle$. The imaginary part is free. Nothing is
returned that has not been multiplied out again.
"""

from contextlib import suppress
from enum import StrEnum

import numpy as np
from attrs import field, frozen
from numpy.polynomial import chebyshev
from numpy.typing import ArrayLike, NDArray

from estimator.phases.conventions import Convention, reflection_phases, response
from estimator.phases.kept import keep_phases, kept_phases
from estimator.phases.newton import refined
from estimator.phases.nonlinear_fourier import completion, inverse_transform, transform_of
from estimator.phases.response import response_coefficients
from estimator.polynomials.sup_norm import sup_norm

Real = NDArray[np.float64]

COEFFICIENT_TOLERANCE = 1e-12
"""Largest error of a Chebyshev coefficient of Re p in returned phases, absolute."""

SAMPLE_TOLERANCE = 1e-11
"""Largest error of Re p at a random point in returned phases, absolute, up to `LONG`."""

LONG = 1000
"""Degree from which on that grows with the degree, as the rounding of so many coefficients does."""

SAMPLES = 64
"""Random points of the second check."""

SLACK = 1e-13
"""Rounding allowed in the coefficients: in sup|P| - 1, and in the sum of the other parity."""

NEWTON_DEGREE = 12_000
"""Above this degree Newton's Jacobian is not formed: 6,000 unknowns are 288 MB."""


class Route(StrEnum):
    """How phases were found."""

    CHEBYSHEV = "closed form"
    FOURIER = "inverse nonlinear Fourier transform"
    NEWTON = "Newton"


class PhaseFindingError(ArithmeticError, ValueError):
    """No route reached phases that pass the check."""


@frozen
class VerifiedPhases:
    """Phases of a polynomial, and how far their response is from it.

    Args:
        wx: phi_0 .. phi_d in the Wx convention. Unit: radians.
        route: how they were found.
        supremum: sup|P| on [-1, 1].
        coefficient_error: largest absolute error of a Chebyshev coefficient of Re p.
        sample_error: largest absolute error of Re p at `SAMPLES` random points.
    """

    wx: Real = field(eq=False, repr=False)
    route: Route
    supremum: float
    coefficient_error: float
    sample_error: float

    @property
    def degree(self) -> int:
        """d: the number of signal operators."""
        return len(self.wx) - 1

    @property
    def reflection(self) -> Real:
        """varphi_0 .. varphi_d for R(x) and for the circuit of U and its adjoint; radians."""
        return reflection_phases(self.wx)


def phases_of(coefficients: ArrayLike, parity: int | None = None) -> VerifiedPhases:
    r"""Phases $\phi_0 .. \phi_d$ with $\mathrm{Re}\,\langle 0|U_\phi(x)|0\rangle =
    \sum_k c_k T_k(x)$.

    $\pm T_d$ has phases zero, up to the sign. Otherwise the symmetric phases come from the
    inverse nonlinear Fourier transform; where |P| comes too close to one for it, Newton's method
    finishes them, to degree `NEWTON_DEGREE`. Those that took long are kept between processes; what
    was kept is verified again.

    Args:
        coefficients: c_0 .. c_d; trailing zeros are dropped.
        parity: 0 or 1, if the caller wants it checked.

    Raises:
        ValueError: if there is no coefficient, one is complex, NaN or infinite, the parity is
            mixed or not the one asked for, or sup|P| > 1.
        PhaseFindingError: if the phases found do not reproduce P.

    Source: [GSLW18] Cor. 10 for existence
    """
    target = _checked(coefficients, parity)
    peak = sup_norm(target)
    size = peak.value
    if size > 1 + SLACK:
        point = round(peak.point, 12) + 0.0  # not -0
        raise ValueError(f"phases_of needs sup|P| <= 1, got |P({point:.12g})| = {size:.15g}")
    rest = np.abs(target[:-1]).sum()
    if rest <= SLACK and abs(abs(target[-1]) - 1) <= SLACK:
        wx = np.zeros(len(target))
        wx[0] = 0.0 if target[-1] > 0 else np.pi
        return verified(wx, target, Route.CHEBYSHEV, size)
    kept = kept_phases(target)
    if kept is not None:
        with suppress(ValueError, PhaseFindingError):  # an entry that is wrong
            return verified(kept[1], target, Route(kept[0]), size)
    found = _found(target, size)
    keep_phases(target, found.route, found.wx)
    return found


def _found(target: Real, size: float) -> VerifiedPhases:
    """Phases from the inverse transform, or where that is not enough from Newton's method."""
    b = transform_of(target)
    with np.errstate(all="ignore"):  # what overflows here fails the check
        factors = inverse_transform(completion(b)[0], b)
    psi = np.arctan((factors + factors[::-1]) / 2)
    try:
        return verified(_real_part(psi), target, Route.FOURIER, size)
    except PhaseFindingError:
        if len(target) - 1 > NEWTON_DEGREE:
            raise
    return verified(_real_part(refined(psi, target)), target, Route.NEWTON, size)


def verified(wx: Real, coefficients: Real, route: Route, size: float) -> VerifiedPhases:
    """The phases with their errors.

    Args:
        wx: phi_0 .. phi_d. Unit: radians.
        coefficients: c_0 .. c_d of the polynomial they are for.
        route: how they were found.
        size: sup|P|.

    Raises:
        PhaseFindingError: if an error exceeds its tolerance or is NaN.
    """
    x = np.random.default_rng(len(wx)).uniform(-1, 1, SAMPLES)
    with np.errstate(invalid="ignore"):
        made = response_coefficients(wx).real
        sampled = response(wx, x, Convention.WX).real
    coefficient_error = float(np.abs(made - coefficients).max())
    sample_error = float(np.abs(sampled - chebyshev.chebval(x, coefficients)).max())
    allowed = SAMPLE_TOLERANCE * max(1, (len(wx) - 1) / LONG)
    if not (coefficient_error <= COEFFICIENT_TOLERANCE and sample_error <= allowed):
        raise PhaseFindingError(
            f"no phases for degree {len(wx) - 1} with sup|P| = 1 - {1 - size:.3g}: route {route} "
            f"left errors {coefficient_error:.3g} in a coefficient (allowed "
            f"{COEFFICIENT_TOLERANCE:g}) and {sample_error:.3g} at a point (allowed "
            f"{allowed:g}); scaling P away from one helps"
        )
    return VerifiedPhases(wx, route, size, coefficient_error, sample_error)


def _real_part(psi: Real) -> Real:
    """Phases that have in the real part what `psi` has in the imaginary one."""
    wx = psi.copy()
    wx[0] -= np.pi / 4
    wx[-1] -= np.pi / 4
    return wx


def _checked(coefficients: ArrayLike, parity: int | None) -> Real:
    given = np.asarray(coefficients)
    if given.ndim != 1 or not given.size:
        raise ValueError(f"phases_of needs coefficients c_0 .. c_d, got shape {given.shape}")
    if given.dtype.kind not in "iuf":
        raise ValueError(f"phases_of needs real coefficients, got dtype {given.dtype}")
    values = given.astype(float)
    if not np.isfinite(values).all():
        raise ValueError("phases_of needs finite coefficients, got one that is NaN or infinite")
    weight = [float(np.abs(values[p::2]).sum()) for p in (0, 1)]
    inferred = int(weight[1] > weight[0])
    if weight[1 - inferred] > SLACK:
        raise ValueError(
            f"phases_of needs one parity, got absolute sums {weight[0]:.3g} over even and "
            f"{weight[1]:.3g} over odd coefficients"
        )
    if parity not in (None, inferred):
        raise ValueError(f"phases_of needs parity {parity}, got coefficients of {inferred}")
    values[1 - inferred :: 2] = 0.0
    return values[: int(np.flatnonzero(values).max(initial=0)) + 1]
