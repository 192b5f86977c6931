"""Apply a function without parity to every amplitude of an encoded vector."""

from functools import cached_property

import sympy
from attrs import frozen
from qualtran import bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.encodings.parts import check_error, check_norm, check_parts
from bloqs.qsvt.general_transform import GeneralTransform
from bloqs.qsvt.nonlinear_amplitudes import AbstractAmplitudes
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.same_calls import SAME_CALLS
from estimator import symbols


@frozen(cache_hash=True)
class EntrywiseFunction(AbstractAmplitudes):
    r"""Encodes $f(\psi/\alpha)$, entry by entry, for a real vector and $f(0) = 0$.

    With a polynomial $Q$ and $x Q(x) \approx f(x)$ on the amplitudes that occur, the amplitudes as
    a diagonal operator are transformed by $Q = w_e E + w_o O$, even part and odd part, and the
    result is applied to the vector itself. As for `NonlinearAmplitudes`, whose Q is even.

    Args:
        vector: vector-encoding of $\psi$, real up to a common phase, without control.
        even: phases of $E$, as in `GeneralTransform`, or `None`. Unit: radians.
        odd: phases of $O$, likewise.
        degree: of Q, at least 1.
        even_weight: $w_e$, at least |Q|'s even part; 0 if Q is odd.
        odd_weight: $w_o$, likewise; 0 if Q is even.
        lipschitz: Lipschitz constant of f on the amplitudes that occur. Positive.
        error: largest distance of $x Q(x)$ from f on the amplitudes that occur. Unit: 1.
        norm: l2 norm of $f(\psi/\alpha)$. Positive.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(2 a + n + 2), one fewer for a Q of definite parity, a the ancillas of
            `vector`: those, then those of the transform. Starts in zero; finding zero again flags
            success.

    Encodes: $f(\psi/\alpha) / norm$ with alpha = (w_e + w_o) / norm and epsilon = (lipschitz
        epsilon_psi / alpha_psi + sqrt(2**n) error) / norm (l2 norm).

    Cost: degree + 1 calls of `vector` or its inverse, degree n CNOT, and the phases of the
        transform.

    Raises:
        ValueError: if there are phases of one part alone although both have weights, a weight is
            negative or both are zero, lipschitz or norm is not positive, norm is more than the
            weights allow, the error is negative, a part is refused by its transform, or `vector`
            is controlled or errs by a negative number.

    Source: [RHGPR25] Lem. B.18 for even Q; without parity ours, by [GSLW18] Thm. 56.
    """

    vector: AbstractVectorEncoding
    even: tuple[float, ...] | None
    odd: tuple[float, ...] | None
    degree: SymbolicInt
    even_weight: SymbolicFloat
    odd_weight: SymbolicFloat
    lipschitz: SymbolicFloat
    error: SymbolicFloat
    norm: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("function of amplitudes", self.vector)
        check_error("function of amplitudes", self.error)
        weights = (self.even_weight, self.odd_weight)
        if not is_symbolic(*weights) and (min(weights) < 0 or max(weights) == 0):
            raise ValueError(
                f"weights of the parts must not be negative, and not both zero, got {weights}"
            )
        for name in ("lipschitz", "norm"):
            value = getattr(self, name)
            if not is_symbolic(value) and not value > 0:
                raise ValueError(f"{name} must be positive, got {value}")
        vector, length = self.vector, sympy.sqrt(sympy.Integer(2) ** self.system_bitsize)
        longest = self.weight * (1 + sympy.sympify(vector.epsilon)) / vector.alpha
        check_norm("function of amplitudes", self.norm, longest + length * self.error)
        self.transform  # noqa: B018  refuse what it refuses

    @property
    def weight(self) -> SymbolicFloat:
        """w_e + w_o, which bounds |Q|. Unit: 1."""
        return self.even_weight + self.odd_weight

    @cached_property
    def transform(self) -> SingularValueTransform | GeneralTransform:
        """Q of the amplitudes as a diagonal, divided by the weight if Q has a parity."""
        diagonal, error = DiagonalEncoding(self.vector), self.error
        if self.even_weight == 0:
            return SingularValueTransform(diagonal, self.odd, self.degree, error)
        if self.odd_weight == 0:
            return SingularValueTransform(diagonal, self.even, self.degree, error)
        weights = self.even_weight, self.odd_weight
        return GeneralTransform(diagonal, self.even, self.odd, self.degree, *weights, error)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.weight / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        length = sympy.sqrt(2**self.system_bitsize)
        inherited = sympy.sympify(self.lipschitz) * self.vector.epsilon / self.vector.alpha
        return (inherited + length * self.error) / self.norm

    def __str__(self) -> str:
        return f"Function{'†' if self.is_adjoint else ''}(degree {self.degree})"


@bloq_example(generalizer=SAME_CALLS)
def entrywise_function_example() -> EntrywiseFunction:
    vector, odd = loaded_vector_example.make(), (0.1, 0.2, 0.3, 0.4)
    return EntrywiseFunction(vector, (0.0,), odd, 3, 0.5, 0.5, 1.0, 0.5, 0.9)


@bloq_example(generalizer=SAME_CALLS)
def _entrywise_function_odd() -> EntrywiseFunction:
    vector, odd = loaded_vector_example.make(), (0.1, 0.2)
    return EntrywiseFunction(vector, (), odd, 1, 0.0, 1.0, 1.0, 0.5, 0.9, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _entrywise_function_symbolic() -> EntrywiseFunction:
    return EntrywiseFunction(
        loaded_vector_symbolic_example.make(),
        None,
        None,
        symbols.degree,
        symbols.gamma,
        symbols.kappa,
        symbols.lipschitz,
        symbols.epsilon,
        symbols.norm,
    )
