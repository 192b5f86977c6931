"""Outlines of sequences against the circuits that they stand for."""

from collections import Counter

import pytest
from attrs import evolve

from bloqs.composite import controlled_form
from bloqs.encodings.deamplified_vector import deamplified_example
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.qsvt.general_transform import GeneralTransform
from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.qsvt.phase_pair import PhasePair
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.qsvt.transform import SingularValueTransform
from estimator import symbols
from estimator.drawing.outline_layout import outline_layout
from estimator.drawing.score_layout import circuit_layout
from estimator.drawing.wire_trace import trace


def angles(number):
    return tuple(0.1 * k for k in range(1, number + 1))


def transform(degree):
    return SingularValueTransform(diagonal_encoding_example.make(), angles(degree + 1), degree, 0.0)


def normalised(degree, keeps_phase=True):
    vector = deamplified_example.make()
    return NormalisedVector(vector, angles(degree + 1), degree, 0.5, keeps_phase)


def general(degree):
    even, odd = (angles(degree + 1 - (degree % 2 != parity)) for parity in (0, 1))
    return GeneralTransform(diagonal_encoding_example.make(), even, odd, degree, 1.0, 2.0, 0.0)


SEQUENCES = {
    **{f"transform {degree}": transform(degree) for degree in (1, 2, 3, 4, 5)},
    **{f"normalised {degree}": normalised(degree) for degree in (1, 3, 5)},
    "fixed point 3": normalised(3, keeps_phase=False),
    **{f"general {degree}": general(degree) for degree in (1, 2, 3, 4)},
}
FORMS = {
    f"{name}{' controlled' * is_controlled}{' inverse' * is_adjoint}": evolve(
        controlled_form(bloq) if is_controlled else bloq, is_adjoint=is_adjoint
    )
    for name, bloq in SEQUENCES.items()
    for is_controlled in (False, True)
    for is_adjoint in (False, True)
}


def steps_of(layout):
    """Each operation, and what the wires that it holds hold; dots are None.

    The AND of a controlled `GeneralTransform` and X gates, which choose the parity, are no steps.
    """
    holds = {line.row: line.holds.replace("And", "parity") for line in layout.lines}
    found = []
    for box in layout.boxes:
        if box.bloq is None:
            found.append(None)
        elif str(box.bloq) not in ("And", "And†", "X"):
            found.append((generic(box.bloq), {holds[row] for row in box.rows}))
    return found


def generic(bloq):
    """A phase of the sequence with one generic angle, anything else as it is."""
    if isinstance(bloq, ProjectorPhase):
        return evolve(bloq, phi=symbols.theta)
    if isinstance(bloq, PhasePair):
        return evolve(bloq, phi=symbols.theta, phi_odd=symbols.theta)
    return bloq


@pytest.mark.parametrize("name", FORMS)
def test_an_outline_is_the_beginning_and_the_end_of_the_circuit(name):
    """Up to the dots step by step and wire by wire, then likewise to the end; as often as it says.

    Angles of the sequence, of which an outline has one, are not compared.
    """
    bloq = FORMS[name]
    steps = steps_of(circuit_layout(trace(bloq.decompose_bloq(), bloq)))
    shown = steps_of(outline_layout(bloq.outline))
    assert shown.count(None) <= 1
    if None in shown:
        at = shown.index(None)
        assert steps[:at] == shown[:at]
        assert steps[len(steps) - (len(shown) - at - 1) :] == shown[at + 1 :]
        assert len(shown) - 1 < len(steps)
    else:
        assert steps == shown
    counted = Counter(each for each, _ in steps)
    said = [step for step in bloq.outline.steps if step.times is not None]
    for step in said:
        assert step.times == counted[generic(step.bloq)], str(step.bloq)
    kinds = [generic(step.bloq) for step in said]
    assert len(set(kinds)) == len(kinds)
    assert set(kinds) == {generic(x.bloq) for x in bloq.outline.steps if x.bloq is not None}
