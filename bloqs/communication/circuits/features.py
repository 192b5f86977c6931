"""Forward and backward features: states before a block, and pulled back to what comes after it."""

from attrs import field, frozen
from qualtran import Bloq, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CZ, ZGate
from qualtran.symbolics import SymbolicInt

from bloqs.communication.circuits.inference_shot import (
    inference_shot_example,
    inference_shot_symbolic_example,
    refuse_layers,
)
from bloqs.communication.circuits.walk import AbstractWalk, Calls, Place, check_place
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires


@frozen(cache_hash=True)
class AbstractFeature(AbstractWalk):
    """A state prepared at the owner of one block.

    Subclasses are final.

    Args:
        shot: the model, plain.
        layer: that of the block, from 1.
        block: its place in the layer, from 1.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Raises:
        ValueError: if the model has no such block, or is controlled or inverted.
    """

    layer: SymbolicInt = field(default=1)
    block: int = field(default=1)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        kind = type(self).__name__.removesuffix("Feature").lower()
        check_place(f"a {kind} feature", self.shot, self.layer, self.block)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("system", QUInt(self.n))])

    @property
    def here(self) -> Place:
        """The block."""
        return self.layer - 1, self.block - 1

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        refuse_layers(self, self.layer)

    def __str__(self) -> str:
        name = f"{type(self).__name__}{'†' if self.is_adjoint else ''}"
        return f"{name}(layer {self.layer}, block {self.block})"[:75]


@frozen(cache_hash=True)
class ForwardFeature(AbstractFeature):
    r"""Prepares $|\mu_k\rangle = U_{k-1} \cdots U_1 |x\rangle$ at the owner of block k.

    Args:
        shot: the model, plain.
        layer: that of block k, from 1.
        block: its place in the layer, from 1.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero, with the owner of the data.

    Cost: for two parties in turn, k - 1 messages of n qubits.

    Raises:
        ValueError: if the model has no such block, or is controlled or inverted.

    Source: [GMSM24] Fig. 1.
    """

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: Calls = {}
        self.add_encoding(calls)
        self.add_blocks(calls, (0, 0), self.here, self.is_controlled)
        self.add_moves(calls, (0, 0), self.here, self.n)
        return calls

    def write(self, wires: Wires) -> None:
        number, system = self.number(self.here), self.wires_of("system")
        self.write_encoding(wires)
        self.write_blocks(wires, range(number), system, self.control)
        if number:
            self.move(wires, self.owner(number - 1), self.owner(number), system)


@frozen(cache_hash=True)
class BackwardFeature(AbstractFeature):
    r"""Prepares $|\nu_k\rangle = U_{k+1}^\dagger \cdots U_K^\dagger Z_0 U_K \cdots U_1 |x\rangle$.

    Args:
        shot: the model, plain.
        layer: that of block k, from 1.
        block: its place in the layer, from 1.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero with the owner of the data, ends with that of block k.

    Cost: for two parties in turn, 2 K - k - 1 messages of n qubits.

    Raises:
        ValueError: if the model has no such block, or is controlled or inverted.

    Source: [GMSM24] Fig. 1.
    """

    @property
    def read(self) -> Bloq:
        """Z on qubit 0."""
        return CZ() if self.is_controlled else ZGate()

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: Calls = {}
        (layer, block), end = self.here, (self.shot.layers, 0)
        self.add_encoding(calls)
        self.add_blocks(calls, (0, 0), end, self.is_controlled)
        self.add_moves(calls, (0, 0), self.last, self.n)
        self.add(calls, self.read, 1)
        self.add_blocks(calls, (layer, block + 1), end, self.is_controlled, is_back=True)
        self.add_moves(calls, self.here, self.last, self.n, is_back=True)
        return calls

    def write(self, wires: Wires) -> None:
        number, last, system = (
            self.number(self.here),
            self.number(self.last),
            self.wires_of("system"),
        )
        self.write_encoding(wires)
        self.write_blocks(wires, range(last + 1), system, self.control)
        if self.is_controlled:
            wires.cz(self.control[0], system[0])
        else:
            wires.gate(ZGate(), q=system[0])
        self.write_blocks(wires, range(last, number, -1), system, self.control, is_back=True)
        if number < last:
            self.move(wires, self.owner(number + 1), self.owner(number), system)


@bloq_example(generalizer=SAME_CALLS)
def _forward_feature() -> ForwardFeature:
    return ForwardFeature(inference_shot_example.make(), 2, 1)


@bloq_example(generalizer=SAME_CALLS)
def _forward_feature_controlled() -> ForwardFeature:
    return ForwardFeature(inference_shot_example.make(), 1, 2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _forward_feature_symbolic() -> ForwardFeature:
    shot = inference_shot_symbolic_example.make()
    return ForwardFeature(shot, shot.layers, 2)


@bloq_example(generalizer=SAME_CALLS)
def _backward_feature() -> BackwardFeature:
    return BackwardFeature(inference_shot_example.make(), 1, 2)


@bloq_example(generalizer=SAME_CALLS)
def _backward_feature_controlled() -> BackwardFeature:
    return BackwardFeature(inference_shot_example.make(), 2, 1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _backward_feature_symbolic() -> BackwardFeature:
    return BackwardFeature(inference_shot_symbolic_example.make(), 1, 1)
