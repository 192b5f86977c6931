"""Sentences on hypergraph states beside a plain state vector in Cirq, to the widest that it has.

The peer is given the operations that a person would write: controlled Z gates on the modes
themselves, and measurements of Pauli strings by Cirq. Both draw a record; the engines differ in
what they draw, so that answers are compared by a stabilizer that is certain.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import cirq
import numpy as np
from attrs import frozen

from benchmarks.benchmark import Benchmark, Case
from bloqs.hypergraph.answers.engines import ENGINES, engines_of
from bloqs.hypergraph.model.judge import first_that_can, judge_record
from bloqs.hypergraph.model.sentence import Sentence, sentence_from_text

WIDTHS = (12, 20, 25)
"""Modes; each more takes the peer's state vector twice the time and memory."""

WRITES = 40
HEADLINE = (
    "a sentence of 40 writes, a stabilizer and a read of every mode, 12 to 25 modes, k = 2 and 3, "
    "against a state vector in Cirq"
)


@frozen
class Sampled:
    """A sentence, and what the peer runs."""

    sentence: Sentence
    circuit: cirq.Circuit


def edges_of(modes: int, order: int) -> list[list[int]]:
    """Random edges."""
    random = np.random.default_rng(modes + order)
    return [sorted(map(int, random.choice(modes, order, False))) for _ in range(WRITES)]


def sampled(modes: int, order: int) -> Sampled:
    """Writes, the stabilizer of mode 0 between its edges, then Z of every mode."""
    edges = edges_of(modes, order)
    around = [edge for edge in edges if 0 in edge]
    texts = [f"W({','.join(map(str, edge))})" for edge in (*edges, *around)]
    texts += ["MX(0)", *(f"MZ({v})" for v in range(1, modes))]
    qubits = cirq.LineQubit.range(modes)
    moments: list[Any] = [cirq.H.on_each(*qubits)]
    for edge in (*edges, *around):
        *controls, last = (qubits[v] for v in edge)
        moments.append(cirq.Z(last).controlled_by(*controls))
    moments += [cirq.H(qubits[0]), cirq.measure(*qubits, key="record")]
    return Sampled(sentence_from_text(" ".join(texts), modes=modes), cirq.Circuit(moments))


def drawn(given: Sampled) -> int:
    """Ours: the answer of the stabilizer."""
    sentence = given.sentence
    _, run = first_that_can(engines_of(None), lambda one: one.sample(sentence, 1), sentence)
    return int(run.record.lstrip(".")[0])


def drawn_by_cirq(given: Sampled) -> int:
    """The peer's."""
    found = cirq.Simulator(seed=1, dtype=np.complex64).run(given.circuit)
    return int(found.measurements["record"][0, 0])


def long_record() -> tuple[Sentence, str]:
    """14,000 tokens on 200 modes at k = 3, and a record that can be."""
    random = np.random.default_rng(5)
    texts = [f"W({','.join(map(str, random.choice(200, 3, False)))})" for _ in range(13_800)]
    texts += [f"MZ({v})" for v in range(1, 200)] + ["MX(0)"]
    sentence = sentence_from_text(" ".join(texts), modes=200)
    return sentence, ENGINES["phase-polynomial"].sample(sentence, 1).record


def judged(given: tuple[Sentence, str]) -> bool:
    """Whether the record is allowed."""
    return judge_record(*given, engines=engines_of(None)).is_allowed


class Cases:
    """The cases, made when they are asked for."""

    def __iter__(self) -> Iterator[Case]:
        for order in (2, 3):
            for modes in WIDTHS:
                yield Case(
                    what=f"one record of a sentence, k = {order}",
                    size=f"{modes} modes",
                    ours=drawn,
                    peer=drawn_by_cirq,
                    setup=partial(sampled, modes, order),
                    same=lambda one, other: one == other == 0,
                    note="the peer is Cirq's state vector, at 25 modes of 256 MiB; the "
                    "stabilizer is certain, so both read 0",
                    headline=HEADLINE,
                )
        yield Case(
            what="14,000 tokens on 200 modes judged, k = 3",
            size="200 modes",
            ours=judged,
            setup=long_record,
            note="no peer: a state vector has 2**200 amplitudes",
        )


HYPERGRAPH = Benchmark("hypergraph", Cases())
