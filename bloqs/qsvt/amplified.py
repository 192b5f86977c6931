r"""Amplification of all singular values by the same factor, up to a small error."""

from functools import cached_property

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.encodings.parts import check_parts
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class AmplifiedEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes the same operator with $\alpha / \gamma$ in place of $\alpha$.

    An odd polynomial that is close to $\gamma x$ on the singular values of $A/\alpha$ and at most
    one on [-1, 1] makes $A/\alpha$ into $\gamma A/\alpha$. It exists only if $\gamma$ times the
    largest singular value stays below one by some margin, and its degree grows with $\gamma$ and
    with one over the margin.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla.
        phases: of the polynomial, in the convention of `bloqs.qsvt.sequence`, or `None` when only
            the degree matters. Unit: radians.
        degree: d, odd; as a symbol, SymPy must know it to be odd, as 2 k + 1 is.
        gamma: the factor, at least 1. Unit: 1.
        norm: upper bound on the spectral norm of $A$, at most alpha / gamma. Unit: 1.
        error: largest distance of the polynomial from $\gamma x$ on [-norm/alpha, norm/alpha].
            Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: QAny(ancillas of `encoding` + 1): those, then the sign of the transform. Starts in
            zero; finding zero again flags success.

    Encodes: $A$ with alpha = alpha_A / gamma and epsilon = alpha (error + 4 d sqrt(epsilon_A /
        alpha_A)) (spectral norm).

    Cost: that of `SingularValueTransform`: d calls of `encoding` or its inverse, one of them
        controlled under control, and d + 1 projector phases.

    Raises:
        ValueError: if the degree is even or of unknown parity, the number of phases is not degree +
            1, one is not a finite number, gamma is below 1, alpha / gamma is below `norm`, norm,
            error or an epsilon is negative or NaN, or `encoding` is controlled or has no ancilla.

    Source: [RHGPR25] Lem. B.3; [GSLW18] Thm. 30 and, for the error, Lem. 22.
    """

    encoding: AbstractBlockEncoding
    phases: tuple[float, ...] | None
    degree: SymbolicInt
    gamma: SymbolicFloat
    norm: SymbolicFloat
    error: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("amplification", self.encoding)
        odd = self.degree.is_odd if is_symbolic(self.degree) else self.degree % 2 == 1
        if not odd:
            raise ValueError(f"amplification needs an odd degree, got {self.degree}")
        if not is_symbolic(self.gamma) and not self.gamma >= 1:
            raise ValueError(f"amplification needs gamma >= 1, got gamma={self.gamma}")
        if not is_symbolic(self.error) and not self.error >= 0:
            raise ValueError(f"amplification needs error >= 0, got error={self.error}")
        alpha, norm = sympy.sympify(self.alpha), sympy.sympify(self.norm)
        if norm.is_number and not float(norm) >= 0:
            raise ValueError(f"amplification needs norm >= 0, got norm={self.norm}")
        if alpha.is_number and norm.is_number and not norm <= alpha:
            raise ValueError(
                f"amplification needs alpha / gamma >= norm, got {float(self.alpha):g} and "
                f"{float(self.norm):g}"
            )
        self.transform  # noqa: B018  refuse what it refuses

    @cached_property
    def transform(self) -> SingularValueTransform:
        """The polynomial of the encoded operator."""
        return SingularValueTransform(self.encoding, self.phases, self.degree, self.error)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.encoding.alpha / self.gamma

    @cached_property
    def epsilon(self) -> SymbolicFloat:
        return self.alpha * self.transform.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.transform.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return self.transform.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (("flags of the encoding", self.encoding.ancilla_bitsize), ("sign", 1))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {with_control(self.transform, self.is_controlled): 1}

    def write(self, wires: Wires) -> None:
        step = with_control(self.transform, self.is_controlled)
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)

    def __str__(self) -> str:
        return f"Amplified{'†' if self.is_adjoint else ''}(degree {self.degree})"


@bloq_example(generalizer=SAME_CALLS)
def _amplified_encoding() -> AmplifiedEncoding:
    half = DeamplifiedEncoding(DiagonalEncoding(loaded_vector_example.make()), 4)
    return AmplifiedEncoding(half, (0.1, 0.2, 0.3, 0.4), 3, gamma=2, norm=1, error=2.0)


@bloq_example(generalizer=SAME_CALLS)
def _amplified_encoding_controlled() -> AmplifiedEncoding:
    half = DeamplifiedEncoding(ProjectorEncoding(0, 1, 1, swaps=False), 2)
    return AmplifiedEncoding(half, (0.1, 0.2), 1, gamma=1, norm=1, error=1.0, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def amplified_encoding_symbolic_example() -> AmplifiedEncoding:
    diagonal, degree = (
        DiagonalEncoding(loaded_vector_symbolic_example.make()),
        2 * symbols.degree + 1,
    )
    return AmplifiedEncoding(
        diagonal, None, degree, symbols.gamma, symbols.norm, error=symbols.epsilon
    )
