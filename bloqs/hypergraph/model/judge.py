"""Whether a record is allowed, and how likely it is."""

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeVar

from attrs import frozen

from bloqs.hypergraph.model.phase_engine import PhaseEngine
from bloqs.hypergraph.model.phase_polynomial import TooManyCasesError
from bloqs.hypergraph.model.run_record import Engine, Probability
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.vector_engine import VectorEngine

T = TypeVar("T")
MOST_BRANCHES = 16
"""Of the phase polynomial, where nobody says otherwise."""

ENGINES: tuple[Engine, ...] = (PhaseEngine(MOST_BRANCHES), VectorEngine())
"""Tried in this order."""


@frozen
class RecordVerdict:
    """What is known about a record.

    Args:
        record: what was replayed of it: all, or up to the answer that cannot be.
        is_allowed: whether it can occur.
        probability: of it; a fraction where it is exact.
        stopped: number of the first token that answers what cannot be.
        engine: that ran it.
    """

    record: str
    is_allowed: bool
    probability: Probability
    stopped: int | None
    engine: str

    @property
    def log2_probability(self) -> float:
        """Minus infinity if it cannot occur, or is a float too small to be one; of a fraction it is
        finite also where a float would be zero.
        """
        if not self.probability:
            return -math.inf
        if isinstance(self.probability, Fraction):
            return math.log2(self.probability.numerator) - math.log2(self.probability.denominator)
        return math.log2(self.probability)


def judge_record(
    sentence: Sentence, record: str, engines: Iterable[Engine] = ENGINES, others: str = ""
) -> RecordVerdict:
    """Runs a sentence with the answers of a record.

    Args:
        sentence: that was read.
        record: a character a token.
        engines: tried in order; the first that can run it answers.
        others: limits of engines that are not tried, for a refusal.

    Raises:
        ValueError: if the record does not fit, or no engine can run the sentence.
    """
    engine, run = first_that_can(
        engines, lambda engine: engine.replay(sentence, record), sentence, others
    )
    return RecordVerdict(run.record, run.stopped is None, run.probability, run.stopped, engine.name)


def first_that_can(
    engines: Iterable[Engine], act: Callable[[Engine], T], sentence: Sentence, others: str = ""
) -> tuple[Engine, T]:
    """The first engine that can do something with a sentence, and what came of it.

    Args:
        engines: tried in order.
        act: what is done.
        sentence: with which.
        others: limits of engines that are not tried, for a refusal.

    Raises:
        ValueError: if none can, with the limit of each.
    """
    limits = []
    for engine in engines:
        try:
            engine.check(sentence)
            return engine, act(engine)
        except TooManyCasesError:
            limits.append(f"{engine.name}: {engine.limit}")
    if len(limits) == 1:
        raise ValueError(
            f"this engine cannot run the sentence of {sentence.qubits} qubits ({limits[0]}); "
            "name another engine"
        )
    limits += [others] if others else []
    raise ValueError(
        f"no engine can run this sentence of {sentence.qubits} qubits ({'; '.join(limits)}); "
        "name fewer modes"
    )
