"""A vector plus the activation of a linear map of it, with one preparation for both."""

import math
from collections import Counter
from functools import cached_property
from typing import Any

import attrs
import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import Hadamard
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import (
    DiagonalEncoding,
    diagonal_encoding_example,
    diagonal_encoding_symbolic_example,
)
from bloqs.encodings.matrix_vector import MatrixVector
from bloqs.encodings.parts import check_equal_systems, check_parts
from bloqs.gates.expanded_gates import expanded_gates
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.resnet.model.block_plan import SLOPE, lipschitz, settled
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class ResidualSum(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes $\psi + \mathrm{erf}(s W \psi)$, normalised, for a real vector.

    The vector is prepared once, whatever happens next. A flag is turned by $R = e^{-i \theta X}$,
    $\cos^2\theta = 1 / (1 + \gamma)$; where it is one, $W / \kappa$ runs on the vector and then the
    polynomial $Q(x) / \gamma$, $Q(x) x \approx \mathrm{erf}(s\kappa x)$, of the diagonal
    operator with the amplitudes of $W\psi / \kappa$; then the flag is turned back. The weights
    1 / (1 + gamma) and gamma / (1 + gamma) make up for the gamma of the polynomial.

    In the diagonal's calls nothing needs the flag: without the phases they cancel in pairs.

    Args:
        vector: vector-encoding $(1, a, e_0)$ of $\psi$, real up to a common phase, no control.
        weights: block-encoding $(\kappa, b, e_1)$ of $W$, of norm at most 1, without control.
        phases: of $Q/\gamma$, in the convention of `bloqs.qsvt.sequence`, or `None` when only the
            degree matters. Unit: radians.
        erf_degree: degree of $Q(x) x$, odd, at least 3.
        gamma: bound on |Q| on [-1, 1], positive.
        erf_error: sup-norm distance of $Q(x) x$ from $\mathrm{erf}(s\kappa x)$ on [-1, 1].
        norm: l2 norm of the sum.
        slope: s, of the activation; 4/5 is the published one.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(2 (a + b) + n + 2): those of the vector and of the weights, then n + a + b of
            the diagonal, the sign of the transform, and the flag. Starts in zero; finding zero
            again flags success.

    Encodes: the sum with alpha = (1 + gamma) / norm and epsilon = (e_0 (1 + L) + L e_1 + sqrt(2**n)
        erf_error) / norm, L = 2 s / sqrt(pi) (l2 norm).

    Cost: erf_degree calls of `vector` or its inverse and as many of `weights`, one of them
        controlled; the phases of a transform of degree erf_degree - 1, controlled; 2 rotations.
        Controlled, also one call of `vector` is, and there is 1 AND.

    Raises:
        ValueError: if a part is controlled, the sizes differ, the vector's alpha is not 1, the
            degree is even or below 3, or gamma, erf_error or norm is out of range.

    Source: [RHGPR25] Lem. 6, with weights of the sum that need no de-amplification, one
        preparation for both branches and a diagonal of one call.
    """

    vector: AbstractVectorEncoding
    weights: AbstractBlockEncoding
    phases: tuple[float, ...] | None
    erf_degree: SymbolicInt
    gamma: SymbolicFloat
    erf_error: SymbolicFloat
    norm: SymbolicFloat
    slope: SymbolicFloat = SLOPE

    def __attrs_post_init__(self) -> None:
        check_parts("residual sum", self.vector, self.weights)
        check_equal_systems("residual sum", self.vector, self.weights)
        if not is_symbolic(self.vector.alpha) and self.vector.alpha != 1:
            raise ValueError(
                f"a residual sum needs a normalised vector, got alpha={self.vector.alpha}"
            )
        if not is_symbolic(self.erf_degree) and (self.erf_degree < 3 or self.erf_degree % 2 == 0):
            raise ValueError(f"a residual sum needs an odd degree >= 3, got {self.erf_degree}")
        for name in ("gamma", "norm"):
            if not is_symbolic(value := getattr(self, name)) and not value > 0:
                raise ValueError(f"{name} must be positive, got {value}")
        if not is_symbolic(self.norm, self.gamma) and self.norm > (1 + self.gamma) * (1 + 1e-9):
            raise ValueError(f"norm must be at most 1 + gamma = {1 + self.gamma}, got {self.norm}")
        self.transform  # noqa: B018  refuse what it refuses

    @cached_property
    def image(self) -> MatrixVector:
        """W psi / kappa behind the ancillas of both; its length plays no part in the diagonal."""
        return MatrixVector(self.weights, self.vector, norm=self.weights.alpha)

    @cached_property
    def transform(self) -> SingularValueTransform:
        """Q / gamma of the diagonal."""
        diagonal = DiagonalEncoding(self.image)
        return SingularValueTransform(diagonal, self.phases, self.erf_degree - 1, self.erf_error)

    @property
    def theta(self) -> SymbolicFloat:
        """Angle of the flag's rotation. Unit: radians."""
        root = sympy.sqrt(1 / (1 + sympy.sympify(self.gamma)))
        return math.acos(root) if root.is_number else sympy.acos(root)

    @property
    def alpha(self) -> SymbolicFloat:
        return (1 + self.gamma) / self.norm

    @cached_property
    def epsilon(self) -> SymbolicFloat:
        length = sympy.sqrt(sympy.Integer(2) ** self.system_bitsize)
        given = (self.vector.epsilon, self.weights.epsilon, length, self.erf_error, self.norm)
        before, weights, length, error, norm = map(sympy.sympify, given)
        steepest = lipschitz(self.slope)
        if all(each.is_number for each in (before, weights, length, error, norm)):
            steepest, weights, length = map(settled, (steepest, weights, length))
        inherited = (1 + steepest) * before + steepest * weights
        return settled((inherited + length * error) / norm)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.image.ancilla_bitsize + self.transform.ancilla_bitsize + 1

    @property
    def system_names(self) -> WireNames:
        return self.weights.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("flags of the vector", self.vector.ancilla_bitsize),
            ("flags of the weights", self.weights.ancilla_bitsize),
            ("flags of the transform", self.transform.ancilla_bitsize),
            ("branch", 1),
        )

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        steps: list[Bloq] = [
            with_control(self.vector, self.is_controlled),
            controlled_form(self.weights),
            controlled_form(self.transform),
            PhaseRotation(self.theta),
            PhaseRotation(-self.theta),
            *[Hadamard()] * 4,
        ]
        if self.is_controlled:
            steps += [And(), And().adjoint()]
        return dict(Counter(steps))

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        a, b = self.vector.ancilla_bitsize, self.weights.ancilla_bitsize
        prepared, operated, rest = ancilla[:a], ancilla[a : a + b], ancilla[a + b :]
        *inner, flag = rest
        prepare = with_control(self.vector, self.is_controlled)
        wires.on(prepare, ctrl=self.control, system=system, ancilla=prepared)
        self._turn(wires, flag, self.theta)
        branch: Wire = flag
        if self.is_controlled:
            wires.compute_and(("ctrl", 0), flag, "branch")
            branch = "branch"
        wires.on(controlled_form(self.weights), ctrl=[branch], system=system, ancilla=operated)
        wires.on(controlled_form(self.transform), ctrl=[branch], system=system, ancilla=inner)
        if self.is_controlled:
            wires.uncompute_and(("ctrl", 0), flag, "branch")
        self._turn(wires, flag, -self.theta)

    def _turn(self, wires: Wires, flag: Wire, theta: SymbolicFloat) -> None:
        wires.gate(Hadamard(), q=flag)
        wires.gate(PhaseRotation(theta), q=flag)
        wires.gate(Hadamard(), q=flag)

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        if (gates := expanded_gates(self, cost_key)) is not NotImplemented:
            return gates
        cost = serial_cost(self, cost_key)
        held = self.is_controlled and isinstance(cost_key, (PeakQubits, QubitCount))
        return largest({cost + 1}) if held else cost

    def __str__(self) -> str:
        return f"ResidualSum{'†' if self.is_adjoint else ''}(degree {self.erf_degree})"


def _example() -> ResidualSum:
    vector, phases = loaded_vector_example.make(), (0.1, 0.2, 0.3)
    return ResidualSum(vector, diagonal_encoding_example.make(), phases, 3, 1.0, 0.5, 1.2)


@bloq_example(generalizer=SAME_CALLS)
def _residual_sum() -> ResidualSum:
    return _example()


@bloq_example(generalizer=SAME_CALLS)
def _residual_sum_controlled() -> ResidualSum:
    return attrs.evolve(_example(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _residual_sum_symbolic() -> ResidualSum:
    return ResidualSum(
        loaded_vector_symbolic_example.make(),
        diagonal_encoding_symbolic_example.make(),
        None,
        2 * symbols.degree + 1,
        lipschitz(SLOPE),
        symbols.epsilon,
        symbols.norm,
    )
