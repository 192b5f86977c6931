"""What transforms of singular values and normalisations of vectors cost."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import sympy

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.answers import angle_bits, bits_fact, choose_block, log_length
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.qsvt.transform import SingularValueTransform
from estimator import symbols
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report
from estimator.phases.find import phases_of
from estimator.polynomials.sign import (
    fixed_point_length_expression,
    fixed_point_minimal_length,
    fixed_point_phases,
    sign_degree_bound,
    sign_minimal_degree,
    sign_polynomial,
)
from estimator.report.model import Report
from estimator.report.parts import Value

MOST_PHASES = 10_000
"""Largest degree for which phases of a transform are filled in, so that it can be drawn."""

MOST_LIFTED = 500
"""Largest degree for which phases of a normalisation are worked out, so that it can be drawn."""


def chebyshev_phases(degree: int) -> tuple[float, ...]:
    r"""Phases of the Chebyshev polynomial of this degree, in the convention of `sequence`.

    Between reflections, $e^{i \pi Z / 2}$ makes every signal a rotation; the first phase takes
    off the power of i that this leaves.

    Args:
        degree: at least 1.

    Returns:
        degree + 1 phases. Unit: radians.
    """
    half = float(np.pi) / 2
    return (-(degree - 1) % 4 * half, *[half] * (degree - 1), 0.0)


def transform_of(
    encoding: AbstractBlockEncoding, values: Mapping[str, Any]
) -> SingularValueTransform:
    """The transform of an encoding by a polynomial of which only the degree is known.

    Its phases are those of the Chebyshev polynomial, so that a circuit can be drawn, or none.

    Args:
        encoding: any.
        values: the parameters given; the degree is a symbol if it is not among them.
    """
    degree = values.get("degree", symbols.degree)
    phases = None
    if isinstance(degree, int) and degree <= MOST_PHASES:
        phases = chebyshev_phases(degree)
    return SingularValueTransform(encoding, phases, degree, error=0)


def for_the_encoding(values: Mapping[str, Any], alpha: Any) -> dict[str, Any]:
    """The parameters given, epsilon no longer that of the transform but that of its encoding.

    Lemma 22 of [GSLW18] allows the encoding alpha (epsilon / 4 d)**2.

    Args:
        values: the parameters given.
        alpha: of the encoding. Unit: 1.
    """
    inside = {name: value for name, value in values.items() if name != "degree"}
    if "epsilon" in inside:
        degree = values.get("degree", symbols.degree)
        inside["epsilon"] = alpha * (inside["epsilon"] / (4 * degree)) ** 2
    return inside


def transform_facts(transform: SingularValueTransform) -> dict[str, Value]:
    """Numbers worth showing about any transform."""
    return {
        "alpha": transform.alpha,
        "epsilon": transform.epsilon,
        "ancillas": transform.ancilla_bitsize,
        "calls of the encoding": transform.degree,
        "phases": transform.degree + 1,
    }


def transform_cost(asked: Asked) -> Report:
    """What a transform of a loaded vector's amplitudes costs.

    Raises:
        ValueError: if parameters do not go together.
    """
    values = asked.values
    n = log_length(values)
    b = angle_bits(for_the_encoding(values, 1), 1, n)

    def transform(memory: AbstractLoader) -> SingularValueTransform:
        tree = RotationTree(None, 0, n, b, memory, Rotation(values["rotation"]))
        return transform_of(DiagonalEncoding(LoadedVector(tree)), values)

    bloq = transform(choose_block(values["loader"], values, n - 1, b, transform))
    facts = {**transform_facts(bloq), **bits_fact(for_the_encoding(values, 1), 1, n)}
    return cost_report(bloq, asked, title="qsvt", facts=facts)


def _chosen(
    variant: str, alpha: float, delta: float, is_brief: bool
) -> tuple[int, tuple[float, ...] | None]:
    """The fewest calls, and their phases unless there are too many, or nothing is drawn."""
    if variant == "fixed-point":
        root = (1 - (1 - delta) ** 2) ** 0.5
        degree = fixed_point_minimal_length(1 / alpha, root)
        phases = fixed_point_phases(degree, root)
        return degree, tuple(phases.tolist()) if degree <= MOST_LIFTED else None
    degree = sign_minimal_degree(1 / alpha, delta)
    if degree > MOST_LIFTED or is_brief:
        return degree, None
    polynomial = sign_polynomial(1 / alpha, delta, degree)
    bounded = polynomial.array / max(1.0, polynomial.maximum().bound)
    return degree, tuple(phases_of(bounded).reflection.tolist())


def _bound(variant: str, alpha: Any, delta: Any) -> Value:
    """Closed form that the degree does not exceed."""
    if variant == "fixed-point":
        return fixed_point_length_expression(1 / alpha, sympy.sqrt(1 - (1 - delta) ** 2))
    return sign_degree_bound(1 / alpha, delta)


def normalise_cost(asked: Asked) -> Report:
    """What lifting a shortened vector to length one costs.

    Raises:
        ValueError: if parameters do not go together.
    """
    values, variant = asked.values, asked.values["variant"]
    n = log_length(values)
    b = angle_bits(values, 2, n)
    alpha, delta = values.get("alpha", symbols.kappa), values.get("delta", symbols.delta)
    degree, phases = symbols.degree, None
    if "alpha" in values and "delta" in values:
        degree, phases = _chosen(variant, alpha, delta, asked.is_brief)

    def normalised(memory: AbstractLoader) -> NormalisedVector:
        tree = RotationTree(None, 0, n, b, memory, Rotation(values["rotation"]))
        vector = Deamplified(LoadedVector(tree), alpha)
        return NormalisedVector(vector, phases, degree, delta, keeps_phase=variant == "sign")

    bloq = normalised(choose_block(values["loader"], values, n - 1, b, normalised))
    facts = {
        "alpha": bloq.alpha,
        "epsilon": bloq.epsilon,
        "ancillas": bloq.ancilla_bitsize,
        "calls of the vector": bloq.degree,
        "calls, at most": _bound(variant, alpha, delta),
        "failure left by the polynomial, at most": 1 - (1 - delta) ** 2,
        **bits_fact(values, 2, n),
    }
    return cost_report(bloq, asked, title="normalise", facts=facts)
