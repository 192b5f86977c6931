"""Contests: the same questions with known answers to several programs, right or wrong in seconds.

A `Benchmark` compares how fast two programs do the same thing. In a contest they may also be
wrong, give up or never come back, and that is what the table counts.
"""

import multiprocessing
import resource
import signal
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from multiprocessing.connection import Connection
from typing import Any

from attrs import frozen
from rich.table import Table

from benchmarks.stopwatch import MEMORY

Question = Mapping[str, str]
_DIED = "died"


class Outcome(Enum):
    """What became of one question."""

    SOLVED = "solved"
    WRONG = "wrong"
    OPEN = "no answer"
    HUNG = "hung"


@frozen
class Contestant:
    """A program that answers questions.

    Args:
        name: as in the table.
        short: as in the README.
        answer: one of the answers, or `open_answer` of the contest; an exception counts as that.
    """

    name: str
    short: str
    answer: Callable[[Question], str]


@frozen(kw_only=True)
class Contest:
    """Questions and those who answer them.

    Args:
        name: one word, for the command line.
        title: heading of the table.
        questions: each with its key `answer`.
        contestants: in the order of the table.
        open_answer: the answer that decides nothing; where it is the right one, it is solved.
        limit: longest time for one question. Unit: seconds.
    """

    name: str
    title: str
    questions: Sequence[Question]
    contestants: tuple[Contestant, ...]
    open_answer: str
    limit: float


@frozen
class Score:
    """How a contestant did: per question the outcome and the time it took. Unit: seconds."""

    contestant: Contestant
    outcomes: list[Outcome]
    seconds: list[float]

    def count(self, outcome: Outcome) -> int:
        return self.outcomes.count(outcome)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def total(self) -> float:
        return sum(self.seconds)


def score(contest: Contest, contestant: Contestant) -> Score:
    """Ask one contestant everything, in a child process that is replaced whenever it hangs."""
    outcomes, seconds = [], []
    worker = _Worker(contest, contestant)
    try:
        for index in range(len(contest.questions)):
            start = time.perf_counter()
            outcomes.append(worker.outcome_of(index))
            seconds.append(time.perf_counter() - start)
    finally:
        worker.stop()
    return Score(contestant, outcomes, seconds)


class _Worker:
    """A fork of this process that answers question after question."""

    def __init__(self, contest: Contest, contestant: Contestant) -> None:
        self._contest, self._contestant = contest, contestant
        self._start()

    def _start(self) -> None:
        fork = multiprocessing.get_context("fork")
        self._pipe, theirs = fork.Pipe()
        arguments = (theirs, self._contest, self._contestant)
        self._child = fork.Process(target=_in_child, args=arguments, daemon=True)
        self._child.start()
        theirs.close()

    def stop(self) -> None:
        self._child.kill()
        self._child.join()
        self._pipe.close()

    def outcome_of(self, index: int) -> Outcome:
        self._pipe.send(index)
        given = None
        try:
            if self._pipe.poll(self._contest.limit):
                given = self._pipe.recv()
        except EOFError:  # it died, of memory or of itself
            given = _DIED
        if given in (None, _DIED):
            self.stop()
            self._start()
        if given is None:
            return Outcome.HUNG
        if given == self._contest.questions[index]["answer"]:
            return Outcome.SOLVED
        given_up = given in (self._contest.open_answer, _DIED)
        return Outcome.OPEN if given_up else Outcome.WRONG


def _in_child(pipe: Connection, contest: Contest, contestant: Contestant) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children itself
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        question = contest.questions[pipe.recv()]
        try:
            given = contestant.answer(question)
        except Exception:  # a refusal is no answer
            given = contest.open_answer
        pipe.send(given)


def contest_json(contest: Contest, scores: Iterable[Score]) -> list[dict[str, Any]]:
    """The table as data, with the questions answered wrongly."""
    return [
        {
            "contest": contest.name,
            "questions": len(contest.questions),
            "who": each.contestant.name,
            **{outcome.value: each.count(outcome) for outcome in Outcome},
            "median_seconds": each.median,
            "total_seconds": each.total,
            "wrong_on": [
                question["id"]
                for question, outcome in zip(contest.questions, each.outcomes, strict=True)
                if outcome is Outcome.WRONG
            ],
        }
        for each in scores
    ]


def contest_table(contest: Contest, scores: Iterable[Score]) -> Table:
    """One line per contestant."""
    table = Table(title=f"{contest.title}: {len(contest.questions)} questions")
    table.add_column("who")
    for heading in (*(outcome.value for outcome in Outcome), "median", "all"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in scores:
        counts = (str(each.count(outcome)) for outcome in Outcome)
        times = (f"{1000 * each.median:.1f} ms", f"{each.total:.1f} s")
        table.add_row(each.contestant.name, *counts, *times)
    return table
