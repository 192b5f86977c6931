"""Where the entries of a tensor lie in a register of qubits."""

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from estimator.network.layers import ENTRYWISE

Values = NDArray[np.float64]
"""What a register holds; shape (2**c, 2**m, 2**m): channel, column, row."""


@frozen
class Register:
    """An index of c qubits for the channel and m qubits each for column and row.

    Args:
        c: log2 of the channels that there is room for. Unit: qubits.
        m: log2 of the image side that there is room for; 0 for a plain vector. Unit: qubits.
    """

    c: int
    m: int

    @property
    def n(self) -> int:
        """Width of the whole index. Unit: qubits."""
        return self.c + 2 * self.m

    @property
    def shape(self) -> tuple[int, int, int]:
        """Of the array that holds its entries."""
        return 2**self.c, 2**self.m, 2**self.m


@frozen
class Layout:
    """A tensor in a register.

    Args:
        register: the register.
        place: number in the register of each entry of the tensor, batch axis included.
        side: rows, and columns, of the register that belong to the image; 1 for a vector.
        is_clean: whether all other rows and columns are zero.
    """

    register: Register
    place: NDArray[np.int64] = field(eq=ENTRYWISE, hash=False, repr=False)
    side: int
    is_clean: bool = True

    @classmethod
    def of_image(cls, channels: int, side: int) -> "Layout":
        """Channel, column, row, each from its lowest number on."""
        register = Register(bits_for(channels), bits_for(side))
        channel, row, column = np.ogrid[:channels, :side, :side]
        size = 2**register.m
        return cls(register, ((channel * size + column) * size + row)[None], side)

    @classmethod
    def of_vector(cls, length: int) -> "Layout":
        """One number after another, in a tensor of shape (1, length)."""
        return cls(Register(max(1, bits_for(length)), 0), np.arange(length)[None], 1)

    def put(self, tensor: Values) -> Values:
        """The register that holds a tensor, zero elsewhere.

        Args:
            tensor: of a shape that broadcasts to that of `place`.
        """
        found = np.zeros(2**self.register.n)
        found[self.place.ravel()] = np.broadcast_to(tensor, self.place.shape).ravel()
        return found.reshape(self.register.shape)

    def take(self, values: Values) -> Values:
        """The tensor that a register holds."""
        return values.reshape(-1)[self.place]

    def channels_of(self, tensor: Values) -> Values | None:
        """One number for each channel, shape (2**c,), if a tensor is the same at all pixels."""
        whole = self.put(tensor)
        inside = whole[:, : self.side, : self.side]
        first = inside[:, :1, :1]
        return whole[:, 0, 0].copy() if (inside == first).all() else None


def bits_for(size: int) -> int:
    """Qubits of an index from 0 to size - 1."""
    return (size - 1).bit_length()
