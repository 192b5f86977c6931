r"""Published totals of solvers that have no circuit here; each row says what stands behind it.

Everywhere alpha = 1, since kappa is that of the encoding.
"""

from math import ceil, e, log, pi, sqrt

from bloqs.linear_systems.model.condition import check_condition, check_error
from bloqs.linear_systems.model.plan import Plan, Provenance

LARGEST_ERROR = 0.24
"""Up to which the randomised adiabatic bound is stated."""

SMALLEST_CONDITION = sqrt(12)
"""From which on it is stated."""


def randomised_adiabatic_run(condition: float, error: float) -> float:
    r"""Calls of one run of the randomised adiabatic solver with its filter, first version.

    $\frac{1741}{500} e \sqrt{\kappa^2 + 1} \big[(\frac{133}{125} + \frac{4}{25\kappa^{1/3}})
    \pi \ln(2\kappa + 3) + 1\big] + \frac{351}{50} \ln^2(2\kappa + 3)
    \big(\ln\frac{451 \ln^2(2\kappa + 3)}{\epsilon} + 1\big) + \kappa \ln\frac{32}{\epsilon}$
    """
    wide = log(2 * condition + 3)
    walk = (133 / 125 + 4 / (25 * condition ** (1 / 3))) * pi * wide + 1
    path = 1741 / 500 * e * sqrt(condition**2 + 1) * walk
    steps = 351 / 50 * wide**2 * (log(451 * wide**2 / error) + 1)
    return path + steps + condition * log(32 / error)


def randomised_adiabatic_plan(condition: float, error: float) -> Plan | None:
    """The row of that solver, or `None` outside of the range it is stated for.

    The published codings divide by .39 - .204 epsilon, the paper's abstract of the bound by
    .39 - .201 epsilon; the first is used, being the larger total.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_condition(condition)
    check_error(error)
    if error > LARGEST_ERROR or condition < SMALLEST_CONDITION:
        return None
    total = randomised_adiabatic_run(condition, error) / (0.39 - 0.204 * error)
    return Plan(
        solver="jennings-v1",
        provenance=Provenance.FORMULA,
        source="[JLMSS23] Thm. 1, as three public projects code it",
        matrix_calls=total,
        vector_calls=2 * total,
        success=None,
        note="expected total; which version of the paper states it was not seen",
    )


def randomised_adiabatic_later_plan(condition: float, error: float) -> Plan:
    """The row of its third version, which one public coding alone vouches for.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_condition(condition)
    check_error(error)
    total = 835.4 * condition + ceil(condition * log(8 * (sqrt(1 + error / 4) + 1) / error) + 2)
    return Plan(
        solver="jennings-v3",
        provenance=Provenance.UNCLEAR,
        source="[JLMSS23] Eq. (175), from one public coding",
        matrix_calls=total,
        vector_calls=2 * total,
        success=None,
        note="unclear: one coding, the text was not seen",
    )


LOW_SU = (
    "variable-time solver of [LS24] Thm. 1: kappa log(1/p) (log log(1/p) + log(1/epsilon)) calls "
    "of the matrix and 1/sqrt(p) of b for success p; its constants are unclear, so it has no row"
)
"""What is said of a solver whose constants are not known."""
