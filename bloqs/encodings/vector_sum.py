"""The weighted sum of two encoded vectors."""

import math
from collections import Counter
from functools import cached_property

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard, XGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.parts import check_equal_systems, check_norm, check_parts
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class VectorSum(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes $\tau \psi / \alpha + (1 - \tau) \phi / \beta$, normalised.

    A flag is turned by $R = e^{-i \theta X}$, $\cos\theta = \sqrt\tau$; where it is zero $\psi$ is
    prepared, where it is one $\phi$; then it is turned back. The two branches never run on the
    same amplitude, so they use the same ancillas: what one of them leaves there lies behind the
    flag or behind those ancillas themselves. Vectors may be complex.

    Args:
        psi: vector-encoding $(\alpha, a, e_0)$ of $\psi$, without control.
        phi: vector-encoding $(\beta, b, e_1)$ of $\phi$ of the same length, without control.
        tau: weight of $\psi$, in [0, 1]. Unit: 1.
        norm: l2 norm of the sum before normalisation, at most tau / alpha + (1 - tau) / beta.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(max(a, b) + 1): the ancillas of both parts, then the flag. Starts in zero;
            finding zero again flags success.

    Encodes: the sum with alpha = 1 / norm and epsilon = (tau e_0 / alpha + (1 - tau) e_1 / beta) /
        norm (l2 norm).

    Cost: one controlled call of each part and 2 rotations; controlled, also 1 AND, whose qubit
        lives as long as the calls.

    Raises:
        ValueError: if a part is controlled or errs by a negative number, the lengths differ, tau
            is outside [0, 1], or norm is not positive or larger than the triangle inequality
            allows.

    Source: [RHGPR25] Lem. 1, with an X rotation for R, the polarity of the text (Fig. 3 shows the
        opposite) and the error of the proof, which is smaller than the stated one.
    """

    psi: AbstractVectorEncoding
    phi: AbstractVectorEncoding
    tau: SymbolicFloat
    norm: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("sum", self.psi, self.phi)
        check_equal_systems("sum", self.psi, self.phi)
        tau = sympy.sympify(self.tau)
        if tau.is_number and not 0 <= tau <= 1:
            raise ValueError(f"sum needs a weight 0 <= tau <= 1, got tau={self.tau}")
        check_norm("sum", self.norm, sum(self.weights))

    @property
    def weights(self) -> tuple[SymbolicFloat, SymbolicFloat]:
        """Coefficients of the two unit vectors. Unit: 1."""
        tau = sympy.sympify(self.tau)
        return tau / self.psi.alpha, (1 - tau) / self.phi.alpha

    @property
    def theta(self) -> SymbolicFloat:
        """Angle of the flag's rotation. Unit: radians."""
        tau = sympy.sympify(self.tau)
        return math.acos(math.sqrt(tau)) if tau.is_number else sympy.acos(sympy.sqrt(tau))

    @property
    def alpha(self) -> SymbolicFloat:
        return 1 / self.norm

    @cached_property
    def epsilon(self) -> SymbolicFloat:
        first, second = self.weights
        return (first * self.psi.epsilon + second * self.phi.epsilon) / self.norm

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.psi.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return largest({self.psi.ancilla_bitsize, self.phi.ancilla_bitsize}) + 1

    @property
    def system_names(self) -> WireNames:
        return self.psi.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (("shared flags", self.ancilla_bitsize - 1), ("branch", 1))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        parts = (controlled_form(self.psi), controlled_form(self.phi))
        turns = (PhaseRotation(self.theta), PhaseRotation(-self.theta))
        choice: tuple[Bloq, ...] = (XGate(), XGate())
        if self.is_controlled:
            choice = (And(1, 0), CNOT(), And().adjoint())
        return dict(Counter([*parts, *turns, *choice, *[Hadamard()] * 4]))

    def write(self, wires: Wires) -> None:
        *shared, flag = self.wires_of("ancilla")
        self._turn(wires, flag, self.theta)
        if self.is_controlled:
            control: Wire = ("ctrl", 0)
            wires.compute_and(control, flag, "branch", cv2=0)
            self._prepare(wires, self.psi, "branch", shared)
            wires.cnot(control, "branch")
            self._prepare(wires, self.phi, "branch", shared)
            wires.uncompute_and(control, flag, "branch")
        else:
            wires.x(flag)
            self._prepare(wires, self.psi, flag, shared)
            wires.x(flag)
            self._prepare(wires, self.phi, flag, shared)
        self._turn(wires, flag, -self.theta)

    def _turn(self, wires: Wires, flag: Wire, theta: SymbolicFloat) -> None:
        wires.gate(Hadamard(), q=flag)
        wires.gate(PhaseRotation(theta), q=flag)
        wires.gate(Hadamard(), q=flag)

    def _prepare(
        self, wires: Wires, part: AbstractVectorEncoding, branch: Wire, shared: list[Wire]
    ) -> None:
        """One part, where the branch is one, on as many of the shared ancillas as it has."""
        ancilla = shared[: part.ancilla_bitsize]
        system = self.wires_of("system")
        wires.on(controlled_form(part), ctrl=[branch], system=system, ancilla=ancilla)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        cost = serial_cost(self, cost_key)
        held = self.is_controlled and isinstance(cost_key, (PeakQubits, QubitCount))
        return largest({cost + 1}) if held else cost

    def __str__(self) -> str:
        return f"VectorSum{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def _vector_sum() -> VectorSum:
    return VectorSum(loaded_vector_example.make(), loaded_vector_example.make(), tau=0.25, norm=1.0)


@bloq_example(generalizer=SAME_CALLS)
def _vector_sum_nested() -> VectorSum:
    return VectorSum(_vector_sum.make(), loaded_vector_example.make(), tau=0.5, norm=1.0)


@bloq_example(generalizer=SAME_CALLS)
def _vector_sum_controlled() -> VectorSum:
    loaded = loaded_vector_example.make()
    return VectorSum(_vector_sum.make(), loaded, tau=0.5, norm=1.0, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def vector_sum_symbolic_example() -> VectorSum:
    loaded = loaded_vector_symbolic_example.make()
    return VectorSum(loaded, loaded, tau=symbols.delta, norm=symbols.norm)
