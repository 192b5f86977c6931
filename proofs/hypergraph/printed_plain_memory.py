"""Printed, and read of plain qubits: C(n, k) - 1 bits at the cut for k of 3 and more."""

from itertools import combinations

import numpy as np

from bloqs.hypergraph.model.bounds import bound
from bloqs.hypergraph.model.judge import judge_record
from bloqs.hypergraph.model.sentence import sentence_from_text
from bloqs.hypergraph.model.vector_engine import VectorEngine
from bloqs.hypergraph.rivals.forgetful import ForgetfulMachine, best_family
from proofs.claim import Measurement
from proofs.erratum import Erratum

SENTENCES = 25


def random_reads(n: int, k: int, rng: np.random.Generator) -> str:
    """Reads of Pauli strings and of stabilizers of edges, flips between them."""
    parts = []
    for _ in range(2 * n):
        some = [int(v) for v in rng.permutation(n)]
        kind = int(rng.integers(3))
        if kind == 0:
            letters = [f"{rng.choice(list('XYZ'))}{v}" for v in some[: 1 + int(rng.integers(4))]]
            parts.append(f"MP({'*'.join(letters)})")
        elif kind == 1:
            parts.append(f"MK({some[0]};{','.join(map(str, some[1:k]))})")
        else:
            parts.append(f"CCX({some[0]},{some[1]},{some[2]})")
    return " ".join(parts)


def is_right(machine: ForgetfulMachine, sentences: int) -> bool:
    """Whether all that it says is allowed, on random writes and reads."""
    n, k = machine.modes, machine.order
    rng = np.random.default_rng(n + k)
    edges = list(combinations(range(n), k))
    for _ in range(sentences):
        writes = [f"W({','.join(map(str, edge))})" for edge in edges if rng.integers(2)]
        text = f"{' '.join(writes)} {random_reads(n, k, rng)}"
        sentence = sentence_from_text(text, modes=n)
        if not judge_record(sentence, machine.record(sentence), (VectorEngine(),)).is_allowed:
            return False
    return True


def forgetful(n: int, k: int) -> ForgetfulMachine:
    """The best one that is known here."""
    return ForgetfulMachine(n, k, best_family(n, k))


def observe(n: int, k: int) -> Measurement:
    """Bits that a machine stays below the number at the cut, never wrong on any reads after it."""
    machine = forgetful(n, k)
    saved = bound("paper").value(n, k) - machine.bits
    return Measurement(value=float(saved) if is_right(machine, SENTENCES) else 0.0)


def possible(n: int, k: int) -> float:
    """Edges that are forgotten, but for one: all or four in k + 1 modes, or k - 1."""
    return float({3: 2, 4: 4}.get(k, k + 1) - 1)


ERRATUM = Erratum(
    says="Classical networks need memory C(n, k) - 1.",
    reading="A mode is a plain qubit, k is 3 or more, memory is bits at the cut between writes "
    "and reads, and errors are none.",
    corrected_says="C(n, 3) - 2, C(n, 4) - 4 and, for k from 5 on, C(n, k) - (k + 1) bits are "
    "enough for n > k, whatever is read: none if n = k + 1 > 5. Over fields the number holds.",
    see="hypergraph.field_memory",
    relation="<=",
    observe=observe,
    printed=lambda n, k: 0.0,
    corrected=possible,
    instances=({"n": 4, "k": 3}, {"n": 5, "k": 3}, {"n": 5, "k": 4}, {"n": 6, "k": 5}),
    twin_says="That fewer bits do is what is printed.",
    source="[AG26] summary",
)
