"""What a circuit from a file has besides unitary gates: measurements, resets, conditions."""

from typing import Any, Never

import cirq
import numpy as np
import sympy
from attrs import frozen
from qualtran import Bloq, ConnectionT, DecomposeTypeError, QBit, Register, Signature
from qualtran.bloqs.basic_gates import TwoBitCSwap
from qualtran.drawing import Text, TextBox, WireSymbol
from qualtran.resource_counting import (
    BloqCountDictT,
    CostKey,
    GateCounts,
    QECGatesCost,
    SympySymbolAllocator,
)

from estimator.costs.keys import CnotCount
from estimator.costs.known import known_cost
from estimator.symbols import bare

_ONE_QUBIT = Signature([Register("q", QBit())])


@frozen(cache_hash=True)
class AbstractOnQubit(Bloq):
    """What is done to one qubit `q` that stays, and is no gate."""

    @property
    def signature(self) -> Signature:
        return _ONE_QUBIT

    def decompose_bloq(self) -> Never:
        raise DecomposeTypeError(f"{self} is one operation")

    def my_tensors(
        self, incoming: dict[str, ConnectionT], outgoing: dict[str, ConnectionT]
    ) -> Never:
        raise ValueError(f"{self} is not unitary, so it has no tensor here")


@frozen(cache_hash=True)
class MeasuredBit(AbstractOnQubit):
    """A measurement in the computational basis, whose qubit is used further; 1 measurement.

    Args:
        bit: name of the classical bit that takes the outcome.
    """

    bit: str

    def as_cirq_op(
        self, qubit_manager: cirq.QubitManager, q: Any
    ) -> tuple[cirq.Operation, dict[str, Any]]:
        return cirq.measure(q[0], key=self.bit), {"q": np.asarray(q)}

    def my_static_costs(self, cost_key: CostKey) -> Any:
        return GateCounts(measurement=1) if isinstance(cost_key, QECGatesCost) else NotImplemented

    def wire_symbol(self, reg: Register | None, idx: tuple[int, ...] = ()) -> WireSymbol:
        return Text("") if reg is None else TextBox("measure")

    def __str__(self) -> str:
        return f"measurement of {self.bit}"


@frozen(cache_hash=True)
class ResetToZero(AbstractOnQubit):
    """A qubit is made zero, whatever it was; free, as qubits that end are."""

    def as_cirq_op(
        self, qubit_manager: cirq.QubitManager, q: Any
    ) -> tuple[cirq.Operation, dict[str, Any]]:
        return cirq.reset(q[0]), {"q": np.asarray(q)}

    def my_static_costs(self, cost_key: CostKey) -> Any:
        return GateCounts() if isinstance(cost_key, QECGatesCost) else NotImplemented

    def wire_symbol(self, reg: Register | None, idx: tuple[int, ...] = ()) -> WireSymbol:
        return Text("") if reg is None else TextBox("reset")

    def __str__(self) -> str:
        return "reset"


@frozen(cache_hash=True)
class ConditionedGate(Bloq):
    """A gate that is applied only if bits have certain values; it costs what the gate costs.

    Args:
        gate: any gate that leaves its qubits in place.
        when: names of bits and the values that they must have.
    """

    gate: Bloq
    when: tuple[tuple[str, int], ...]

    @property
    def signature(self) -> Signature:
        return self.gate.signature

    def decompose_bloq(self) -> Never:
        raise DecomposeTypeError(f"{self} is one gate")

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {self.gate: 1}

    def my_static_costs(self, cost_key: CostKey) -> Any:
        return known_cost(self.gate, cost_key) if cost_key == CnotCount() else NotImplemented

    def as_cirq_op(
        self, qubit_manager: cirq.QubitManager, **quregs: Any
    ) -> tuple[cirq.Operation | None, dict[str, Any]]:
        if isinstance(self.gate, TwoBitCSwap):  # the one gate without a Cirq counterpart
            operation: Any = cirq.CSWAP(*(quregs[name][0] for name in ("ctrl", "x", "y")))
            out = quregs
        else:
            operation, out = self.gate.as_cirq_op(qubit_manager, **quregs)
        conditions = [sympy.Eq(bare(bit), value) for bit, value in self.when]
        return operation.with_classical_controls(*conditions), out

    def wire_symbol(self, reg: Register | None, idx: tuple[int, ...] = ()) -> WireSymbol:
        return self.gate.wire_symbol(reg, idx)

    def __str__(self) -> str:
        bits = ", ".join(f"{bit} = {value}" for bit, value in self.when)
        return f"{self.gate} if {bits}"
