"""How alike two states are, read from measurements of all their qubits."""

from collections.abc import Iterator, Sequence
from typing import Any

import cirq
from attrs import frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard, MeasureZ
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.readout.measured_circuit import AbstractMeasuredCircuit, measured
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.costs.depth import AbstractDepth
from estimator.costs.keys import CnotDepth, TwoQubitDepth
from estimator.drawing.outline import Outline, in_row


@frozen(cache_hash=True)
class DestructiveSwapTest(AbstractMeasuredCircuit):
    r"""Measures each pair of qubits of two states in the Bell basis.

    The mean of `value_of` over the outcomes is $|\langle x | y \rangle|^2$, of mixed states
    $\mathrm{tr} \rho \sigma$. Unlike `SwapTest` it takes no probe and no Toffoli gate, and the
    states are used up.

    Args:
        n: width of each state, at least 1. Unit: qubits.

    Registers:
        x: QAny(n). Measured.
        y: QAny(n). Measured.

    Cost: n CNOTs and n Hadamard gates, all pairs at once, and 2 n measurements.

    Raises:
        ValueError: if n is below 1.

    Source: [GC13] Sec. 3.
    """

    n: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.n) and self.n < 1:
            raise ValueError(f"a swap test needs states of at least one qubit, got n={self.n}")

    @property
    def signature(self) -> Signature:
        return Signature([Register("x", QAny(self.n)), Register("y", QAny(self.n))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"x": (("one state", self.n),), "y": (("other state", self.n),)}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {CNOT(): self.n, Hadamard(): self.n, MeasureZ(): 2 * self.n}

    def operations(self, manager: cirq.QubitManager, **quregs: Any) -> Iterator[cirq.OP_TREE]:
        pairs = list(zip(quregs["x"], quregs["y"], strict=True))
        for one, other in pairs:
            yield [cirq.CNOT(one, other), cirq.H(one)]
        for number, qubit in enumerate((*quregs["x"], *quregs["y"])):
            yield measured(number, qubit)

    @staticmethod
    def value_of(bits: Sequence[int]) -> int:
        """1 or -1 for the outcomes of one run, `x` first: the sign of pairs of two ones."""
        half = len(bits) // 2
        ones = sum(one & other for one, other in zip(bits[:half], bits[half:], strict=True))
        return 1 - 2 * (ones % 2)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, AbstractDepth):
            return int(isinstance(cost_key, (CnotDepth, TwoQubitDepth)))
        return super().my_static_costs(cost_key)

    @property
    def outline(self) -> Outline:
        """All pairs at once."""
        wires, both = [("one state", self.n), ("other state", self.n)], ("one state", "other state")
        steps = [(CNOT(), both), (Hadamard(), both[:1]), (MeasureZ(), both)]
        return in_row(wires, steps, self.calls, "gates on all pairs at once, and how many")

    def __str__(self) -> str:
        return f"DestructiveSwapTest(n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def _destructive_swap_test() -> DestructiveSwapTest:
    return DestructiveSwapTest(2)


@bloq_example(generalizer=SAME_CALLS)
def _destructive_swap_test_symbolic() -> DestructiveSwapTest:
    return DestructiveSwapTest(symbols.n)
