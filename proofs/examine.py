"""Put a claim, or its false twin, to the test."""

import math
from typing import Any

import numpy as np
import sympy
from attrs import evolve

from estimator.verdict import Verdict, compare
from proofs.theorem import Claim, Finding, OperatorClaim, Theorem


def examine(claim: Claim, twin: bool = False) -> Finding:
    """Test `claim`, or its false twin, by every route it has.

    Returns:
        The finding. An exception inside a derivation or a circuit is not a verdict and is raised.
    """
    if isinstance(claim, Theorem):
        return _formula(claim, claim.false_twin if twin else claim.value)
    return _operator(claim, claim.false_twin if twin else claim.specification)


def _formula(theorem: Theorem, value: sympy.Expr) -> Finding:
    gaps, measurements = [], []
    for instance in theorem.instances:
        measured = theorem.measure(**{str(symbol): size for symbol, size in instance.items()})
        excess = measured.value - float(value.subs(instance))
        gaps.append(abs(excess) if theorem.relation == "==" else float(np.maximum(excess, 0.0)))
        measurements.append(measured)
    return Finding(
        symbolic=compare(theorem.derive(), theorem.relation, value),
        numeric=_verdict(all(gap <= theorem.tolerance for gap in gaps)),
        worst_gap=float(np.max(gaps)),
        measurements=tuple(measurements),
    )


def _operator(claim: OperatorClaim, specification: Any) -> Finding:
    gaps, measurements, within = [], [], True
    for instance in claim.instances:
        encoded, run = claim.simulate(**instance)
        found, wanted = np.asarray(encoded), np.asarray(specification(**instance))
        if found.shape != wanted.shape:
            raise ValueError(f"circuit encodes shape {found.shape}, specified is {wanted.shape}")
        difference = found - wanted
        finite = bool(np.isfinite(difference).all())  # no norm is defined otherwise
        gap = float(np.linalg.norm(difference, ord=2)) if finite else math.inf
        within &= gap <= claim.bound(**instance)
        gaps.append(gap)
        measurements.append(evolve(run, value=gap))
    return Finding(
        symbolic=None,
        numeric=_verdict(within),
        worst_gap=float(np.max(gaps)),
        measurements=tuple(measurements),
    )


def _verdict(holds: bool) -> Verdict:
    return Verdict.HOLDS if holds else Verdict.FAILS
