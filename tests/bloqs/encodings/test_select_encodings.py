"""The choice of an encoding: action on the whole index, control, cost, limits."""

import numpy as np
import pytest

from bloqs.encodings.projector import ProjectorEncoding
from bloqs.encodings.select_encodings import SelectEncodings, select_encodings_symbolic_example
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting

PHASES = (0.0, np.pi, 0.7, -2.0, 0.0)


@pytest.fixture
def choice(diagonal):
    """`choice(count)`: encodings of one qubit with one or no further ancilla to spare."""

    def make(count, **forms):
        parts = (
            diagonal(1.0, -2.0, b=4),
            ProjectorEncoding(0, 1, 1, swaps=False),
            diagonal(3.0, 1.0, b=4).adjoint(),
            ProjectorEncoding(1, 1, 1, swaps=True),
            diagonal(1.0, 0.0, b=4),
        )
        return SelectEncodings(parts[:count], PHASES[:count], **forms)

    return make


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_index_chooses(choice, count, random_state):
    """All indices in superposition; block where the ancilla starts and ends in zero."""
    bloq = choice(count)
    index, system = random_state(count), random_state(2)
    padded = np.concatenate([index, np.zeros(2**bloq.index_bitsize - count)])
    start = np.kron(np.kron(padded, system), np.eye(2)[0])
    found = Runner.of(bloq).run(start).reshape(-1, 2, 2)[:count, :, 0]
    for j, part in enumerate(bloq.encodings):
        wanted = index[j] * np.exp(1j * PHASES[j]) * encoded_matrix(part) @ system
        np.testing.assert_allclose(found[j], wanted, atol=1e-7)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_control(choice, count, random_state):
    """Off: the identity on everything; on: the choice, with its phases."""
    bloq, size = choice(count), 2 ** ((count - 1).bit_length() + 2)
    off, on = random_state(size), random_state(size)
    on.reshape(-1, 4)[count:] = 0
    on = on / np.linalg.norm(on)
    start = np.concatenate([0.6 * off, 0.8 * on])
    wanted = np.concatenate([0.6 * off, 0.8 * Runner.of(bloq).run(on)])
    found = Runner.of(bloq.controlled()).run(start)
    np.testing.assert_allclose(found, wanted, atol=1e-6)
    back = Runner.of(bloq.controlled().adjoint()).run(wanted)
    np.testing.assert_allclose(back, start, atol=1e-6)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_claimed_cost_is_counted_cost(choice, count, costs_agree):
    """Two phases of the five are rotations; a walk through so many leaves."""
    bloq = choice(count)
    costs_agree(bloq)
    costs = [cost_by_counting(form) for form in (bloq, bloq.controlled())]
    assert costs[1].toffoli - costs[0].toffoli == 1
    parts = sum(cost_by_counting(part.controlled()).toffoli for part in bloq.encodings)
    assert costs[0].toffoli == parts + count - 2


def test_width_is_that_of_the_widest_moment(diagonal):
    """A wide encoding at a shallow leaf of an uneven tree."""
    wide, narrow = diagonal(1.0, 2.0, 3.0, 4.0), ProjectorEncoding(0, 1, 2, swaps=True)
    for parts in ((narrow,) * 4 + (wide,), (wide,) + (narrow,) * 4):
        bloq = SelectEncodings(parts, (0.0,) * 5)
        assert cost_by_annotation(bloq).qubits == cost_by_counting(bloq).qubits


def test_symbolic_example_keeps_its_symbols():
    cost = cost_by_annotation(select_encodings_symbolic_example.make())
    assert symbols.n in cost.qubits.free_symbols


@pytest.mark.parametrize(
    ("count", "phases", "message"),
    [
        (1, (0.0,), r"choice needs at least 2 encoding\(s\), got 1"),
        (2, (0.0,), "2 encodings need as many phases, got 1"),
    ],
)
def test_refuses_wrong_numbers(stated, count, phases, message):
    with pytest.raises(ValueError, match=message):
        SelectEncodings((stated(1, 0),) * count, phases)


def test_refuses_unequal_systems(stated):
    with pytest.raises(ValueError, match="equal size, got 1 and 2 system qubits"):
        SelectEncodings((stated(1, 0, 1), stated(1, 0, 2)), (0.0, 0.0))
