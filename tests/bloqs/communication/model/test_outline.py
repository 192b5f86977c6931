"""Gradient states one by one send what all of them are said to send."""

import pytest

from bloqs.communication.model.outline import AlternatingOutline, Moves, Outline, alternating


@pytest.mark.parametrize(("form", "wide"), [("uncontrolled", 1), ("controlled", 2)])
@pytest.mark.parametrize("L", [1, 2, 5])
@pytest.mark.parametrize("n", [1, 4])
def test_states_add_up(n, L, form, wide):
    """3 L (2 L - 1) messages; L (2 L - 1) (3 n + 1) qubits, 3 n + 2 where blocks are controlled."""
    outline = AlternatingOutline(qubits=n, layers=L, block_parameters=7, block_groups=3)
    states = [outline.state(k, form) for k in range(1, 2 * L + 1)]
    assert sum(each.messages for each in states) == 3 * L * (2 * L - 1)
    assert sum(each.qubits for each in states) == L * (2 * L - 1) * (3 * n + wide)
    assert outline.block_states(form).qubits == L * (2 * L - 1) * (3 * n + wide)


SAME = ("qubits", "sends", "total", "foreign", "others", "longest_state", "group_total")
STATES = ("parameter_states", "group_states", "block_states")


@pytest.mark.parametrize("form", ["uncontrolled", "controlled"])
@pytest.mark.parametrize(("n", "L", "P", "g"), [(1, 1, 1, 1), (3, 1, 4, 2), (2, 3, 5, 3)])
def test_closed_forms_are_those_of_any_blocks(n, L, P, g, form):
    """Of all layers; of the last block alone, where each block has its states."""
    closed = alternating(n, L, P, g)
    blocks = Outline(
        owners=("Alice", "Bob") * L, qubits=n, parameters=(P,) * (2 * L), groups=(g,) * (2 * L)
    )
    for name in SAME:
        assert getattr(closed, name) == getattr(blocks, name), name
        assert getattr(closed.last_block, name) == getattr(blocks.last_block, name), name
    for name in STATES:
        assert getattr(closed, name)(form) == getattr(blocks, name)(form), name
    for name in STATES[:2]:
        wanted = getattr(blocks.last_block, name)(form)
        assert getattr(closed.last_block, name)(form) == wanted, name
    assert closed.last_block.block_states(form) == blocks.state(2 * L, form)


@pytest.mark.parametrize(
    ("owners", "parameters", "foreign", "others", "longest"),
    [
        ("A", (3,), 0, 0, 0),
        ("AB", (3, 4), 3, 1, 2),
        ("AB", (0, 4), 0, 1, 1),
        ("ABC", (1, 2, 4), 3, 2, 4),
        ("ABA", (1, 2, 4), 2, 1, 4),
        ("AABB", (0, 1, 0, 0), 1, 1, 2),
        ("AB", (0, 0), 0, 1, 0),
    ],
)
def test_who_trains_what(owners, parameters, foreign, others, longest):
    """Messages of the first state there is: there and back for every change after it."""
    outline = Outline(
        owners=tuple(owners), qubits=2, parameters=parameters, groups=(1,) * len(owners)
    )
    assert (outline.foreign, outline.others, outline.longest_state) == (foreign, others, longest)
    last = outline.last_block
    assert last.parameters == (*[0] * (len(owners) - 1), parameters[-1])
    assert last.groups == (*[0] * (len(owners) - 1), 1)


def test_moves():
    one = Moves(2, 5)
    assert one.times(3) == Moves(6, 15)
    assert one.plus(Moves(10, 100)) == Moves(12, 105)


@pytest.mark.parametrize("layers", [0, -1])
def test_a_model_has_a_layer(layers):
    with pytest.raises(ValueError, match=f"whole number of layers L from 1, got {layers}"):
        alternating(3, layers)
    assert alternating(3, 1).total == alternating(3, 1).group_total == 0


@pytest.mark.parametrize(
    ("owners", "parameters", "groups"),
    [((), (), ()), (("A",), (), (1,)), (("A",), (1,), ()), (("A",), (1, 1), (1, 1))],
)
def test_every_block_has_an_owner_and_numbers(owners, parameters, groups):
    numbers = f"got {len(owners)}, {len(parameters)} and {len(groups)}"
    with pytest.raises(ValueError, match=numbers):
        Outline(owners=owners, qubits=1, parameters=parameters, groups=groups)
