"""Automata that are right: the whole state tracked, and the best at the cut, one edge forgotten."""

from collections import deque
from collections.abc import Callable, Hashable
from typing import TypeVar

import numpy as np

from bloqs.hypergraph.model.actions import ReadAction
from bloqs.hypergraph.model.automaton import Automaton, Language
from bloqs.hypergraph.model.exact_ray import projected
from bloqs.hypergraph.model.phase_polynomial import TooManyCasesError
from bloqs.hypergraph.model.product_search import RayGraph, still_writes
from bloqs.hypergraph.model.sentence import Sentence

Node = TypeVar("Node", bound=Hashable)


def zero_tracker(alphabet: Sentence, language: Language, most_states: int) -> Automaton:
    """Keeps the whole quantum state and answers 0 wherever that can be.

    Args:
        alphabet: the tokens, each once.
        language: of the sentences.
        most_states: quantum states that may be told apart.

    Raises:
        ValueError: if there are more, or a token has an angle.
    """
    graph = RayGraph(alphabet, most_states)

    def step(node: tuple[int, bool], token: int) -> tuple[tuple[int, bool], str]:
        state, writing = node
        part = still_writes(language, alphabet, token, writing)
        for said in "01" if alphabet.tokens[token].is_read else ".":
            after = graph.after(state, token, said)
            if after is not None and part is not None:
                return (after, part), said
        return node, _anything(alphabet, token)

    return _automaton(alphabet, language, (graph.start, True), step, most_states)


def cut_machine(
    alphabet: Sentence, forgotten: int, language: Language, most_states: int
) -> Automaton:
    """Forgets whether one edge was written; right on write*read*, with half the latents at the cut.

    It keeps two states, with and without the edge, and answers so that they stay compatible: the
    overlap of two states is the sum of its parts over the answers, so one part does not vanish.

    Args:
        alphabet: the tokens, each once.
        forgotten: number of the write that is forgotten.
        language: that is put on the machine; it is wrong for "any".
        most_states: that may be told apart.

    Raises:
        ValueError: if there are more, or the two states are orthogonal from the start.
    """
    graph = RayGraph(alphabet, most_states)
    other = graph.after(graph.start, forgotten, ".")
    if other is None or not np.vdot(graph.rays[graph.start], graph.rays[other]):
        raise ValueError("states with and without the forgotten edge are orthogonal; keep the edge")
    Pair = tuple[int, int]

    def step(node: tuple[Pair, bool], token: int) -> tuple[tuple[Pair, bool], str]:
        (one, two), writing = node
        part = still_writes("write*read*", alphabet, token, writing)
        if part is None or (token == forgotten and part):
            return node, _anything(alphabet, token)
        (action, *_) = alphabet.actions[token] or (None,)
        for said in "01" if alphabet.tokens[token].is_read else ".":
            if isinstance(action, ReadAction):
                parts = [projected(graph.rays[x], action, int(said)) for x in (one, two)]
                if not np.vdot(*parts):
                    continue
            after = [graph.after(x, token, said) for x in (one, two)]
            assert after[0] is not None
            assert after[1] is not None
            return ((min(after[0], after[1]), max(after[0], after[1])), part), said
        raise AssertionError("parts of an overlap that is not zero cannot all vanish")

    first = (min(graph.start, other), max(graph.start, other))
    return _automaton(alphabet, language, (first, True), step, most_states)


def cut_latents(automaton: Automaton) -> int:
    """States that are reached by writes alone: the memory at the write|read cut."""
    seen, todo = {automaton.start}, [automaton.start]
    while todo:
        row = automaton.table[todo.pop()]
        for token, (following, _) in zip(automaton.alphabet.tokens, row, strict=True):
            if not token.is_read and following not in seen and token.text()[0] == "W":
                seen.add(following)
                todo.append(following)
    return len(seen)


def _anything(alphabet: Sentence, token: int) -> str:
    return "0" if alphabet.tokens[token].is_read else "."


def _automaton(
    alphabet: Sentence,
    language: Language,
    first: Node,
    step: Callable[[Node, int], tuple[Node, str]],
    most_states: int,
) -> Automaton:
    """Numbers the nodes as they are reached."""
    numbers = {first: 0}
    rows, todo = [], deque([first])
    while todo:
        node = todo.popleft()
        row = []
        for token in range(len(alphabet.tokens)):
            after, said = step(node, token)
            if after not in numbers:
                if len(numbers) >= most_states:
                    raise TooManyCasesError(f"the machine has more than {most_states} states")
                numbers[after] = len(numbers)
                todo.append(after)
            row.append((numbers[after], said))
        rows.append(tuple(row))
    return Automaton(alphabet, language, 0, tuple(rows))
