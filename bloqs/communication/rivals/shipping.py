"""Sending all numbers of the state, rounded so that the loss is guaranteed."""

from typing import Any

import numpy as np
from attrs import frozen

from bloqs.communication.model.blocks import PartyModel, Readout
from bloqs.communication.model.evaluate import encoded_data, read
from bloqs.communication.model.rounding import (
    ceiling,
    check_error,
    is_symbolic,
    log2,
    sqrt,
)


def bits_per_real(reals: Any, messages: Any, epsilon: Any) -> Any:
    r"""$\lceil \log_2(r \sqrt{N}/(\sqrt{1 + \epsilon} - 1)) \rceil$ for r messages, 2 or more.

    A number of [-1, 1] in b bits is off by at most 2**-b, so each message adds $\sqrt N 2^{-b}$ to
    the state's error eta, and the loss errs by at most $(1 + \eta)^2 - 1$.

    Args:
        reals: N, or 2N for complex amplitudes.
        messages: r, at least 1.
        epsilon: error of the loss, or of any observable of norm up to 1.

    Raises:
        ValueError: if a number is out of range.
    """
    check_error(epsilon)
    if not is_symbolic(reals, messages) and (reals < 1 or messages < 1):
        raise ValueError(f"shipping needs numbers and messages, got {reals} and {messages}")
    off = epsilon / (sqrt(1 + epsilon) + 1)  # sqrt(1 + epsilon) - 1, also where epsilon is tiny
    return ceiling(log2(messages * sqrt(reals)) - log2(off))


def shipped_bits(reals: Any, messages: Any, epsilon: Any) -> Any:
    """Bits of all messages: every number in each. Unit: bits."""
    if not is_symbolic(messages) and not messages:
        return 0
    return messages * reals * bits_per_real(reals, messages, epsilon)


def rounded(values: Any, bits: int) -> Any:
    """Real numbers of [-1, 1] as the middles of 2**bits equal intervals; others are cut off."""
    cells = 2.0**bits
    number = np.floor((np.clip(values, -1, 1) + 1) / 2 * cells)
    return (2 * np.minimum(number, cells - 1) + 1) / cells - 1


@frozen
class Shipped:
    """What the last party computed, and what was sent.

    Args:
        value: of the loss.
        bits: sent.
    """

    value: float
    bits: int


def ship(model: PartyModel, epsilon: float, readout: Readout = "Z") -> Shipped:
    """The protocol: each owner computes its block, rounds the state and sends it on."""
    is_real = not np.iscomplexobj(model.data) and all(
        abs(block.apply(np.eye(1, 2**model.qubits, k)[0].astype(complex)).imag).max() < 1e-15
        for block in model.blocks
        for k in range(2**model.qubits)
    )
    reals = 2**model.qubits * (1 if is_real else 2)
    messages = model.outline.sends
    b = bits_per_real(reals, messages, epsilon) if messages else 0
    state, owner, sent = encoded_data(model), model.blocks[0].owner, 0
    for block in model.blocks:
        if block.owner != owner:
            real = rounded(state.real, b)
            state = real + (0 if is_real else 1j * rounded(state.imag, b))
            owner, sent = block.owner, sent + reals * b
        state = block.apply(state)
    return Shipped(read(state, readout), sent)
