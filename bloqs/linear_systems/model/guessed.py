r"""The shortcut where the length of the solution is not known: guesses, and a projection after it.

A guess t of the length is drawn: 1 or kappa with probability $1/2(\ln\kappa + 1)$ each, otherwise
with density $1/t(\ln\kappa + 1)$. A reflection made for it succeeds with probability about
$\sin^2 2\theta$, $\tan\theta = t/\lVert x \rVert$; what comes out is the solution and a little of
the rest, which a projection on the kernel of $(1 - b b^\dagger) A$ takes away.

With $L = \ln\kappa$ and $h(y) = \tanh y + \frac{1}{2} \mathrm{sech}^2 y$, which is concave and
rises from 1/2 to 1, the average of $\sin^2 2\theta$ is $(h(\ln x) + h(L - \ln x))/(L + 1)$: least
at $x = 1$ and $x = \kappa$, and never below $1/(L + 1)$. That of $\cos^2\theta$ rises with x.

Source: [Dal24] Alg. 3 and Eq. 118 for the published total; the rest derived.
"""

from functools import lru_cache
from math import ceil, cosh, exp, log, sqrt, tanh

from attrs import frozen

from bloqs.linear_systems.model.condition import (
    check_condition,
    check_error,
    check_solution_norm,
    sine_of,
)
from bloqs.linear_systems.model.kernel_polynomial import (
    bent_suppression,
    degree_for,
    suppression,
)
from bloqs.linear_systems.model.plan import Plan, Provenance
from bloqs.linear_systems.model.shortcut import Output, shortcut_alpha, unit_error

RATIO = 0.25
"""Published: amplitude of the rest over that of the solution, after the reflection. Unit: 1."""


def guess_at(quantile: float, condition: float) -> float:
    """The guess at a quantile of its distribution: give a uniform random number.

    Args:
        quantile: between 0 and 1.
        condition: kappa.

    Raises:
        ValueError: if one is out of its range.
    """
    check_condition(condition)
    if not 0 <= quantile <= 1:
        raise ValueError(f"a quantile lies in [0, 1], got {quantile}")
    exponent = quantile * (log(condition) + 1) - 0.5
    if exponent >= log(condition):
        return float(condition)
    return max(1.0, exp(exponent))


def mean_success(norm: float, condition: float) -> float:
    r"""Average of $\sin^2 2\theta$ over the guesses: success of an exact reflection.

    Args:
        norm: length of the solution of the scaled system.
        condition: kappa.
    """
    check_solution_norm(norm, condition)
    below = log(norm)
    return (_half(below) + _half(log(condition) - below)) / (log(condition) + 1)


def mean_rest(norm: float, condition: float) -> float:
    r"""Average of $\cos^2\theta$ over the guesses: how much of the start is not the kernel's."""
    check_solution_norm(norm, condition)
    x, k = norm**2, condition**2
    ends = x / (x + 1) + x / (x + k)
    return (log(condition) - log((x + k) / (x + 1)) / 2 + ends / 2) / (log(condition) + 1)


def _half(y: float) -> float:
    return tanh(y) + 0.5 / cosh(y) ** 2


@frozen
class Stages:
    """Degrees of the two stages, and what they are expected to take.

    Args:
        reflection: degree of the reflection.
        projection: degree of the projection.
        success: of the reflection, averaged over the guesses, at least. Unit: 1.
        passes: probability of the reflection over that of both stages, at most. Unit: 1.
    """

    reflection: int
    projection: int
    success: float
    passes: float

    @property
    def expected_calls(self) -> float:
        """Calls of A until success, on average, at most; as many of b. Unit: calls."""
        return self.reflection / self.success + self.projection * self.passes


def published_stages(condition: float, error: float) -> Stages:
    r"""The published choice, at a fixed amplitude of the rest.

    $S = 3 + 2 \ln((\kappa^2 + 1)/2)$, $\mu = 1/4$, $\eta = \mu/(\sqrt{S} + \mu)$,
    $\eta_P = \epsilon \sqrt{1 - \mu^2}/(\mu \sqrt{1 - \epsilon^2})$, degrees
    $2 \lceil \kappa \ln(2/\eta)/2 \rceil$ and $2 \lceil \kappa \ln(2/\eta_P)/2 \rceil$.

    Args:
        condition: kappa.
        error: trace distance of the output, averaged over the guesses, in (0, 1).
    """
    check_condition(condition)
    check_error(error)
    spread = 3 + 2 * log((condition**2 + 1) / 2)
    reflected = RATIO / (sqrt(spread) + RATIO)
    projected = error * sqrt(1 - RATIO**2) / (RATIO * sqrt(1 - error**2))
    degrees = [2 * max(1, ceil(condition * log(2 / x) / 2)) for x in (reflected, projected)]
    success = ((1 - reflected) / (1 + reflected)) ** 2 / (log(condition) + 1)
    return Stages(degrees[0], degrees[1], success, 1 / (1 - RATIO**2))


