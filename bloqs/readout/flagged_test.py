"""The overlap of two vectors that are prepared with flags, sign included, in one circuit."""

from functools import cached_property
from typing import Any

import sympy
from attrs import field, frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard, XGate, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form
from bloqs.data_loading.loaded_vector import loaded_vector_example
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.parts import check_equal_systems, check_parts, worked_out
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.readout.held import peak_width
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class FlaggedHadamardTest(AbstractComposite, AbstractVectorEncoding):
    r"""Prepares $(|0\rangle U|0\rangle + |1\rangle V|0\rangle)/\sqrt 2$ and turns the probe back.

    With p and q the probabilities that the flags of the two preparations are in zero and o the real
    part of the overlap of the two states, all flags and the probe in zero have probability $(p + q
    + 2 o \sqrt{p q})/4$, the flags in zero and the probe in one $(p + q - 2 o \sqrt{p q})/4$. So an
    outcome of +1, -1 or, where a flag is raised, 0 has mean $o \sqrt{p q}$, with its sign, and
    second moment $(p + q)/2$. As a vector-encoding, whose probability `AmplitudeEstimation` finds,
    it is that of half the sum of the two branches.

    Args:
        first: vector-encoding of the first state, without control.
        second: of the second, which runs where the probe is one; the two share their ancillas.
        overlap: o. It is in `alpha` alone. Unit: 1.
        is_difference: whether the second state gets a minus sign, which exchanges the outcomes +1
            and -1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(max(a, b) + 1): the shared flags, then the probe. Starts in zero, and is
            measured.

    Encodes: the sum of the branches, normalised, with 4 / alpha**2 = p + q + 2 o sqrt(p q), minus
        that last term for a difference, and
        epsilon = alpha (e_0 sqrt(p) + e_1 sqrt(q)) / 2 (l2 norm).

    Cost: one controlled call of each part; controlled, 1 AND more.

    Raises:
        ValueError: if a part is controlled or errs by a negative number, the sizes differ, or the
            overlap is outside [-1, 1].

    Source: [CEMM98] Sec. 2, with flags: derived.
    """

    first: AbstractVectorEncoding
    second: AbstractVectorEncoding
    overlap: SymbolicFloat
    is_difference: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_parts("a test of an overlap", self.first, self.second)
        check_equal_systems("a test of an overlap", self.first, self.second)
        overlap = sympy.sympify(self.overlap)
        if overlap.is_number and not abs(overlap) <= 1 + 1e-9:
            raise ValueError(f"the overlap of unit vectors is within [-1, 1], got {self.overlap}")

    @property
    def lengths(self) -> tuple[SymbolicFloat, SymbolicFloat]:
        """Square roots of the probabilities p and q. Unit: 1."""
        return 1 / sympy.sympify(self.first.alpha), 1 / sympy.sympify(self.second.alpha)

    @cached_property
    def alpha(self) -> SymbolicFloat:
        one, two = self.lengths
        sign = -1 if self.is_difference else 1
        square = one**2 + two**2 + 2 * sign * self.overlap * one * two
        return worked_out(2 / sympy.sqrt(square))

    @cached_property
    def epsilon(self) -> SymbolicFloat:
        one, two = self.lengths
        moved = one * self.first.epsilon + two * self.second.epsilon
        return worked_out(self.alpha * moved / 2)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.first.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return largest({self.first.ancilla_bitsize, self.second.ancilla_bitsize}) + 1

    @property
    def system_names(self) -> WireNames:
        return self.first.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (("shared flags", self.ancilla_bitsize - 1), ("probe", 1))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        choice: dict[Bloq, SymbolicInt] = {XGate(): 2}
        if self.is_controlled:
            choice = {And(1, 0): 1, CNOT(): 1, And().adjoint(): 1}
        sign: dict[Bloq, SymbolicInt] = {ZGate(): 1} if self.is_difference else {}
        calls: dict[Bloq, SymbolicInt] = {Hadamard(): 2, **choice}
        for part in (self.first, self.second):
            step = controlled_form(part)
            calls[step] = calls.get(step, 0) + 1
        if self.is_controlled and sign:
            sign = {controlled_form(ZGate()): 1}
        return calls | sign

    def write(self, wires: Wires) -> None:
        *shared, probe = self.wires_of("ancilla")
        wires.h(probe)
        if self.is_controlled:
            control: Wire = ("ctrl", 0)
            wires.compute_and(control, probe, "branch", cv2=0)
            self._prepare(wires, self.first, "branch", shared)
            wires.cnot(control, "branch")
            self._prepare(wires, self.second, "branch", shared)
            wires.uncompute_and(control, probe, "branch")
            if self.is_difference:
                wires.cz(control, probe)
        else:
            wires.x(probe)
            self._prepare(wires, self.first, probe, shared)
            wires.x(probe)
            self._prepare(wires, self.second, probe, shared)
            if self.is_difference:
                wires.gate(ZGate(), q=probe)
        wires.h(probe)

    def _prepare(
        self, wires: Wires, part: AbstractVectorEncoding, branch: Wire, shared: list[Wire]
    ) -> None:
        """One part, where the branch is one, on as many of the shared ancillas as it has."""
        ancilla = shared[: part.ancilla_bitsize]
        system = self.wires_of("system")
        wires.on(controlled_form(part), ctrl=[branch], system=system, ancilla=ancilla)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            held = int(self.is_controlled)
            parts = [(controlled_form(part), held) for part in (self.first, self.second)]
            return largest({peak_width(self, parts), self.signature.n_qubits() + held})
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        sign = ", difference" if self.is_difference else ""
        dagger = "†" if self.is_adjoint else ""
        return f"FlaggedHadamardTest{dagger}(n={self.system_bitsize}{sign})"


@bloq_example(generalizer=SAME_CALLS)
def flagged_test_example() -> FlaggedHadamardTest:
    return FlaggedHadamardTest(Deamplified(UniformVector(2), 2), loaded_vector_example.make(), 0.3)


@bloq_example(generalizer=SAME_CALLS)
def _flagged_test_controlled() -> FlaggedHadamardTest:
    parts = UniformVector(1), Deamplified(UniformVector(1), 2)
    return FlaggedHadamardTest(*parts, 1.0, is_difference=True, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _flagged_test_symbolic() -> FlaggedHadamardTest:
    parts = VectorOracle(symbols.n, symbols.a), VectorOracle(symbols.n, 0)
    return FlaggedHadamardTest(*parts, symbols.delta)
