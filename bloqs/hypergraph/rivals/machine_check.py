"""Checks what was found about machines with few states: a table by a search of pairs of states, a
proof line by line from clauses that are made anew.

Quantum states are density matrices of whole Gaussian numbers without a common divisor, and reads
are matrices: nothing is shared with the search but the task and its numbering.
"""

import base64
import zlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.hypergraph.model.automaton import Automaton
from bloqs.hypergraph.model.product_search import judge_automaton
from bloqs.hypergraph.model.tokens import PauliToken, Token, WriteToken
from bloqs.hypergraph.rivals.certificate import Certificate, demand, examined
from bloqs.hypergraph.rivals.machine_task import MachineTask, task_from_plain
from bloqs.hypergraph.rivals.unit_propagation import follow_proof
from estimator.ask.question import Tracker

Matrix = NDArray[np.complex128]

LETTERS = {
    "I": np.eye(2, dtype=complex),
    "X": np.array([[0, 1], [1, 0]], dtype=complex),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]).astype(complex),
}
MOST_QUANTUM_STATES = 10_000


@frozen
class Arrow:
    """What an answer leads to.

    Args:
        token: number of it.
        said: the answer, "." of what is not read.
        following: number of a quantum state; nothing if the answer cannot be.
    """

    token: int
    said: str
    following: int | None


def matrix_of(token: Token, modes: int) -> Matrix:
    """A Pauli string, or CZ, on all modes; mode 0 is the last factor."""
    if isinstance(token, WriteToken):
        points = np.arange(2**modes)
        both = np.all([points >> mode & 1 for mode in token.edge], axis=0)
        return np.diag(1.0 - 2.0 * both).astype(complex)
    assert isinstance(token, PauliToken)
    letters = {place[0]: letter for place, letter in token.letters}
    factors = [LETTERS[letters.get(mode, "I")] for mode in reversed(range(modes))]
    return reduce(np.kron, factors)


def graph_of(task: MachineTask) -> list[list[Arrow]]:
    """The arrows of each quantum state, numbered as the task says."""
    size = 2**task.modes
    first = np.ones((size, size)) if task.start == "plus" else np.eye(size)
    known: dict[bytes, int] = {}
    found: list[Matrix] = []

    def number(matrix: Matrix) -> int:
        lowest = _lowest(matrix)
        key = lowest.tobytes()
        if key not in known:
            demand(len(found) < MOST_QUANTUM_STATES, "there are too many quantum states")
            known[key] = len(found)
            found.append(lowest)
        return known[key]

    number(first.astype(complex))
    moves = [(token, matrix_of(token, task.modes)) for token in task.alphabet.tokens]
    graph: list[list[Arrow]] = []
    while len(graph) < len(found):
        state, arrows = found[len(graph)], []
        for place, (token, matrix) in enumerate(moves):
            if not token.is_read:
                arrows.append(Arrow(place, ".", number(matrix @ state @ matrix)))
                continue
            if task.language == "compatible" and np.any(matrix @ state != state @ matrix):
                continue
            for said in "01":
                twice = np.eye(size) + (1 - 2 * int(said)) * matrix
                after = twice @ state @ twice
                arrows.append(Arrow(place, said, number(after) if after.any() else None))
        graph.append(arrows)
    return graph


def _lowest(matrix: Matrix) -> Matrix:
    parts = np.rint(np.concatenate([matrix.real, matrix.imag])).astype(np.int64)
    parts //= np.gcd.reduce(parts, axis=None)
    half = len(matrix)
    return np.asarray(parts[:half] + 1j * parts[half:] + 0.0)


