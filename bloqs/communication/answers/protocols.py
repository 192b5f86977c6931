"""Protocols side by side: what each sends, as a table of numbers or as formulas."""

from collections.abc import Sequence
from typing import Any

import sympy
from attrs import frozen

from bloqs.communication.answers.letters import as_value, letter
from bloqs.communication.model.counts import Counts
from bloqs.communication.model.rounding import is_symbolic
from estimator.report.parts import Column, Fact, Facts, Kind, Part, Table
from estimator.report.text import EXACT, IF_KNOWN, SHORT, TEXT

CLOSED_FORM = "closed form"
"""Where numbers come from that no circuit was counted for."""

UNITS = {
    "shots": "shots",
    "qubits": "qubits",
    "messages": "messages",
    "bits": "bits",
    "rounds": "messages in a row",
    "encoding_gates": "gates",
}
LABELS = {"qubits": "qubits sent", "bits": "result bits", "encoding_gates": "encoding gates"}


@frozen(kw_only=True)
class Protocol:
    """One way to get an answer.

    Args:
        name: as the option `--variant` has it.
        counts: what it sends.
        n: qubits of the register.
        counted: where its numbers come from, in words.
    """

    name: str
    counts: Counts
    n: Any
    counted: str = CLOSED_FORM

    @property
    def numbers(self) -> dict[str, Any]:
        """What it sends, by key."""
        counts = self.counts
        return {
            "shots": as_value(counts.shots),
            "qubits": as_value(counts.qubits),
            "messages": as_value(counts.messages),
            "bits": as_value(counts.bits),
            "rounds": as_value(counts.rounds),
            "encoding_gates": as_value(counts.encoding_gates(self.n)),
        }


def protocol_parts(protocols: Sequence[Protocol]) -> list[Part]:
    """Every protocol: a table if all is numbers, else a formula a line.

    JSON has both alike, as rows of `variants`; what the first of them sends is in `sent`.
    """
    rows = [{"variant": each.name, **each.numbers, "counted": each.counted} for each in protocols]
    has_letters = any(is_symbolic(x) for row in rows for x in row.values())
    columns = [
        Column(key="variant"),
        *(
            Column(key=key, label=LABELS.get(key, key), unit=unit, style=IF_KNOWN, align="right")
            for key, unit in UNITS.items()
        ),
        Column(key="counted", label="from"),
    ]
    table = Table(
        key="variants",
        columns=columns,
        rows=rows,
        heading="what each protocol sends",
        keeps_words=True,
        place="data" if has_letters else "everywhere",
    )
    first = Facts(
        key="sent",
        rows=[Fact(key=k, value=x, unit=UNITS[k]) for k, x in protocols[0].numbers.items()],
        place="data",
    )
    parts: list[Part] = [first, table]
    if has_letters:
        for each in protocols:
            facts = [
                Fact(key=f"{each.name} {k}", label=LABELS.get(k, k), value=x, unit=UNITS[k])
                for k, x in each.numbers.items()
            ]
            facts.append(
                Fact(key=f"{each.name} counted", label="from", value=each.counted, style=TEXT)
            )
            parts.append(
                Facts(
                    key=f"shown {each.name}",
                    rows=facts,
                    heading=each.name,
                    place="shown",
                    grows=f"{each.name}, ",
                )
            )
    return parts


def pair_parts(protocols: Sequence[Protocol], rate: Any) -> list[Part]:
    """How long the entangled pairs of every protocol take, if each qubit sent is teleported.

    Args:
        protocols: with what they send.
        rate: entangled pairs in a second; nothing is said where it is `None`.

    Source: [BBCJPW93]: a pair and two bits for each qubit.
    """
    if rate is None:
        return []
    rows = []
    for each in protocols:
        sent = each.numbers["qubits"]
        if sent is None:
            continue
        has_letters = is_symbolic(sent, rate)
        rows.append(
            Fact(
                key=each.name,
                value=sent / letter(rate, rate) if has_letters else sent / rate,
                style=EXACT if has_letters else SHORT,
                unit="seconds",
                kind=Kind.ESTIMATE,
            )
        )
    often = rate if is_symbolic(rate) else f"{rate:g}"
    heading = (
        f"time of entangled pairs, {often} a second, one for each qubit sent; those that are "
        "shared before come on top"
    )
    return [Facts(key="ebit_seconds", rows=rows, heading=heading)]


def symbols_in(protocols: Sequence[Protocol]) -> set[sympy.Symbol]:
    """Every letter that is left."""
    return {
        symbol
        for each in protocols
        for x in each.numbers.values()
        if isinstance(x, sympy.Basic)
        for symbol in x.free_symbols
        if isinstance(symbol, sympy.Symbol)
    }
