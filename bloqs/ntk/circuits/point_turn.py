"""Something done to a target, as the point in memory tells."""

from typing import Any, Self

import attrs
from attrs import frozen
from qualtran import (
    AddControlledT,
    Bloq,
    BloqBuilder,
    CtrlSpec,
    DecomposeTypeError,
    QUInt,
    Register,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq, AbstractLoader, AbstractLookup, WireNames
from bloqs.composite import with_control
from bloqs.data_loading.loaders import QROMLoader
from bloqs.ntk.circuits.kernel_turn import (
    KernelTurn,
    kernel_turn_example,
    kernel_turn_symbolic_example,
)
from bloqs.readout.held import work
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.costs.keys import PeakQubits, ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class PointTurn(AbstractBloq):
    r"""Looks the point of an index up, turns a target by its kernel value, takes the point away.

    Args:
        words: of each of the 2**n rows (`FixedPoint.words_of`), or `None` when only the sizes
            matter.
        n: width of the index, at least 1. Unit: qubits.
        turn: what a point does to the target, controlled or not, inverted or not.
        loader: the memory that holds the points.

    Registers:
        ctrl: QBit, only if that of `turn` is.
        system: QUInt(n), the index.
        target: QBit.

    Cost: a lookup of 2**n points, its unload, and `turn`. The lookup needs no control.

    Raises:
        ValueError: as the lookup.

    Source: derived.
    """

    words: tuple[int, ...] | None
    n: SymbolicInt
    turn: KernelTurn
    loader: AbstractLoader

    def __attrs_post_init__(self) -> None:
        self.load  # noqa: B018  refuse what it refuses

    @property
    def load(self) -> AbstractLookup:
        """The lookup of the points."""
        return self.loader.lookup(self.words, self.n, self.turn.entry)

    @property
    def signature(self) -> Signature:
        (*control, _, target) = self.turn.signature
        return Signature([*control, Register("system", QUInt(self.n)), target])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("row", self.n),), "target": self.turn.wire_names["target"]}

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        sizes = self.n, *(reg.bitsize for reg in self.turn.signature)
        if is_symbolic(*sizes) or self.words is None:
            raise DecomposeTypeError(f"{self} has a symbolic size or no table, so no circuit")
        held = bb.add_d(self.load, address=soqs.pop("system"))
        turned = bb.add_d(self.turn, point=held.pop("target"), **soqs)
        kept = bb.add_d(self.load.adjoint(), target=turned.pop("point"), **held)
        return {"system": kept.pop("address"), **turned}

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {self.load: 1, self.load.adjoint(): 1, self.turn: 1}

    def adjoint(self) -> Self:
        return attrs.evolve(self, turn=self.turn.adjoint())

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=1 if self.turn.is_controlled else None,
            bloq_with_ctrl=attrs.evolve(self, turn=with_control(self.turn, True)),
            ctrl_reg_name="ctrl",
        )

    def my_static_costs(self, cost_key: CostKey) -> Any:
        load = self.load
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            held = self.turn.entry * (1 + load.junk)
            beside = largest({load.work, load.adjoint().work, work(self.turn)})
            return self.signature.n_qubits() + held + beside
        if isinstance(cost_key, ToffoliDepth):
            return sum(known_cost(x, cost_key) for x in (load, self.turn, load.adjoint()))
        return NotImplemented

    def __str__(self) -> str:
        return f"PointTurn{'†' if self.turn.is_adjoint else ''}(n={self.n}, d={self.turn.d})"


@bloq_example(generalizer=SAME_CALLS)
def _point_turn() -> PointTurn:
    return PointTurn((0, 1, 3, 2), 2, kernel_turn_example.make(), QROMLoader())


@bloq_example(generalizer=SAME_CALLS)
def _point_turn_controlled() -> PointTurn:
    turn = with_control(kernel_turn_example.make(), True)
    assert isinstance(turn, KernelTurn)
    return PointTurn((0, 3), 1, turn.adjoint(), QROMLoader())


@bloq_example(generalizer=SAME_CALLS)
def point_turn_symbolic_example() -> PointTurn:
    return PointTurn(None, symbols.n, kernel_turn_symbolic_example.make(), QROMLoader())
