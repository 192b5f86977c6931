"""Columns that move say at numbers what the comparison says there."""

import pytest
import sympy

from bloqs.hypergraph import symbols as own
from bloqs.hypergraph.answers import explored
from bloqs.hypergraph.answers.compare import field_curves, plain_curves
from bloqs.hypergraph.model.bounds import upper_bits_at_cut, upper_bits_by_size
from bloqs.hypergraph.model.field import least_field
from bloqs.hypergraph.model.training import squeezing_decibels
from estimator.ask.question import COST, asked_of
from estimator.ask.registry import candidates


def columns(n, **given):
    """The columns with n as a letter, at a number."""
    (found,) = [x for x in candidates(COST, "hypergraph") if x.question.name == "hypergraph"]
    asked = asked_of(found.question, given, None, found.system.home)
    return {x.key: sympy.sympify(x.value).subs(own.n, n) for x in explored.memory(asked)}


@pytest.mark.parametrize("n", [8, 9, 21, 200])
@pytest.mark.parametrize("k", [2, 3, 4, 6])
def test_memory_is_that_of_the_comparison(k, n):
    """On qubits and over fields; nothing is at least 0 bits."""
    sizes = {"layers": 12, "width": 768, "precision": 16, "writes": 50, "reads": 7, "window": 20}
    plain = {x.key: x.at(n) for x in plain_curves(k, None)}
    found = columns(n, k=k, **sizes)
    assert found["rival.latent"] == plain["quantum"]
    lower = "rival.lower.pauli" if k == 2 else "rival.lower.field on qubits"
    assert found[lower] == (plain["lower"] or 0)
    for name in ("uniform", "matching"):
        assert found[f"rival.lower.{name}"] == (plain[name] or 0)
    assert found["rival.upper.1"] == plain["upper"]
    assert found["rival.cache"] == 2 * 12 * 768 * 16 * 57
    fields = {x.key: x.at(n) for x in field_curves(k, None)}
    found = columns(n, k=k, variant="field", q=least_field(k))
    assert found["rival.latent"] == fields["quantum"]
    assert found["rival.lower.field"] == fields["lower"]
    assert found["rival.upper.1"] == fields["upper"]


@pytest.mark.parametrize("k", [2, 3, 4, 5, 8])
def test_machines_at_the_cut_size_by_size(k):
    formula = upper_bits_by_size(own.n, k)
    for n in [*range(k, 4 * k + 3), 100]:
        assert formula.subs(own.n, n) == upper_bits_by_size(n, k) == upper_bits_at_cut(n, k)


@pytest.mark.parametrize("k", [2, 3, 4])
def test_squeezing_by_a_letter(k):
    formula = columns(9, k=k, variant="qumode")["rival.squeezing"]
    for delta in (0.01, 1.0, 50.0):
        found = float(formula.subs(own.spacing, delta))
        assert found == pytest.approx(squeezing_decibels(k, delta), rel=1e-12)
