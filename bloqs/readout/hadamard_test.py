"""The real or the imaginary part of a unitary's expectation, as a probability."""

from typing import Any, Literal

from attrs import field, frozen
from qualtran import Bloq, QBit, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import Hadamard, SGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.composite import AbstractComposite, controlled_form
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.readout.held import peak_width
from bloqs.readout.phase_estimation import check_passes
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits

Part = Literal["real", "imaginary"]


@frozen(cache_hash=True)
class HadamardTest(AbstractComposite):
    r"""Finds its probe in zero with probability $(1 + \mathrm{Re} \langle\psi|U|\psi\rangle)/2$.

    For the imaginary part, $-i U$ takes the place of U.

    Args:
        unitary: U, any bloq whose registers pass through and are no arrays, without control.
        part: real or imaginary.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        probe: QBit. Starts in zero, and is measured.
        those of U, after that.

    Cost: one controlled call of U; controlled, 1 AND more.

    Raises:
        ValueError: if the part is neither, or a register of U does not pass through, is an array or
            has a name that is taken.

    Source: [CEMM98] Sec. 2, whose interferometer it is.
    """

    unitary: Bloq
    part: Part = field(default="real", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.part not in ("real", "imaginary"):
            raise ValueError(f"a Hadamard test is of the real or imaginary part, got {self.part!r}")
        check_passes("a Hadamard test", self.unitary, "probe")

    @property
    def signature(self) -> Signature:
        probe = Register("probe", QBit())
        return Signature([*self.control_registers, probe, *self.unitary.signature])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"probe": (("probe", 1),), **getattr(self.unitary, "wire_names", {})}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {controlled_form(self.unitary): 1, Hadamard(): 2}
        if self.part == "imaginary":
            calls[SGate().adjoint()] = 1
        if self.is_controlled:
            calls |= {And(): 1, And().adjoint(): 1}
        return calls

    def write(self, wires: Wires) -> None:
        probe = when = ("probe", 0)
        rest = {reg.name: self.wires_of(reg.name) for reg in self.unitary.signature}
        wires.h(probe)
        if self.is_controlled:
            when = ("both", 0)
            wires.compute_and(("ctrl", 0), probe, when)
        if self.part == "imaginary":
            wires.gate(SGate().adjoint(), q=when)
        wires.on(controlled_form(self.unitary), ctrl=[when], **rest)
        if self.is_controlled:
            wires.uncompute_and(("ctrl", 0), probe, when)
        wires.h(probe)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return peak_width(self, [(controlled_form(self.unitary), int(self.is_controlled))])
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"HadamardTest{'†' if self.is_adjoint else ''}({self.part} part)"


@bloq_example(generalizer=SAME_CALLS)
def _hadamard_test() -> HadamardTest:
    return HadamardTest(diagonal_encoding_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _hadamard_test_imaginary() -> HadamardTest:
    return HadamardTest(diagonal_encoding_example.make(), part="imaginary")


@bloq_example(generalizer=SAME_CALLS)
def _hadamard_test_controlled() -> HadamardTest:
    return HadamardTest(diagonal_encoding_example.make(), part="imaginary", is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _hadamard_test_symbolic() -> HadamardTest:
    return HadamardTest(MatrixOracle(symbols.n, symbols.a))
