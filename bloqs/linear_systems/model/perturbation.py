r"""Inversion of $1 + \beta B$ with $\lVert B \rVert \le 1$ Hermitian, where B is encoded apart.

The identity costs nothing, so the price is that of a short series in B, and a success is likely:
with $|p(x)(1 + \beta x) - 1| \le s$ the encoded vector has length about $\lVert x \rVert / w$,
where w is the sum of the largest values of the even and the odd part of the series.
"""

from attrs import frozen

from bloqs.linear_systems.model.condition import ROUNDING, sine_of
from bloqs.linear_systems.model.plan import Plan, Provenance
from estimator.polynomials.inverse_perturbed import (
    perturbed_identity_error,
    perturbed_identity_inverse,
    perturbed_identity_minimal_degree,
    perturbed_identity_weight,
)
from estimator.polynomials.polynomial import Polynomial


@frozen
class PerturbedInverse:
    """A truncated series of 1/(1 + strength x).

    Args:
        strength: beta.
        degree: of p; of degree 0 it is a number.
        weight: w, subnormalisation of its transform.
        error: largest |p(x) (1 + strength x) - 1| on [-1, 1], exactly.
    """

    strength: float
    degree: int
    weight: float
    error: float

    @property
    def polynomial(self) -> Polynomial:
        """p, all of whose coefficients are written down."""
        return perturbed_identity_inverse(self.strength, self.degree)


def perturbed_inverse(strength: float, error: float) -> PerturbedInverse:
    """The shortest series.

    Args:
        strength: beta, in (0, 1).
        error: s, in (0, 1).

    Raises:
        ValueError: if an argument is out of range.
    """
    degree = perturbed_identity_minimal_degree(strength, error)
    return PerturbedInverse(
        strength,
        degree,
        perturbed_identity_weight(strength, degree),
        perturbed_identity_error(strength, degree),
    )


def perturbation_plan(strength: float, error: float, norm: float) -> Plan:
    """One row of the table of solvers.

    Args:
        strength: beta.
        error: of the normalised solution (l2 norm).
        norm: length of (1 + beta B)^-1 b for a unit vector b.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_perturbed_norm(norm, strength)
    found = perturbed_inverse(strength, sine_of(error))
    return Plan(
        solver="perturbation",
        provenance=Provenance.PROVEN,
        source="derived, from a Chebyshev series",
        matrix_calls=found.degree,
        vector_calls=1,
        success=min(1.0, (norm / found.weight) ** 2),
        degrees={"degree": found.degree},
        note="calls of B, where the matrix is 1 + beta B",
    )


def check_perturbed_norm(norm: float, strength: float) -> None:
    """Refuse a norm that no solution has.

    Raises:
        ValueError: if it is not between 1/(1 + beta) and 1/(1 - beta).
    """
    slack = 1 + ROUNDING
    if not 1 / (1 + strength) <= norm * slack <= slack**2 / (1 - strength):
        raise ValueError(
            f"norm is |(1 + beta B)^-1 b| for a unit vector b, between {1 / (1 + strength):g} and "
            f"{1 / (1 - strength):g} for beta={strength:g}, got {norm:g}"
        )
