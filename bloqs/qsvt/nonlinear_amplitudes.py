"""Apply a function to every amplitude of an encoded vector."""

import abc
from functools import cached_property

import attrs
import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.encodings.parts import check_error, check_norm, check_parts
from bloqs.encodings.published_diagonal import PublishedDiagonalEncoding
from bloqs.qsvt.general_transform import GeneralTransform
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


class AbstractAmplitudes(AbstractComposite, AbstractVectorEncoding):
    """What functions of amplitudes share: the vector, then a transform of its diagonal on it.

    Subclasses are final. They define the fields, `vector` among them, `transform`, `alpha` and
    `epsilon`.
    """

    vector: AbstractVectorEncoding

    @property
    @abc.abstractmethod
    def transform(self) -> SingularValueTransform | GeneralTransform:
        """The amplitudes as a diagonal, transformed."""

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize + self.transform.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return self.vector.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("flags of the vector", self.vector.ancilla_bitsize),
            ("flags of the transform", self.transform.ancilla_bitsize),
        )

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        steps = (self.vector, self.transform)
        return {with_control(step, self.is_controlled): 1 for step in steps}

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        a = self.vector.ancilla_bitsize
        vector, transform = list(self.calls)
        wires.on(vector, ctrl=self.control, system=system, ancilla=ancilla[:a])
        wires.on(transform, ctrl=self.control, system=system, ancilla=ancilla[a:])


@frozen(cache_hash=True)
class NonlinearAmplitudes(AbstractAmplitudes):
    r"""Encodes $f(\psi/\alpha)$, entry by entry, for a real vector and $f(0) = 0$.

    With $P \approx f$ and the even polynomial $Q(x) = P(x)/x$: the amplitudes as a diagonal
    operator are transformed by $Q/\gamma$, and the result is applied to the vector itself, since
    $Q(\psi_x/\alpha)\,\psi_x/\alpha = P(\psi_x/\alpha)$.

    Args:
        vector: vector-encoding of $\psi$, real up to a common phase, without control.
        phases: of $Q/\gamma$, in the convention of `bloqs.qsvt.sequence`, or `None` when only the
            degree matters. Unit: radians.
        degree: of Q, even, at least 2.
        gamma: bound on |Q| on [-1, 1]. Positive.
        lipschitz: Lipschitz constant of f on the amplitudes that occur. Positive.
        error: sup-norm distance of P from f on [-1, 1]. Unit: 1.
        norm: l2 norm of $f(\psi/\alpha)$. Positive.
        is_published: whether the diagonal is the one of six calls, for a real vector.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(2 a + n + 1), two more if `is_published`, a the ancillas of `vector`: those,
            then those of the transform. Starts in zero; finding zero again flags success.

    Encodes: $f(\psi/\alpha) / norm$ with alpha = gamma / norm and epsilon = (lipschitz
        epsilon_psi / alpha_psi + sqrt(2**n) error) / norm (l2 norm).

    Cost: degree + 1 calls of `vector` or its inverse, degree n CNOT, degree + 1 projector phases;
        if `is_published`, 6 degree + 1 calls.

    Raises:
        ValueError: if the degree is odd or below 2, the number of phases is not degree + 1, gamma,
            lipschitz or norm is not positive, norm is more than gamma allows, the error is
            negative, or `vector` is controlled or errs by a negative number.

    Source: [RHGPR25] Lem. B.18, with the diagonal of one call and gamma in place of 4 gamma.
    """

    vector: AbstractVectorEncoding
    phases: tuple[float, ...] | None
    degree: SymbolicInt
    gamma: SymbolicFloat
    lipschitz: SymbolicFloat
    error: SymbolicFloat
    norm: SymbolicFloat
    is_published: bool = False

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.degree) and (self.degree < 2 or self.degree % 2):
            raise ValueError(f"P(x)/x needs an even degree >= 2, got {self.degree}")
        check_parts("function of amplitudes", self.vector)
        check_error("function of amplitudes", self.error)
        for name in ("gamma", "lipschitz", "norm"):
            value = getattr(self, name)
            if not is_symbolic(value) and not value > 0:
                raise ValueError(f"{name} must be positive, got {value}")
        longest = self.gamma * (1 + sympy.sympify(self.vector.epsilon)) / self.vector.alpha
        length = sympy.sqrt(sympy.Integer(2) ** self.system_bitsize)
        check_norm("function of amplitudes", self.norm, longest + length * self.error)
        self.transform  # noqa: B018  refuse what it refuses

    @property
    def transform(self) -> SingularValueTransform:
        """Q / gamma of the amplitudes as a diagonal."""
        kind = PublishedDiagonalEncoding if self.is_published else DiagonalEncoding
        return SingularValueTransform(kind(self.vector), self.phases, self.degree, self.error)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.gamma / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        length = sympy.sqrt(2**self.system_bitsize)
        inherited = sympy.sympify(self.lipschitz) * self.vector.epsilon / self.vector.alpha
        return (inherited + length * self.error) / self.norm

    def __str__(self) -> str:
        return f"Amplitudes{'†' if self.is_adjoint else ''}(degree {self.degree})"


@bloq_example(generalizer=SAME_CALLS)
def nonlinear_amplitudes_example() -> NonlinearAmplitudes:
    return NonlinearAmplitudes(loaded_vector_example.make(), (0.1, 0.2, 0.3), 2, 1.0, 1.0, 0.5, 0.9)


@bloq_example(generalizer=SAME_CALLS)
def _nonlinear_amplitudes_published() -> NonlinearAmplitudes:
    return attrs.evolve(nonlinear_amplitudes_example.make(), is_published=True)


@bloq_example(generalizer=SAME_CALLS)
def nonlinear_amplitudes_symbolic_example() -> NonlinearAmplitudes:
    return NonlinearAmplitudes(
        loaded_vector_symbolic_example.make(),
        None,
        symbols.degree,
        symbols.gamma,
        symbols.lipschitz,
        symbols.epsilon,
        symbols.norm,
    )
