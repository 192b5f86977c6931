"""How the circuits of a network are made, and what is known of a vector that one has made."""

from typing import Any

import numpy as np
from attrs import frozen

from bloqs.abstract import AbstractLoader, AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.feedforward.circuits.earlier_vector import EarlierVector
from bloqs.feedforward.model.register import Values


@frozen(kw_only=True)
class Settings:
    """How the circuits are made.

    Args:
        share: error that each step with errors of its own may add, relative to the l2 norm of what
            it makes. Unit: 1.
        angles: likewise, of each table of rounded angles: four times what it may add. Unit: 1.
        margin: a vector is lengthened to one minus this, at the image where it is longest.
        loader: the memory that holds weights, biases and the image.
        rotation: how the bits of an angle turn a qubit.
        runs: whether tables and phases are filled in, so that there is a circuit to run.
        in_pieces: whether every step starts from boxes, so that it can be run alone.
    """

    share: float
    angles: float
    margin: float
    loader: AbstractLoader
    rotation: Rotation
    runs: bool = False
    in_pieces: bool = False


@frozen
class Held:
    """An encoded vector, and what it is at every image.

    Args:
        bloq: its encoding.
        reach: what one amplitude stands for: entry = reach * amplitude.
        values: of the register, for each image.
    """

    bloq: AbstractVectorEncoding
    reach: float
    values: tuple[Values, ...]

    @property
    def norm(self) -> float:
        """At the first image."""
        return float(np.linalg.norm(self.values[0]))

    @property
    def longest(self) -> float:
        """l2 norm at the image where it is largest."""
        return max(float(np.linalg.norm(x)) for x in self.values)

    @property
    def largest(self) -> float:
        """The largest absolute entry at any image."""
        return max(float(np.abs(x).max()) for x in self.values)

    def boxed(self, name: str) -> "Held":
        """The same with a black box in the place of the circuit."""
        bloq: Any = self.bloq
        sizes = bloq.system_bitsize, bloq.ancilla_bitsize
        box = EarlierVector(*sizes, float(bloq.alpha), float(bloq.epsilon), name=name)
        return Held(box, self.reach, self.values)
