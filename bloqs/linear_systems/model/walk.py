r"""The discrete adiabatic walk and the filter after it: schedule, lengths, constants, success.

$A(f)$ goes from the identity (or Z on one more qubit, if A is not definite) to $A$ as f goes from 0
to 1, and $A(f)^{-1} b$ from b to the solution. It is the kernel of $H(f) = |0\rangle\langle 1|
\otimes A(f) Q + h.c.$, $Q = 1 - b b^\dagger$. T steps of the walk of $H(f)$, each at the next f,
keep the state near that kernel, at a distance $\Delta \approx c \kappa/T$ in the end.

**Which error a constant is for.** Three distances are measured in `model.walk_evolution`, and never
mixed here:

* *whole*: of the whole state, where a raised flag is an error. The totals below need this one.
* *walked*: of the state whose block-encoding flags (coin and ancillas) were found in zero, with the
  qubits of $H$ still in it. This is the published one: so it is in its authors' programs, and at
  their numbers of steps for 16 unknowns it is 0.41 to 0.46 where 0.35 to 0.40 is published, while
  the whole distance is 0.64 to 0.70 and the conditional one 0.11 to 0.16 (root mean squares of 100
  systems). For 8 unknowns 0.14 to 0.17 stands against 0.19 to 0.20, 0.47 to 0.54 and 0.05 to 0.07.
  Times steps over kappa it grows from kappa = 10 to 50, as the published numbers do, from 1.2 to
  1.6 and to 1.9; 1.56 and 1.84 are of this kind. They leave out that the flags are in zero with a
  probability of 0.7 to 0.8 only.
* *conditional*: of the state whose flags were all found in zero. It is 0.2 to 0.7 kappa/T.

Source: [CASSBB22] Sec. IV for walk and schedule; [CABB23] for the published constants, whose error
is read from its authors' programs; the measured constants and the totals derived.
"""

from math import atan2, sqrt
from typing import Any, Literal

import numpy as np
import sympy
from attrs import frozen

from bloqs.linear_systems.model.condition import check_condition, check_error
from bloqs.linear_systems.model.inexact import solution_error
from bloqs.linear_systems.model.kernel_polynomial import (
    bent_suppression,
    degree_expression,
    degree_for,
    rate_of,
)
from bloqs.linear_systems.model.plan import Plan, Provenance
from bloqs.linear_systems.model.shortcut import chord, unit_error
from estimator.polynomials.series import Reals

Shape = Literal["definite", "general"]

POWER = 1.4
"""p of the schedule. Unit: 1."""

LEAST_STEPS = 4
"""Shortest walk that is chosen: two steps leave half of a solution or less even at kappa = 1."""

HALF = sympy.Rational(1, 2)
"""Distance after the walk where it is not optimised. Unit: 1."""


@frozen
class Constant:
    """c in the law that the state after T steps is c kappa / T away.

    Args:
        shape: for which matrices.
        value: c. Unit: 1.
        provenance: how sure it is.
        source: "[Key] locator", or "measured".
        note: what else must be said beside it.
    """

    shape: Shape
    value: float
    provenance: Provenance
    source: str
    note: str


PRACTICAL = {
    "definite": Constant(
        "definite",
        0.40,
        Provenance.PRACTICAL,
        "measured",
        "mean whole error of 8 unknowns at kappa = 10 to 50 and kappa/2 to 8 kappa steps: between "
        "0.15 and 0.5 for three kinds of spectra",
    ),
    "general": Constant(
        "general",
        4.0,
        Provenance.PRACTICAL,
        "measured",
        "mean whole error of 8 unknowns at kappa = 10 to 50 and 6 kappa to 12 kappa steps: between "
        "2.4 and 4.8 for three kinds of spectra; 1.6 to 2.9 for many more steps",
    ),
}
"""Measured here; a raised flag is an error."""

PUBLISHED = Constant(
    "general",
    1.84,
    Provenance.PRACTICAL,
    "[CABB23] abstract",
    "of the state whose block-encoding flags are in zero, which they are with probability 0.7 to "
    "0.8; grows with kappa",
)
"""Printed; for another error than the totals need."""

PROVEN = Constant(
    "general",
    2305.0,
    Provenance.UNCLEAR,
    "[CABB23] abstract",
    "said to be proved; whether for definite or for all matrices is not settled",
)
"""Printed as the proved one."""


