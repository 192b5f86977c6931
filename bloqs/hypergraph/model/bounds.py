"""Bounds on the memory of classical machines, with what they assume and where they are proved."""

from collections.abc import Callable
from math import comb, log2
from typing import Any

import sympy
from attrs import frozen

from bloqs.hypergraph.model.field import least_field
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.tokens import PauliToken, WriteToken
from bloqs.hypergraph.symbols import j


@frozen(kw_only=True)
class MemoryBound:
    """Bits that every classical machine of zero error keeps at the cut between writes and reads.

    Args:
        name: short.
        theorem: which, or whose claim.
        formula: of n, k and m, numbers or symbols.
        assumptions: in words, one each.
        status: "proved", or why not.
        reads: which reads the machine must answer.
        is_constant_cell: whether a token's circuit is of constant size in n.
        modes_are_fields: whether a mode is m qubits, q >= the least field; else one qubit.
        least: whether n and k, numbers, are inside the theorem; else the reason.
    """

    name: str
    theorem: str
    formula: Callable[[Any, Any, Any], Any]
    assumptions: tuple[str, ...]
    status: str
    reads: str
    is_constant_cell: bool
    modes_are_fields: bool
    least: Callable[[int, int], str | None]

    def value(self, n: Any, k: Any, m: Any = 1) -> Any:
        """Bits, at least 0 for numbers; an expression for symbols.

        Args:
            n: modes.
            k: modes of an edge; a number wherever n is one.
            m: qubits of a mode.

        Raises:
            ValueError: if the theorem does not hold there.
        """
        if isinstance(n, int) and isinstance(k, int):
            if not 2 <= k <= n:
                raise ValueError(f"k is from 2 to n = {n}, got {k}")
            reason = self.least(n, k)
            if reason:
                raise ValueError(f"{self.theorem}: {reason}")
        if self.modes_are_fields and isinstance(k, int) and isinstance(m, int):
            if 2**m < least_field(k):
                raise ValueError(
                    f"{self.theorem} needs a field of at least q = {least_field(k)} elements at "
                    f"k = {k}, got {2**m}"
                )
        elif not self.modes_are_fields and m != 1:
            raise ValueError(f"{self.theorem} is about plain qubits, m = 1, got m = {m}")
        found = self.formula(n, k, m)
        return max(0, found) if isinstance(found, int) else found

    def qubits(self, n: Any, m: Any = 1) -> Any:
        """Of the latent quantum state that does the same."""
        return n * m

    def first_advantage(self, k: int, m: int = 1, most: int = 1000) -> int | None:
        """Least n from which bits exceed qubits, as far as n = `most`; nothing if there is none."""
        for n in range(k, most + 1):
            if not self.least(n, k) and self.value(n, k, m) > self.qubits(n, m):
                return n
        return None


def _edges(n: Any, k: Any) -> Any:
    return comb(n, k) if isinstance(n, int) and isinstance(k, int) else sympy.binomial(n, k)


def _up_to(n: Any, k: int) -> Any:
    """Sum of C(n-1, j) for j up to k."""
    if not isinstance(k, int):
        return sympy.Sum(sympy.binomial(n - 1, j), (j, 0, k))
    return sum(_edges(n - 1, size) for size in range(k + 1))


