r"""The inner product of two strings modulo 2, as the loss of a model: why messages cannot be fewer.

Qubit 0 adds up. Alice's block of layer l turns the other qubits from her string of the layer before
to that of this one; Bob's adds the parity of it with his to qubit 0, so that the loss in Z is
$(-1)^{\sum a_i b_i}$ for strings of $m = (n - 1) L$ bits.
"""

from collections.abc import Sequence
from math import pi
from typing import Any

import numpy as np
from attrs import field, frozen

from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.rounding import as_tuple, ceiling


def string_length(qubits: Any, layers: Any) -> Any:
    """(n - 1) L bits."""
    return (qubits - 1) * layers


def least_qubits(qubits: Any, layers: Any) -> Any:
    """ceil((n - 1) L/2): qubits that every exact protocol sends at least, entangled or not."""
    return ceiling(string_length(qubits, layers) / 2)


def check_strings(qubits: int, ones: Sequence[int], twos: Sequence[int]) -> None:
    """Refuse strings that do not fill layers of n - 1 bits.

    Raises:
        ValueError: if the strings are not of such a length or have other than bits.
    """
    if qubits < 2:
        raise ValueError(f"an inner product needs n >= 2 qubits, got {qubits}")
    width = qubits - 1
    if len(ones) != len(twos) or not ones or len(ones) % width:
        raise ValueError(
            f"both strings have (n - 1) L = {width} L bits, got {len(ones)} and {len(twos)}"
        )
    if not set(ones) | set(twos) <= {0, 1}:
        raise ValueError("strings have bits 0 and 1")


@frozen
class InnerProduct:
    """Two strings whose inner product modulo 2 is asked for.

    Args:
        qubits: n of the layers that hold n - 1 bits each.
        ones: of Alice, (n - 1) L bits.
        twos: of Bob, as many.
    """

    qubits: int
    ones: tuple[int, ...] = field(converter=as_tuple)
    twos: tuple[int, ...] = field(converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        check_strings(self.qubits, self.ones, self.twos)

    @property
    def layers(self) -> int:
        """L."""
        return len(self.ones) // (self.qubits - 1)

    @property
    def answer(self) -> bool:
        """Whether the inner product is 1."""
        return sum(a * b for a, b in zip(self.ones, self.twos, strict=True)) % 2 == 1


def inner_product_model(qubits: int, ones: Sequence[int], twos: Sequence[int]) -> PartyModel:
    """Alice's string and Bob's, spread over layers of n - 1 bits.

    Args:
        qubits: n, at least 2.
        ones: Alice's bits; a multiple of n - 1 of them.
        twos: Bob's; as many.

    Raises:
        ValueError: if the strings are not of such a length or have other than bits.
    """
    check_strings(qubits, ones, twos)
    width = qubits - 1
    blocks, before = [], (0,) * width
    for first in range(0, len(ones), width):
        a, b = tuple(ones[first : first + width]), twos[first : first + width]
        turned = [i for i in range(width) if a[i] != before[i]]
        blocks.append(Block("Alice", tuple(flip(i + 1, qubits) for i in turned)))
        added = [gate for i in range(width) if b[i] for gate in controlled_flip(i + 1, 0, qubits)]
        blocks.append(Block("Bob", tuple(added)))
        before = a
    return PartyModel(qubits, np.eye(1, 2**qubits)[0], tuple(blocks))


def letters(places: dict[int, str], qubits: int) -> str:
    """A Pauli string with letters on some qubits."""
    return "".join(places.get(qubit, "I") for qubit in range(qubits))


def flip(qubit: int, qubits: int) -> Gate:
    """X, up to a phase."""
    return Gate(letters({qubit: "X"}, qubits), pi, False)


def controlled_flip(control: int, target: int, qubits: int) -> tuple[Gate, ...]:
    """CNOT, up to a phase, as three rotations that commute."""
    z, x = {control: "Z"}, {target: "X"}
    return (
        Gate(letters(z, qubits), -pi / 2, False),
        Gate(letters(x, qubits), -pi / 2, False),
        Gate(letters({**z, **x}, qubits), pi / 2, False),
    )
