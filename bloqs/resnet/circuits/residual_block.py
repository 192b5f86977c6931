"""A residual block: linear map, activation, skip path and layer normalisation."""

import math
from functools import cached_property
from typing import Self

import numpy as np
import sympy
from attrs import evolve, frozen
from qualtran import bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding, WireNames
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.diagonal import diagonal_encoding_example, diagonal_encoding_symbolic_example
from bloqs.encodings.matrix_vector import MatrixVector
from bloqs.encodings.parts import check_equal_systems, check_parts
from bloqs.encodings.vector_sum import VectorSum
from bloqs.qsvt.amplified import AmplifiedEncoding
from bloqs.qsvt.nonlinear_amplitudes import NonlinearAmplitudes
from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.resnet import symbols as own
from bloqs.resnet.circuits.cost_pattern import Values
from bloqs.resnet.circuits.layer_calls import previous_vector
from bloqs.resnet.circuits.normalised_layer import AbstractNormalisedLayer
from bloqs.resnet.circuits.residual_sum import ResidualSum
from bloqs.resnet.model.block_plan import BlockPlan, Variant, block_plan, lipschitz, settled
from bloqs.resnet.model.direction_error import direction_error
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.phases.find import phases_of
from estimator.polynomials.erf import erf_ratio_polynomial
from estimator.polynomials.sign import fixed_point_phases, sign_polynomial

MARGIN = 1e-9
"""Relative distance of a polynomial from one that its phases need. Unit: 1."""


@frozen(cache_hash=True)
class BlockPhases:
    """Phases of the two transforms of a block. Unit: radians.

    Args:
        activation: of the even polynomial P(x) / (x scale).
        normalisation: of the odd polynomial close to one.
    """

    activation: tuple[float, ...]
    normalisation: tuple[float, ...]

    @classmethod
    def of(cls, plan: BlockPlan) -> "BlockPhases":
        """The phases of a plan without symbols.

        Raises:
            ValueError: if a phase cannot be found to the accuracy of `estimator.phases.find`.
        """
        slope, start = float(plan.nu), float(plan.start)
        ratio = np.array(erf_ratio_polynomial(slope, int(plan.erf_degree)).coefficients)
        activation = phases_of(ratio / (float(plan.scale) * (1 + MARGIN))).reflection
        error, degree = float(plan.sign_error), int(plan.sign_degree)
        if plan.variant is Variant.FIXED_POINT:
            lifted = fixed_point_phases(degree, math.sqrt(2 * error))
        else:
            lifted = phases_of(
                np.array(sign_polynomial(start, error, degree).coefficients)
            ).reflection
        return cls(tuple(map(float, activation)), tuple(map(float, lifted)))


