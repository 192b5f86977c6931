"""A machine for write*read* on plain qubits that forgets a linear family of hypergraphs.

It keeps the written edges up to the family. Its answers follow a witness N that lies below all
states of the family (`model/exclusion`): of tr(P N) for both answers it takes the larger.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.model.actions import ReadAction
from bloqs.hypergraph.model.bounds import shared_block
from bloqs.hypergraph.model.exclusion import classes, sharing_witness, value_at
from bloqs.hypergraph.model.record import SILENT
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.tokens import WriteToken
from bloqs.hypergraph.model.vector_engine import VectorEngine, signs

Edge = tuple[int, ...]
Family = tuple[tuple[Edge, ...], ...]
"""Generators, each a set of edges."""


def shared_star(modes: int, order: int) -> Family:
    """x_0 ... x_{k-2} times linear forms in k - 1 variables: k - 1 bits that nobody needs.

    Raises:
        ValueError: unless n >= 2k - 2.
    """
    if not 2 <= order <= modes or modes < 2 * order - 2:
        raise ValueError(f"this family has k >= 2 and n >= 2k - 2 modes, got {modes}, k = {order}")
    stem = tuple(range(order - 1))
    return tuple(((*stem, v),) for v in range(order - 1, 2 * order - 2))


def all_edges(modes: int, order: int) -> Family:
    """All hypergraphs, for modes up to `shared_block`, such as k + 1 for k >= 5."""
    return tuple((edge,) for edge in combinations(range(modes), order))


def best_family(modes: int, order: int) -> Family:
    """The family whose machine has `upper_bits_at_cut` bits."""
    edges = all_edges(shared_block(modes, order), order)
    if order == 4 and modes > 4:
        edges = max(edges, all_edges(5, 4)[:4], key=len)
    if modes >= 2 * order - 2:
        edges = max(edges, shared_star(modes, order), key=len)
    return edges


class ForgetfulMachine:
    """The machine.

    Args:
        modes: n.
        order: k.
        forgotten: generators of the family; each has an edge first that no other has.

    Raises:
        ValueError: if some measurement excludes the states of the family.
    """

    def __init__(self, modes: int, order: int, forgotten: Family) -> None:
        self.modes, self.order, self.forgotten = modes, order, forgotten
        firsts = [edges[0] for edges in forgotten]
        if any(edge in edges for edges in forgotten for edge in firsts if edge != edges[0]):
            raise ValueError("the first edge of a generator is in no other generator")
        self._masks = [tuple(_mask(edge) for edge in edges) for edges in forgotten]
        sizes = classes(self._masks, modes)
        witness = sharing_witness(sizes)
        points = [tuple(value_at(one, x) for one in self._masks) for x in range(2**modes)]
        self._weights: NDArray[np.float64] = np.array(list(witness.values()))
        self._vectors = np.array(
            [[(name == c) / sizes[c] ** 0.5 for name in points] for c in witness]
        )

    @property
    def bits(self) -> int:
        """Memory at the cut: edges less generators."""
        edges = len(list(combinations(range(self.modes), self.order)))
        return edges - len(self.forgotten)

    @property
    def witness(self) -> NDArray[np.float64]:
        """An operator of trace 1 below a multiple of each state of the family, 2**n by 2**n."""
        return np.asarray(np.einsum("c,ci,cj->ij", self._weights, self._vectors, self._vectors))

    def latent(self, edges: Sequence[Edge]) -> frozenset[Edge]:
        """What is kept of written edges; one that is written twice cancels."""
        kept: set[Edge] = set()
        for edge in edges:
            kept ^= {tuple(sorted(edge))}
        for generator in self.forgotten:
            if generator[0] in kept:
                kept ^= set(generator)
        return frozenset(kept)

    def record(self, sentence: Sentence) -> str:
        """What it says.

        Raises:
            ValueError: if the sentence has other modes, or a write after a read or flip.
        """
        if sentence.modes != self.modes or sentence.field_bits != 1:
            raise ValueError(f"this machine has {self.modes} plain modes, got {sentence.modes}")
        written: list[Edge] = []
        rest = 0
        for token in sentence.tokens:
            if not isinstance(token, WriteToken):
                break
            if token.angle is not None or len(token.edge) != self.order:
                raise ValueError(f"this machine reads writes of {self.order} modes, "
                                 f"got {token.text()}")  # fmt: skip
            written.append(token.edge)
            rest += 1
        return SILENT * rest + self.answers(self.latent(written), sentence, rest)

    def answers(self, latent: frozenset[Edge], sentence: Sentence, first: int) -> str:
        """What it says from a token on, given what is kept and nothing else."""
        vectors = self._vectors * signs(tuple(map(_mask, latent)), 2**self.modes)
        weights, said = self._weights, ""
        engine = VectorEngine()
        for token, actions in zip(sentence.tokens[first:], sentence.actions[first:], strict=True):
            if isinstance(token, WriteToken):
                raise ValueError("this machine is for write*read*, got a write after the first "
                                 "read; write before")  # fmt: skip
            if not token.is_read:
                for action in actions:
                    vectors = np.array([engine.act(vector, action) for vector in vectors])
                said += SILENT
                continue
            (action,) = actions
            assert isinstance(action, ReadAction)
            moved = np.array([_moved(vector, action) for vector in vectors])
            parts = [(vectors + sign * moved) / 2 for sign in (1, -1)]
            traces = [float(weights @ (abs(part) ** 2).sum(axis=1)) for part in parts]
            answer = int(traces[1] > traces[0])
            vectors, weights = parts[answer], weights / traces[answer]
            said += str(answer)
        return said


def _moved(vector: NDArray[np.complex128], action: ReadAction) -> NDArray[np.complex128]:
    turned = 1j**action.ys * signs(action.monomials, len(vector)) * vector
    return np.asarray(turned[np.arange(len(vector)) ^ action.flips])


def _mask(edge: Edge) -> int:
    return sum(1 << v for v in edge)
