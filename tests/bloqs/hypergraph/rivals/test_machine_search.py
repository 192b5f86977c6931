"""Machines with few states: what a search finds, and that it can be broken off."""

import os
import signal
from threading import Timer

import pytest

from bloqs.hypergraph.model.exact_ray import acted, answered, first_ray
from bloqs.hypergraph.rivals import machine_search
from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.machine_check import check_machine
from bloqs.hypergraph.rivals.machine_search import (
    arrow_clauses,
    arrows_of,
    clauses,
    lines_of,
    resumed,
    search_machine,
)
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


@pytest.mark.parametrize("name", ["square-compatible", "graphs", "edge"])
@pytest.mark.parametrize("starts", ["one", "every"])
def test_clauses_are_counted_before_they_are_written(name, starts):
    """Those of arrows are the ones that ask where a quantum state was seen, with others."""
    task = machine_task(name, 4, starts)
    arrows = arrows_of(task)
    seen = 1 + 4 * len(task.alphabet.tokens) * (4 + 1)
    written = [each for each in clauses(task, arrows) if -each[0] >= seen]
    assert arrow_clauses(task, arrows) == len(written)


def test_a_search_too_large_for_the_memory_is_refused(monkeypatch):
    """Before a clause is written, with the size that fits."""
    monkeypatch.setattr(machine_search, "clauses", lambda *_: pytest.fail("written"))
    with pytest.raises(ValueError, match=r"3,000,000 clauses.*64 states; ask for at most 32"):
        search_machine(machine_task("graphs", 64, "one"))


def test_a_search_that_is_broken_off_shows_nothing(monkeypatch):
    """By patience, by hand, by a signal amid a step: incomplete, and the checker says no.

    What was learned until then is in the file.
    """
    monkeypatch.setattr(machine_search, "BUDGET", 500)
    task = machine_task("graphs", 5, "one")
    late = search_machine(task, patience=0.0)

    def interrupted(steps, label):
        for step in steps:
            yield step
            raise KeyboardInterrupt

    def signalled(steps, label):
        Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        yield from steps

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
    try:
        by_signal = search_machine(machine_task("graphs", 7, "one"), signalled)
    finally:
        signal.signal(signal.SIGINT, before)
    for certificate in (late, search_machine(task, interrupted), by_signal):
        assert certificate.evidence["lines"] == len(lines_of(certificate)) > 100
        assert not certificate.is_complete
        assert "incomplete" in certificate.answer
        assert not check_machine(certificate, untracked).is_accepted


def stepwise(steps, label):
    """Breaks a search off by hand at its second step."""
    for number, step in enumerate(steps):
        yield step
        if number:
            raise KeyboardInterrupt


def test_a_search_goes_on_where_it_was_broken_off(monkeypatch):
    """Again and again, until there is a proof, which holds; what was done is not done again."""
    monkeypatch.setattr(machine_search, "BUDGET", 20)
    task = machine_task("graphs", 4, "one")
    parts = [search_machine(task, stepwise)]
    while not parts[-1].is_complete:
        assert len(parts) < 40
        before = lines_of(parts[-1])
        parts.append(search_machine(task, stepwise, before=before))
        kept, _ = resumed(before, clauses(task, arrows_of(task)))
        assert lines_of(parts[-1])[: len(kept)] == kept
    assert len(parts) > 1
    assert check_machine(parts[-1], untracked).is_accepted


def test_a_search_broken_off_at_once_keeps_what_it_was_given(monkeypatch):
    """While quantum states are still numbered."""

    def interrupted(task):
        raise KeyboardInterrupt

    monkeypatch.setattr(machine_search, "arrows_of", interrupted)
    found = search_machine(machine_task("graphs", 8, "one"), before=["1 2 0", "-3 0", "-3 4"])
    assert lines_of(found) == ["1 2 0", "-3 0"]


def test_clauses_of_the_task_are_not_taken_out():
    """Lines that take out what was added stay, in whatever order the literals stand."""
    lines = ["3 4 0", "d 1 2 0", "5 0", "d 4 3 0", "d 9 0", "1 2 0", "d 2 1 0"]
    kept, learned = resumed(lines, [[2, 1], [7]])
    assert kept == ["3 4 0", "5 0", "d 4 3 0", "1 2 0"]
    assert learned == [[5], [1, 2]]
    with pytest.raises(ValueError, match="got a certificate without"):
        lines_of(Certificate(name="machine", task={}, answer="", evidence={"proof": "?"}))