def schedule(fraction: float, condition: float, power: float = POWER) -> float:
    r"""$f(s) = \frac{\kappa}{\kappa - 1}[1 - (1 + s(\kappa^{p-1} - 1))^{1/(1-p)}]$, or s at 1.

    Args:
        fraction: s, between 0 and 1.
        condition: kappa.
        power: p, above 1.
    """
    if condition == 1:
        return fraction
    stretched = 1 + fraction * (condition ** (power - 1) - 1)
    return condition / (condition - 1) * (1 - stretched ** (1 / (1 - power)))


def check_steps(steps: int) -> None:
    """Refuse a length at which the walk ends outside of its flags.

    The kernel of H is an eigenvector of two steps, with eigenvalue -1; a single step takes it to
    where every flag is raised.

    Raises:
        ValueError: if it is odd, or below 2.
    """
    if steps < 2 or steps % 2:
        raise ValueError(
            f"a walk needs an even number of steps >= 2, since after an odd one its flags are "
            f"raised, got {steps}; take {max(2, steps + 1)}"
        )


def angles(condition: float, steps: int) -> Reals:
    r"""$\arctan(f/(1 - f))$ at $s = k/T$, k = 0 to T - 1: the coin of each step. Unit: radians.

    Args:
        condition: kappa.
        steps: T, even, at least 2.

    Returns:
        Array of shape (T,).
    """
    check_condition(condition)
    check_steps(steps)
    at = [schedule(k / steps, condition) for k in range(steps)]
    return np.array([atan2(f, 1 - f) for f in at])


def failure_of(distance: Any) -> Any:
    r"""$\Delta^2 - \Delta^4/4$: probability that a state that far from a unit vector is not it."""
    return distance**2 - distance**4 / 4


@frozen
class Lengths:
    """Steps of the walk and degree of the filter, with what they are expected to take.

    Args:
        steps: T, even.
        degree: d of the filter, even.
        distance: of the state after the walk, by the law. Unit: 1.
        success: probability that all flags are found in zero after the filter, by the law.
    """

    steps: int
    degree: int
    distance: float
    success: float

    @property
    def expected(self) -> float:
        """Calls of A until success, on average, one a step. Unit: calls."""
        return (self.steps + self.degree) / self.success


def lengths_for(condition: float, error: float, constant: float, steps: int) -> Lengths:
    r"""The filter that a walk of T steps needs, if the law $\Delta = c\kappa/T$ holds.

    With $\delta = \Delta^2 - \Delta^4/4$ the filter must suppress by $\epsilon_f = \epsilon
    \sqrt{(1 - \delta)/\delta}$, and lets through $1 - \delta(1 - \epsilon_f^2)$.

    Args:
        condition: kappa.
        error: l2 error of the normalised solution, in (0, 1).
        constant: c.
        steps: T, so many that the law gives less than sqrt(2).

    Raises:
        ValueError: if T is odd, or too small for the law to say anything.
    """
    check_condition(condition)
    check_error(error)
    check_steps(steps)
    distance = constant * condition / steps
    failure = failure_of(distance)
    if not distance < sqrt(2):
        raise ValueError(
            f"a walk with c={constant:g} at kappa={condition:g} needs more than "
            f"{constant * condition / sqrt(2):g} steps, got {steps}"
        )
    wanted = min(1.0, error * sqrt((1 - failure) / failure))
    degree = degree_for(condition, wanted)
    return Lengths(steps, degree, distance, 1 - failure * (1 - wanted**2))


def best_lengths(condition: float, error: float, constant: float) -> Lengths:
    """The lengths of least expected total, by the law, of at least `LEAST_STEPS` steps.

    Args:
        condition: kappa.
        error: l2 error of the normalised solution, in (0, 1).
        constant: c, positive.
    """
    check_condition(condition)
    check_error(error)
    least = max(LEAST_STEPS, _even_above(constant * condition / sqrt(2)))
    tried = np.unique(_even(np.geomspace(least, 2000 * least, 4001)))
    totals = _totals(tried, condition, error, constant)
    best = int(np.argmin(totals))
    low, high = tried[max(0, best - 3)], tried[min(len(tried) - 1, best + 3)]
    while high - low > 2:  # between neighbours of a grid that gets finer
        fine = np.unique(_even(np.linspace(low, high, 2001)))
        totals = _totals(fine, condition, error, constant)
        best = int(np.argmin(totals))
        if len(fine) < 2001:
            low = high = fine[best]
        else:
            low, high = fine[max(0, best - 3)], fine[min(len(fine) - 1, best + 3)]
    return lengths_for(condition, error, constant, int(low))


