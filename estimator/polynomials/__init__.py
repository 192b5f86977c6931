"""Polynomials with rigorous errors, and their degrees. Begin with `polynomial`."""

from estimator.polynomials.polynomial import BOUND_SLACK, Polynomial

__all__ = [
    "BOUND_SLACK",
    "Polynomial",
]
