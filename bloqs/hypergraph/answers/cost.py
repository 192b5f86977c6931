"""What a recurrent hypergraph model takes, and what a classical machine keeps in its place."""

from typing import Any

import attrs
from qualtran.symbolics import is_symbolic

from bloqs.hypergraph.answers.cost_bounds import (
    VALUE,
    bounds_tables,
    model_rows,
    name_bits,
    upper_rows,
    value_column,
)
from bloqs.hypergraph.answers.cost_qumode import qumode_parts
from bloqs.hypergraph.answers.cost_tokens import (
    control_bits,
    modes_of_exclusion,
    sentence_of,
    tokens_table,
    ways_note,
)
from bloqs.hypergraph.answers.letters import Letters, letters_of
from bloqs.hypergraph.symbols import GLOSSARY
from estimator.ask.question import Asked
from estimator.ask.synthesis import PRICING
from estimator.costs.answer import cost_report, functions_in, pricing
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import free_symbols
from estimator.report.model import Report
from estimator.report.parts import Column, Notes, Part, Row, Table

DETAIL = "the whole sentence in detail, l_w writes and l_r reads of an edge's stabilizer"
CUT = (
    "bounds are of zero error, at the cut between writes and reads; they hold for what a causal "
    "model keeps there, whether it is a state, a vector or a cache (Theorem F)"
)
FAILS = (
    "C(n,k) - 1 bits fail on plain qubits from k = 3 on: a machine forgets k - 1 of C(n,k) bits, "
    "and all of them at k = n - 1 >= 5"
)
REALS = "bits, not dimensions: one number of unbounded precision would keep everything"


def hypergraph_cost(asked: Asked) -> Report:
    """Tokens, the sentence, memory side by side, and bounds.

    Raises:
        ValueError: if sizes do not go together, or the field is too small.
    """
    letters = letters_of(asked.values)
    priced = {each.name for each in PRICING}
    if letters.variant == "qumode" and (unused := sorted(priced & set(asked.named))):
        name = unused[0].replace("_", "-")
        raise ValueError(
            f"oscillators have no T gates and no qubits to price, got --{name} with "
            "--variant qumode; leave it out"
        )
    settings = {name: x for name, x in asked.values.items() if name not in priced}
    settings |= letters.settled
    notes = [CUT, REALS]
    if letters.variant == "qumode":
        parts = [*qumode_parts(letters, asked), *memory_tables(letters, None)]
        parts += [*bounds_tables(letters), Notes(key="notes", lines=notes, is_section=True)]
        return Report(title="hypergraph", settings=settings, parts=parts,
                      units={name: asked.units.get(name, "") for name in settings},
                      glossary=_glossary(parts, {}), assumed=tuple(letters.settled))  # fmt: skip
    sentence = sentence_of(letters)
    method, error, _ = pricing(asked)
    one = cost_report(sentence, asked, title="hypergraph", settings=settings)
    parts = [
        tokens_table(letters, method.t_count(error)),
        *memory_tables(letters, known_cost(sentence, PeakQubits())),
        *bounds_tables(letters),
    ]
    is_single = not is_symbolic(letters.n, letters.k) and letters.n == letters.k
    if letters.variant == "qubit" and (is_symbolic(letters.k) or letters.k > 2) and not is_single:
        notes.append(FAILS)
    notes += [said for said in (ways_note(letters), _control(letters)) if said]
    parts.append(Notes(key="model_notes", lines=notes, is_section=True))
    parts.append(Notes(key="detail", lines=[DETAIL], is_section=True, place="shown"))
    return attrs.evolve(
        one,
        parts=[*parts, *one.parts],
        glossary=_glossary(parts, one.glossary),
        assumed=tuple(letters.settled),
    )


def _control(letters: Letters) -> str | None:
    bits = control_bits(letters)
    if bits is None:
        return None
    return (
        f"three forms of an exclusion, with all edges of 1 to {letters.k} of "
        f"{modes_of_exclusion(letters)} modes, are {VALUE.text(bits)} bits of classical control: "
        "constant in n, not small"
    )


def memory_tables(letters: Letters, peak: Any) -> list[Part]:
    """Modes, qubits and bits side by side."""
    is_qumode = letters.variant == "qumode"
    rows: list[Row] = [
        {"what": "quantum, latent state", "modes": letters.n,
         "qubits": None if is_qumode else letters.qubits},
    ]  # fmt: skip
    if is_qumode:
        rows.append({"what": "quantum, with the ancilla of a read", "modes": letters.n + 1})
    else:
        rows.append({"what": "quantum, with work qubits", "qubits": peak})
    rows.append({"what": "classical control that names an edge", "bits": name_bits(letters)})
    rows += [*upper_rows(letters), *model_rows(letters)]
    columns = [
        Column(key="what", label=""),
        *(value_column(rows, key, key) for key in ("modes", "qubits", "bits")),
    ]
    heading = "memory"
    grows = ("what", "modes", "qubits", "bits")
    return [
        Table(
            key="memory", columns=columns, rows=rows, heading=heading, is_section=True, grows=grows
        )
    ]


def _glossary(parts: list[Part], known: Any) -> dict[str, str]:
    """Meanings of all symbols in tables, and of those that are known already."""
    values = [
        x
        for part in parts
        if isinstance(part, Table)
        for row in part.rows
        for x in row.values()
        if x is not None and not isinstance(x, str)
    ]
    used = {s.name: GLOSSARY[s] for s in free_symbols(values) if s in GLOSSARY}
    return dict(sorted({**known, **used}.items())) | functions_in(values)