def _totals(steps: Reals, condition: float, error: float, constant: float) -> Reals:
    """Expected calls for many lengths at once."""
    distance = constant * condition / steps
    failure = distance**2 - distance**4 / 4
    wanted = np.minimum(1.0, error * np.sqrt((1 - failure) / failure))
    stretch = np.arccosh(1 / np.maximum(wanted, 1e-300)) / rate_of(condition)
    degree = 2 * np.maximum(1, np.ceil(stretch))
    with np.errstate(divide="ignore"):  # a state that is nothing of the solution
        return (steps + degree) / (1 - failure * (1 - wanted**2))


def _even(steps: Reals) -> Reals:
    return 2.0 * np.round(steps / 2)


def _even_above(bound: float) -> int:
    """Smallest even number, from 2 on, that is larger."""
    return 2 * int(bound / 2) + 2


def lengths_expression(
    condition: sympy.Expr,
    error: sympy.Expr,
    constant: sympy.Expr | float,
    distance: sympy.Expr = HALF,
) -> tuple[sympy.Expr, sympy.Expr]:
    r"""Steps and degree in symbols, for a distance $\Delta$ after the walk that is not optimised.

    Args:
        condition: kappa.
        error: l2 error of the normalised solution.
        constant: c.
        distance: Delta.
    """
    failure = failure_of(distance)
    steps = 2 * sympy.ceiling(constant * condition / (2 * distance))
    return steps, degree_expression(condition, error * sympy.sqrt((1 - failure) / failure))


def plan(
    condition: float,
    error: float,
    shape: Shape = "definite",
    constant: Constant | None = None,
    calls_a_step: int = 1,
) -> Plan:
    """The row of the table.

    Args:
        condition: kappa.
        error: l2 error of the normalised solution, in (0, 1).
        shape: whether the matrix is Hermitian with positive eigenvalues.
        constant: c; the measured one of that shape if `None`.
        calls_a_step: 1 if the encoding's circuit is its own inverse, else 2.

    Raises:
        ValueError: if a number is out of its range, or the constant is of another shape.
    """
    chosen = PRACTICAL[shape] if constant is None else constant
    if chosen.shape == "definite" and shape == "general":
        raise ValueError("a constant of definite matrices says nothing of general ones")
    found = best_lengths(condition, error, chosen.value)
    return Plan(
        solver="walk",
        provenance=chosen.provenance,
        source=f"[CASSBB22] Sec. IV; c = {chosen.value:g}: {chosen.source}",
        matrix_calls=calls_a_step * found.steps + found.degree,
        vector_calls=2 * found.steps + 1 + found.degree,
        success=found.success,
        is_amplified=False,
        degrees={"steps": found.steps, "filter degree": found.degree},
        note=f"{shape}; {chosen.note}",
    )


def errors_with(
    condition: float,
    degree: int,
    norm: float,
    distance: float,
    matrix_error: float,
    state_error: float,
) -> tuple[float, float]:
    r"""Distance of alpha times the output from $\hat x$, and of the normalised output from it.

    If the walk of the encoded system ends at most $\Delta$ away, its amplitude of the solution is
    between $1 - \Delta^2/2$ and 1, which alpha takes the middle of, and the filter leaves at most
    r of the rest.

    Args:
        condition: kappa.
        degree: of the filter.
        norm: length of the solution of the scaled system.
        distance: Delta, below sqrt(2), a promise.
        matrix_error: spectral-norm error of the encoded matrix, divided by its alpha.
        state_error: distance of the state that is prepared from the right-hand side.

    Returns:
        Both bounds; 1 + alpha and 2 where nothing better is known.
    """
    left = 1 - condition * matrix_error
    relative = solution_error(condition, norm, matrix_error, state_error)
    alpha = alpha_of(distance)
    if relative >= 1:
        return 1 + alpha, 2.0
    kept, failure = 1 - distance**2 / 2, failure_of(distance)
    small = bent_suppression(condition, degree, left / condition)
    direction = chord(relative)
    rest = small * sqrt(failure)
    whole = direction + (alpha - 1) + alpha * rest
    return whole, unit_error(direction, rest / kept)


def alpha_of(distance: float) -> float:
    r"""$1/(1 - \Delta^2/4)$, one over the middle of the amplitudes that the solution may have."""
    return 1 / (1 - distance**2 / 4)
