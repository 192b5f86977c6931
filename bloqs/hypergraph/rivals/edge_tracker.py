"""A machine that keeps some of the edges that are written, and follows the state they make.

At the cut between writes and reads it is in one of 2**kept states: what a table of so many bits
can do that does not know which edges will matter. With all edges it is right.
"""

from attrs import evolve, frozen

from bloqs.hypergraph.model.run_record import is_possible
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.tokens import IdleToken, Token, WriteToken
from bloqs.hypergraph.model.vector_engine import VectorEngine


@frozen
class EdgeTracker:
    """The machine; it says 0 wherever its own state allows that.

    Args:
        kept: edges whose writes it follows; others are nothing to it.
    """

    kept: frozenset[tuple[int, ...]]

    @property
    def bits(self) -> int:
        """Memory at the cut."""
        return len(self.kept)

    def record(self, sentence: Sentence) -> str:
        """What it says."""
        tokens = tuple(self._seen(token) for token in sentence.tokens)
        run = VectorEngine().run(
            evolve(sentence, tokens=tokens), lambda _, zero: int(not is_possible(zero()))
        )
        return run.record

    def _seen(self, token: Token) -> Token:
        is_lost = isinstance(token, WriteToken) and tuple(sorted(token.edge)) not in self.kept
        return IdleToken() if is_lost else token
