"""How alike two states are, as a probability."""

from typing import Any

from attrs import frozen
from qualtran import Bloq, QAny, QBit, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import Hadamard, TwoBitCSwap
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import AbstractComposite
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class SwapTest(AbstractComposite):
    r"""Finds its probe in zero with probability $(1 + |\langle x | y \rangle|^2)/2$.

    Of mixed states it is $(1 + \mathrm{tr} \rho \sigma)/2$. The sign of the overlap is lost.

    Args:
        n: width of each state, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which acts alike.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        probe: QBit. Starts in zero, and is measured.
        x: QAny(n).
        y: QAny(n).

    Cost: n controlled swaps; controlled, 1 AND more.

    Raises:
        ValueError: if n is below 1.

    Source: [BCWW01], Fig. 1.
    """

    n: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.n) and self.n < 1:
            raise ValueError(f"a swap test needs states of at least one qubit, got n={self.n}")

    @property
    def signature(self) -> Signature:
        own = [Register("probe", QBit()), Register("x", QAny(self.n)), Register("y", QAny(self.n))]
        return Signature([*self.control_registers, *own])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {
            "probe": (("probe", 1),),
            "x": (("one state", self.n),),
            "y": (("other state", self.n),),
        }

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {Hadamard(): 2, TwoBitCSwap(): self.n}
        return {**calls, And(): 1, And().adjoint(): 1} if self.is_controlled else calls

    def write(self, wires: Wires) -> None:
        probe = when = ("probe", 0)
        wires.h(probe)
        if self.is_controlled:
            when = ("both", 0)
            wires.compute_and(("ctrl", 0), probe, when)
        for one, other in zip(self.wires_of("x"), self.wires_of("y"), strict=True):
            wires.cswap(when, one, other)
        if self.is_controlled:
            wires.uncompute_and(("ctrl", 0), probe, when)
        wires.h(probe)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.signature.n_qubits() + int(self.is_controlled)
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"SwapTest{'†' if self.is_adjoint else ''}(n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def _swap_test() -> SwapTest:
    return SwapTest(2)


@bloq_example(generalizer=SAME_CALLS)
def _swap_test_controlled() -> SwapTest:
    return SwapTest(2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _swap_test_symbolic() -> SwapTest:
    return SwapTest(symbols.n)
