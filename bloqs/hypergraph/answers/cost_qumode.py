"""What oscillators take in place of qubits: gates by their order, and squeezing."""

from typing import Any

from qualtran.symbolics import is_symbolic

from bloqs.hypergraph.answers.cost_bounds import value_column
from bloqs.hypergraph.answers.letters import Letters
from bloqs.hypergraph.model.training import least_squeezing, squeezing_decibels
from estimator.ask.question import Asked
from estimator.report.parts import Column, Notes, Part, Row, Table
from estimator.report.text import SHORT

ORDERS = (2, 3, 4)
"""For which squeezing is worked out."""

READS = (
    "reads are modular, of exp(i s p) exp(i h(q)) by an ancilla: plain homodyne detection of "
    "p - h(q) has an assignment of values, and so no bound"
)
CODEWORDS = (
    "on ideal codewords of a grid a write is the gate on qubits; from k = 3 on it is not "
    "fault-tolerant, since a shift of one mode becomes a phase by the others"
)
NO_NUMBER = "squeezing is worked out for k from 2 to 4"


def qumode_parts(letters: Letters, asked: Asked) -> list[Part]:
    """Tokens of oscillators, the sentence, and the squeezing that Theorem C needs."""
    k = letters.k
    rows = token_rows(letters)
    columns = [
        Column(key="token"),
        *(
            value_column(rows, key, label)
            for key, label in (
                ("gates", "gates"), ("order", "modes of the largest"),
                ("measurements", "measured"), ("modes", "modes"),
            )
        ),
    ]  # fmt: skip
    heading = "each token: gates of several oscillators, a displacement of one counts as one"
    parts: list[Part] = [Table(key="tokens", columns=columns, rows=rows, heading=heading)]
    orders = ORDERS if is_symbolic(k) else (k,) if k in ORDERS else ()
    delta = asked.get("delta")
    if delta is not None and not orders:
        raise ValueError(f"{NO_NUMBER}, and reads delta there alone, got k = {k}; leave delta out")
    spacing = 1.0 if delta is None else float(delta)
    parts.append(squeezing_table(orders, spacing))
    said = "weights differ by 1, as no --delta is named" if delta is None else (
        f"weights differ by {spacing:g}")  # fmt: skip
    lines = [said if orders else NO_NUMBER, READS, CODEWORDS]
    return [*parts, Notes(key="qumode_notes", lines=lines, is_section=True)]


def token_rows(letters: Letters) -> list[Row]:
    """A write, a read, and the whole sentence."""
    k = letters.k
    return [
        {"token": "W(e)", "gates": 1, "order": k, "measurements": 0, "modes": letters.n},
        {"token": "MK(v;e)", "gates": 2, "order": k, "measurements": 1, "modes": letters.n + 1},
        {"token": "sentence", "gates": letters.writes + 2 * letters.reads, "order": k,
         "measurements": letters.reads, "modes": letters.n + 1},
    ]  # fmt: skip


def squeezing_table(orders: Any, delta: float) -> Table:
    """The least squeezing for which no three states share a latent."""
    rows = [
        {"k": k, "constant": least_squeezing(k), "decibels": squeezing_decibels(k, delta)}
        for k in orders
    ]
    columns = [
        Column(key="k", align="right"),
        Column(key="constant", label="delta sigma^k at least", style=SHORT, align="right"),
        Column(key="decibels", label="squeezing", unit="dB", style=SHORT, align="right"),
    ]
    heading = "squeezing at which Theorem C holds" if rows else ""
    return Table(key="squeezing", columns=columns, rows=rows, heading=heading, is_section=True)
