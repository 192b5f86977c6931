"""Whether an automaton is right on every string: a search of pairs of states, nearest first."""

from collections import deque

from attrs import frozen

from bloqs.hypergraph.model.actions import ReadAction
from bloqs.hypergraph.model.automaton import Automaton, Language, ends_writing, is_write
from bloqs.hypergraph.model.exact_ray import Ray, acted, answered, check_exact, first_ray
from bloqs.hypergraph.model.phase_polynomial import TooManyCasesError
from bloqs.hypergraph.model.sentence import Sentence


@frozen
class AutomatonVerdict:
    """What is known about a machine.

    Args:
        is_right: whether it never says what cannot be.
        counterexample: the first of the shortest sentences on which it is wrong, by the order of
            its tokens; empty if it is right.
        record: what it says to that.
        pairs: of quantum state and machine state that were seen.
    """

    is_right: bool
    counterexample: str
    record: str
    pairs: int


class RayGraph:
    """Exact states by number, and where tokens lead.

    Args:
        alphabet: the tokens, each once.
        most_states: that may be told apart.
    """

    def __init__(self, alphabet: Sentence, most_states: int) -> None:
        check_exact(alphabet)
        self.alphabet, self.most_states = alphabet, most_states
        self.rays: list[Ray] = []
        self._numbers: dict[bytes, int] = {}
        self._known: dict[tuple[int, int, str], int | None] = {}
        self.start = self.number(first_ray(alphabet.qubits))

    def number(self, ray: Ray) -> int:
        """Of a state, new or known.

        Raises:
            TooManyCasesError: if there are too many.
        """
        key = ray.tobytes()
        if key not in self._numbers:
            if len(self.rays) >= self.most_states:
                raise TooManyCasesError(
                    f"more than {self.most_states} quantum states are reached; allow more, "
                    "or judge write*read*"
                )
            self._numbers[key] = len(self.rays)
            self.rays.append(ray)
        return self._numbers[key]

    def after(self, state: int, token: int, said: str) -> int | None:
        """The state after a token, by numbers; nothing if what was said cannot be."""
        key = (state, token, said)
        if key not in self._known:
            ray: Ray | None = self.rays[state]
            actions = self.alphabet.actions[token]
            if not self.alphabet.tokens[token].is_read:
                ray = acted(self.rays[state], actions)
            else:
                assert isinstance(actions[0], ReadAction)
                ray = answered(self.rays[state], actions[0], int(said))
            self._known[key] = None if ray is None else self.number(ray)
        return self._known[key]


def still_writes(language: Language, alphabet: Sentence, token: int, writing: bool) -> bool | None:
    """Whether writes may follow a token; nothing if it may not stand there itself."""
    if language == "any":
        return True
    if is_write(alphabet.tokens[token]) and not writing:
        return None
    return writing and not ends_writing(alphabet.tokens[token])


def judge_automaton(automaton: Automaton, most_states: int) -> AutomatonVerdict:
    """Whether a machine is right on every sentence of its language.

    Args:
        automaton: the machine.
        most_states: quantum states that may be told apart.

    Raises:
        ValueError: if a token has an angle, or there are too many modes or states.
    """
    graph = RayGraph(automaton.alphabet, most_states)
    first = (graph.start, automaton.start, True)
    before: dict[tuple[int, int, bool], tuple[tuple[int, int, bool], int] | None] = {first: None}
    todo = deque([first])
    while todo:
        node = todo.popleft()
        state, machine, writing = node
        for token, (following, said) in enumerate(automaton.table[machine]):
            part = still_writes(automaton.language, automaton.alphabet, token, writing)
            if part is None:
                continue
            quantum = graph.after(state, token, said)
            if quantum is None:
                path = [token]
                step = before[node]
                while step:
                    path.append(step[1])
                    step = before[step[0]]
                path.reverse()
                words = (automaton.text_of(automaton.alphabet.tokens[t]) for t in path)
                return AutomatonVerdict(
                    False, " ".join(words), automaton.says(tuple(path)), len(before)
                )
            then = (quantum, following, part)
            if then not in before:
                before[then] = (node, token)
                todo.append(then)
    return AutomatonVerdict(True, "", "", len(before))
