"""Published totals at published points, and where they are not stated."""

from math import log

import pytest

from bloqs.linear_systems.model.formulas import (
    randomised_adiabatic_later_plan,
    randomised_adiabatic_plan,
    randomised_adiabatic_run,
)
from bloqs.linear_systems.model.plan import Provenance


@pytest.mark.parametrize(
    ("condition", "error", "calls"), [(100, 1e-10, 27_585.8), (1e4, 1e-10, 3.5387e6)]
)
def test_a_run_at_published_points(condition, error, calls):
    assert randomised_adiabatic_run(condition, error) == pytest.approx(calls, rel=2e-5)


@pytest.mark.parametrize(
    ("condition", "error", "total"),
    [
        (8, 1e-2, 4.6e3),
        (20, 1e-2, 1.1e4),
        (20, 1e-6, 1.4e4),
        (100, 1e-2, 5.7e4),
        (100, 1e-6, 6.4e4),
    ],
)
def test_totals_of_the_table(condition, error, total):
    plan = randomised_adiabatic_plan(condition, error)
    assert plan.expected_matrix_calls == pytest.approx(total, rel=0.05)
    assert plan.provenance is Provenance.FORMULA


def test_outside_of_its_range_there_is_no_row():
    assert randomised_adiabatic_plan(2, 1e-2) is None
    assert randomised_adiabatic_plan(20, 0.5) is None


def test_the_later_version_is_marked():
    """835.4 kappa and the filter; 837 kappa at 1e-10 is what an abstract says of the second."""
    plan = randomised_adiabatic_later_plan(100, 1e-10)
    assert plan.provenance is Provenance.UNCLEAR
    assert plan.matrix_calls == pytest.approx(83_540 + 2_596, abs=30)


def test_the_later_version_of_a_tiny_error():
    """sqrt(1 + epsilon/4) - 1 is epsilon/8 to first order, and nothing in floating point."""
    plan = randomised_adiabatic_later_plan(100, 1e-20)
    assert plan.matrix_calls == pytest.approx(83_540 + 100 * log(16e20) + 2, abs=1)