def stages_for(condition: float, error: float, reflection: int) -> Stages:
    r"""The smallest projection that is proved to reach an error after a reflection of some degree.

    After the reflection, of suppression s, the solution has an amplitude of at least
    $\sin 2\theta\, (1 - s)/(1 + s)$ and the rest one of at most $2 \cos\theta\, s/(1 + s)$; the
    averages of their squares are at their least and at their most where the solution is longest.

    Args:
        condition: kappa.
        error: of the output, in (0, 1): the infidelity of the state averaged over the guesses is
            that of a unit vector with this l2 error.
        reflection: degree of the reflection, even, at least 2.
    """
    small, wanted = suppression(condition, reflection), sine_of(error)
    kept, rest = mean_success(condition, condition), mean_rest(condition, condition)
    square = 4 * small**2 / (1 - small) ** 2 * rest / kept  # of the rest, over the solution
    least = wanted / sqrt(1 - wanted**2) / sqrt(square) if square > 0 else 1.0
    projection = degree_for(condition, min(1.0, least))
    success = ((1 - small) / (1 + small)) ** 2 * kept
    return Stages(reflection, projection, success, 1 + square)


@lru_cache(maxsize=256)
def best_stages(condition: float, error: float) -> Stages:
    """The degrees of least expected total, of those that are proved to reach the error."""
    check_condition(condition)
    check_error(error)
    least = degree_for(condition, 0.5)
    step = 2 * max(1, least // 40)
    tried = [stages_for(condition, error, d) for d in range(least, 12 * least + step, step)]
    found = min(tried, key=lambda stages: stages.expected_calls)
    while step > 2:
        around, step = found.reflection, 2 * max(1, step // 20)
        nearby = range(max(2, around - 10 * step), around + 10 * step + 1, step)
        tried = [stages_for(condition, error, d) for d in nearby]
        found = min(tried, key=lambda stages: stages.expected_calls)
    return found


def errors_with(
    condition: float,
    degrees: tuple[int, int],
    norm: float,
    guess: float,
    matrix_error: float,
    state_error: float,
) -> tuple[float, float]:
    r"""Distance of alpha times the output from $\hat x$, and of the normalised output from it.

    For one guess, and encodings that err. The amplitude of the solution is known up to a factor
    between $1 - s$ and $1 + s$ after the reflection, and stays what it is in the projection.

    Args:
        condition: kappa.
        degrees: of reflection and projection.
        norm: length of the solution of the scaled system.
        guess: t.
        matrix_error: spectral-norm error of the encoded matrix, divided by its alpha.
        state_error: distance of the state that is prepared from the right-hand side.

    Returns:
        Both bounds; 1 + alpha and 2 where nothing better is known.
    """
    alpha = shortcut_alpha(suppression(condition, degrees[0]), norm, guess)
    output = Output.of(condition, degrees[0], norm, guess, matrix_error, state_error)
    if output is None:
        return 1 + alpha, 2.0
    left = bent_suppression(condition, degrees[1], output.smallest)
    doubled = [2 * x * sqrt((1 - x) * (1 + x)) for x in output.sines]
    kept = [alpha * x * y for x in doubled for y in (1 - output.off, 1.0)]
    rest = alpha * left * output.off * sqrt(1 - min(output.sines) ** 2)
    whole = output.direction + max(abs(1 - x) for x in kept) + rest
    before = [output.off / (2 * x * (1 - output.off / 2)) for x in output.sines]
    squares = [1 - (x * y) ** 2 for x, y in zip(before, output.sines, strict=True)]
    if min(squares) <= 0:
        return whole, 2.0
    tangent = max(x / sqrt(y) for x, y in zip(before, squares, strict=True)) * left
    return whole, unit_error(output.direction, tangent)


def plan(condition: float, error: float) -> Plan:
    """The row of the table: length not known, degrees of least proved total."""
    return _plan(best_stages(condition, error), "derived; [Dal24] Alg. 3")


def published_plan(condition: float, error: float) -> Plan:
    """The row of the table: length not known, as published."""
    return _plan(published_stages(condition, error), "[Dal24] Eq. 118")


def _plan(stages: Stages, source: str) -> Plan:
    degrees = {"reflection degree": stages.reflection, "projection degree": stages.projection}
    return Plan(
        solver="guessed",
        provenance=Provenance.PROVEN,
        source=source,
        matrix_calls=stages.expected_calls,
        vector_calls=stages.expected_calls,
        success=None,
        degrees=degrees,
        note="the norm is guessed at random; a bound on the expected total, runs included",
    )
