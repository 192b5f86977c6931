"""Whether a record is allowed, and how likely it is."""

import math
from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from bloqs.hypergraph.model.phase_engine import PhaseEngine
from bloqs.hypergraph.model.phase_polynomial import TooManyCasesError
from bloqs.hypergraph.model.run_record import Engine, Probability
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.vector_engine import VectorEngine

MOST_BRANCHES = 16
"""Of the phase polynomial, where nobody says otherwise."""

ENGINES: tuple[Engine, ...] = (PhaseEngine(MOST_BRANCHES), VectorEngine())
"""Tried in this order."""


@frozen
class RecordVerdict:
    """What is known about a record.

    Args:
        is_allowed: whether it can occur.
        probability: of it; a fraction where it is exact.
        stopped: number of the first token that answers what cannot be.
        engine: that ran it.
    """

    is_allowed: bool
    probability: Probability
    stopped: int | None
    engine: str

    @property
    def log2_probability(self) -> float:
        """Minus infinity if it cannot occur; finite also where a float would be zero."""
        if not self.is_allowed:
            return -math.inf
        if isinstance(self.probability, Fraction):
            return math.log2(self.probability.numerator) - math.log2(self.probability.denominator)
        return math.log2(self.probability)


def judge_record(
    sentence: Sentence, record: str, engines: Sequence[Engine] = ENGINES
) -> RecordVerdict:
    """Runs a sentence with the answers of a record.

    Args:
        sentence: that was read.
        record: a character a token.
        engines: tried in order; the first that can run it answers.

    Raises:
        ValueError: if the record does not fit, or no engine can run the sentence.
    """
    refused = []
    for engine in engines:
        try:
            engine.check(sentence)
            run = engine.replay(sentence, record)
        except TooManyCasesError as error:
            refused.append(f"{engine.name}: {error}")
            continue
        return RecordVerdict(run.stopped is None, run.probability, run.stopped, engine.name)
    raise ValueError(f"no engine can run this sentence ({'; '.join(refused)})")
