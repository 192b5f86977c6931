"""A form is the sum of its edges, at every basis state."""

from itertools import product

import numpy as np
import pytest

from bloqs.hypergraph.circuits.form_phase import FormPhase
from bloqs.hypergraph.model.field import multiply, trace
from bloqs.simulation.runner import Runner

FORMS = [
    FormPhase(4, 1, (((0, 1, 2), 1), ((1, 3), 1), ((2,), 1))),
    FormPhase(3, 2, (((2, 0, 1), 3), ((0, 2), 2), ((1,), 3))),
    FormPhase(2, 3, ()),
]


def value(form, numbers):
    total = 0
    for modes, weight in form.edges:
        part = weight
        for mode in modes:
            part = multiply(part, numbers[mode], form.m)
        total ^= trace(part, form.m)
    return total


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_signs_of_all_basis_states(form):
    points = list(product(range(2**form.m), repeat=form.n))
    wanted = np.array([(-1) ** value(form, each) for each in points])
    start = np.full(len(points), len(points) ** -0.5)
    np.testing.assert_allclose(Runner.of(form).run(start, 1), start * wanted, atol=1e-12)
    both = Runner.of(form.controlled()).run(np.tile(start, 2) / 2**0.5, 2)
    np.testing.assert_allclose(both * 2**0.5, [*start, *(start * wanted)], atol=1e-12)


@pytest.mark.parametrize(
    ("edges", "why"),
    [
        ((((0, 3), 1),), r"modes below 3, got \(0, 3\)"),
        ((((0, 0), 1),), r"modes below 3, got \(0, 0\)"),
        ((((0, 1), 1), ((1, 0), 1)), r"got \(1, 0\) twice"),
        ((((0,), 1), ((1,), 4)), "from 1 to 3 in a field of 4, got c=4"),
    ],
)
def test_refusals(edges, why):
    with pytest.raises(ValueError, match=why):
        FormPhase(3, 2, edges)
