"""Phase estimation of any unitary, with a window of one's choice."""

import abc
from functools import cached_property
from typing import Any

from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Register, Side, Signature, bloq_example
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form, with_control
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.readout.clock import MOST_BITS, ClockWindow
from bloqs.readout.fourier_transform import FourierTransform
from bloqs.readout.held import peak_width
from bloqs.readout.sine_window import SineWindow
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.costs.messages import HasParties, has_parties


class AbstractIterate(AbstractComposite):
    """A unitary that knows a cheaper circuit of its powers under control than to repeat itself.

    Subclasses are final.
    """

    @abc.abstractmethod
    def power(self, times: SymbolicInt) -> Bloq:
        """So many steps as one bloq, on the same registers; a symbol stands for an odd number."""

    def all_powers(self, m: SymbolicInt) -> tuple[Bloq, SymbolicInt]:
        """Powers 1, 2, 4, ..., 2**(m - 1): a bloq, and how often, that cost as much.

        Of a symbol m, or one for which no circuit is written down. One of all the steps, where a
        power costs what its steps cost.
        """
        return self.power(2**m - 1), 1


@frozen(cache_hash=True)
class PhaseEstimation(AbstractComposite):
    r"""Writes the phases of a unitary into a clock of m bits.

    On an eigenvector with eigenvalue $e^{i\theta}$ the clock ends in $\sum_y A_y |y\rangle$, $A_y =
    \sum_t w_t e^{i t (\theta - 2 \pi y/T)} / \sqrt T$, $T = 2^m$: y is near $T \theta / 2\pi$.

    Args:
        unitary: any bloq whose registers pass through and are no arrays, and whose controlled form
            has one more, `ctrl`; without control. Powers of an `AbstractIterate` are its own, of
            any other they are repetitions.
        m: bits of the clock, at least 1. Unit: qubits.
        window: amplitudes w of the clock.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        clock: QUInt(m). Starts in zero.
        those of the unitary, after that.

    Cost: 2**m - 1 controlled calls of the unitary, a window and a Fourier transform of m bits; m
        AND more if controlled.

    Raises:
        ValueError: if m is below 1, or a register of the unitary does not pass through, is an array
            or has a name that is taken.

    Source: [CEMM98], its estimation of arbitrary phases; the sine window is that of [HHL09].
    """

    unitary: Bloq
    m: SymbolicInt
    window: ClockWindow = ClockWindow.UNIFORM

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.m) and self.m < 1:
            raise ValueError(f"phase estimation needs a clock of at least one bit, got m={self.m}")
        check_passes("phase estimation", self.unitary, "clock")

    @property
    def signature(self) -> Signature:
        clock = Register("clock", QUInt(self.m))
        return Signature([*self.control_registers, clock, *self.unitary.signature])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"clock": (("clock", self.m),), **getattr(self.unitary, "wire_names", {})}

    @property
    def start(self) -> Bloq:
        """The window, its most significant qubit first."""
        bare: AbstractVectorEncoding = UniformVector(self.m)
        if self.window is ClockWindow.SINE:
            bare = SineWindow(self.m)
        return with_control(bare, self.is_controlled)

    @property
    def end(self) -> Bloq:
        """The inverse Fourier transform."""
        return with_control(FourierTransform(self.m).adjoint(), self.is_controlled)

    def steps(self, times: SymbolicInt) -> tuple[Bloq, SymbolicInt]:
        """The bloq that makes so many controlled steps, and how often it is called."""
        if isinstance(self.unitary, AbstractIterate):
            return controlled_form(self.unitary.power(times)), 1
        return controlled_form(self.unitary), times

    @cached_property
    def powers(self) -> list[tuple[Bloq, SymbolicInt]]:
        """Controlled steps for each bit of the clock, as `steps` gives them."""
        is_long = is_symbolic(self.m) or self.m > MOST_BITS
        if is_long and isinstance(self.unitary, AbstractIterate):
            bloq, times = self.unitary.all_powers(self.m)
            return [(controlled_form(bloq), times)]
        if is_long:
            return [self.steps(2**self.m - 1)]
        return [self.steps(2**k) for k in range(self.m)]

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {self.start: 1, self.end: 1}
        for bloq, times in self.powers:
            calls[bloq] = calls.get(bloq, 0) + times
        if self.is_controlled:
            calls |= {And(): self.m, And().adjoint(): self.m}
        return calls

    def write(self, wires: Wires) -> None:
        if self.m > MOST_BITS:
            raise DecomposeTypeError(
                f"{self} has a symbolic size or more than 2**{MOST_BITS} steps, so it has no "
                f"circuit that is written down"
            )
        clock = self.wires_of("clock")
        names = [reg.name for reg in self.unitary.signature]
        rest = {name: self.wires_of(name) for name in names}
        wires.on(self.start, ctrl=self.control, system=clock[::-1])
        for k, bit in enumerate(clock):
            bloq, times = self.steps(2**k)
            when = bit
            if self.is_controlled:
                when = "both"
                wires.compute_and(("ctrl", 0), bit, when)
            for _ in range(int(times)):
                wires.on(bloq, ctrl=[when], **rest)
            if self.is_controlled:
                wires.uncompute_and(("ctrl", 0), bit, when)
        wires.on(self.end, ctrl=self.control, x=clock)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, HasParties):
            return has_parties(self.unitary)  # the powers of it are many
        if not isinstance(cost_key, (PeakQubits, QubitCount)):
            return serial_cost(self, cost_key)
        held = int(self.is_controlled)
        powers = [(bloq, held) for bloq, _ in self.powers]
        return peak_width(self, [(self.start, 0), (self.end, 0), *powers])

    def __str__(self) -> str:
        return f"PhaseEstimation{'†' if self.is_adjoint else ''}({self.m} bits, {self.window})"


def check_passes(owner: str, unitary: Bloq, *taken: str) -> None:
    """Refuse a bloq that cannot be controlled wire by wire.

    Raises:
        ValueError: if a register does not pass through, is an array or has a name that is taken, or
            the controlled form has other registers.
    """
    for reg in unitary.signature:
        if reg.side is not Side.THRU or reg.shape:
            raise ValueError(
                f"{owner} needs registers that pass through and are no arrays, got {reg.name} of "
                f"{unitary}"
            )
        if reg.name in (*taken, "ctrl"):
            raise ValueError(f"{owner} has a {reg.name} of its own; rename that of {unitary}")
    names = [reg.name for reg in controlled_form(unitary).signature]
    if names != ["ctrl", *(reg.name for reg in unitary.signature)]:
        raise ValueError(
            f"{owner} needs a bloq whose controlled form has the control ctrl and the same "
            f"registers, got {', '.join(names)} for {unitary}; put the gate into a bloq"
        )


@bloq_example(generalizer=SAME_CALLS)
def _phase_estimation() -> PhaseEstimation:
    return PhaseEstimation(diagonal_encoding_example.make(), 2)


@bloq_example(generalizer=SAME_CALLS)
def _phase_estimation_controlled() -> PhaseEstimation:
    unitary = diagonal_encoding_example.make()
    return PhaseEstimation(unitary, 2, ClockWindow.SINE, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _phase_estimation_symbolic() -> PhaseEstimation:
    return PhaseEstimation(MatrixOracle(symbols.n, symbols.a), symbols.m, ClockWindow.SINE)
