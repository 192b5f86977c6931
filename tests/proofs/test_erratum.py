"""Errata: accepted only with a counterexample that the corrected statement survives."""

import math

import pytest
from attrs import evolve

from proofs.claim import Measurement
from proofs.erratum import Erratum

SUM = Erratum(
    says="2 + 2 is 5.",
    corrected_says="2 + 2 is 4.",
    see=None,
    relation="==",
    observe=lambda x: Measurement(value=x + x),
    printed=lambda x: 2 * x + 1.0,
    corrected=lambda x: 2.0 * x,
    instances=({"x": 2}, {"x": 3}),
    twin_says="4 is what is printed.",
    source="ours",
)


def test_a_refuted_statement_is_an_erratum():
    found = SUM.examine()
    assert found.accepted
    assert found.remarks == ("printed fails by 1", "corrected survives")


def test_a_true_statement_is_not():
    """The twin, which takes the corrected statement for the printed one, has no counterexample."""
    found = SUM.examine(twin=True)
    assert not found.accepted
    assert found.remarks[0] == "printed is not refuted"


def test_one_counterexample_is_enough():
    """The printed statement may be right elsewhere."""
    once = evolve(SUM, printed=lambda x: 2.0 * x if x == 2 else 7.0)
    assert once.examine().accepted


def test_the_corrected_statement_must_survive_everywhere():
    wrong = evolve(SUM, corrected=lambda x: 4.0)
    assert not wrong.examine().accepted
    assert wrong.examine().remarks[1] == "corrected fails too"


def test_bounds_fail_above_only():
    bound = evolve(SUM, relation="<=", printed=lambda x: 2 * x - 0.5, corrected=lambda x: 9.0)
    assert bound.examine().accepted
    assert not evolve(bound, printed=lambda x: 2 * x + 0.5).examine().accepted


def test_no_number_refutes_nothing():
    """An observation that failed is no counterexample, because nothing survives it."""
    broken = evolve(SUM, observe=lambda x: Measurement(value=math.nan))
    assert not broken.examine().accepted


def test_rounding_refutes_nothing():
    assert not evolve(SUM, printed=lambda x: 2 * x + 1e-9).examine().accepted


def test_what_the_library_states_must_be_observed():
    wrong = evolve(SUM, observe=lambda x: Measurement(value=x + x, stated=x))
    assert not wrong.examine().accepted


def test_needs_an_instance():
    with pytest.raises(ValueError, match="needs a counterexample"):
        evolve(SUM, instances=())
