"""The verdict never names the form that was written, and its circuit is as large as it says."""

from itertools import product

import numpy as np
import pytest
import sympy

from bloqs.hypergraph.circuits.exclusion_measurement import (
    EXCLUDED,
    ExclusionMeasurement,
    phases,
)
from bloqs.hypergraph.circuits.form_phase import FormPhase
from bloqs.hypergraph.circuits.recorded_run import RecordedRun
from bloqs.hypergraph.symbols import k, m, n, weight, writes
from estimator.costs.cost import cost_by_annotation, cost_by_counting


def form(modes, bits, *edges):
    return FormPhase(modes, bits, tuple((tuple(map(int, each)), w) for each, w in edges))


TRIPLES = {
    "two edges and both": (
        form(4, 1, ("01", 1)), form(4, 1, ("23", 1)), form(4, 1, ("01", 1), ("23", 1), ("1", 1)),
    ),
    "an orthogonal pair": (form(2, 1), form(2, 1, ("0", 1)), form(2, 1, ("01", 1))),
    "weights of one edge": (
        form(3, 2), form(3, 2, ("012", 1), ("01", 2)), form(3, 2, ("012", 2)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("forms", TRIPLES.values(), ids=TRIPLES)
def test_what_was_written_is_never_excluded(forms):
    bloq = ExclusionMeasurement(forms)
    assert bloq.residual < 1e-11
    run = RecordedRun(bloq)
    seen = 0.0
    for number, each in enumerate(forms):
        state = phases(each) / len(phases(each)) ** 0.5
        odds = {}
        for record in product((0, 1), repeat=2):
            left = iter(record)
            odds[record] = run.run(state, lambda _, left=left: next(left)).probability
        assert sum(odds.values()) == pytest.approx(1)
        assert odds[1, 1] < 1e-9
        assert sum(x for record, x in odds.items() if EXCLUDED.get(record) == number) < 1e-9
        seen += max(odds.values())
    assert seen > 1.5


def test_three_states_that_nothing_excludes():
    """0, x1x2x3, x1x2x4 on plain qubits: squared overlaps 9/16, 9/16, 9/16."""
    forms = form(4, 1), form(4, 1, ("012", 1)), form(4, 1, ("013", 1))
    with pytest.raises(ValueError, match="9/16, 9/16, 9/16"):
        ExclusionMeasurement(forms)


def test_other_refusals():
    one, two = form(2, 1), form(2, 1, ("01", 1))
    with pytest.raises(ValueError, match="got two alike"):
        ExclusionMeasurement((one, two, one))
    with pytest.raises(ValueError, match="on the same modes"):
        ExclusionMeasurement((one, two, form(3, 1)))
    with pytest.raises(ValueError, match="at least one turn, got 0"):
        ExclusionMeasurement((one, two, form(2, 1, ("0", 1))), 0)


def test_symbols_and_numbers_say_the_same():
    """Forms of one edge each, of one order and weight."""
    kind = FormPhase(n, m, None, kinds=((k, weight, writes),))
    stated = cost_by_annotation(ExclusionMeasurement((kind, kind, kind)))
    for size, bits, order, c in ((4, 1, 2, 1), (4, 2, 3, 1)):
        edges = [tuple(range(j, j + order)) for j in range(2)] + [(0, *range(2, order + 1))]
        forms = tuple(FormPhase(size, bits, ((each, c),)) for each in edges)
        found = cost_by_counting(ExclusionMeasurement(forms))
        at = stated.subs({n: size, m: bits, k: order, weight: c, writes: 1})
        for column in ("toffoli", "measurements", "qubits", "rotations", "t"):
            assert sympy.sympify(getattr(at, column)) == getattr(found, column), column


def test_twelve_qubits_at_order_three():
    """26 ladders of 11 ANDs and 24 rotations besides the writes: six modes of F_4."""
    free = form(6, 2), form(6, 2, ("0", 1)), form(6, 2, ("1", 1))
    found = cost_by_annotation(ExclusionMeasurement(free))
    assert (found.toffoli, found.rotations) == (26 * 11, 24)


def test_a_wrong_angle_is_seen():
    """The same circuit with one angle moved names what was written."""
    forms = TRIPLES["two edges and both"]
    bloq = ExclusionMeasurement(forms)
    one, two = bloq.compiled
    object.__setattr__(one, "angles", (*one.angles[:-1], one.angles[-1] + 0.5))
    try:
        state = phases(forms[0]) / 4
        broken = RecordedRun(bloq).run(state, lambda zero: int(zero < 0.999))
        assert broken.record[0] == 1
    finally:
        object.__setattr__(one, "angles", (*one.angles[:-1], one.angles[-1] - 0.5))
    assert np.isclose(two.residual, 0, atol=1e-11)
