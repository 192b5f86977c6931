"""Classical machines with finitely many states, and their JSON.

`{"modes", "tokens", "language", "start", "table"}`, and "q" over a field;
`table[state][token] = [next, output]`, a row a list in the order of the tokens or an object.
"""

import json
from typing import Any, Literal, get_args

from attrs import frozen

from bloqs.hypergraph.model.sentence import Sentence, sentence_from_text
from bloqs.hypergraph.model.tokens import FlipToken, Token, WriteToken
from estimator.ask.json_text import each_key_once, short_integer
from estimator.ask.parameter import WIDEST_VALUE, quoted
from estimator.report.text import shorten

Language = Literal["any", "write*read*"]
"""Sentences that a machine is meant for: all, or those in which no write follows a read or flip."""

KEYS = ("modes", "tokens", "language", "start", "table")


@frozen
class Automaton:
    """A machine: a row for each state, an arrow in it for each token.

    Args:
        alphabet: its tokens, each once, as a sentence.
        language: of the sentences it is meant for.
        start: number of a state.
        table: (next state, "." | "0" | "1") by state and token.

    Raises:
        ValueError: if the table does not fit.
    """

    alphabet: Sentence
    language: Language
    start: int
    table: tuple[tuple[tuple[int, str], ...], ...]

    def __attrs_post_init__(self) -> None:
        states = len(self.table)
        if self.language not in get_args(Language):
            raise ValueError(f'the language is "any" or "write*read*", got {quoted(self.language)}')
        if len(set(self.alphabet.tokens)) < len(self.alphabet.tokens):
            raise ValueError("an automaton lists each token once, got one twice; leave it out")
        if not 0 <= self.start < states:
            raise ValueError(
                f"the start is one of the {states} states, from 0, got {self.start}; "
                "no row of the table is reached"
            )
        for state, row in enumerate(self.table):
            if len(row) != len(self.alphabet.tokens):
                raise ValueError(
                    f"every state has an arrow for each of the {len(self.alphabet.tokens)} tokens, "
                    f"got {len(row)} at state {state}"
                )
            for token, (following, said) in zip(self.alphabet.tokens, row, strict=True):
                where = f"at state {state}, token {shorten(self.text_of(token), WIDEST_VALUE)}"
                if not 0 <= following < states:
                    raise ValueError(
                        f"a next state is from 0 to {states - 1}, got {following} {where}"
                    )
                if said not in ("01" if token.is_read else ".") or len(said) != 1:
                    rule = '"0" or "1" at a read' if token.is_read else '"." where nothing is read'
                    raise ValueError(f"an output is {rule}, got {quoted(said)} {where}")

    @property
    def states(self) -> int:
        """Number of rows."""
        return len(self.table)

    def text_of(self, token: Token) -> str:
        """A token as typed."""
        return token.text(self.alphabet.field_bits > 1)

    def as_plain(self) -> dict[str, Any]:
        """What its JSON holds."""
        plain: dict[str, Any] = {
            "modes": self.alphabet.modes,
            "tokens": [self.text_of(token) for token in self.alphabet.tokens],
            "language": self.language,
            "start": self.start,
            "table": [[list(arrow) for arrow in row] for row in self.table],
        }
        return (
            plain if self.alphabet.field_bits == 1 else {**plain, "q": 2**self.alphabet.field_bits}
        )

    def says(self, tokens: tuple[int, ...]) -> str:
        """Its record of a sentence, given as numbers of tokens."""
        state, said = self.start, ""
        for token in tokens:
            state, one = self.table[state][token]
            said += one
        return said


def is_write(token: Token) -> bool:
    """Whether it belongs to the first part of write*read*."""
    return isinstance(token, WriteToken)


def ends_writing(token: Token) -> bool:
    """Whether no write may follow it in write*read*: reads, and the flips of a query."""
    return token.is_read or isinstance(token, FlipToken)


def automaton_from_text(text: str) -> Automaton:
    """A machine from its JSON.

    Raises:
        ValueError: if it is none.
    """
    try:
        plain = json.loads(
            text,
            object_pairs_hook=each_key_once("an automaton"),
            parse_int=short_integer("an automaton"),
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"an automaton is a JSON object, got what is no JSON: {error}") from None
    if not isinstance(plain, dict) or not {*KEYS} <= {*plain} <= {*KEYS, "q"}:
        found = quoted(sorted(plain)) if isinstance(plain, dict) else type(plain).__name__
        raise ValueError(f"an automaton has the keys {', '.join(KEYS)}, and q, got {found}")
    tokens, table = plain["tokens"], plain["table"]
    if not isinstance(tokens, list) or not all(isinstance(token, str) for token in tokens):
        raise ValueError(f"tokens are a list of texts, got {quoted(tokens)}")
    for token in tokens:
        if len(token.split()) != 1:
            raise ValueError(f"a token is one word, got {quoted(token)}")
    modes, q = _whole(plain["modes"], "modes"), _whole(plain.get("q", 2), "q")
    alphabet = sentence_from_text(" ".join(tokens), modes=modes, q=q)
    if not isinstance(table, list) or not table:
        raise ValueError("a table is a list with a row for each state, got none")
    rows = tuple(_row(row, number, tokens) for number, row in enumerate(table))
    return Automaton(alphabet, plain["language"], _whole(plain["start"], "start"), rows)


def _whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} is a whole number, got {quoted(value)}")
    return value


def _row(row: object, number: int, tokens: list[str]) -> tuple[tuple[int, str], ...]:
    if isinstance(row, dict):
        if {*row} != {*tokens}:
            wrong = ", ".join(sorted({*row} ^ {*tokens}))
            raise ValueError(
                f"state {number} has an arrow for each token, not so for {shorten(wrong, 80)}"
            )
        row = [row[token] for token in tokens]
    if not isinstance(row, list):
        raise ValueError(f"the row of state {number} is a list of arrows, got {quoted(row)}")
    for arrow in row:
        if not isinstance(arrow, list) or len(arrow) != 2 or not isinstance(arrow[1], str):
            raise ValueError(f"an arrow is [next, output], got {quoted(arrow)} at state {number}")
        _whole(arrow[0], f"the next state at state {number}")
    return tuple((next_, said) for next_, said in row)
