r"""Degrees of polynomials for activations, also for reaches at which nobody wants coefficients.

Up to `RESOLVED` the polynomial itself is made. Beyond it one at that reach is scaled: with
$\nu = (d + 1)/A$ fixed, p(y/A) tends to an entire function of exponential type $\nu$ that does not
depend on A, so that the degree at a given error grows in proportion to the reach. For kinks and
errors below `FINEST` A the degree also grows like 1/error, each kink being approximated for itself.

*What is proved.* For "relu" both scalings are exact, as only A/error matters, and the truncated
series errs by at most $A/(\pi(d + 1))$ at every degree (`proofs.qsvt.relu_degree`). That its damped
form errs by at most `RELU_CONSTANT` A/(d + 1) is certified degree by degree where tests look; the
limit is $(1 - \beta)/\pi = 0.2292$, the amplitude $(nI_c - \beta)/\pi$ of the error far from zero,
$I_c = \int_0^\infty e^{-ns} \cosh s\,\sin^2\varphi / (\sinh^2 s + \sin^2\varphi)\,ds$ for
$u = \sin\varphi$ and n = d + 1. For other kinds that the limit is reached up to `MARGIN` and
`FINE_MARGIN` is measured, not proved: against polynomials at reaches up to 3,000.
"""

from math import ceil

from estimator.polynomials.activation import activation_polynomial
from estimator.polynomials.activation_functions import require_activation
from estimator.polynomials.activation_series import Target

RESOLVED = 60.0
"""Largest reach, times the scale, whose polynomial is made."""

FINEST = 5e-5
"""Times the reach: smallest error for which it is made for a kind with kinks. Unit: 1."""

MARGIN = 1.03
"""Factor on a degree that is scaled to a larger reach. Unit: 1."""

FINE_MARGIN = 1.1
"""Factor on a degree that is scaled to a smaller error, where two kinks beat. Unit: 1."""

WIDER = 1.05
"""Factor on the bounds of a polynomial that is scaled. Unit: 1."""

RELU_CONSTANT = 0.232
"""Times A / (d + 1): exceeds the error of "relu" for every odd degree d. Unit: 1."""


def activation_degree(
    kind: str, reach: float, span: float, error: float, scale: float = 1.0
) -> tuple[int, int, float, float]:
    """Degrees of the even and the odd part, and bounds on both, as of `activation_polynomial`.

    Those of the polynomial where it is made. Otherwise the degree is not smaller than the
    polynomial's, and at most half as large again; most are larger by a twentieth, as are the
    bounds.

    Args:
        kind: one of `activation_functions.KINDS`.
        reach: A, positive.
        span: R, positive and at most A.
        error: of f, absolute. Positive.
        scale: s, positive.

    Returns:
        Degree of the even part, of the odd part (-1 without one), bound on the even part, on the
        odd part.

    Raises:
        ValueError: if an argument is out of range, or the error is below rounding errors.
    """
    require_activation(kind, reach, span, error, scale)
    whole = scale * reach
    near = min(whole, RESOLVED)
    is_smooth = Target(kind, whole, scale * span).is_smooth
    coarse = error if is_smooth else max(error, FINEST * near)
    base = activation_polynomial(kind, near, min(scale * span, near), coarse)
    even, odd = len(base.even) - 1, len(base.odd) - 1
    even_bound, odd_bound = scale * base.even_bound, scale * base.odd_bound
    factor = (MARGIN * whole / near if whole > near else 1.0) * (
        FINE_MARGIN * coarse / error if coarse > error else 1.0
    )
    if factor == 1:
        return even, odd, even_bound, odd_bound
    if kind == "relu":
        odd = 2 * ceil(RELU_CONSTANT * whole / error / 2) - 1
    else:
        even, odd = (_scaled(degree, factor) for degree in (even, odd))
    return even, odd, WIDER * even_bound, WIDER * odd_bound


def _scaled(degree: int, factor: float) -> int:
    """Of the same parity; that of a constant, or of no part, stays."""
    return degree if degree < 1 else degree + 2 * ceil((degree + 2) * (factor - 1) / 2)
