"""Claims that a bound is exceeded rarely enough, decided by an exact binomial test."""

from collections.abc import Callable, Mapping
from typing import Any

import scipy
from attrs import frozen

from estimator.verdict import Verdict
from proofs.claim import AbstractClaim, Finding, Measurement

SIGNIFICANCE = 1e-6
"""Chance at most that a decision is wrong, for one instance."""


@frozen(kw_only=True)
class CoverageClaim(AbstractClaim):
    """A claim that an error exceeds a bound with a given probability at most.

    The errors of many independent runs are compared with the bound. So few exceed it that this
    would be a chance of `SIGNIFICANCE` with a larger probability: the claim holds. So many that
    it would be with a smaller one: it fails. In between it is undecided.

    Args:
        errors: the errors of one instance's runs, shape (runs,).
        bound: of one instance.
        failure: probability of one instance with which the bound may be exceeded.
        instances: keyword arguments of all three. At least one.
        false_twin: a smaller bound that one nearly takes; it must fail on some instance.
    """

    errors: Callable[..., Any]
    bound: Callable[..., float]
    failure: Callable[..., float]
    instances: tuple[Mapping[str, Any], ...]
    false_twin: Callable[..., float]

    def __attrs_post_init__(self) -> None:
        if not self.instances:
            raise ValueError("a claim is about something; give an instance")

    def examine(self, twin: bool = False) -> Finding:
        decided, measurements, remarks, shares, routes = [], [], [], [], []
        for instance in self.instances:
            bound = (self.false_twin if twin else self.bound)(**instance)
            errors, failure = self.errors(**instance), self.failure(**instance)
            beyond = int((~(errors < bound)).sum())  # what is not a number is beyond as well
            decided.append(decision(beyond, len(errors), failure))
            shares.append(beyond / len(errors) / failure)
            measurements.append(Measurement(value=beyond / len(errors), fidelity="sampled"))
            routes.append(
                {
                    "bound": float(bound),
                    "runs": len(errors),
                    "share beyond": beyond / len(errors),
                    "share allowed": float(failure),
                }
            )
            remarks.append(f"{beyond} of {len(errors)} beyond {bound:.4f}, {failure:g} allowed")
        return Finding(
            symbolic=None,
            numeric=worst(decided),
            worst_gap=0.0,
            worst_ratio=max(shares),
            measurements=tuple(measurements),
            remarks=tuple(remarks),
            routes=tuple(routes),
        )


def decision(beyond: int, runs: int, failure: float) -> Verdict:
    """What so many errors beyond a bound say about a probability of failure."""
    law = scipy.stats.binom(runs, failure)
    if law.cdf(beyond) <= SIGNIFICANCE:
        return Verdict.HOLDS
    if law.sf(beyond - 1) <= SIGNIFICANCE:
        return Verdict.FAILS
    return Verdict.UNDECIDED


def worst(decided: list[Verdict]) -> Verdict:
    """Of several verdicts that must all hold."""
    for verdict in (Verdict.FAILS, Verdict.UNDECIDED):
        if verdict in decided:
            return verdict
    return Verdict.HOLDS
