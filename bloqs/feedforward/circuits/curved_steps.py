"""Lengthening a vector, and an activation of its entries: the steps that take polynomials."""

import math

import numpy as np
from attrs import frozen

from bloqs.feedforward.circuits.held import Held, Settings
from bloqs.feedforward.model.steps import Curve
from bloqs.qsvt.entrywise_function import EntrywiseFunction
from bloqs.qsvt.lengthened_vector import LengthenedVector
from estimator.phases.find import phases_of
from estimator.polynomials.activation import activation_polynomial
from estimator.polynomials.activation_degree import activation_degree
from estimator.polynomials.activation_functions import ACTIVATIONS
from estimator.polynomials.composed_amplification import (
    CLOSEST,
    ComposedAmplification,
    composed_amplification,
)

SPARE = 0.8
"""Part of the margin of a lengthening that its polynomial uses; the rest is for vectors that are
longer than planned, by errors of the circuit before. Unit: 1."""

LEAST_GAIN = 1.2
"""A vector is lengthened by this factor at least, or not at all. Unit: 1."""

MOST_PHASES = 10_000
"""Largest degree of a polynomial whose phases are worked out. Unit: 1."""

LONGEST_SPAN = 1.25
"""How far beyond the largest entry at the images an activation has to be accurate. Unit: 1."""


@frozen(kw_only=True)
class CurvePlan:
    """How an activation is approximated.

    Args:
        kind: of the activation.
        reach: what one amplitude stands for when it is applied.
        span: up to which entry it is accurate.
        error: largest distance from the activation up to there.
        scale: what entries are multiplied by first.
        degree: of the polynomial; 2 for a constant: no transform has none.
    """

    kind: str
    reach: float
    span: float
    error: float
    scale: float
    degree: int


def lengthened(held: Held, settings: Settings) -> tuple[Held, ComposedAmplification | None]:
    """The same vector, lengthened as far as the longest image allows, and by which polynomial.

    Raises:
        ValueError: if the margin or the error is too small for a polynomial to be found.
    """
    wanted = held.longest / (1 - settings.margin)
    gain = held.reach / wanted
    if gain < LEAST_GAIN or held.bloq.ancilla_bitsize == 0:
        return held, None
    error = _rounded_down(settings.share * held.norm / wanted)
    if error < CLOSEST:
        raise ValueError(
            f"lengthening a vector to an error of {error:.1e} takes polynomials closer than the "
            f"{CLOSEST:.0e} that are worked out; choose a larger epsilon"
        )
    try:
        found = composed_amplification(_rounded(gain), settings.margin * SPARE, error)
    except ArithmeticError as problem:
        raise ValueError(str(problem)) from problem
    phases = None
    if settings.runs:
        phases = tuple(phases_of(found.polynomial.array).reflection.tolist())
    bloq = LengthenedVector(held.bloq, phases, found.degree, found.error, found.factor)
    return Held(bloq, held.reach / found.factor, held.values), found


def curved(step: Curve, held: Held, settings: Settings) -> tuple[Held, CurvePlan]:
    """An activation of every amplitude, and how it is approximated.

    Raises:
        ValueError: if there is no polynomial that close.
    """
    values = tuple(step.apply(x) for x in held.values)
    norm, reach = float(np.linalg.norm(values[0])), held.reach
    span = min(reach, LONGEST_SPAN * held.largest)
    error = settings.share * norm / math.sqrt(2**step.after.n)
    even: tuple[float, ...] | None = None
    odd: tuple[float, ...] | None = None
    evens, odds, *bounds = activation_degree(step.kind, reach, span, error, step.scale)
    weights, degree = (bounds[0], bounds[1]), max(evens, odds) or 2
    if settings.runs and degree > MOST_PHASES:
        raise ValueError(
            f"layer '{step.name}' takes a polynomial of degree {degree}, more than the "
            f"{MOST_PHASES:,} whose phases are worked out; choose a larger epsilon"
        )
    if settings.runs:
        found = activation_polynomial(step.kind, reach, span, error, step.scale)
        weights, degree = (found.even_bound, found.odd_bound), found.degree or 2
        even = _phases(found.even, found.even_bound, 0)
        even = even if found.degree else (*even, 0.0, 0.0)
        odd = _phases(found.odd, found.odd_bound, 1)
    lipschitz = ACTIVATIONS[step.kind].lipschitz * step.scale
    bloq = EntrywiseFunction(
        held.bloq, even, odd, degree, *weights, lipschitz, error / reach, norm / reach
    )
    plan = CurvePlan(
        kind=step.kind, reach=reach, span=span, error=error, scale=step.scale, degree=degree
    )
    return Held(bloq, reach * sum(weights), values), plan


def _phases(part: tuple[float, ...], bound: float, parity: int) -> tuple[float, ...]:
    if not bound:
        return ()
    return tuple(phases_of(np.array(part) / bound, parity).reflection.tolist())


def _rounded(gain: float) -> float:
    """A little less than a factor, so that few polynomials serve many layers."""
    return float(f"{gain * 0.995:.3g}")


def _rounded_down(error: float) -> float:
    """A power of two at most an error, likewise."""
    return float(2.0 ** math.floor(math.log2(error)))
