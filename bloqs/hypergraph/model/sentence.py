"""Sentences: tokens on a number of modes, which start as |+> each."""

from collections.abc import Iterable
from functools import cached_property

from attrs import field, frozen

from bloqs.hypergraph.model.actions import Action, actions_of
from bloqs.hypergraph.model.field import WRITTEN, field_bits
from bloqs.hypergraph.model.tokens import Token, WriteToken, token_from_text
from bloqs.hypergraph.parameters import MOST_MODES
from estimator.ask.parameter import WIDEST_VALUE
from estimator.report.text import shorten


def _as_tuple(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(tokens)


@frozen(slots=False)
class Sentence:
    """Tokens in the order in which they are read.

    Args:
        tokens: at least none.
        modes: n.
        field_bits: m, qubits of a mode; 1 for plain qubits.
        order: k, if every written edge must have as many modes.

    Raises:
        ValueError: if a token does not fit.
    """

    tokens: tuple[Token, ...] = field(converter=_as_tuple)
    modes: int
    field_bits: int = 1
    order: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.modes < 1:
            raise ValueError(f"a sentence is about at least one mode, got {self.modes}")
        if self.modes > MOST_MODES:
            raise ValueError(
                f"a sentence is about at most {MOST_MODES} modes, got {self.modes}; name fewer"
            )
        if self.field_bits not in WRITTEN:
            raise ValueError(f"a mode has 1 to 4 qubits, got {self.field_bits}")
        if self.order is not None and not 2 <= self.order <= self.modes:
            raise ValueError(f"k is from 2 to n = {self.modes}, got {self.order}")
        for token in dict.fromkeys(self.tokens):
            text = shorten(token.text(self.field_bits > 1), WIDEST_VALUE)
            if any(not 0 <= mode < self.modes for mode in token.modes):
                raise ValueError(f"modes are below n = {self.modes}, got {text}; name more modes")
            is_edge = isinstance(token, WriteToken)
            if is_edge and self.order is not None and len(token.modes) != self.order:
                raise ValueError(f"every edge has k = {self.order} modes, got {text}")

    @property
    def qubits(self) -> int:
        """Of the latent state."""
        return self.modes * self.field_bits

    @property
    def reads(self) -> int:
        """Number of tokens that are answered."""
        return sum(token.is_read for token in self.tokens)

    @cached_property
    def actions(self) -> tuple[tuple[Action, ...], ...]:
        """What each token does."""
        return tuple(actions_of(token, self.field_bits) for token in self.tokens)

    @property
    def text(self) -> str:
        """As it is typed."""
        return " ".join(token.text(self.field_bits > 1) for token in self.tokens)


def sentence_from_text(
    text: str, *, modes: int | None = None, q: int = 2, order: int | None = None
) -> Sentence:
    """A sentence as typed, tokens separated by blanks.

    Args:
        text: such as "W(0,1) MX(0)".
        modes: n; unless named, one more than the largest mode in it.
        q: size of the field; 2 means plain qubits.
        order: k, if every edge must have k modes.

    Raises:
        ValueError: if it is none.
    """
    bits = field_bits(q)
    known: dict[str, Token] = {}
    for part in text.split():
        if part not in known:
            known[part] = token_from_text(part, bits)
    tokens = tuple(known[part] for part in text.split())
    if not tokens:
        raise ValueError("a sentence has at least one token, got none")
    if modes is None:
        modes = 1 + max((mode for token in known.values() for mode in token.modes), default=0)
    return Sentence(tokens, modes, bits, order)
