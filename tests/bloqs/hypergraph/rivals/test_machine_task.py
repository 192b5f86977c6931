"""Tasks by name."""

import pytest

from bloqs.hypergraph.rivals.machine_task import MACHINES, machine_task, task_from_plain


@pytest.mark.parametrize("name", [task.name for task in MACHINES])
def test_a_task_is_read_as_it_was_written(name):
    """And its tokens are as many as are named."""
    task = machine_task(name, 3, "every")
    assert task_from_plain(task.as_plain()) == task
    assert len(task.alphabet.tokens) == len(task.tokens.split())


@pytest.mark.parametrize(
    ("name", "states", "starts", "reason"),
    [
        ("squares", 2, "one", "a machine is one of"),
        ("square", 0, "one", "from 1 to"),
        ("square", True, "one", "from 1 to"),
        ("square", 2, "all", "the starts are"),
    ],
)
def test_bad_tasks_are_refused(name, states, starts, reason):
    """In one sentence."""
    with pytest.raises(ValueError, match=reason):
        machine_task(name, states, starts)


def test_a_task_that_is_not_what_its_name_stands_for_is_refused():
    """Also if only the start differs."""
    plain = machine_task("square", 4, "one").as_plain()
    with pytest.raises(ValueError, match="is not the one"):
        task_from_plain({**plain, "start": "plus"})
