"""Phases of a polynomial, verified. Begin with `find`."""

from estimator.phases.find import PhaseFindingError, Route, VerifiedPhases, phases_of, verified

__all__ = [
    "PhaseFindingError",
    "Route",
    "VerifiedPhases",
    "phases_of",
    "verified",
]