def conditions(task: MachineTask, graph: Sequence[Sequence[Arrow]]) -> Iterator[tuple[int, ...]]:
    """The clauses that a right machine with so many states satisfies."""
    count, width = task.states, len(task.alphabet.tokens)
    is_numbered = task.starts == "one"

    def goes(state: int, token: int, target: int) -> int:
        return 1 + (state * width + token) * count + target

    def says(state: int, token: int) -> int:
        return 1 + count * width * count + state * width + token

    def seen(quantum: int, state: int) -> int:
        return 1 + count * width * count + count * width + quantum * count + state

    def possible(state: int, token: int) -> list[int]:
        last = state * width + token + 1
        return [target for target in range(count) if target <= last or not is_numbered]

    for token, kind in enumerate(task.alphabet.tokens):
        is_single = isinstance(kind, PauliToken) and [x for _, x in kind.letters] in (["X"], ["Z"])
        if is_single and _may_turn_signs(task):
            yield (-says(0, token),)
    for state in range(count):
        if state == 0 or not is_numbered:
            yield (seen(0, state),)
        for token in range(width):
            yield tuple(goes(state, token, target) for target in possible(state, token))
            answer = says(state, token)
            for quantum, arrows in enumerate(graph):
                for arrow in arrows:
                    if arrow.token != token:
                        continue
                    unless: tuple[int, ...] = (-seen(quantum, state),)
                    if arrow.said != ".":
                        unless += (answer if arrow.said == "0" else -answer,)
                    if arrow.following is None:
                        yield unless
                        continue
                    for target in possible(state, token):
                        then = seen(arrow.following, target)
                        yield (*unless, -goes(state, token, target), then)


def _may_turn_signs(task: MachineTask) -> bool:
    """Whether a Pauli string maps the task to itself but for signs of answers."""
    tokens = task.alphabet.tokens
    return task.start == "mixed" and all(isinstance(token, PauliToken) for token in tokens)


def unpacked(text: str) -> list[str]:
    """Lines of a proof.

    Raises:
        ValueError: if the text was not packed so.
    """
    try:
        return zlib.decompress(base64.b64decode(text, validate=True)).decode().splitlines()
    except zlib.error as error:
        raise ValueError(f"the proof cannot be unpacked: {error}") from None


def _proof_holds(task: MachineTask, evidence: Mapping[str, Any], track: Tracker) -> str:
    graph = graph_of(task)
    lines = unpacked(evidence["proof"])
    demand(len(lines) == evidence["lines"], "it has not the lines that it says it has")
    width = len(task.alphabet.tokens)
    variables = task.states * (width * task.states + width + len(graph))
    used = follow_proof(conditions(task, graph), lines, variables, track)
    return f"{used} lines of a proof from the clauses of {len(graph)} quantum states"


def _table_holds(task: MachineTask, table: Sequence[Sequence[Sequence[Any]]]) -> str:
    graph = graph_of(task)
    demand(len(table) == task.states, f"a table of {task.states} states has as many rows")
    rows = tuple(tuple((target, said) for target, said in row) for row in table)
    machine = Automaton(task.alphabet, "any", 0, rows)
    starts = range(task.states if task.starts == "every" else 1)
    reached = {(0, start) for start in starts}
    todo = deque(sorted(reached))
    while todo:
        quantum, state = todo.popleft()
        for arrow in graph[quantum]:
            target, said = machine.table[state][arrow.token]
            if said != arrow.said:
                continue
            demand(
                arrow.following is not None,
                f"state {state} says {said} to {task.alphabet.tokens[arrow.token].text()}, "
                "which cannot be",
            )
            assert arrow.following is not None
            if (arrow.following, target) not in reached:
                reached.add((arrow.following, target))
                todo.append((arrow.following, target))
    if task.start == "plus" and task.language == "any":
        for start in starts:
            verdict = judge_automaton(
                Automaton(task.alphabet, "any", start, rows), MOST_QUANTUM_STATES
            )
            demand(verdict.is_right, f"it is wrong on {verdict.counterexample}")
    return f"{len(reached)} pairs of quantum state and machine state"


@examined
def check_machine(certificate: Certificate, track: Tracker) -> str:
    """Whether a table is right, or a proof shows that there is none."""
    task = task_from_plain(certificate.task)
    states = f"{task.states} state{'s' if task.states > 1 else ''}"
    if "table" in certificate.evidence:
        demand(certificate.answer == f"a machine with {states} is right", "it answers otherwise")
        return _table_holds(task, certificate.evidence["table"])
    demand(certificate.answer == f"no machine with {states} is right", "it answers otherwise")
    return _proof_holds(task, certificate.evidence, track)
