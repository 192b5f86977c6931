r"""What a solver's answer is worth if the encodings of A and b are off.

A circuit solves the system that its parts encode, $(A/\alpha + D) y = b + f$ with $\lVert D \rVert
\le \delta_A$, $\lVert f \rVert \le \delta_b$. With $x = (A/\alpha)^{-1} b$ of length t
$$y - x = (A/\alpha + D)^{-1} (f - D x), \qquad \frac{\lVert y - x \rVert}{t} \le \rho =
\frac{\kappa (\delta_b/t + \delta_A)}{1 - \kappa \delta_A},$$
as the smallest singular value is $1/\kappa - \delta_A$ at least. There an inverse polynomial of
degree 2n - 1, whose residual $x P(x) - 1$ has degree n in $x^2$, is a little worse: by no more than
$T_n$ is larger outside of [-1, 1].

Source: derived; that no polynomial grows faster is [Saa03] Thm. 6.25.
"""

from math import acosh, cosh, inf


def solution_error(condition: float, norm: float, matrix_error: float, state_error: float) -> float:
    r"""$\rho$, relative l2 error of the encoded system's solution; infinite if nothing is known.

    Args:
        condition: kappa of the system that is meant.
        norm: t, length of the solution of the scaled system.
        matrix_error: spectral-norm error of the encoded matrix, divided by its alpha.
        state_error: l2 error of the vector that is encoded.
    """
    left = 1 - condition * matrix_error
    return condition * (state_error / norm + matrix_error) / left if left > 0 else inf


def residual_outside(degree: int, relative: float, lower: float, upper: float, off: float) -> float:
    r"""Bound on $|x P(x) - 1|$ on [lower - off, upper + off], up to 1 at most; infinite if unknown.

    Args:
        degree: of P, odd.
        relative: the largest residual on [lower, upper].
        lower: positive.
        upper: at most 1.
        off: how far a singular value can be outside. Unit: 1.
    """
    if off == 0:
        return relative
    smallest, largest = lower - off, min(1.0, upper + off)
    width = (upper - lower) * (upper + lower)
    if smallest <= 0 or width <= 0:
        return inf
    center = (lower**2 + upper**2) / 2
    farthest = max(center - smallest**2, largest**2 - center) / (width / 2)
    exponent = (degree + 1) // 2 * acosh(max(1.0, farthest))
    return relative * cosh(exponent) if exponent < 700 else inf


def inverse_error(
    degree: int,
    relative: float,
    window: tuple[float, float],
    norm: float,
    matrix_error: float,
    state_error: float,
) -> float:
    r"""Distance of $P(A)b/t$ from $x/t$ for encodings that err: $\rho + s' (1 + \rho)$.

    Args:
        degree: of P, odd.
        relative: s, the largest |x P(x) - 1| in the window.
        window: the least and the largest singular value that A/alpha may have.
        norm: as in `solution_error`, as are the errors.
        matrix_error: of the encoded matrix over alpha.
        state_error: of the encoded vector.

    Returns:
        The bound, infinite if nothing is known.
    """
    lower, upper = window
    off = solution_error(1 / lower, norm, matrix_error, state_error)
    return off + residual_outside(degree, relative, lower, upper, matrix_error) * (1 + off)
