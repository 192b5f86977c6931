"""Protocols side by side, and their classical rivals, as columns that move with the parameters."""

from collections.abc import Iterator, Sequence
from typing import Any

from bloqs.communication.answers.compare_exact import leaked, shipping_of
from bloqs.communication.answers.cost import (
    chosen,
    gradient_protocols,
    inference_protocols,
    training_protocols,
)
from bloqs.communication.answers.cost_protocol import (
    bloq_of,
    protocol_of,
    right_of,
    share_and_slack,
)
from bloqs.communication.answers.letters import Letters, as_value, letters_of
from bloqs.communication.answers.protocols import LABELS, UNITS, Protocol
from bloqs.communication.model.rounding import smallest
from bloqs.communication.model.shots import on_z_scale
from bloqs.communication.parameters import (
    GRADIENT_VARIANTS,
    INFERENCE_VARIANTS,
    PROTOCOLS,
    TRAINING_VARIANTS,
)
from bloqs.communication.rivals.window import (
    CONVENTIONS,
    classical_bits,
    last_block_bits,
    last_block_qubits,
    sampled_qubits,
)
from estimator.ask.question import Asked
from estimator.explorer.shown_column import ShownColumn

LAST = "gradient of the last block, one layer"
"""The task whose classical rivals serve all parameters by one message."""


def inference(asked: Asked) -> Sequence[ShownColumn]:
    """Every way to read the loss, and classical protocols under both conventions."""
    letters = letters_of(asked.values)
    found = inference_protocols(asked, letters, chosen(asked, INFERENCE_VARIANTS))
    return [*sent_columns(found), *loss_columns(letters, asked.values["readout"])]


def gradient(asked: Asked) -> Sequence[ShownColumn]:
    """Every way to find gradients, and what the last block's takes without qubits."""
    letters = letters_of(asked.values)
    found = gradient_protocols(asked, letters, chosen(asked, GRADIENT_VARIANTS))
    return [*sent_columns(found), *last_block_columns(letters, asked.values["readout"])]


def training(asked: Asked) -> Sequence[ShownColumn]:
    """Every way to train."""
    letters = letters_of(asked.values)
    return [
        *sent_columns(training_protocols(asked, letters, chosen(asked, TRAINING_VARIANTS))),
    ]


def protocol(asked: Asked) -> Sequence[ShownColumn]:
    """Every protocol of one run, how often it is right, and what shipping sends."""
    letters, names = letters_of(asked.values), chosen(asked, PROTOCOLS)
    share, slack = share_and_slack(asked.values)
    found = [protocol_of(name, bloq_of(name, letters), letters, share) for name in names]
    columns = [*sent_columns(found)]
    for name in names:
        right = right_of(name, share, slack)
        if right is not None:
            columns.append(_column(f"{name}.right", "right, or an edge", "1", name, right))
        if name in ("fourier", "data-parallel"):
            continue
        n, layers = letters.n, letters.layers
        leaks, bits = leaked(name, n, layers), shipping_of(name, n, layers)
        columns.append(_column(f"{name}.leaks", "Bob learns at most", "bits", name, leaks))
        columns.append(_column(f"{name}.shipping", "shipping", "bits", name, bits, True))
    return columns


def sent_columns(protocols: Sequence[Protocol]) -> Iterator[ShownColumn]:
    """What each protocol sends, under its name."""
    for each in protocols:
        for key, value in each.numbers.items():
            if value is not None:
                label = LABELS.get(key, key)
                yield _column(f"{each.name}.{key}", label, UNITS[key], each.name, value)


def loss_columns(letters: Letters, readout: str) -> Iterator[ShownColumn]:
    """The loss without qubits, and sampling where two standard deviations are the error."""
    error = smallest(1, on_z_scale(letters.epsilon, readout))
    sizes = letters.n, letters.layers, error, letters.delta
    labels = {"shipping": "shipping every number", "sketch": "one-bit sketches"}
    for convention in CONVENTIONS:
        group, before = f"loss, {convention}", convention.replace(" ", "-")
        if convention != CONVENTIONS[0]:
            sent = sampled_qubits(*sizes, convention)
            yield _column(f"{before}.sampled", "sampled", "qubits", group, sent)
        bits = classical_bits(*sizes, convention)
        found = {"shipping": bits["shipping"], "sketch": bits.get("sketch", bits.get("chain"))}
        for name, value in found.items():
            yield _column(f"{before}.{name}", labels[name], "bits", group, value, True)


def last_block_columns(letters: Letters, readout: str) -> Iterator[ShownColumn]:
    """The gradient of Bob's block, one message a copy, beside the cheaper classical protocol."""
    error = smallest(1, on_z_scale(letters.epsilon, readout))
    sizes = letters.n, letters.parameters, error, letters.delta
    for name in ("grouped", "shift", "hadamard"):
        times = letters.groups if name == "grouped" else 1
        sent = times * last_block_qubits(*sizes, name)
        yield _column(f"last-block.{name}", name, "qubits", LAST, sent)
    bits = last_block_bits(*sizes)
    yield _column("last-block.classical", "shipping or one-bit sketch", "bits", LAST, bits, True)


def _column(
    key: str, label: str, unit: str, group: str, value: Any, is_rival: bool = False
) -> ShownColumn:
    return ShownColumn(f"rival.{key}", label, unit, group, as_value(value), is_rival)
