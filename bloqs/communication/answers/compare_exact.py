"""Exact protocols beside classical ones that are exact too, at one size."""

from collections.abc import Mapping
from typing import Any

from bloqs.communication.model.counts import EXACT, exact
from bloqs.communication.model.inner_product import string_length
from bloqs.communication.model.leakage import interactive_bits, leaked_bits
from bloqs.communication.rivals.shipping import shipped_bits
from estimator.report.parts import Column, Row, Table
from estimator.report.text import SHORT

DECIDED = 0.5
"""Error within which a vector has to be shipped, so that its side is told for certain."""

SHIPPED = (
    "shipping in the table of exact protocols is a classical protocol without error, which need "
    "not be the best: every bit of a string, or a vector so finely that its side is told"
)
PAIRS = (
    "dense coding uses up pairs of entangled qubits from before, as many as it sends qubits; if "
    "they have to be sent first, it sends twice as many"
)


def exact_table(values: Mapping[str, Any]) -> Table:
    """What one run of each sends, what shipping sends, and what Bob learns at most.

    Args:
        values: n and L.
    """
    n, layers = values["n"], values["L"]
    rows: list[Row] = []
    for name in EXACT:
        if name == "fourier" or (n == 1 and name in ("inner-product", "dense-coding")):
            continue
        counts = exact(name, n, layers)
        bits = shipping_of(name, n, layers)
        rows.append(
            {
                "variant": name,
                "qubits": counts.qubits,
                "messages": counts.messages,
                "leaks": leaked(name, n, layers),
                "shipping": bits,
                "less": "quantum" if counts.qubits < bits else "shipping",
            }
        )
    columns = [
        Column(key="variant", label="protocol"),
        Column(key="qubits", label="qubits sent", align="right"),
        Column(key="messages", align="right"),
        Column(key="leaks", label="Bob learns at most, bits", align="right", style=SHORT),
        Column(key="shipping", label="shipping, bits", align="right"),
        Column(key="less", label="sends less"),
    ]
    heading = f"exact on their promise, at n = {n} and L = {layers}"
    return Table(key="exact", columns=columns, rows=rows, heading=heading, keeps_words=True)


def shipping_of(name: str, n: Any, layers: Any) -> Any:
    """Bits of a classical protocol without error."""
    if name in ("inner-product", "dense-coding"):
        return string_length(n, layers)
    if name in ("vector-in-subspace", "raz"):
        return shipped_bits(2**n, 1 + int(name == "raz"), DECIDED)
    return 2**n


def leaked(name: str, n: Any, layers: Any) -> Any:
    """What Bob learns of Alice's data at most, from what one run sends him. Unit: bits."""
    if name == "raz":
        return interactive_bits(n, n)
    if name == "inner-product":
        return interactive_bits(layers * n, (layers - 1) * n)
    if name == "dense-coding":
        return interactive_bits(exact(name, n, layers).qubits, 0, is_entangled=True)
    return leaked_bits(2**n, 1)