@frozen(cache_hash=True)
class ResidualBlock(AbstractNormalisedLayer):
    r"""Encodes $\psi + \mathrm{erf}(s W\psi)$ divided by its length, with alpha = 1.

    The slope s is that of the plan; the published construction is stated for 4/5, and serves
    smaller ones.

    Published: the activation is that of `NonlinearAmplitudes` with the diagonal of six calls and a
    scale of $16\nu/\sqrt\pi$, $\nu = \frac45\kappa$; the vector is de-amplified by as much and
    added with weight 1/2; alpha of the sum is at most 400. The paper's projector in the
    normalisation is replaced by the projected unitary encoding of `NormalisedVector`, which takes
    the same calls and 3 ancillas less, and the sum takes one less for sharing a flag.

    Tight: the sum is `ResidualSum`. Fixed point: so it is, and it is normalised without a sign
    qubit, which leaves a phase factor of modulus one on the whole vector. The next block does not
    see it: its diagonal enters in even powers.

    Args:
        vector: vector-encoding $(1, a, e_0)$ of $\psi$, real up to a common phase, no control.
        weights: block-encoding $(\kappa, b, e_1)$ of $W$, of norm at most 1, without control.
        plan: degrees, lengths and errors, for the same kappa.
        phases: phases of both transforms, or `None` when only the degrees matter.
        norm: l2 norm of the sum, at least `plan.length`; or a lower bound, and then `alpha` of the
            sum is an upper one.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(2 (a + b) + n + 3), 2 (a + b) + n + 2 for a fixed point, 2 (a + b) + n + 5
            published. Starts in zero; finding zero again flags success.

    Encodes: the block's vector with alpha = 1 and epsilon = `direction_error` of the sum's epsilon
        + sign_error (l2 norm); for a fixed point up to a phase factor, with 1 - sqrt(1 - 2
        sign_error) in place of sign_error.

    Cost: plan.sign_degree calls of the sum or its inverse, with their projector phases.

    Raises:
        ValueError: if kappa of `plan` is not the alpha of `weights`, there are phases and the sum
            may be shorter than the plan allows, or a part is refused.

    Source: [RHGPR25] Lem. 6.
    """

    weights: AbstractBlockEncoding
    plan: BlockPlan
    phases: BlockPhases | None
    norm: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("residual block", self.vector, self.weights)
        check_equal_systems("residual block", self.vector, self.weights)
        kappa, alpha = self.plan.kappa, self.weights.alpha
        if not is_symbolic(kappa, alpha) and abs(kappa - alpha) > 1e-9 * alpha:
            raise ValueError(
                f"the plan is for weights with alpha {kappa}, but they have {alpha}; "
                f"make the plan with their alpha"
            )
        if self.phases is None and sympy.sympify(self.system_bitsize).free_symbols:
            return  # parts of symbolic size are refused where they are used
        whole = self.normalised.vector
        shortest, start = settled((1 - whole.epsilon) / whole.alpha), self.plan.start
        runs = self.phases is not None and not is_symbolic(shortest, start)
        if runs and shortest < start * (1 - 1e-9):
            raise ValueError(
                f"the sum may be as short as {float(shortest):.3g}, and the plan lifts lengths "
                f"from {float(start):.3g} on; plan for larger incoming errors or a shorter sum"
            )

    @cached_property
    def sum(self) -> AbstractVectorEncoding:
        """Skip path plus activation, not yet of length one.

        In the published form the lengths of W psi and of its activation cancel; they are put at
        their largest values.
        """
        plan = self.plan
        phases = None if self.phases is None else self.phases.activation
        if plan.variant is not Variant.PUBLISHED:
            return ResidualSum(
                self.vector,
                self.weights,
                phases,
                plan.erf_degree,
                plan.scale * (1 + MARGIN) if phases else plan.scale,
                plan.erf_error,
                self.norm,
                plan.slope,
            )
        image = MatrixVector(self.weights, self.vector, self.weights.alpha)
        activation = NonlinearAmplitudes(
            image,
            phases,
            plan.erf_degree - 1,
            plan.scale,
            lipschitz(plan.nu),
            plan.erf_error,
            lipschitz(plan.slope),
            is_published=True,
        )
        skip = Deamplified(self.vector, plan.scale)
        return VectorSum(skip, activation, sympy.Rational(1, 2), self.norm / (2 * plan.scale))

    @cached_property
    def normalised(self) -> NormalisedVector:
        """The sum, lifted to length one."""
        phases = None if self.phases is None else self.phases.normalisation
        plan = self.plan
        keeps_phase = plan.variant is not Variant.FIXED_POINT
        return NormalisedVector(self.sum, phases, plan.sign_degree, self.lifting_error, keeps_phase)

    @property
    def lifting_error(self) -> SymbolicFloat:
        """Distance of the normalised length from one. Unit: 1."""
        if self.plan.variant is Variant.FIXED_POINT:
            return 1 - sympy.sqrt(1 - 2 * self.plan.sign_error)
        return self.plan.sign_error

    @property
    def has_circuit(self) -> bool:
        return self.phases is not None and not is_symbolic(self.system_bitsize)

    @cached_property
    def pattern(self) -> tuple[Self, Values]:
        vector = previous_vector(self.system_bitsize, symbols.a)
        plan = evolve(
            self.plan,
            erf_degree=own.erf_degree,
            sign_degree=own.sign_degree,
            erf_error=0,
            sign_error=0,
            start=0,
            budget=0,
        )
        weights = self.weights
        if isinstance(weights, AmplifiedEncoding):
            weights = evolve(weights, error=0)
        return evolve(self, vector=vector, weights=weights, plan=plan, phases=None), {
            symbols.a: sympy.sympify(self.vector.ancilla_bitsize),
            own.erf_degree: sympy.sympify(self.plan.erf_degree),
            own.sign_degree: sympy.sympify(self.plan.sign_degree),
        }

    @cached_property
    def epsilon(self) -> SymbolicFloat:
        return settled(direction_error(self.sum.epsilon) + self.lifting_error)

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.normalised.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return self.weights.system_names

    def __str__(self) -> str:
        return f"ResidualBlock{'†' if self.is_adjoint else ''}({self.plan.variant})"


def _example(variant: Variant) -> ResidualBlock:
    weights = diagonal_encoding_example.make()
    plan = block_plan(variant, weights.alpha, 0.5, 2**weights.system_bitsize, 0.9, 0.5)
    activation = (0.1,) * int(plan.erf_degree)
    phases = BlockPhases(activation, (0.2,) * int(plan.sign_degree + 1))
    return ResidualBlock(loaded_vector_example.make(), weights, plan, phases, norm=1.5)


@bloq_example(generalizer=SAME_CALLS)
def residual_block_example() -> ResidualBlock:
    return _example(Variant.TIGHT)


@bloq_example(generalizer=SAME_CALLS)
def _residual_block_published() -> ResidualBlock:
    weights = diagonal_encoding_example.make()
    plan = block_plan(Variant.PUBLISHED, weights.alpha, 0.5, 2**weights.system_bitsize, 0.9, 0.5)
    small = evolve(plan, erf_degree=3, sign_degree=3)
    phases = BlockPhases((0.1,) * 3, (0.2,) * 4)
    return ResidualBlock(loaded_vector_example.make(), weights, small, phases, norm=1.5)


@bloq_example(generalizer=SAME_CALLS)
def _residual_block_fixed_point() -> ResidualBlock:
    return _example(Variant.FIXED_POINT)


def _symbolic(variant: Variant) -> ResidualBlock:
    weights = diagonal_encoding_symbolic_example.make()
    entries = sympy.Integer(2) ** weights.system_bitsize
    plan = block_plan(variant, weights.alpha, symbols.norm, entries, symbols.epsilon, 0)
    return ResidualBlock(loaded_vector_symbolic_example.make(), weights, plan, None, symbols.norm)


@bloq_example(generalizer=SAME_CALLS)
def _residual_block_symbolic() -> ResidualBlock:
    return _symbolic(Variant.TIGHT)


@bloq_example(generalizer=SAME_CALLS)
def _residual_block_published_symbolic() -> ResidualBlock:
    return _symbolic(Variant.PUBLISHED)


@bloq_example(generalizer=SAME_CALLS)
def _residual_block_fixed_point_symbolic() -> ResidualBlock:
    return _symbolic(Variant.FIXED_POINT)
