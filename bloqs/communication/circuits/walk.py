"""Ways of a register through the blocks of a model, forwards and back, and what is on them."""

from collections.abc import Sequence
from typing import TypeAlias

from attrs import frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.communication.circuits.inference_shot import InferenceShot, refuse_layers
from bloqs.composite import with_control
from bloqs.messages.protocol import AbstractProtocol
from bloqs.wires import Wire, Wires

Place: TypeAlias = tuple[SymbolicInt, int]
"""A block of a model: its layer, which may be a symbol, and its place there; both from 0."""

Calls: TypeAlias = dict[Bloq, SymbolicInt]


@frozen(cache_hash=True)
class AbstractWalk(AbstractProtocol):
    """A protocol that takes a register through blocks of a model and perhaps back again.

    Subclasses are final.

    Args:
        shot: the model, plain.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Raises:
        ValueError: if the shot is controlled or inverted.
    """

    shot: InferenceShot

    def __attrs_post_init__(self) -> None:
        if self.shot.is_controlled or self.shot.is_adjoint:
            raise ValueError(f"{type(self).__name__} walks through a plain model, got {self.shot}")

    @property
    def n(self) -> SymbolicInt:
        """Width of the register. Unit: qubits."""
        return self.shot.n

    @property
    def last(self) -> Place:
        """The last block."""
        return self.shot.layers - 1, len(self.shot.blocks) - 1

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("features", self.n),)}

    def times(self, place: int, start: Place, stop: Place) -> SymbolicInt:
        """How many blocks at this place of a layer there are from `start` up to before `stop`."""
        return stop[0] + int(place < stop[1]) - start[0] - int(place < start[1])

    def add(self, calls: Calls, part: Bloq, times: SymbolicInt) -> None:
        """So many calls more."""
        calls[part] = calls.get(part, 0) + times

    def add_encoding(self, calls: Calls) -> None:
        """The data, and the way to the first block."""
        encode, first = self.shot.encode, self.shot.blocks[0]
        self.add(calls, with_control(encode, self.is_controlled), 1)
        if encode.owner != first.owner:
            self.add(calls, self.message(encode.owner, first.owner, self.n), 1)

    def add_blocks(
        self, calls: Calls, start: Place, stop: Place, is_controlled: bool, is_back: bool = False
    ) -> None:
        """Blocks from `start` up to before `stop`, or their inverses."""
        for place, block in enumerate(self.shot.blocks):
            part = with_control(block, is_controlled)
            part = part.adjoint() if is_back else part
            self.add(calls, part, self.times(place, start, stop))

    def add_moves(
        self, calls: Calls, start: Place, stop: Place, width: SymbolicInt, is_back: bool = False
    ) -> None:
        """Messages on the way from block `start` to block `stop`, or back."""
        blocks = self.shot.blocks
        for place, block in enumerate(blocks):
            after = blocks[(place + 1) % len(blocks)]
            if block.owner != after.owner:
                ends = [block.owner, after.owner]
                one, two = ends[::-1] if is_back else ends
                self.add(calls, self.message(one, two, width), self.times(place, start, stop))

    def write_encoding(self, wires: Wires) -> None:
        """Write the data, and the way to the first block."""
        system = self.wires_of("system")
        encode = with_control(self.shot.encode, self.is_controlled)
        wires.on(encode, ctrl=self.control, system=system)
        self.move(wires, self.shot.encode.owner, self.shot.blocks[0].owner, system)

    def move(self, wires: Wires, one: str, two: str, register: list[Wire]) -> None:
        """Write a message if the parties differ."""
        if one != two:
            self.send(wires, one, two, register)

    def write_blocks(
        self,
        wires: Wires,
        places: Sequence[int],
        register: list[Wire],
        control: list[Wire],
        is_back: bool = False,
    ) -> None:
        """Write blocks in order of their numbers from 0, with the messages between them."""
        before = None
        for number in places:
            block = self.shot.blocks[number % len(self.shot.blocks)]
            if before is not None:
                self.move(wires, before, block.owner, register)
            before = block.owner
            part = with_control(block, bool(control))
            part = part.adjoint() if is_back else part
            wires.on(part, ctrl=control, system=self.wires_of("system"))

    def number(self, place: Place) -> int:
        """The number of a block, from 0."""
        return int(place[0]) * len(self.shot.blocks) + place[1]

    def owner(self, number: int) -> str:
        """Who holds the block of this number, from 0."""
        return self.shot.blocks[number % len(self.shot.blocks)].owner

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        refuse_layers(self, self.shot.layers)


def check_place(who: str, shot: InferenceShot, layer: SymbolicInt, place: int) -> None:
    """Refuse a block that a model does not have; layers and places are numbered from 1.

    Raises:
        ValueError: if there is no such block.
    """
    if not is_symbolic(layer) and (
        layer < 1 or (not is_symbolic(shot.layers) and layer > shot.layers)
    ):
        raise ValueError(f"{who} is of a layer from 1 to {shot.layers}, got layer {layer}")
    if not 1 <= place <= len(shot.blocks):
        raise ValueError(
            f"{who} is of a block from 1 to {len(shot.blocks)} of its layer, got block {place}"
        )
