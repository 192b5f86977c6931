"""Where formulas in symbols are not those of circuits, and which parameters must be numbers there.

The formulas of a residual network are those of several channels: with one channel there is no
register for it, so C is given as a number there, while N, D and b stay symbols.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from estimator.ask.question import Question
from estimator.grid.axis import Axis
from estimator.grid.sizes import parameters_of, sizes_at
from estimator.grid.whole_array import Array


class Forms:
    """Which axes must stand at numbers, at every point of a grid.

    Args:
        question: whose formulas they are.
        axes: of the grid.
        fixed: parameters that are the same everywhere and that sizes depend on, parsed.
    """

    def __init__(self, question: Question, axes: Sequence[Axis], fixed: Mapping[str, Any]) -> None:
        self._rules: list[tuple[Mapping[str, str], Array, int]] = []
        for each in question.sizes_hold:
            found = sizes_at({"": each.formula}, set(), axes, fixed).values
            if "" not in found:
                continue
            names = parameters_of({"": each.formula}) | {*each.also}
            marks = sum(1 << i for i, axis in enumerate(axes) if axis.name in names)
            shape = [len(axis) if marks >> i & 1 else 1 for i, axis in enumerate(axes)]
            self._rules.append((each.where, np.broadcast_to(found[""] < 0, shape), marks))

    def marks(self, choices: Mapping[str, Any], dimensions: int) -> Array:
        """Bits of the axes that must stand at numbers.

        Args:
            choices: parameters that are the same at all the points, by name.
            dimensions: axes of the grid.

        Returns:
            An array that broadcasts to the grid.
        """
        found = np.zeros((1,) * dimensions, dtype=np.int64)
        for where, broken, marks in self._rules:
            if all(choices.get(name) == value for name, value in where.items()):
                found = found | np.where(broken, marks, 0)
        return found


@frozen(eq=False)
class Piece:
    """Columns of some points of a block.

    Args:
        ranges: places along each axis of a box that holds them.
        where: which points of the box they are; all if `None`.
        columns: over the box.
        lacking: which points of the box have no answer.
    """

    ranges: Sequence[range]
    where: Array | None
    columns: Mapping[str, Array]
    lacking: Array

    def inside(self, block: Sequence[range]) -> tuple[slice, ...]:
        """Where the box lies in a block."""
        return tuple(
            slice(own.start - whole.start, own.stop - whole.start)
            for own, whole in zip(self.ranges, block, strict=True)
        )

    def refusing(self, refused: Array, block: Sequence[range]) -> Array:
        """What is refused in a block, with what is refused here."""
        here = self.lacking if self.where is None else self.lacking & self.where
        if not np.any(here):
            return refused
        if list(self.ranges) == list(block):
            return refused | here
        shape = [
            len(x) if len(x) > len(own) else 1 for x, own in zip(block, self.ranges, strict=True)
        ]
        widest = np.broadcast_shapes(refused.shape, here.shape, tuple(shape))
        found = np.array(np.broadcast_to(refused, widest))
        part = tuple(
            cut if size > 1 else slice(None)
            for cut, size in zip(self.inside(block), widest, strict=True)
        )
        found[part] |= here
        return found


def joined(
    pieces: Sequence[Piece], block: Sequence[range], names: Sequence[str]
) -> dict[str, Array]:
    """Pieces of a block put together; what none has is the number 0."""
    shape = tuple(map(len, block))
    found: dict[str, Array] = {}
    for name in names:
        kinds = {piece.columns[name].dtype for piece in pieces}
        whole: Array = np.zeros(shape, dtype=kinds.pop() if len(kinds) == 1 else object)
        for piece in pieces:
            part = whole[piece.inside(block)]
            mask = True if piece.where is None else np.broadcast_to(piece.where, part.shape)
            np.copyto(part, np.broadcast_to(piece.columns[name], part.shape), where=mask)
        found[name] = whole
    return found
