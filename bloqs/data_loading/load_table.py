"""A lookup into fresh qubits, made from a lookup that XORs."""

from typing import Any

import attrs
from attrs import frozen
from qualtran import BloqBuilder, QUInt, SoquetT, bloq_example
from qualtran.resource_counting import BloqCountDictT, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractLookup
from bloqs.data_loading.unary_iteration import UnaryIteration
from bloqs.same_calls import SAME_CALLS
from estimator import symbols


@frozen(cache_hash=True)
class LoadTable(AbstractLookup):
    r"""Allocates a target and XORs a table entry onto it; the adjoint XORs again and frees it.

    Args:
        xor: a lookup with registers `ctrl` (optional), `address` and `target`, all passed
            through, that is its own inverse.
        uncompute: whether this is the unload.

    Registers: as in `AbstractLookup`, without junk.

    Cost: that of `xor`, for the load and for the unload.
    """

    xor: Any
    uncompute: bool = False

    @property
    def address_bitsize(self) -> SymbolicInt:
        return self.xor.address_bitsize

    @property
    def bitsize(self) -> SymbolicInt:
        return self.xor.bitsize

    @property
    def is_controlled(self) -> bool:  # type: ignore[override]
        return self.xor.is_controlled

    @property
    def junk(self) -> SymbolicInt:
        return 0

    @property
    def work(self) -> SymbolicInt:
        return self.xor.work

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if not self.uncompute:
            soqs["target"] = bb.allocate(dtype=QUInt(self.bitsize))
        out = bb.add_d(self.xor, **soqs)
        if self.uncompute:
            bb.free(out.pop("target"))
        return out

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {self.xor: 1}

    def adjoint(self) -> "LoadTable":
        return attrs.evolve(self, uncompute=not self.uncompute)

    def __str__(self) -> str:
        return f"{'Unload' if self.uncompute else 'Load'}[{self.xor}]"


@bloq_example(generalizer=SAME_CALLS)
def _load_table() -> LoadTable:
    return LoadTable(UnaryIteration(table=(1, 0, 3, 2), length=4, bitsize=2))


@bloq_example(generalizer=SAME_CALLS)
def _unload_table() -> LoadTable:
    return LoadTable(UnaryIteration(table=(1, 0, 3, 2), length=4, bitsize=2), uncompute=True)


@bloq_example(generalizer=SAME_CALLS)
def _load_table_symbolic() -> LoadTable:
    return LoadTable(UnaryIteration(table=None, length=symbols.L, bitsize=symbols.b))
