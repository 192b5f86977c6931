"""The probability that a preparation succeeds, as a number in a clock."""

from attrs import frozen
from qualtran import Bloq, QAny, QUInt, Register, Signature, bloq_example
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.readout.clock import ClockWindow
from bloqs.readout.grover_iterate import GroverIterate
from bloqs.readout.phase_estimation import PhaseEstimation
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class AmplitudeEstimation(AbstractComposite):
    r"""Writes y with $\sin^2(\pi y/2^m)$ near the probability $1/\alpha^2$ of flags in zero.

    Phase estimation of the Grover iterate on the prepared state, which is half of each of two
    eigenvectors with phases $\pm 2\theta$, $\sin\theta = 1/\alpha$: y is near $2^m \theta/\pi$ or
    $2^m (1 - \theta/\pi)$, which give the same number. How near and how likely:
    `bloqs.readout.estimates.amplitude_error`.

    Args:
        vector: vector-encoding with at least one ancilla, without control.
        m: bits of the clock, at least 1. Unit: qubits.
        window: amplitudes of the clock; the published bound is for the uniform one.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        clock: QUInt(m). Starts in zero, and is measured.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(a). Starts in zero.

    Cost: 2**m calls of `vector` and 2**m - 1 of its inverse, of which at most one is controlled.

    Raises:
        ValueError: as `PhaseEstimation` and `GroverIterate`.

    Source: [BHMT02] Sec. 4, Thm. 12.
    """

    vector: AbstractVectorEncoding
    m: SymbolicInt
    window: ClockWindow = ClockWindow.UNIFORM

    def __attrs_post_init__(self) -> None:
        self.estimation  # noqa: B018  refuse what it refuses

    @property
    def estimation(self) -> PhaseEstimation:
        """Of the Grover iterate."""
        return PhaseEstimation(GroverIterate(self.vector), self.m, self.window)

    @property
    def signature(self) -> Signature:
        clock = Register("clock", QUInt(self.m))
        system = Register("system", QUInt(self.vector.system_bitsize))
        ancilla = Register("ancilla", QAny(self.vector.ancilla_bitsize))
        return Signature([*self.control_registers, clock, system, ancilla])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return self.estimation.wire_names

    @property
    def steps(self) -> tuple[Bloq, Bloq]:
        """Preparation and estimation, controlled if this is."""
        control = self.is_controlled
        return with_control(self.vector, control), with_control(self.estimation, control)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict.fromkeys(self.steps, 1)

    def write(self, wires: Wires) -> None:
        prepare, estimate = self.steps
        there = {"system": self.wires_of("system"), "ancilla": self.wires_of("ancilla")}
        wires.on(prepare, ctrl=self.control, **there)
        wires.on(estimate, ctrl=self.control, clock=self.wires_of("clock"), **there)

    def __str__(self) -> str:
        return f"AmplitudeEstimation{'†' if self.is_adjoint else ''}({self.m} bits)"


@bloq_example(generalizer=SAME_CALLS)
def _amplitude_estimation() -> AmplitudeEstimation:
    return AmplitudeEstimation(Deamplified(UniformVector(1), 2), 2)


@bloq_example(generalizer=SAME_CALLS)
def _amplitude_estimation_controlled() -> AmplitudeEstimation:
    vector = Deamplified(UniformVector(1), 2)
    return AmplitudeEstimation(vector, 2, ClockWindow.SINE, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _amplitude_estimation_symbolic() -> AmplitudeEstimation:
    return AmplitudeEstimation(VectorOracle(symbols.n, symbols.a), symbols.m)
