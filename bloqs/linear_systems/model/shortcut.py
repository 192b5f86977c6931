r"""The kernel reflection: degree, success and error for a solution of known or guessed length.

The system gets one more unknown, with the equation $y/t = 1/\sqrt{2}$. Its solution is along
$v = \cos\theta\, \hat x + \sin\theta\, e$ with $\tan\theta = t/\lVert x \rVert$, the kernel of
$G = (1 - b' b'^\dagger) A'$, whose other singular values are at least $1/\kappa$. A reflection
about v takes e to $2 \sin\theta\, v - e$, which has $\sin 2\theta$ of $\hat x$.

With the polynomial K in place of the reflection, of suppression s, $K = -1 + 2s/(1 + s) + \Delta$
off the kernel and $\lVert \Delta \rVert \le 2s/(1 + s)$. What is left of e there has length
$\cos\theta$. Hence the output is $\sin 2\theta/(1 + s)\, \hat x + g$ with
$\lVert g \rVert \le 2 \cos\theta\, s/(1 + s)$.

Source: derived; [Dal24] Eqs. 51 and 62 for the construction, whose degree is larger by rounding.
"""

from math import hypot, sqrt

import sympy
from attrs import frozen

from bloqs.linear_systems.model.condition import check_condition, check_error, check_solution_norm
from bloqs.linear_systems.model.inexact import solution_error
from bloqs.linear_systems.model.kernel_polynomial import (
    bent_suppression,
    degree_expression,
    degree_for,
    suppression,
)
from bloqs.linear_systems.model.plan import Plan, Provenance


def shortcut_degree(condition: float, error: float) -> int:
    r"""Degree with which the normalised solution errs by at most `error`, its length being known.

    $2 \lceil \mathrm{arcosh}(\sqrt{2}/\epsilon) / \ln((\kappa + 1)/(\kappa - 1)) \rceil$: at
    $\theta = \pi/4$ the error $g$ is $\sqrt{2}\, s$ of $\hat x$ at most, and normalising does not
    make it larger.

    Args:
        condition: kappa.
        error: l2 error of the normalised solution, in (0, 1).
    """
    check_error(error)
    return degree_for(condition, error / sqrt(2))


def shortcut_degree_expression(condition: sympy.Expr, error: sympy.Expr) -> sympy.Expr:
    """`shortcut_degree` in symbols, exactly, for kappa above 1."""
    return degree_expression(condition, error / sympy.sqrt(2))


def doubled_sine(norm: float, guess: float) -> float:
    r"""$\sin 2\theta$, the amplitude of the solution after an exact reflection. Unit: 1."""
    return 2 * norm * guess / (norm**2 + guess**2)


def shortcut_alpha(small: float, norm: float, guess: float) -> float:
    r"""One over the amplitude of $\hat x$ that the output is said to have.

    Args:
        small: suppression of the polynomial.
        norm: length of the solution of the scaled system.
        guess: t.
    """
    return (1 + small) / doubled_sine(norm, guess)


def shortcut_error(small: float, norm: float, guess: float) -> float:
    r"""$s/\sin\theta$, distance of alpha times the output from $\hat x$; arguments as above."""
    return small * hypot(norm, guess) / guess


def least_success(small: float, norm: float, guess: float) -> float:
    r"""$(\sin 2\theta\, (1 - s)/(1 + s))^2$: a run succeeds at least so often."""
    return (doubled_sine(norm, guess) * (1 - small) / (1 + small)) ** 2


def plan(condition: float, error: float, norm: float | None = None) -> Plan:
    """The row of the table: length known.

    Args:
        condition: kappa.
        error: l2 error of the normalised solution, in (0, 1).
        norm: length of the solution of the scaled system; it must be known to whoever makes the
            circuit, but the cost does not depend on it.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_condition(condition)
    if norm is not None:
        check_solution_norm(norm, condition)
    degree = shortcut_degree(condition, error)
    return Plan(
        solver="shortcut",
        provenance=Provenance.PROVEN,
        source="[Dal24] Eq. 62; degree derived",
        matrix_calls=degree,
        vector_calls=degree,
        success=least_success(suppression(condition, degree), 1.0, 1.0),
        degrees={"degree": degree},
        note="the norm of the solution must be known",
    )


@frozen
class Output:
    r"""What an encoding that errs makes of the new unknown.

    The circuit solves the system that it encodes: its solution is off as `model.inexact` says, and
    its smallest singular value, at which the polynomial is larger, is $1/\kappa - \delta_A$ at
    least.

    Args:
        direction: distance of the encoded system's normalised solution from the one that is meant.
        sines: of the angle theta of the encoded solution, at the ends of its range.
        off: largest half of the polynomial's range off the kernel; the center is as far from -1.
        smallest: least singular value of the encoded system.
    """

    direction: float
    sines: tuple[float, ...]
    off: float
    smallest: float

    @classmethod
    def of(
        cls,
        condition: float,
        degree: int,
        norm: float,
        guess: float,
        matrix_error: float,
        state_error: float,
    ) -> "Output | None":
        """None where the errors are so large that nothing is known.

        Args:
            condition: kappa of the system that is meant.
            degree: of the reflection.
            norm: length of the solution of the scaled system.
            guess: t.
            matrix_error: spectral-norm error of the encoded matrix, divided by its alpha.
            state_error: distance of the state that is prepared from the right-hand side.
        """
        left = 1 - condition * matrix_error
        relative = solution_error(condition, norm, matrix_error, state_error)
        if relative >= 1:
            return None
        small = suppression(condition, degree)
        bent = bent_suppression(condition, degree, left / condition)
        lengths = [norm * (1 - relative), norm * (1 + relative)]
        if lengths[0] < guess < lengths[1]:
            lengths.append(guess)
        return cls(
            direction=chord(relative),
            sines=tuple(guess / hypot(guess, length) for length in lengths),
            off=(bent + small) / (1 + small),
            smallest=left / condition,
        )

    def error(self, alpha: float) -> float:
        r"""Bound on the distance of alpha times the output from $\hat x$."""
        worst = [abs(1 - alpha * _doubled(sine) * (1 - self.off / 2)) for sine in self.sines]
        rest = alpha * self.off * sqrt(1 - min(self.sines) ** 2)
        return self.direction + max(worst) + rest


def _doubled(sine: float) -> float:
    return 2 * sine * sqrt((1 - sine) * (1 + sine))


def chord(sine: float) -> float:
    """Distance of two unit vectors at an angle, at most a right one, of that sine."""
    return sqrt(2 - 2 * sqrt((1 - sine) * (1 + sine))) if sine < 1 else 2.0


def unit_error(direction: float, tangent: float) -> float:
    """Bound on the error of a normalised output.

    Args:
        direction: distance of the encoded system's solution, flags of the right-hand side
            included, from the one that is meant.
        tangent: length of what is no solution over that of the solution.
    """
    return min(2.0, chord(direction) + tangent / (1 - direction)) if direction < 1 else 2.0


def error_with(
    condition: float,
    degree: int,
    norm: float,
    guess: float,
    matrix_error: float,
    state_error: float,
) -> float:
    r"""Distance of alpha times the output from $\hat x$, for encodings that err.

    Arguments as of `Output.of`.

    Returns:
        The bound; 1 + alpha where nothing better is known.
    """
    alpha = shortcut_alpha(suppression(condition, degree), norm, guess)
    output = Output.of(condition, degree, norm, guess, matrix_error, state_error)
    return 1 + alpha if output is None else output.error(alpha)
