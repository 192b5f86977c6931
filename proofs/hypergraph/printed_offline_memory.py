"""Printed of networks at large: where the query is read before the writes, a few bits do."""

from itertools import combinations

import numpy as np

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.model.judge import judge_record
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.tokens import FlipToken, PauliToken, Token, WriteToken
from bloqs.hypergraph.model.vector_engine import VectorEngine
from bloqs.hypergraph.rivals.shift_machines import OfflineMachine
from proofs.claim import Measurement
from proofs.erratum import Erratum

QUERIES = 25


def flips(n: int, rng: np.random.Generator) -> list[FlipToken]:
    """Some CNOTs and Toffolis: a permutation of all points that keeps 0."""
    found = []
    for _ in range(6):
        *controls, target = (int(v) for v in rng.permutation(n)[: int(rng.integers(2, 4))])
        found.append(FlipToken(tuple((v, 0) for v in controls), (target, 0)))
    return found


def partner(permutation: list[FlipToken]) -> int:
    """The point that the permutation takes to 1, the pair of 0 in the matching it makes."""
    point = 1
    for flip in reversed(permutation):
        if all(point >> v & 1 for v, _ in flip.controls):
            point ^= 1 << flip.target[0]
    return point


def observe(n: int, k: int) -> Measurement:
    """1 if n + 1 bits, fewer than Theorem D asks of causal machines, answer every query, else 0."""
    rng = np.random.default_rng(n)
    edges = [edge for size in range(1, k + 1) for edge in combinations(range(n), size)]
    right = True
    for _ in range(QUERIES):
        written = [edge for edge in edges if rng.integers(2)]
        permutation = flips(n, rng)
        machine = OfflineMachine(n, partner(permutation))
        value = machine.read_back(reversed(written))[-1]
        tokens: list[Token] = [*map(WriteToken, written), *permutation]
        silent = "." * len(tokens)
        tokens += [PauliToken((((v, 0), "Z"),)) for v in range(1, n)]
        tokens.append(PauliToken((((0, 0), "X"),)))
        record = silent + "0" * (n - 1) + value
        verdict = judge_record(Sentence(tokens, n), record, (VectorEngine(),))
        right &= verdict.is_allowed and machine.bits < bound("matching").value(n, k)
    return Measurement(value=float(right))


ERRATUM = Erratum(
    says="Classical networks of any architecture need memory of order n**k to translate without "
    "error.",
    reading="Architectures are included that read a query before the writes, or all of the input "
    "before they answer; queries are matchings of all points, edges of 1 to k modes.",
    corrected_says="It holds for models that answer before they read on. A machine that reads from "
    "right to left keeps the partner of the point 0 and a sum: n + 1 bits.",
    see="hypergraph.matching_memory",
    relation="==",
    observe=observe,
    printed=lambda n, k: 0.0,
    corrected=lambda n, k: 1.0,
    instances=({"n": 4, "k": 2}, {"n": 5, "k": 3}, {"n": 6, "k": 3}),
    twin_says="That the bound fails without causality is what is printed.",
    source="[AG26] abstract",
)
