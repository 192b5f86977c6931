"""What the command line can ask about singular value transformation."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import sympy
from qualtran import Bloq

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.answers import (
    BITS,
    BLOCK,
    EPSILON,
    VECTOR_LOADING,
    angle_bits,
    choose_block,
)
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import LOADERS
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.qsvt.transform import SingularValueTransform
from estimator import symbols
from estimator.ask.question import Algorithm, Parameter, Value
from estimator.phases.find import phases_of
from estimator.polynomials.sign import (
    fixed_point_length_expression,
    fixed_point_minimal_length,
    fixed_point_phases,
    sign_degree_bound,
    sign_minimal_degree,
    sign_polynomial,
)

MOST_PHASES = 10_000
"""Largest degree for which phases are filled in, so that a circuit can be drawn."""

DEGREE = Parameter(
    name="degree",
    symbol=symbols.degree,
    meaning="degree of the polynomial",
    unit="1",
    minimum=1,
    maximum=10**12,
)


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


def _build(variant: str, loader: str, rotation: str, **values: Any) -> Bloq:
    n = symbols.n if "N" not in values else int(values["N"]).bit_length() - 1
    b = angle_bits(for_the_encoding(values, 1), 1, n)

    def transform(memory: AbstractLoader) -> SingularValueTransform:
        tree = RotationTree(None, 0, n, b, memory, Rotation(rotation))
        return transform_of(DiagonalEncoding(LoadedVector(tree)), values)

    return transform(choose_block(loader, values, n - 1, b, transform))


def _facts(bloq: Any, values: Mapping[str, Value]) -> Mapping[str, Value]:
    n = bloq.system_bitsize
    inside = for_the_encoding(values, 1)
    bits = {"b": angle_bits(inside, 1, n, whole=True)} if "epsilon" in values else {}
    return {**transform_facts(bloq), **bits}


QSVT = Algorithm(
    name="qsvt",
    says="Transforms the amplitudes of a loaded vector, as a diagonal operator, by a real "
    "polynomial of definite parity.",
    source="[GSLW18] Thm. 17 and Cor. 18",
    parameters=(VECTOR_LOADING.parameters[0], DEGREE, BITS, EPSILON, BLOCK),
    variants=("diagonal",),
    loaders=tuple(LOADERS),
    build=_build,
    facts=_facts,
)


MOST_PHASES = 500
"""Largest degree for which phases are worked out, so that a circuit can be drawn."""

VARIANTS = ("sign", "fixed-point")
"""A real polynomial, which keeps the vector's phase, and the shorter sequence that does not."""

ALPHA = Parameter(
    name="alpha",
    symbol=symbols.kappa,
    meaning="one over the length that the encoded vector is promised to have at least",
    unit="1",
    minimum=1,
    maximum=1000,
    integer=False,
)
DELTA = Parameter(
    name="delta",
    symbol=symbols.delta,
    meaning="distance of the lifted length from one that the polynomial may leave",
    unit="1",
    minimum=0,
    maximum=0.5,
    integer=False,
)


def _chosen(variant: str, alpha: float, delta: float) -> tuple[int, tuple[float, ...] | None]:
    """The fewest calls, and their phases unless there are too many."""
    if variant == "fixed-point":
        root = (1 - (1 - delta) ** 2) ** 0.5
        degree = fixed_point_minimal_length(1 / alpha, root)
        phases = fixed_point_phases(degree, root)
        return degree, tuple(phases.tolist()) if degree <= MOST_PHASES else None
    degree = sign_minimal_degree(1 / alpha, delta)
    if degree > MOST_PHASES:
        return degree, None
    polynomial = sign_polynomial(1 / alpha, delta, degree)
    bounded = polynomial.array / max(1.0, polynomial.maximum().bound)
    return degree, tuple(phases_of(bounded).reflection.tolist())


def _bound(variant: str, alpha: Any, delta: Any) -> Value:
    """Closed form that the degree does not exceed."""
    if variant == "fixed-point":
        return fixed_point_length_expression(1 / alpha, sympy.sqrt(1 - (1 - delta) ** 2))
    return sign_degree_bound(1 / alpha, delta)


def _build(variant: str, loader: str, rotation: str, **values: Any) -> Bloq:
    n = symbols.n if "N" not in values else int(values["N"]).bit_length() - 1
    b = angle_bits(values, 2, n)
    alpha, delta = values.get("alpha", symbols.kappa), values.get("delta", symbols.delta)
    degree, phases = symbols.degree, None
    if "alpha" in values and "delta" in values:
        degree, phases = _chosen(variant, alpha, delta)

    def normalised(memory: AbstractLoader) -> NormalisedVector:
        tree = RotationTree(None, 0, n, b, memory, Rotation(rotation))
        vector = Deamplified(LoadedVector(tree), alpha)
        return NormalisedVector(vector, phases, degree, delta, keeps_phase=variant == "sign")

    return normalised(choose_block(loader, values, n - 1, b, normalised))


def _facts(bloq: Any, values: Mapping[str, Value]) -> Mapping[str, Value]:
    n = bloq.system_bitsize
    variant = "sign" if bloq.keeps_phase else "fixed-point"
    alpha, delta = values.get("alpha", symbols.kappa), values.get("delta", symbols.delta)
    bits = {"b": angle_bits(values, 2, n, whole=True)} if "epsilon" in values else {}
    return {
        "alpha": bloq.alpha,
        "epsilon": bloq.epsilon,
        "ancillas": bloq.ancilla_bitsize,
        "calls of the vector": bloq.degree,
        "calls, at most": _bound(variant, alpha, delta),
        "failure left by the polynomial, at most": 1 - (1 - delta) ** 2,
        **bits,
    }


NORMALISE = Algorithm(
    name="normalise",
    says="Lifts an encoded vector of unknown length to length one, here a loaded vector that was "
    "shortened to length 1 / alpha.",
    source="[RHGPR25] Lem. B.8; [YLC14] for fixed-point",
    parameters=(VECTOR_LOADING.parameters[0], ALPHA, DELTA, BITS, EPSILON, BLOCK),
    variants=VARIANTS,
    loaders=tuple(LOADERS),
    build=_build,
    facts=_facts,
)
