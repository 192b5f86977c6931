"""The table of smallest machines, each row checked, and what an altered row comes to.

Rows: how many states a machine has, whether every state must be a right start, what there is.
"""

import re
from pathlib import Path

import pytest
from attrs import evolve

from bloqs.hypergraph.rivals import machine_check
from bloqs.hypergraph.rivals.certificate import certificate_from_text
from bloqs.hypergraph.rivals.machine_check import check_machine, graph_of, unpacked
from bloqs.hypergraph.rivals.machine_search import arrows_of, packed, search_machine
from bloqs.hypergraph.rivals.machine_task import MACHINES, machine_task
from estimator.ask.question import untracked

NO, YES = "no machine", "a machine"
TABLE = [
    ("square-compatible", 2, "one", NO),
    ("square-compatible", 2, "every", NO),
    ("square-compatible", 3, "one", YES),
    ("square-compatible", 3, "every", YES),
    ("paulis-compatible", 2, "one", NO),
    ("paulis-compatible", 3, "one", YES),
    ("paulis-compatible", 3, "every", NO),
    ("square", 4, "one", NO),
    ("square", 4, "every", NO),
    ("square-plus", 4, "one", NO),
    ("edge", 1, "one", YES),
    ("graphs", 4, "one", NO),
    ("graphs", 5, "one", NO),
    ("graphs-x", 4, "one", NO),
    *[
        pytest.param(*row, marks=pytest.mark.slow)
        for row in [
            ("square", 5, "one", NO),
            ("square", 5, "every", NO),
            ("square", 6, "one", NO),
            ("square-plus", 5, "one", NO),
            ("graphs-x", 6, "one", NO),
            ("graphs", 6, "one", NO),
            ("graphs", 7, "one", NO),
            ("graphs", 8, "one", NO),
        ]
    ],
]


@pytest.mark.parametrize(("name", "states", "starts", "answer"), TABLE)
def test_the_table_of_smallest_machines(name, states, starts, answer):
    """What is found is what the specification says, and the checker accepts it from its file."""
    found = search_machine(machine_task(name, states, starts))
    assert found.answer.startswith(answer)
    assert check_machine(certificate_from_text(found.text()), untracked).is_accepted


@pytest.fixture(scope="module")
def no_machine():
    """A proof."""
    return search_machine(machine_task("square-plus", 3, "one"))


@pytest.fixture(scope="module")
def a_machine():
    """A table."""
    return search_machine(machine_task("square-compatible", 3, "every"))


def rejected(certificate):
    """The reason why a checker says no."""
    verdict = check_machine(certificate, untracked)
    assert not verdict.is_accepted
    return verdict.reason


def test_a_proof_for_another_task_is_rejected(no_machine):
    """More states, fewer or other tokens, a start for which there are machines."""
    assert check_machine(no_machine, untracked).is_accepted
    for name, states in (("square-plus", 4), ("graphs-x", 3), ("square", 3), ("edge", 3)):
        task = machine_task(name, states, "one")
        answer = f"no machine with {states} states is right"
        rejected(evolve(no_machine, task=task.as_plain(), answer=answer))
    tokens = no_machine.task["tokens"].replace(" MZ(1)", "")
    assert "is not the one" in rejected(
        evolve(no_machine, task={**no_machine.task, "tokens": tokens})
    )


def test_a_proof_that_is_altered_is_rejected(no_machine):
    """Its end or beginning lost, a literal turned round, fewer lines than it says."""
    lines = unpacked(no_machine.evidence["proof"])
    added = [place for place, line in enumerate(lines) if line[0] != "d" and len(line.split()) > 2]
    verdicts = []
    for place in added[:20]:
        words = lines[place].split()
        words[0] = str(-int(words[0]))
        wrong = [*lines[:place], " ".join(words), *lines[place + 1 :]]
        verdicts.append(check_machine(no_machine.altered(proof=packed(wrong)), untracked))
    reasons = [verdict.reason for verdict in verdicts if not verdict.is_accepted]
    assert len(reasons) >= 15  # what still follows and is not needed may stand
    assert all("does not follow" in reason for reason in reasons)
    half = lines[: len(lines) // 2]
    assert "incomplete" in rejected(no_machine.altered(proof=packed(half), lines=len(half)))
    late = lines[-5:]
    assert "follow" in rejected(no_machine.altered(proof=packed(late), lines=len(late)))
    assert "lines" in rejected(no_machine.altered(lines=len(lines) + 1))
    assert "cannot be read" in rejected(no_machine.altered(proof="no base 64"))
    assert "answers otherwise" in rejected(
        evolve(no_machine, answer="a machine with 3 states is right")
    )


def test_a_proof_needs_the_start(no_machine, monkeypatch):
    """The same proof is rejected if no state has to be a right start."""
    conditions = machine_check.conditions

    def without_start(task, graph):
        first = 1 + task.states * len(task.alphabet.tokens) * (task.states + 1)
        return (each for each in conditions(task, graph) if each != (first,))

    monkeypatch.setattr(machine_check, "conditions", without_start)
    rejected(no_machine)


def test_a_table_that_is_bent_is_rejected(a_machine):
    """Any answer turned round at the first state; too few rows; a state that there is not."""
    table = a_machine.evidence["table"]
    for token, (target, said) in enumerate(table[0]):
        row = [list(arrow) for arrow in table[0]]
        row[token] = [target, "10"[int(said)]]
        assert "cannot be" in rejected(a_machine.altered(table=[row, *table[1:]]))
    assert "as many rows" in rejected(a_machine.altered(table=table[:2]))
    row = [[9, said] for _, said in table[0]]
    assert "a next state" in rejected(a_machine.altered(table=[row, *table[1:]]))


@pytest.mark.parametrize("name", [task.name for task in MACHINES])
def test_both_sides_number_quantum_states_alike(name):
    """Groups of strings and density matrices: the same arrows."""
    task = machine_task(name, 1, "one")
    searched = [
        {(token, said): to for token, after in enumerate(row) for said, to in (after or {}).items()}
        for row in arrows_of(task)
    ]
    checked = [{(x.token, x.said): x.following for x in row} for row in graph_of(task)]
    assert searched == checked


def test_neither_side_imports_the_other():
    """What is called search is not read by what is called check, nor the reverse."""
    for path in Path(machine_check.__file__).parent.glob("*.py"):
        side = path.stem.split("_")[-1]
        other = {"check": "search", "search": "check"}.get(side)
        text = path.read_text()
        assert other is None or not re.search(rf"rivals\.\w+_{other} import", text), path.name
