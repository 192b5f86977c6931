"""A memory query that is counted and never costed in gates."""

from typing import Any, Never

from attrs import frozen
from qualtran import (
    Bloq,
    ConnectionT,
    DecomposeTypeError,
    QBit,
    QUInt,
    Register,
    Signature,
    bloq_example,
)
from qualtran.resource_counting import BloqCountDictT, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.data_loading.table import after_lookup, check_table, tensors_of_lookup
from bloqs.same_calls import SAME_CALLS
from estimator import symbols


@frozen(cache_hash=True)
class IdealQRAM(AbstractBloq):
    r"""XORs cell $x$ of a memory onto the target in one query whose gates nobody counts.

    What a paper means by "given QRAM access". It has no circuit: the cost of a construction that
    uses it is so many gates *and* so many queries, and the two are never added up.

    Args:
        table: the cells, or `None` when only their number matters.
        address_bitsize: log2 of the number of cells, at least 1. Unit: qubits.
        bitsize: width of a cell. Unit: qubits.
        is_controlled: whether a control decides between the entry and zero.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        address: QUInt(address_bitsize).
        target: QUInt(bitsize).

    Cost: one call of the oracle "QRAM"; no gates, no work qubits. Query depth 1.

    Raises:
        ValueError: if `address_bitsize` is below 1, the table has the wrong length or an entry
            does not fit.

    Source: [RHGPR25] Def. A.1.
    """

    table: tuple[int, ...] | None
    address_bitsize: SymbolicInt
    bitsize: SymbolicInt
    is_controlled: bool = False
    oracle = "QRAM"

    def __attrs_post_init__(self) -> None:
        if is_symbolic(self.address_bitsize):
            return
        if self.address_bitsize < 1:
            raise ValueError(f"IdealQRAM needs address_bitsize >= 1, got {self.address_bitsize}")
        check_table(self.table, 2**self.address_bitsize, self.bitsize)

    @property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        address = Register("address", QUInt(self.address_bitsize))
        return Signature([*control, address, Register("target", QUInt(self.bitsize))])

    @property
    def work(self) -> SymbolicInt:
        """Work qubits. Unit: qubits."""
        return 0

    def decompose_bloq(self) -> Never:
        raise DecomposeTypeError(f"{self} is an oracle: its calls are counted, it has no circuit")

    def on_classical_vals(self, **registers: Any) -> Any:
        return NotImplemented if self.table is None else after_lookup(self.table, **registers)

    def my_tensors(
        self, incoming: dict[str, ConnectionT], outgoing: dict[str, ConnectionT]
    ) -> list[Any]:
        return tensors_of_lookup(self, incoming, outgoing)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {}

    def adjoint(self) -> Bloq:
        return self

    def __str__(self) -> str:
        return f"QRAM(2**{self.address_bitsize} x {self.bitsize} bit)"


@bloq_example(generalizer=SAME_CALLS)
def _ideal_qram() -> IdealQRAM:
    return IdealQRAM(table=(3, 0, 1, 2), address_bitsize=2, bitsize=2)


@bloq_example(generalizer=SAME_CALLS)
def _ideal_qram_symbolic() -> IdealQRAM:
    return IdealQRAM(None, symbols.a, symbols.b)
