"""What every solver of a linear system is: a vector-encoding of the normalised solution."""

import sympy
from attrs import frozen
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.composite import AbstractComposite
from bloqs.encodings.parts import check_equal_systems, check_parts
from bloqs.linear_systems.circuits.kernel_filter import in_floats
from bloqs.linear_systems.model.inexact import inverse_error


@frozen(cache_hash=True)
class AbstractSolver(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes $x/\lVert x \rVert$ for $A x = b$, on any block-encoding and any vector-encoding.

    Subclasses are final. They define `calls` and `write` of `AbstractComposite`, and `alpha`,
    `epsilon`, `ancilla_bitsize`: $\lVert x/\lVert x \rVert - \alpha \langle 0|U|0\rangle \rVert
    \le \epsilon$, so that a run succeeds with probability $1/\alpha^2$, to first order in epsilon.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla.
        vector: vector-encoding of b, without control.
        condition: kappa; the singular values of $A/\alpha_A$ lie in $[1/\kappa, 1]$. Unit: 1.
        norm: $\lVert (A/\alpha_A)^{-1} b \rVert$ for the unit vector b, in $[1, \kappa]$. It says
            how likely success is; circuits that use it say so. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(ancilla_bitsize). Starts in zero; finding zero again flags success.

    Raises:
        ValueError: if a part is controlled, errs by a negative number, the sizes differ, kappa is
            below 1 or the norm outside [1, kappa].
    """

    encoding: AbstractBlockEncoding
    vector: AbstractVectorEncoding
    condition: SymbolicFloat
    norm: SymbolicFloat

    def check_problem(self) -> None:
        """Refuse parts and numbers that no linear system has; for `__attrs_post_init__`."""
        check_parts("solver", self.encoding, self.vector)
        check_equal_systems("solver", self.encoding, self.vector)
        condition, norm = sympy.sympify(self.condition), sympy.sympify(self.norm)
        if condition.is_number and not condition >= 1:
            raise ValueError(f"a solver needs kappa = alpha |A^-1| >= 1, got {self.condition}")
        if norm.is_number and not (norm >= 1 - ROUNDING):
            raise ValueError(f"a solver needs norm = |(A/alpha)^-1 b| >= 1, got {self.norm}")
        if norm.is_number and condition.is_number and norm > condition * (1 + ROUNDING):
            raise ValueError(
                f"a solver needs norm = |(A/alpha)^-1 b| <= kappa = {float(condition):g}, got "
                f"{float(norm):g}"
            )

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize

    def solved_error(
        self, error: SymbolicFloat, degree: SymbolicInt, largest: SymbolicFloat
    ) -> SymbolicFloat:
        """`model.inexact.inverse_error` of an inverse polynomial; infinite in symbols.

        Args:
            error: largest |x P(x) - 1| on [1/kappa, largest].
            degree: of P.
            largest: what no singular value of A/alpha is above.
        """
        off = sympy.sympify(self.encoding.epsilon) / self.encoding.alpha
        given = error, degree, self.condition, largest, self.norm, off, self.vector.epsilon
        numbers = in_floats(*given)
        if numbers is None:
            return sympy.oo
        relative, d, condition, most, *others = numbers
        return sympy.Float(inverse_error(int(d), relative, (1 / condition, most), *others))

    @property
    def state_error(self) -> SymbolicFloat:
        """Bound on the l2 error of the normalised output; at most that of a sine of epsilon.

        Solvers that know the direction better than the length say more.
        """
        sine = sympy.Min(1, sympy.sympify(self.epsilon))
        return sympy.sqrt(2 - 2 * sympy.sqrt(1 - sine**2))


ROUNDING = 1e-9
"""Relative excess at which a number given in floating point still counts as within its bound."""
