"""The output block: a skip path plus a dense layer of the squared vector, normalised."""

from functools import cached_property
from typing import Self

import numpy as np
import sympy
from attrs import evolve, frozen
from qualtran import bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.squared_product import SquaredProduct
from bloqs.encodings.vector_sum import VectorSum
from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.resnet import symbols as own
from bloqs.resnet.circuits.cost_pattern import Values
from bloqs.resnet.circuits.layer_calls import previous_vector
from bloqs.resnet.circuits.normalised_layer import AbstractNormalisedLayer
from bloqs.resnet.model.block_plan import OutputPlan, settled
from bloqs.resnet.model.direction_error import direction_error
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.phases.find import phases_of
from estimator.polynomials.sign import sign_polynomial


def output_phases(plan: OutputPlan) -> tuple[float, ...]:
    """Phases of the normalisation, for a plan without symbols. Unit: radians."""
    error, degree = float(plan.sign_error), int(plan.sign_degree)
    polynomial = sign_polynomial(float(plan.start), error, degree)
    return tuple(map(float, phases_of(np.array(polynomial.coefficients)).reflection))


@frozen(cache_hash=True)
class OutputBlock(AbstractNormalisedLayer):
    r"""Encodes $\tau\psi + (1 - \tau) W |\psi|^2$ divided by its length, with alpha = 1.

    For a W of norm at most 1 the sum is at least $2\tau - 1$ long. Squared moduli do not see a
    phase of $\psi$ and the skip path does: a vector known up to a phase alone will not do.

    Args:
        vector: vector-encoding $(1, a, e)$ of $\psi$, real, without control.
        columns: tree with the columns of W as rows, as in `SquaredProduct`.
        norms: tree with their norms, likewise.
        plan: $\tau$, published 0.51, and degree, length and error of the normalisation.
        phases: of the normalisation, or `None` when only the degree matters. Unit: radians.
        norm: l2 norm of the sum, or a lower bound; then `alpha` of the sum is an upper one.
        signal: l2 norm of $W |\psi|^2$, or an upper bound.
        is_published: whether the product has the flag of a projector of its own.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(n + 2 a + 3, one more if `is_published`). Starts in zero; finding zero again
            flags success.

    Encodes: the output vector with alpha = 1 and epsilon = `direction_error` of the sum's epsilon
        + sign_error (l2 norm).

    Cost: plan.sign_degree calls of the sum or its inverse, with their projector phases; the sum
        calls `vector` three times, the columns once and the norms once.

    Raises:
        ValueError: if there are phases and the sum may be shorter than the plan allows, or a part
            is refused.

    Source: [RHGPR25] Lem. C.1, with the projector of the normalisation as in `NormalisedVector`.
    """

    columns: RotationTree
    norms: RotationTree
    plan: OutputPlan
    phases: tuple[float, ...] | None
    norm: SymbolicFloat
    signal: SymbolicFloat
    is_published: bool = False

    def __attrs_post_init__(self) -> None:
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
    def sum(self) -> VectorSum:
        """Skip path plus dense layer, not yet of length one."""
        product = SquaredProduct(
            self.vector, self.columns, self.norms, self.signal, self.is_published
        )
        return VectorSum(self.vector, product, self.plan.tau, self.norm)

    @cached_property
    def normalised(self) -> NormalisedVector:
        """The sum, lifted to length one."""
        plan = self.plan
        return NormalisedVector(self.sum, self.phases, plan.sign_degree, plan.sign_error)

    @property
    def has_circuit(self) -> bool:
        return self.phases is not None and not is_symbolic(self.system_bitsize)

    @cached_property
    def pattern(self) -> tuple[Self, Values]:
        vector = previous_vector(self.system_bitsize, symbols.a)
        plan = evolve(self.plan, sign_degree=own.sign_degree, sign_error=0, start=0)
        return evolve(self, vector=vector, plan=plan, phases=None), {
            symbols.a: sympy.sympify(self.vector.ancilla_bitsize),
            own.sign_degree: sympy.sympify(self.plan.sign_degree),
        }

    @cached_property
    def epsilon(self) -> SymbolicFloat:
        return direction_error(self.sum.epsilon) + self.plan.sign_error

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.normalised.ancilla_bitsize

    def __str__(self) -> str:
        return f"OutputBlock{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def _output_block() -> OutputBlock:
    vector = loaded_vector_example.make()
    matrix = np.diag([0.5, -0.5, 0.25, 0.75]) + np.eye(4)[::-1] / 8
    product = SquaredProduct.of(vector, matrix, 0.7, 5, QROMLoader(), Rotation.BITWISE)
    plan = OutputPlan(length=0.5, start=0.001, sign_error=0.5, sign_degree=3, tau=0.51)
    phases = (0.1, 0.2, 0.3, 0.4)
    return OutputBlock(vector, product.columns, product.norms, plan, phases, 0.8, 0.7)


@bloq_example(generalizer=SAME_CALLS)
def _output_block_symbolic() -> OutputBlock:
    vector = loaded_vector_symbolic_example.make()
    n, loader, rotation = vector.system_bitsize, QROMLoader(), Rotation.PHASE_GRADIENT
    columns = RotationTree(None, n, n, symbols.b, loader, rotation)
    norms = RotationTree(None, n, 1, symbols.b, loader, rotation)
    plan = OutputPlan(
        length=symbols.norm,
        start=symbols.norm,
        sign_error=symbols.epsilon,
        sign_degree=2 * symbols.degree + 1,
    )
    return OutputBlock(vector, columns, norms, plan, None, symbols.norm, sympy.Integer(1))
