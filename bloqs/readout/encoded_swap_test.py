"""The overlap of two vectors that are prepared with flags, up to its sign, by a swap test."""

from functools import cached_property
from typing import Any

from attrs import frozen
from qualtran import Bloq, QAny, QBit, QUInt, Register, Signature, bloq_example
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.parts import check_equal_systems, check_parts
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.readout.held import peak_width
from bloqs.readout.swap_test import SwapTest
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class EncodedSwapTest(AbstractComposite):
    r"""Prepares two vectors side by side and compares them with a `SwapTest`.

    With p and q the probabilities that the flags of the two preparations are in zero and o the
    overlap of the two states, all flags and the probe in zero have probability $p q (1 + |o|^2)/2$,
    the flags in zero and the probe in one $p q (1 - |o|^2)/2$. The sign of the overlap is lost.

    Args:
        first: vector-encoding of one state, without control.
        second: of the other, likewise.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        probe: QBit. Starts in zero, and is measured.
        x: QUInt(n), ancilla_x: QAny(a), absent if zero. Start in zero; the flags are measured.
        y: QUInt(n), ancilla_y: QAny(b), likewise.

    Cost: one call of each part and a swap test of n qubits, controlled if this is.

    Raises:
        ValueError: if a part is controlled or errs by a negative number, or the sizes differ.

    Source: [BCWW01], Fig. 1, with flags: derived.
    """

    first: AbstractVectorEncoding
    second: AbstractVectorEncoding

    def __attrs_post_init__(self) -> None:
        check_parts("a swap test", self.first, self.second)
        check_equal_systems("a swap test", self.first, self.second)

    @property
    def signature(self) -> Signature:
        own = [Register("probe", QBit())]
        for name, part in (("x", self.first), ("y", self.second)):
            own.append(Register(name, QUInt(part.system_bitsize)))
            ancilla = part.ancilla_bitsize
            if is_symbolic(ancilla) or ancilla:
                own.append(Register(f"ancilla_{name}", QAny(ancilla)))
        return Signature([*self.control_registers, *own])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {
            "probe": (("probe", 1),),
            "x": self.first.system_names,
            "ancilla_x": self.first.ancilla_names,
            "y": self.second.system_names,
            "ancilla_y": self.second.ancilla_names,
        }

    @cached_property
    def steps(self) -> tuple[Bloq, Bloq, Bloq]:
        """Both preparations and the comparison, controlled if this is."""
        parts = self.first, self.second, SwapTest(self.first.system_bitsize)
        one, two, compare = (with_control(part, self.is_controlled) for part in parts)
        return one, two, compare

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {}
        for step in self.steps:
            calls[step] = calls.get(step, 0) + 1
        return calls

    def write(self, wires: Wires) -> None:
        one, two, compare = self.steps
        x, y = self.wires_of("x"), self.wires_of("y")
        wires.on(one, ctrl=self.control, system=x, ancilla=self.wires_of("ancilla_x"))
        wires.on(two, ctrl=self.control, system=y, ancilla=self.wires_of("ancilla_y"))
        wires.on(compare, ctrl=self.control, probe=[("probe", 0)], x=x, y=y)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return peak_width(self, [(step, 0) for step in self.steps])
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        dagger = "†" if self.is_adjoint else ""
        return f"EncodedSwapTest{dagger}(n={self.first.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def encoded_swap_test_example() -> EncodedSwapTest:
    return EncodedSwapTest(Deamplified(UniformVector(2), 2), loaded_vector_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _encoded_swap_test_controlled() -> EncodedSwapTest:
    return EncodedSwapTest(UniformVector(1), UniformVector(1), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _encoded_swap_test_symbolic() -> EncodedSwapTest:
    return EncodedSwapTest(VectorOracle(symbols.n, symbols.a), VectorOracle(symbols.n, 0))
