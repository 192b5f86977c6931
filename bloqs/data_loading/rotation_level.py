"""One level of a rotation tree: look an angle up, rotate, take the angle away."""

import math
from typing import Any

import cirq
import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran import (
    BloqBuilder,
    DecomposeTypeError,
    QBit,
    QUInt,
    Register,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.resource_counting import (
    BloqCountDictT,
    CostKey,
    QubitCount,
    SympySymbolAllocator,
)
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq, AbstractLoader, AbstractLookup
from bloqs.data_loading.angle_rotation import AngleRotation, Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class RotationLevel(AbstractBloq):
    r"""Applies $e^{i \phi_x Y}$ to the target when the address is $x$, $\phi_x = 2 \pi T_x / 2^b$.

    Args:
        table: the angles $T_x$, or `None` when only their number matters.
        address_bitsize: log2 of the number of angles. Unit: qubits.
        bitsize: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds the angles.
        rotation: how the bits of an angle turn the target.
        is_controlled: whether a control decides between $\phi_x$ and no rotation.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        address: QUInt(address_bitsize), absent if zero.
        target: QBit.
        gradient: QUInt(bitsize), only for `Rotation.PHASE_GRADIENT`.

    Cost: one lookup, one unload, one `AngleRotation`; Toffoli depth the sum of theirs.

    Raises:
        ValueError: as its parts do.

    Source: [RHGPR25] Lem. D.1, one step of the recursion.
    """

    table: tuple[int, ...] | None
    address_bitsize: SymbolicInt
    bitsize: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation
    is_controlled: bool = False

    def __attrs_post_init__(self) -> None:
        self.lookup, self.turn  # noqa: B018  refuse what the parts refuse

    @property
    def lookup(self) -> AbstractLookup:
        return self.loader.lookup(
            self.table, self.address_bitsize, self.bitsize, self.is_controlled
        )

    @property
    def turn(self) -> AngleRotation:
        return AngleRotation(self.bitsize, self.rotation)

    @property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        address = []
        if is_symbolic(self.address_bitsize) or self.address_bitsize:
            address = [Register("address", QUInt(self.address_bitsize))]
        gradient = [reg for reg in self.turn.signature if reg.name == "gradient"]
        return Signature([*control, *address, Register("target", QBit()), *gradient])

    @property
    def work(self) -> SymbolicInt:
        """The angle and its junk, and what load, rotation or unload need beyond. Unit: qubits."""
        load = self.lookup
        held = self.bitsize * (1 + load.junk)
        return held + largest({load.work, load.adjoint().work, self.turn.work})

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if is_symbolic(self.address_bitsize, self.bitsize, getattr(self.loader, "beta", 0)):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        load = self.lookup
        held = bb.add_d(load, **{k: soqs.pop(k) for k in ("ctrl", "address") if k in soqs})
        angle = held.pop("target")
        turned = bb.add_d(self.turn, angle=angle, **soqs)
        kept = bb.add_d(load.adjoint(), target=turned.pop("angle"), **held)
        return {**kept, **turned}

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {self.lookup: 1, self.lookup.adjoint(): 1, self.turn: 1}

    def adjoint(self) -> "RotationLevel":
        table = self.table and tuple(-entry % 2**self.bitsize for entry in self.table)
        return RotationLevel(
            table,
            self.address_bitsize,
            self.bitsize,
            self.loader,
            self.rotation,
            self.is_controlled,
        )

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, QubitCount):
            gradient = self.bitsize if self.turn.uses_gradient else 0
            return self.address_bitsize + 1 + gradient + int(self.is_controlled) + self.work
        if isinstance(cost_key, ToffoliDepth):  # junk may be too wide for a circuit to look at
            load = self.lookup
            return sum(known_cost(x, cost_key) for x in (load, self.turn, load.adjoint()))
        return NotImplemented

    def __str__(self) -> str:
        return f"RotationLevel(2**{self.address_bitsize} angles)"


class MultiplexedRotation(cirq.Gate):
    r"""The whole of a `RotationLevel` as one Cirq gate, for runs block by block.

    Args:
        angles: Array of shape (2**address_bitsize,), the $\phi_x$. Unit: radians.
        is_controlled: whether the first qubit switches the rotation on.
    """

    def __init__(self, angles: NDArray[np.float64], is_controlled: bool) -> None:
        self.angles = np.concatenate([0 * angles, angles]) if is_controlled else angles

    def _num_qubits_(self) -> int:
        return int(math.log2(len(self.angles))) + 1

    def _has_unitary_(self) -> bool:
        return True

    def _apply_unitary_(self, args: cirq.ApplyUnitaryArgs) -> NDArray[np.complex128]:
        axes = list(args.axes)
        state = np.moveaxis(args.target_tensor, axes, range(len(axes)))
        flat = state.reshape(len(self.angles), 2, -1)
        cos, sin = np.cos(self.angles)[:, None], np.sin(self.angles)[:, None]
        zero, one = flat[:, 0], flat[:, 1]
        turned = np.stack([cos * zero + sin * one, cos * one - sin * zero], axis=1)
        return np.moveaxis(turned.reshape(state.shape), range(len(axes)), axes)


def as_one_gate(level: RotationLevel) -> MultiplexedRotation:
    """`level` as one gate on its registers without the gradient, which it leaves alone."""
    angles = 2 * np.pi * np.array(level.table, dtype=float) / 2.0**level.bitsize
    return MultiplexedRotation(angles, level.is_controlled)


@bloq_example(generalizer=SAME_CALLS)
def _rotation_level() -> RotationLevel:
    return RotationLevel((1, 6, 3, 12), 2, 4, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _rotation_level_controlled() -> RotationLevel:
    return RotationLevel((5, 2), 1, 4, QROMLoader(), Rotation.PHASE_GRADIENT, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _rotation_level_symbolic() -> RotationLevel:
    return RotationLevel(None, symbols.a, symbols.b, QROMLoader(), Rotation.PHASE_GRADIENT)