def derivatives_needed(k: int) -> int:
    """Least odd t with Pr[Bin(t, 1/4) >= t/2] < 2**-(k + 1), in whole numbers: 5, 9, 13, ...

    Raises:
        ValueError: for k below 1.
    """
    if k < 1:
        raise ValueError(f"an edge has k modes from 1, got {k}")
    t = 1
    while sum(comb(t, j) * 3 ** (t - j) for j in range((t + 1) // 2, t + 1)) << (k + 1) >= 4**t:
        t += 2
    return t


def _asymptotic(n: Any, k: Any, m: Any) -> Any:
    if not isinstance(k, int):
        raise ValueError("Theorem E has a constant for each k; give k as a number")
    return _edges(n, k) - 1 - derivatives_needed(k) * (n + _up_to(n, k - 1))


def _always(n: int, k: int) -> str | None:
    return None


def _only_graphs(n: int, k: int) -> str | None:
    return None if k == 2 else f"it is about k = 2 alone, got {k}"


CAUSAL = "causal: an answer is given before the next token is read"
ZERO = "zero error: what the quantum model never says is never said"
BOUNDS = (
    MemoryBound(
        name="paper",
        theorem="the paper's claim",
        formula=lambda n, k, m: _edges(n, k) - 1,
        assumptions=("zero error", "reads and units as the authors mean them"),
        status="not proved here: our reads at k = 2 and over fields give the number; on plain "
        "qubits with k >= 3 it fails at the cut",
        reads="hypergraph stabilizers",
        is_constant_cell=True,
        modes_are_fields=False,
        least=_always,
    ),
    MemoryBound(
        name="pauli",
        theorem="Theorem B",
        formula=lambda n, k, m: _edges(n, 2) - 1,
        assumptions=(CAUSAL, ZERO, "length C(n,2) + (n - 4) + 4 or more, the same for all"),
        status="proved, by exhaustion on four modes; exact at the cut",
        reads="Pauli strings on at most 4 modes",
        is_constant_cell=True,
        modes_are_fields=False,
        least=_only_graphs,
    ),
    MemoryBound(
        name="field",
        theorem="Theorem C",
        formula=lambda n, k, m: _edges(n, k) - 1,
        assumptions=(CAUSAL, ZERO, "weights 0 and 1", "length C(n,k) + (n - 2k) + 1 or more"),
        status="proved; exact at the cut",
        reads="Z, and one exclusion of three states on at most 2k modes",
        is_constant_cell=True,
        modes_are_fields=True,
        least=_always,
    ),
    MemoryBound(
        name="field-weights",
        theorem="Theorem C",
        formula=lambda n, k, m: m * _edges(n, k) - 1,
        assumptions=(CAUSAL, ZERO, "all weights", "length C(n,k) + (n - 2k) + 1 or more"),
        status="proved; exact at the cut",
        reads="Z, and one exclusion of three states on at most 2k modes",
        is_constant_cell=True,
        modes_are_fields=True,
        least=_always,
    ),
    MemoryBound(
        name="matching",
        theorem="Theorem D",
        formula=lambda n, k, m: _up_to(n, k),
        assumptions=(CAUSAL, ZERO, "edges of all sizes from 1 to k", "length exponential in n"),
        status="proved; exact for one query",
        reads="one matching of all points",
        is_constant_cell=False,
        modes_are_fields=False,
        least=_always,
    ),
    MemoryBound(
        name="uniform",
        theorem="Theorem E",
        formula=_asymptotic,
        assumptions=(CAUSAL, ZERO, "edges of k modes"),
        status="proved",
        reads="exclusion of three states on all n modes",
        is_constant_cell=False,
        modes_are_fields=False,
        least=_always,
    ),
)
"""Theorem F says that they hold for whatever a causal model keeps: states, bottleneck or cache."""


def bound(name: str) -> MemoryBound:
    """A bound by name.

    Raises:
        ValueError: if there is none.
    """
    for one in BOUNDS:
        if one.name == name:
            return one
    raise ValueError(f"a bound is one of {', '.join(x.name for x in BOUNDS)}, got {name!r}")


def check_pauli_sentence(sentence: Sentence) -> None:
    """Whether a sentence is one of Theorem B.

    Raises:
        ValueError: naming the token that is not.
    """
    for token in sentence.tokens:
        is_graph = isinstance(token, WriteToken) and len(token.edge) == 2 and token.angle is None
        is_read = isinstance(token, PauliToken) and len(token.letters) <= 4
        if sentence.field_bits > 1 or not (is_graph or is_read or not token.modes):
            raise ValueError(
                "Theorem B is about edges of two modes and reads of Pauli strings on at most 4, "
                f"on plain qubits, got {token.text(sentence.field_bits > 1)}"
            )


def check_field_sentence(sentence: Sentence) -> None:
    """Whether writes and single reads of a sentence are those of Theorem C.

    Raises:
        ValueError: naming the token that is not, or the least field.
    """
    orders = {len(token.edge) for token in sentence.tokens if isinstance(token, WriteToken)}
    if 1 in orders:
        raise ValueError("Theorem C is about edges of k modes, k from 2, got an edge of 1 mode")
    q, least = 2**sentence.field_bits, least_field(max(orders, default=2))
    if q < least:
        raise ValueError(
            f"Theorem C needs a field of at least q = {least} elements at k = {max(orders)}, "
            f"got {q}; name a larger q"
        )
    for token in sentence.tokens:
        is_angle = isinstance(token, WriteToken) and token.angle is not None
        is_read = isinstance(token, PauliToken) and [x for _, x in token.letters] == ["Z"]
        if is_angle or not (isinstance(token, WriteToken) or is_read or not token.modes):
            raise ValueError(
                "Theorem C is about writes, reads of Z and one exclusion, which is no token, "
                f"got {token.text(sentence.field_bits > 1)}"
            )
    if len(orders) > 1:
        raise ValueError(f"Theorem C is about edges of one size, got sizes {sorted(orders)}")


def upper_bits_at_cut(n: int, k: int) -> int:
    """Bits of a machine that we have, at the cut, for write*read* on plain qubits.

    Raises:
        ValueError: if k is not from 2 to n.
    """
    return comb(n, k) - forgotten_edges(n, k)


def upper_bits_by_size(n: Any, k: int) -> Any:
    """`upper_bits_at_cut` for an n that may be a symbol: sizes up to 4 k case by case.

    Beyond them more modes do not help, and of fewer all edges are forgotten.
    """
    if isinstance(n, int):
        return upper_bits_at_cut(n, k)
    cases = [(upper_bits_at_cut(size, k), sympy.Eq(n, size)) for size in range(k, 4 * k)]
    return sympy.Piecewise(*cases, (_edges(n, k) - forgotten_edges(4 * k, k), True))


def upper_bits_of_pairs(bits: Any) -> Any:
    """Bits of a machine over fields or oscillators, at the cut: all that is written but one bit.

    Two states that differ in one weight of one edge are not orthogonal, so that whatever is read
    they have an answer in common.
    """
    return bits - 1


def forgotten_edges(n: int, k: int) -> int:
    """Edges that nobody needs at the cut: all inside `shared_block`, or k - 1 (k = 4: 4) of some.

    Inside a block of s modes all edges may be forgotten if T < sqrt(2**s - T), T the points with k
    ones or more; of k + 1 modes with k = 4 all edges but one; of a star k - 1 edges.

    Raises:
        ValueError: if k is not from 2 to n.
    """
    edges = comb(shared_block(n, k), k)
    if k == 4 and n > 4:
        edges = max(edges, 4)
    return max(edges, k - 1) if n >= 2 * k - 2 else edges


def shared_block(n: int, k: int) -> int:
    """The most modes, up to n, all of whose k-uniform hypergraphs share one latent; k or more.

    Raises:
        ValueError: if k is not from 2 to n.
    """
    if not 2 <= k <= n:
        raise ValueError(f"k is from 2 to n = {n}, got {k}")
    s, points = k, 1
    while s < n:
        more = 2 * points + comb(s, k - 1)
        if more**2 + more >= 2 ** (s + 1):  # square roots of the classes close to a polygon
            break
        s, points = s + 1, more
    return s


def upper_bits_always(n: int) -> float:
    """Bits to number the stabilizer states, at any time, k = 2: n + sum of log2(2**i + 1)."""
    return n + sum(log2(2**i + 1) for i in range(1, n + 1))


def cache_bits(layers: Any, width: Any, precision: Any, length: Any) -> Any:
    """A decoder's cache: keys and values of every past token; numbers or symbols."""
    return 2 * layers * width * precision * length


def window_bits(layers: Any, width: Any, precision: Any, length: Any, window: Any) -> Any:
    """A cache that keeps the last tokens of a window alone."""
    numbers = isinstance(length, int) and isinstance(window, int)
    least = min(length, window) if numbers else sympy.Min(length, window)
    return cache_bits(layers, width, precision, least)


def bottleneck_bits(width: Any, precision: Any) -> Any:
    """One vector between encoder and decoder."""
    return width * precision
