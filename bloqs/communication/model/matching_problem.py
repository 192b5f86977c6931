"""Hidden matching, and equal or orthogonal: signs of Alice in amplitudes, a basis of Bob."""

from typing import Any

import numpy as np
from attrs import field, frozen

from bloqs.communication.model.blocks import DenseBlock, PartyModel


def bits(given: Any) -> tuple[int, ...]:
    """A string of bits.

    Raises:
        ValueError: if it has another entry.
    """
    found = tuple(int(x) for x in given)
    if set(found) - {0, 1} or [*found] != [*given]:
        raise ValueError(f"a string has bits 0 and 1, got {given!r}")
    return found


def _edges(given: Any) -> tuple[tuple[int, int], ...]:
    return tuple((*edge,) for edge in given)


@frozen
class Matching:
    """Disjoint pairs of 0 ... N - 1.

    Args:
        size: N, a power of two from 2.
        edges: pairs.
    """

    size: int
    edges: tuple[tuple[int, int], ...] = field(converter=_edges)

    def __attrs_post_init__(self) -> None:
        if self.size < 2 or self.size & (self.size - 1):
            raise ValueError(f"a matching is on 2**n places, n >= 1, got {self.size}")
        if not self.edges:
            raise ValueError("a matching has at least one edge, got none")
        seen: set[int] = set()
        for edge in self.edges:
            ends = set(edge)
            if len(edge) != 2 or len(ends) != 2 or not ends <= {*range(self.size)}:
                raise ValueError(
                    f"an edge joins two different places of 0 to {self.size - 1}, got {edge}"
                )
            if ends & seen:
                raise ValueError(f"edges of a matching are disjoint; {min(ends & seen)} has two")
            seen |= ends

    @classmethod
    def of_share(cls, size: int, share: float, rng: np.random.Generator) -> "Matching":
        """A random one with share * N edges.

        Raises:
            ValueError: if that is no whole number from 1 to N/2.
        """
        edges = share * size
        if abs(edges - round(edges)) > 1e-9 or not 1 <= round(edges) <= size // 2:
            raise ValueError(
                f"a matching has alpha N edges, a whole number from 1 to {size // 2}, got "
                f"{share:g} * {size} = {edges:g}"
            )
        order = rng.permutation(size)
        return cls(
            size, tuple((int(a), int(b)) for a, b in order[: 2 * round(edges)].reshape(-1, 2))
        )

    @property
    def share(self) -> float:
        """alpha, edges over N; a perfect one has a half."""
        return len(self.edges) / self.size

    @property
    def order(self) -> tuple[int, ...]:
        """Places, those of the edges first and in pairs."""
        matched = [end for edge in self.edges for end in edge]
        return (*matched, *(x for x in range(self.size) if x not in matched))

    @property
    def basis(self) -> Any:
        """Rows: of edge e, sums at 2e and differences at 2e + 1; then single places. Orthogonal."""
        rows = np.eye(self.size)[[*self.order]]
        for e in range(len(self.edges)):
            one, two = rows[2 * e].copy(), rows[2 * e + 1].copy()
            rows[2 * e], rows[2 * e + 1] = (one + two) / np.sqrt(2), (one - two) / np.sqrt(2)
        return rows


@frozen(eq=False)
class HiddenMatching:
    """Alice has a string, Bob a matching: tell x_i + x_j for some edge (i, j), or the hidden bit.

    Args:
        string: x of Alice, N bits.
        matching: of Bob.
        weights: w of Bob, a bit for each edge, where x_i + x_j + w_e is to be the same bit on all.
    """

    string: tuple[int, ...] = field(converter=bits)
    matching: Matching
    weights: Any = None

    def __attrs_post_init__(self) -> None:
        if len(self.string) != self.matching.size:
            raise ValueError(
                f"the string has a bit for each of {self.matching.size} places, got "
                f"{len(self.string)}"
            )
        if self.weights is None:
            return
        bits(self.weights)
        if len(self.weights) != len(self.matching.edges):
            raise ValueError(
                f"there is a weight for each of {len(self.matching.edges)} edges, got "
                f"{len(self.weights)}"
            )
        found = [a ^ b for a, b in zip(self.parities, self.weights, strict=True)]
        if len(set(found)) > 1:
            off = min(found.count(0), found.count(1))
            raise ValueError(
                f"the promise is one bit for all edges; {off} of {len(found)} have another"
            )

    @property
    def parities(self) -> tuple[int, ...]:
        """x_i + x_j of each edge."""
        return tuple(self.string[i] ^ self.string[j] for i, j in self.matching.edges)

    @property
    def hidden(self) -> int | None:
        """The bit, if there are weights."""
        return None if self.weights is None else self.parities[0] ^ self.weights[0]

    @property
    def state(self) -> Any:
        """Signs over sqrt N; shape (N,)."""
        return (1.0 - 2 * np.array(self.string)) / np.sqrt(len(self.string))

    @property
    def law(self) -> Any:
        """Probability of each outcome of Bob; shape (N,)."""
        return (self.matching.basis @ self.state) ** 2

    @property
    def answers(self) -> float:
        """Probability that an edge is found, 2 alpha; it is then right for certain."""
        return float(self.law[: 2 * len(self.matching.edges)].sum())

    @property
    def wrong(self) -> float:
        """Probability of an edge with the wrong parity: 0."""
        parity = np.array(self.parities)
        edges = np.arange(len(parity))
        return float(self.law[2 * edges + 1 - parity].sum())

    @property
    def model(self) -> PartyModel:
        """Alice encodes; Bob changes to the basis of the matching and reads all qubits."""
        n = (self.matching.size - 1).bit_length()
        blocks = (DenseBlock("Alice", np.eye(2**n)), DenseBlock("Bob", self.matching.basis))
        return PartyModel(n, self.state, blocks)


@frozen(eq=False)
class EqualOrOrthogonal:
    """Strings that are equal, or differ in half of their places: sign vectors equal or orthogonal.

    Args:
        one: of Alice, N bits.
        two: of Bob.
    """

    one: tuple[int, ...] = field(converter=bits)
    two: tuple[int, ...] = field(converter=bits)

    def __attrs_post_init__(self) -> None:
        size, apart = len(self.one), self.apart
        if len(self.two) != size or size < 2 or size & (size - 1):
            raise ValueError(f"strings have 2**n bits each, got {size} and {len(self.two)}")
        if apart not in (0, size // 2):
            off = min(apart, abs(apart - size // 2))
            raise ValueError(
                f"the promise is that strings differ in none or in {size // 2} places; they differ "
                f"in {apart}, off by {off}"
            )

    @property
    def apart(self) -> int:
        """Places in which they differ."""
        return sum(a != b for a, b in zip(self.one, self.two, strict=False))

    @property
    def answer(self) -> bool:
        """Whether they are equal."""
        return self.apart == 0

    @property
    def model(self) -> PartyModel:
        """Bob puts his signs, and all qubits read 0 after Hadamard gates if and only if equal."""
        size = len(self.one)
        n = (size - 1).bit_length()
        hadamard = np.ones((1, 1))
        for _ in range(n):
            hadamard = np.kron(hadamard, np.array([[1, 1], [1, -1]]) / np.sqrt(2))
        signs = 1.0 - 2 * np.array(self.two)
        vector = (1.0 - 2 * np.array(self.one)) / np.sqrt(size)
        blocks = (DenseBlock("Alice", np.eye(size)), DenseBlock("Bob", hadamard * signs))
        return PartyModel(n, vector, blocks)
