"""An encoding or its inverse, as a qubit says."""

from collections import Counter

from attrs import frozen
from qualtran import Bloq, QAny, QBit, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_parts
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class EitherWay(AbstractComposite):
    r"""Applies $U$ where the coin and the way are one, and $U^\dagger$ where the coin alone is.

    Args:
        encoding: U, without control.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        coin: QBit.
        way: QBit.
        system: QUInt(system_bitsize).
        ancilla: QAny(ancillas of U), absent if there are none.

    Cost: a controlled call of U and one of its inverse, 1 AND and 2 CNOT; controlled, one AND
        more. A U that is its own inverse needs none of this.

    Raises:
        ValueError: if U is controlled or errs by a negative number.

    Source: elementary.
    """

    encoding: AbstractBlockEncoding

    def __attrs_post_init__(self) -> None:
        check_parts("call either way", self.encoding)

    @property
    def signature(self) -> Signature:
        a = self.encoding.ancilla_bitsize
        flags = [Register("ancilla", QAny(a))] if is_symbolic(a) or a else []
        bits = [Register("coin", QBit()), Register("way", QBit())]
        system = Register("system", QUInt(self.encoding.system_bitsize))
        return Signature([*self.control_registers, *bits, system, *flags])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": self.encoding.system_names, "ancilla": self.encoding.ancilla_names}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        ands = 2 if self.is_controlled else 1
        there, back = self._both
        own = {And(): ands, And().adjoint(): ands, CNOT(): 2}
        return {**Counter([there, back]), **own}

    @property
    def _both(self) -> tuple[Bloq, Bloq]:
        return controlled_form(self.encoding), controlled_form(self.encoding.adjoint())

    def write(self, wires: Wires) -> None:
        registers = {name: self.wires_of(name) for name in ("system", "ancilla")}
        coin: Wire = ("coin", 0)
        if self.is_controlled:
            coin = "tossed"
            wires.compute_and(("ctrl", 0), ("coin", 0), coin)
        there, back = self._both
        wires.compute_and(coin, ("way", 0), "chosen")
        wires.on(there, ctrl=["chosen"], **registers)
        wires.cnot(coin, "chosen")
        wires.on(back, ctrl=["chosen"], **registers)
        wires.cnot(coin, "chosen")
        wires.uncompute_and(coin, ("way", 0), "chosen")
        if self.is_controlled:
            wires.uncompute_and(("ctrl", 0), ("coin", 0), coin)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        cost = serial_cost(self, cost_key)
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return cost + (2 if self.is_controlled else 1)
        return cost

    def __str__(self) -> str:
        return f"EitherWay{'†' if self.is_adjoint else ''}[{type(self.encoding).__name__}]"


@bloq_example(generalizer=SAME_CALLS)
def _either_way() -> EitherWay:
    return EitherWay(diagonal_encoding_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _either_way_controlled() -> EitherWay:
    return EitherWay(diagonal_encoding_example.make(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _either_way_symbolic() -> EitherWay:
    return EitherWay(MatrixOracle(symbols.n, symbols.a))
