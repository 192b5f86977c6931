"""Quantities of the search that are known by their bounds alone."""

from attrs import define

from estimator.growth.monomial import Monomial
from estimator.growth.number import Number


@define
class Atom:
    """A positive quantity between two sums of monomials; `lower` may be empty."""

    lower: list[tuple[Number, Monomial]]
    upper: list[tuple[Number, Monomial]]
