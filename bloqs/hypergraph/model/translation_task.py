"""The translation task as it is learned: sentences at random, each with a record that may be said.

A sentence has C(n,k) tokens that write or do nothing, so that its length tells nothing, and then
reads. Each edge is written with probability 1/2, all in random order. Half of the sentences begin
to read with a shift query in Pauli strings. Of all other reads about half have an answer that is
certain; the rest are any tokens that read. Records are exact, run on many state vectors at once.
"""

from functools import cached_property
from itertools import combinations, product
from math import comb

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from bloqs.hypergraph.model.actions import ReadAction, actions_of
from bloqs.hypergraph.model.run_record import NEVER
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.tokens import EdgeToken, IdleToken, PauliToken, Token, WriteToken
from bloqs.hypergraph.model.vector_engine import VectorEngine, signs

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
States = NDArray[np.complex128]

MOST_MODES = 5
"""Modes of the largest task that is learned."""

MOST_LETTERS = 4
"""Letters of the longest string that is read, as in Theorem B."""

TRIED = 4
"""X parts among whose strings one with a certain answer is looked for."""


@frozen(eq=False)
class Drawn:
    """Sentences, and a record of each.

    Args:
        tokens: numbers, shape (count, length).
        answers: 0 or 1 for each read, shape (count, reads).
        chances: how likely each answer was, given those before; same shape.
    """

    tokens: Numbers
    answers: Numbers
    chances: Floats


