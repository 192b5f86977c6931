"""Tasks for machines with few states, as a search and a checker read them.

A machine with N states reads tokens and answers reads. It is right if no sentence of the language
makes it say what cannot be. Convention "one": it starts in state 0. Convention "every": each of its
states is a right start.

Quantum states are numbered as they are found, from 0: states in order, in each the tokens in order,
at a read the answer 0 before 1. With T tokens the variables of the clauses are

* next(s,t,u) = 1 + (s T + t) N + u: at token t state s goes to u;
* says(s,t) = 1 + N T N + s T + t: it answers 1 there;
* seen(q,s) = 1 + N T N + N T + q N + s: quantum state q and state s can be met together.

Under "one" a machine may be numbered so that the arrow of s at t goes to a state <= s T + t + 1:
number states as they are found from 0, and let what is never reached go to 0. From the mixed
state, with reads alone, it may be taken to answer 0 in state 0 to every MX(v) and MZ(v):
conjugating the state and all tokens by a Pauli string changes nothing but signs of answers, those
of MX(v) and MZ(v) at will, and the mixed state not at all.
"""

from collections.abc import Mapping
from typing import Any, Literal

from attrs import evolve, frozen

from bloqs.hypergraph.model.sentence import Sentence, sentence_from_text

Starts = Literal["one", "every"]
QuantumStart = Literal["plus", "mixed"]
Allowed = Literal["any", "compatible"]
"""All sentences, or those whose reads commute pairwise; from the mixed state."""

MOST_STATES = 64
"""Of a machine that is looked for."""


@frozen(kw_only=True)
class MachineTask:
    """Which machines are looked for.

    Args:
        name: of the tokens, start and language together.
        says: what it is about.
        modes: n.
        tokens: as typed, with blanks between; writes on two modes and Pauli reads.
        start: |+> on each mode, or the maximally mixed state.
        language: which sentences count.
        states: N.
        starts: convention.
    """

    name: str
    says: str
    modes: int
    tokens: str
    start: QuantumStart
    language: Allowed
    states: int = 1
    starts: Starts = "one"

    @property
    def alphabet(self) -> Sentence:
        """The tokens, each once."""
        return sentence_from_text(self.tokens, modes=self.modes)

    def as_plain(self) -> dict[str, Any]:
        """All of it but what it is about."""
        return {
            "machine": self.name,
            "modes": self.modes,
            "tokens": self.tokens,
            "start": self.start,
            "language": self.language,
            "states": self.states,
            "starts": self.starts,
        }


SQUARE = "MX(0) MX(1) MP(X0*X1) MZ(1) MZ(0) MP(Z0*Z1) MP(X0*Z1) MP(Z0*X1) MP(Y0*Y1)"
PAULIS = (
    "MZ(1) MX(1) MP(Y1) MZ(0) MP(Z0*Z1) MP(Z0*X1) MP(Z0*Y1) MX(0) MP(X0*Z1) MP(X0*X1) MP(X0*Y1) "
    "MP(Y0) MP(Y0*Z1) MP(Y0*X1) MP(Y0*Y1)"
)
TRIANGLE = "W(0,1) W(0,2) W(1,2) MX(0) MX(1) MX(2)"

MACHINES = (
    MachineTask(
        name="square-compatible", says="the Peres-Mermin square, reads that commute", modes=2,
        tokens=SQUARE, start="mixed", language="compatible",
    ),
    MachineTask(
        name="square", says="the Peres-Mermin square from the mixed state, any order", modes=2,
        tokens=SQUARE, start="mixed", language="any",
    ),
    MachineTask(
        name="square-plus", says="the Peres-Mermin square from |++>, any order", modes=2,
        tokens=SQUARE, start="plus", language="any",
    ),
    MachineTask(
        name="paulis-compatible", says="all 15 Pauli strings of two modes, reads that commute",
        modes=2, tokens=PAULIS, start="mixed", language="compatible",
    ),
    MachineTask(
        name="graphs", says="graphs on three modes, X and Z read on each", modes=3,
        tokens=f"{TRIANGLE} MZ(0) MZ(1) MZ(2)", start="plus", language="any",
    ),
    MachineTask(
        name="graphs-x", says="graphs on three modes, X alone read on each", modes=3,
        tokens=TRIANGLE, start="plus", language="any",
    ),
    MachineTask(
        name="edge", says="graphs on two modes, X and Z read on each", modes=2,
        tokens="W(0,1) MX(0) MX(1) MZ(0) MZ(1)", start="plus", language="any",
    ),
)  # fmt: skip


def machine_task(name: str, states: int, starts: str) -> MachineTask:
    """A task by name.

    Raises:
        ValueError: if there is none, or the numbers are no good.
    """
    named = {task.name: task for task in MACHINES}
    if name not in named:
        raise ValueError(f"a machine is one of {', '.join(named)}, got {name!r}")
    if isinstance(states, bool) or not isinstance(states, int) or not 1 <= states <= MOST_STATES:
        raise ValueError(f"a machine has from 1 to {MOST_STATES} states, got {states!r}")
    if starts == "one":
        return evolve(named[name], states=states, starts="one")
    if starts == "every":
        return evolve(named[name], states=states, starts="every")
    raise ValueError(f'the starts are "one" or "every", got {starts!r}')


def task_from_plain(plain: Mapping[str, Any]) -> MachineTask:
    """The task of a certificate.

    Raises:
        ValueError: if it is not one that we know, to the letter.
    """
    task = machine_task(plain["machine"], plain["states"], plain["starts"])
    if task.as_plain() != dict(plain):
        raise ValueError(f"the task is not the one that {task.name} stands for; certify again")
    return task
