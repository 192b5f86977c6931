"""Simulation claims: a circuit encodes what its specification says."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np
from attrs import evolve, frozen

from proofs.claim import AbstractClaim, Finding, Measurement, holds


@frozen(kw_only=True)
class OperatorClaim(AbstractClaim):
    """A claim that a circuit encodes the operator or vector its specification says.

    Args:
        specification: the array of one instance, in plain NumPy, without any bloq.
        simulate: the array the circuit encodes, as (array, measurement without value).
        instances: keyword arguments of both functions, smallest first. At least two.
        false_twin: the specification one nearly writes; it must be rejected.
        bound: largest allowed error of one instance, in the norm of `norm`: what the bloq claims
            plus floating-point error. Unit: 1.
        norm: "spectral" for operators, "l2" for vectors.
    """

    specification: Callable[..., Any]
    simulate: Callable[..., tuple[Any, Measurement]]
    instances: tuple[Mapping[str, Any], ...]
    false_twin: Callable[..., Any]
    bound: Callable[..., float]
    norm: Literal["spectral", "l2"]

    def __attrs_post_init__(self) -> None:
        if len(self.instances) < 2:
            raise ValueError("one instance proves little; give at least two")

    def examine(self, twin: bool = False) -> Finding:
        specification = self.false_twin if twin else self.specification
        gaps, measurements, routes, within = [], [], [], True
        for instance in self.instances:
            encoded, run = self.simulate(**instance)
            gap = distance(np.asarray(encoded), np.asarray(specification(**instance)))
            allowed = self.bound(**instance)
            within &= gap <= allowed
            routes.append({"distance": gap, "allowed": float(allowed)})
            gaps.append(gap)
            measurements.append(evolve(run, value=gap))
        return Finding(
            symbolic=None,
            numeric=holds(within),
            worst_gap=float(np.max(gaps)),
            measurements=tuple(measurements),
            routes=tuple(routes),
        )


def distance(found: Any, wanted: Any) -> float:
    """l2 norm of a difference of vectors, spectral norm of one of matrices.

    Raises:
        ValueError: if the arrays have different shapes.
    """
    if found.shape != wanted.shape:
        raise ValueError(f"circuit encodes shape {found.shape}, specified is {wanted.shape}")
    difference = found - wanted
    finite = bool(np.isfinite(difference).all())  # no norm is defined otherwise
    return float(np.linalg.norm(difference, ord=2)) if finite else math.inf
