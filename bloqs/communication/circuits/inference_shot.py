"""One run of a distributed model, by which its loss is sampled."""

from itertools import pairwise

from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Register, Signature, bloq_example
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.dense_unitary import DenseUnitary
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model.blocks import DenseBlock, PartyModel
from bloqs.composite import with_control
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.messages.protocol import AbstractProtocol
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires


@frozen(cache_hash=True)
class InferenceShot(AbstractProtocol):
    """Data go through blocks, each at its owner; the last owner measures qubit 0.

    The measurement is not part of it, so that it has an inverse.

    Args:
        n: width of the register. Unit: qubits.
        encode: the data, loaded by their owner.
        blocks: of one layer, or of a whole model; each a party's, on a register `system`.
        layers: how often the blocks are run. Unit: layers.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero, with the owner of the data.

    Cost: that of its parts, and a message of n qubits wherever the owner changes: 2 L - 1 of them
        for two parties in turn, the first of which has the data.

    Raises:
        ValueError: if there is no block, no layer, or a block is on another register.

    Source: [GMSM24] Fig. 2.
    """

    n: SymbolicInt
    encode: PartyBlock
    blocks: tuple[PartyBlock, ...]
    layers: SymbolicInt = field(default=1)

    def __attrs_post_init__(self) -> None:
        if not self.blocks:
            raise ValueError("InferenceShot needs at least one block, got none")
        if not is_symbolic(self.layers) and self.layers < 1:
            raise ValueError(f"InferenceShot needs at least one layer, got {self.layers}")
        wanted = Signature([Register("system", QUInt(self.n))])
        for block in (self.encode, *self.blocks):
            if block.signature != wanted:
                raise ValueError(
                    f"InferenceShot needs blocks on one register, system of {self.n} qubits, got "
                    f"{block}"
                )

    @classmethod
    def of(cls, model: PartyModel) -> "InferenceShot":
        """The circuit of a model of real data.

        Raises:
            ValueError: if the data are complex.
        """
        first = model.blocks[0].owner
        data = Private(first, tuple(x.item() for x in model.data))
        blocks = [
            DenseUnitary.of(block)
            if isinstance(block, DenseBlock)
            else PauliBlock.of(block, model.qubits)
            for block in model.blocks
        ]
        encode = PartyBlock(first, VectorTree(model.qubits, data))
        return cls(model.qubits, encode, tuple(blocks))

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("system", QUInt(self.n))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("features", self.n),)}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {}

        def add(part: Bloq, times: SymbolicInt) -> None:
            calls[part] = calls.get(part, 0) + times

        def move(one: PartyBlock, two: PartyBlock, times: SymbolicInt) -> None:
            if one.owner != two.owner:
                add(self.message(one.owner, two.owner, self.n), times)

        add(with_control(self.encode, self.is_controlled), 1)
        move(self.encode, self.blocks[0], 1)
        for block in self.blocks:
            add(with_control(block, self.is_controlled), self.layers)
        for one, two in pairwise(self.blocks):
            move(one, two, self.layers)
        move(self.blocks[-1], self.blocks[0], self.layers - 1)
        return calls

    def write(self, wires: Wires) -> None:
        system, at = self.wires_of("system"), self.encode.owner
        for block in (self.encode, *(self.blocks * int(self.layers))):
            if block.owner != at:
                self.send(wires, at, block.owner, system)
                at = block.owner
            wires.on(with_control(block, self.is_controlled), ctrl=self.control, system=system)

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        refuse_layers(self, self.layers)

    def __str__(self) -> str:
        return f"InferenceShot{'†' if self.is_adjoint else ''}({self.layers} layers)"


def refuse_layers(bloq: Bloq, layers: SymbolicInt) -> None:
    """Raise a `DecomposeTypeError` if the number of layers is a symbol."""
    if is_symbolic(layers):
        raise DecomposeTypeError(f"{bloq} has a symbolic size, so it has no circuit")


def _layer() -> tuple[PartyBlock, ...]:
    one = PauliBlock(2, (PauliRotation("XZ", 0.3), PauliRotation("YI", -1.1)))
    two = PauliBlock(2, (PauliRotation("IX", 0.8),))
    return PartyBlock("Alice", one), PartyBlock("Bob", two)


def _data() -> PartyBlock:
    return PartyBlock("Alice", VectorTree(2, Private("Alice", (0.5, -1.0, 0.0, 2.0))))


@bloq_example(generalizer=SAME_CALLS)
def inference_shot_example() -> InferenceShot:
    return InferenceShot(2, _data(), _layer(), 2)


@bloq_example(generalizer=SAME_CALLS)
def _inference_shot_controlled() -> InferenceShot:
    return InferenceShot(2, _data(), _layer(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def inference_shot_symbolic_example() -> InferenceShot:
    block = PauliBlock(symbols.n, number=symbols.P)
    blocks = PartyBlock("Alice", block), PartyBlock("Bob", block)
    return InferenceShot(symbols.n, PartyBlock("Alice", VectorTree(symbols.n)), blocks, symbols.L)
