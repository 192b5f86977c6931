"""Machines with few states: what a search finds, and that it can be broken off."""

import os
import signal
from threading import Timer

import pytest

from bloqs.hypergraph.model.exact_ray import acted, answered, first_ray
from bloqs.hypergraph.rivals.machine_check import check_machine
from bloqs.hypergraph.rivals.machine_search import arrows_of, search_machine
from bloqs.hypergraph.rivals.machine_task import MACHINES, machine_task
from estimator.ask.question import untracked


@pytest.mark.parametrize(
    ("name", "states"),
    [("square", 43), ("square-plus", 24), ("paulis-compatible", 91), ("graphs", 216),
     ("graphs-x", 184), ("edge", 20)],
)  # fmt: skip
def test_quantum_states_are_counted(name, states):
    """Groups of Pauli strings: as many as the specification found."""
    assert len(arrows_of(machine_task(name, 1, "one"))) == states


@pytest.mark.parametrize("name", [task.name for task in MACHINES if task.start == "plus"])
def test_groups_go_where_vectors_go(name):
    """Along each arrow the exact vector of amplitudes is the one of the group's number."""
    task = machine_task(name, 1, "one")
    alphabet, rays, todo = task.alphabet, {0: first_ray(task.modes)}, [0]
    arrows = arrows_of(task)
    while todo:
        state = todo.pop()
        for token, after in enumerate(arrows[state]):
            for said, following in after.items():
                actions = alphabet.actions[token]
                ray = (
                    acted(rays[state], actions)
                    if said == "."
                    else answered(rays[state], actions[0], int(said))
                )
                assert (ray is None) == (following is None)
                if following is None:
                    continue
                if following not in rays:
                    rays[following] = ray
                    todo.append(following)
                assert (rays[following] == ray).all()
    assert len({ray.tobytes() for ray in rays.values()}) == len(arrows)


def test_a_search_that_is_broken_off_shows_nothing():
    """By patience, by hand, by a signal amid a step: incomplete, and the checker says no."""
    task = machine_task("graphs", 8, "one")
    late = search_machine(task, patience=0.0)

    def interrupted(steps, label):
        for step in steps:
            yield step
            raise KeyboardInterrupt

    Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    by_signal = search_machine(task)
    for certificate in (late, search_machine(task, interrupted), by_signal):
        assert not certificate.is_complete
        assert "incomplete" in certificate.answer
        assert not check_machine(certificate, untracked).is_accepted
