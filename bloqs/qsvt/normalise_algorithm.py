"""What the command line can ask about lifting an encoded vector to length one."""

from collections.abc import Mapping
from typing import Any

import sympy
from qualtran import Bloq

from bloqs.abstract import AbstractLoader
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
from bloqs.qsvt.normalised_vector import NormalisedVector
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
