"""Memory of quantum and classical machines, as columns that move with the parameters."""

from collections.abc import Iterator, Sequence
from typing import Any

import sympy

from bloqs.hypergraph import symbols
from bloqs.hypergraph.answers.cost_bounds import (
    AT_THE_CUT,
    lower_rows,
    model_rows,
    name_bits,
    upper_rows,
)
from bloqs.hypergraph.answers.cost_qumode import ORDERS, token_rows
from bloqs.hypergraph.answers.cost_tokens import sized_tokens
from bloqs.hypergraph.answers.letters import Letters, letters_of
from bloqs.hypergraph.model.bounds import upper_bits_by_size
from bloqs.hypergraph.model.training import squeezing_decibels
from estimator.ask.question import Asked
from estimator.costs.cost import cost_by_annotation
from estimator.explorer.shown_column import ShownColumn

MEMORY = "memory"
"""What all that is kept is one of."""


def memory(asked: Asked) -> Sequence[ShownColumn]:
    """What is kept by everybody, what it must be at least, and the tokens."""
    letters = letters_of(asked.values)
    unit = "modes" if letters.variant == "qumode" else "qubits"
    columns = [
        _column("latent", "quantum, latent state", unit, MEMORY, letters.qubits),
        _column("control", "classical control that names an edge", "bits", MEMORY,
                name_bits(letters)),
        *upper_columns(letters),
        *lower_columns(letters),
        *(_column(key, row["what"], "bits", MEMORY, row["bits"], True)
          for key, row in zip(("cache", "window", "bottleneck"), model_rows(letters),
                              strict=True)),
    ]  # fmt: skip
    if letters.variant != "qumode":
        return [*columns, *token_columns(letters)]
    for row in token_rows(letters):
        for key in ("gates", "measurements"):
            name = row["token"]
            columns.append(_column(f"{name}.{key}", key, "gates", name, row[key]))
    if letters.k in ORDERS:
        decibels = squeezing_decibels(letters.k, asked.get("delta", symbols.spacing))
        columns.append(_column("squeezing", "squeezing for Theorem C", "dB", MEMORY, decibels))
    return columns


def upper_columns(letters: Letters) -> Iterator[ShownColumn]:
    """Machines that are right; those whose bits are a sum over n are left out."""
    for number, row in enumerate(upper_rows(letters)):
        bits = row["bits"]
        if row["what"] == AT_THE_CUT:
            bits = upper_bits_by_size(letters.n, letters.k)
        if not isinstance(bits, sympy.Basic) or not bits.has(sympy.Sum):
            yield _column(f"upper.{number + 1}", row["what"], "bits", MEMORY, bits, True)


def lower_columns(letters: Letters) -> Iterator[ShownColumn]:
    """Bounds that are proved for this variant."""
    for row in lower_rows(letters):
        if row["bits"] is not None and row["proved"].startswith("yes"):
            label = f"classical, at least, {row['theorem']}, {row['bound']}"
            bits = sympy.Max(0, row["bits"])
            yield _column(f"lower.{row['bound']}", label, "bits", MEMORY, bits, True)


def token_columns(letters: Letters) -> Iterator[ShownColumn]:
    """Gates and width of tokens of which every size is a letter."""
    for name, bloq in sized_tokens(letters):
        cost = cost_by_annotation(bloq)
        for key, unit in (("toffoli", "gates"), ("rotations", "rotations"), ("qubits", "qubits")):
            yield _column(f"{name}.{key}", key, unit, f"token {name}", getattr(cost, key))


def _column(
    key: str, label: str, unit: str, group: str, value: Any, is_rival: bool = False
) -> ShownColumn:
    return ShownColumn(f"rival.{key}", label, unit, group, value, is_rival)