@frozen(slots=False)
class TranslationTask:
    """Sentences of one length, and their records.

    Args:
        modes: n.
        order: k.
        reads: tokens that read in each sentence.

    Raises:
        ValueError: if there is no such task.
    """

    modes: int
    order: int
    reads: int

    def __attrs_post_init__(self) -> None:
        if not 2 <= self.modes <= MOST_MODES:
            raise ValueError(f"a task has 2 to {MOST_MODES} modes, got n = {self.modes}")
        if not 2 <= self.order <= self.modes:
            raise ValueError(f"k is from 2 to n = {self.modes}, got {self.order}")
        if self.reads < self.modes:
            raise ValueError(
                f"a sentence reads at least n = {self.modes} times, a shift query, got {self.reads}"
            )

    @property
    def writes(self) -> int:
        """Tokens that write or do nothing."""
        return comb(self.modes, self.order)

    @property
    def length(self) -> int:
        """Tokens of a sentence."""
        return self.writes + self.reads

    @cached_property
    def kinds(self) -> tuple[tuple[Token, ...], ...]:
        """Reads by kind, each kind as likely as the others: X and Z of a mode; Pauli strings on
        two to four; from k = 3 on stabilizers of a single edge.
        """
        places = [(v, 0) for v in range(self.modes)]
        single = [PauliToken(((place, letter),)) for place in places for letter in "XZ"]
        strings = [
            PauliToken(tuple(zip(some, letters, strict=True)))
            for size in range(2, min(MOST_LETTERS, self.modes) + 1)
            for some in combinations(places, size)
            for letters in product("XYZ", repeat=size)
        ]
        edges = [
            EdgeToken(center, rest)
            for center in places
            for rest in combinations([x for x in places if x != center], self.order - 1)
        ]
        found: list[tuple[Token, ...]] = [tuple(single), tuple(strings)]
        return tuple(found if self.order == 2 else [*found, tuple(edges)])

    @cached_property
    def alphabet(self) -> tuple[Token, ...]:
        """All tokens: the one that does nothing, writes, reads kind by kind."""
        edges = combinations(range(self.modes), self.order)
        return (IdleToken(), *map(WriteToken, edges), *(x for kind in self.kinds for x in kind))

    @cached_property
    def moves(self) -> tuple[NDArray[np.int64], NDArray[np.complex128]]:
        """U|x> = factor |x + flips> of each token, by shifted index and factor; (tokens, 2**n)."""
        size = 2**self.modes
        index = np.arange(size)
        found, factors = [], []
        for token in self.alphabet:
            flips, factor = 0, np.ones(size, dtype=complex)
            for action in actions_of(token, 1):
                if isinstance(action, ReadAction):
                    flips = action.flips
                    factor = 1j**action.ys * signs(action.monomials, size)
                else:
                    factor = VectorEngine().act(factor, action)
            found.append(index ^ flips)
            factors.append(factor[index ^ flips])
        return np.array(found), np.array(factors)

    @cached_property
    def strings(self) -> Numbers:
        """Numbers of the tokens that read X**a Z**b, up to a sign, by a and b; -1 if none does."""
        found = np.full((2**self.modes, 2**self.modes), -1)
        for number, token in enumerate(self.alphabet):
            if isinstance(token, PauliToken):
                (action,) = actions_of(token, 1)
                assert isinstance(action, ReadAction)
                found[action.flips, sum(action.monomials)] = number
        return found

    @cached_property
    def parities(self) -> NDArray[np.float64]:
        """(-1)**(b.x), shape (2**n, 2**n)."""
        masks = np.arange(2**self.modes)
        return np.asarray(1.0 - 2 * (np.bitwise_count(masks[:, None] & masks) & 1), dtype=float)

    def draw(self, random: np.random.Generator, count: int, choice: str = "drawn") -> Drawn:
        """Sentences, and a record of each that may be said.

        Args:
            random: decides.
            count: sentences.
            choice: "drawn", by the probabilities of the quantum model; or "zero", 0 wherever 0
                may be said, so that the record is a function of the sentence.
        """
        edges = np.argsort(random.random((count, self.writes)), axis=1) + 1
        tokens = np.where(random.random((count, self.writes)) < 0.5, edges, 0)
        state = self.start(count)
        for place in range(self.writes):
            state = self.moved(state, tokens[:, place])
        query = self.shift_queries(random, count)
        asks = random.random(count) < 0.5
        least = np.zeros(count)
        read, said, odds = [], [], []
        for place in range(self.reads):
            token = self.next_read(state, random)
            if place < self.modes:
                token = np.where(asks, query[:, place], token)
            if choice == "drawn":
                least = random.random(count)
            state, answer, chance = self.answered(state, token, least)
            read.append(token)
            said.append(answer)
            odds.append(chance)
        return Drawn(np.concatenate([tokens, np.stack(read, 1)], 1), np.stack(said, 1),
                     np.stack(odds, 1))  # fmt: skip

    def shift_queries(self, random: np.random.Generator, count: int) -> Numbers:
        """Reads that ask for f(x) + f(x + A), shape (count, n), at an x that the answers name.

        A has 1 to 4 modes. Parities that A leaves as they are come first, in random order: Z of
        modes outside, and Z Z of two inside; then X of all of A.
        """
        shift = np.array([a for a in range(1, 2**self.modes) if a.bit_count() <= MOST_LETTERS])
        chosen = shift[random.integers(len(shift), size=count)]
        pivot = chosen & -chosen
        modes = 1 << np.arange(self.modes)
        inside = (chosen[:, None] & modes) > 0
        masks = np.where(inside, modes | pivot[:, None], modes)
        order = random.random(masks.shape) + (modes == pivot[:, None])
        sorted_masks = np.take_along_axis(masks, np.argsort(order, axis=1), axis=1)
        parities = self.strings[0, sorted_masks[:, :-1]]
        return np.concatenate([parities, self.strings[chosen, 0][:, None]], axis=1)

    def next_read(self, state: States, random: np.random.Generator) -> Numbers:
        """A read of any kind, or with probability 1/2 one whose answer is certain, if one is found.

        It is looked for among all strings with one of `TRIED` X parts.
        """
        count, size = state.shape
        starts = np.cumsum([1 + self.writes, *map(len, self.kinds)])
        sizes = np.array([len(x) for x in self.kinds])
        kind = random.integers(len(sizes), size=count)
        plain = starts[kind] + (random.random(count) * sizes[kind]).astype(int)
        masks = random.integers(size, size=(count, TRIED))
        shifted = state[np.arange(count)[:, None, None], np.arange(size) ^ masks[:, :, None]]
        means = abs((np.conj(shifted) * state[:, None, :]) @ self.parities)
        tokens = self.strings[masks]
        weights = random.random(tokens.shape) * ((means > 1 - NEVER) & (tokens >= 0))
        flat = weights.reshape(count, -1)
        best = flat.argmax(axis=1)
        rows = np.arange(count)
        is_certain = (flat[rows, best] > 0) & (random.random(count) < 0.5)
        return np.where(is_certain, tokens.reshape(count, -1)[rows, best], plain)

    def start(self, count: int) -> States:
        """|+> on each mode, shape (count, 2**n)."""
        return np.full((count, 2**self.modes), 2 ** (-self.modes / 2) + 0j)

    def moved(self, state: States, tokens: Numbers) -> States:
        """Each state after the operator of its token."""
        index, factor = self.moves
        return np.take_along_axis(state, index[tokens], axis=1) * factor[tokens]

    def answered(
        self, state: States, tokens: Numbers, least: Floats
    ) -> tuple[States, Numbers, Floats]:
        """Each state after its read, what was said, and how likely that was.

        Args:
            state: shape (count, 2**n).
            tokens: numbers of reads, shape (count,).
            least: 0 is said if its probability is above, shape (count,).
        """
        moved = self.moved(state, tokens)
        zero = (abs(state + moved) ** 2).sum(axis=1) / 4
        zero = np.where(zero > 1 - NEVER, 1.0, np.where(zero < NEVER, 0.0, zero))
        answer = (zero <= least).astype(np.int64)
        part = state + (1 - 2 * answer[:, None]) * moved
        norm = np.sqrt((abs(part) ** 2).sum(axis=1, keepdims=True))
        return part / norm, answer, np.where(answer == 0, zero, 1 - zero)

    def sentence(self, row: Numbers) -> Sentence:
        """A sentence by the numbers of its tokens."""
        return Sentence(tuple(self.alphabet[token] for token in row), self.modes)

    def record(self, answers: Numbers) -> str:
        """A record by its answers, shape (reads,)."""
        return "." * self.writes + "".join(map(str, answers))
