"""One error budget, divided openly: encoding, polynomial, rotation synthesis."""

from enum import Enum

import sympy
from attrs import frozen
from qualtran.symbolics import SymbolicFloat, SymbolicInt


class Synthesis(Enum):
    """T gates that approximate one rotation to an error, as slope and offset.

    The count is ceiling(slope log2(1/error) + offset). The error is in the spectral norm, or in
    that which `norm` names.
    """

    REPEAT_UNTIL_SUCCESS = (sympy.Rational(1149, 1000), sympy.Rational(92, 10))
    """Mean count with repeat-until-success circuits. [BRS15] Sec. 1."""
    ANCILLA_FREE = (sympy.Integer(3), sympy.Integer(0))
    """Typical leading term without ancillas or measurement; the O(log log) is dropped. [RS16]
    abstract."""
    MIXED_FALLBACK = (sympy.Rational(53, 100), sympy.Rational(53, 10))
    """Mean count with mixed fallback; error in the diamond norm. [BMST22] App. C, Eq. C2."""

    def t_count(self, error: SymbolicFloat) -> sympy.Expr:
        """T gates for one rotation.

        Args:
            error: allowed error of the rotation, between 0 and 1. Unit: 1.

        Raises:
            ValueError: if a concrete `error` is not between 0 and 1.
        """
        exact = _exact(error)
        if exact.is_number and not (exact.is_finite and 0 < exact < 1):
            raise ValueError(f"a rotation's error must be between 0 and 1, got {error}")
        slope, offset = self.value
        return sympy.ceiling(slope * sympy.log(1 / exact, 2) + offset)

    @property
    def norm(self) -> str:
        """In which the error of a rotation is measured."""
        return "diamond norm" if self is Synthesis.MIXED_FALLBACK else "spectral norm"

    @property
    def label(self) -> str:
        """Name used on the command line."""
        return self.name.lower().replace("_", "-")


@frozen(kw_only=True)
class ErrorBudget:
    r"""A total error $\epsilon$ and the share of it that each source may use up.

    The total is the spectral-norm error of an encoded operator, or the l2 error of an encoded
    vector, in the operator's own units. Shares are given, never assumed.

    Args:
        epsilon: the total. Unit: 1. Positive.
        encoding: share of rounded data, such as rotation angles of finitely many bits.
        polynomial: share of polynomial approximations.
        synthesis: share of rotations made of finitely many T gates.

    Raises:
        ValueError: if `epsilon` is not positive, or the shares are not rational, not negative,
            and one in sum.
    """

    epsilon: SymbolicFloat
    encoding: sympy.Rational
    polynomial: sympy.Rational
    synthesis: sympy.Rational

    def __attrs_post_init__(self) -> None:
        epsilon = sympy.sympify(self.epsilon)
        if epsilon.is_number and not (epsilon.is_finite and epsilon > 0):
            raise ValueError(f"epsilon must be positive and finite, got {self.epsilon}")
        shares = [sympy.sympify(x) for x in (self.encoding, self.polynomial, self.synthesis)]
        if not all(x.is_Rational and x >= 0 for x in shares) or sum(shares) != 1:
            raise ValueError(f"budget shares must be rational, >= 0 and add up to 1, got {shares}")

    def angle_bits(self, alpha: SymbolicFloat, angles: SymbolicInt) -> SymbolicInt:
        """Bits per angle so that rounding stays within the encoding share; at least 4.

        Args:
            alpha: factor by which the circuit's error is multiplied in the encoded object.
            angles: rounded angles in a row, each off by at most pi / 2**bits.

        Raises:
            ValueError: if the encoding share is zero.
        """
        allowed = _exact(self.epsilon) * self.encoding
        if allowed == 0:
            raise ValueError("rounded angles need a positive encoding share, got 0")
        bits = sympy.ceiling(sympy.log(_exact(alpha) * angles * sympy.pi / allowed, 2))
        return max(4, int(bits)) if bits.is_number else sympy.Max(4, bits)

    def rotation_error(self, alpha: SymbolicFloat, rotations: SymbolicInt) -> sympy.Expr:
        """Error that each of so many rotations may have.

        Raises:
            ValueError: if the synthesis share is zero.
        """
        if self.synthesis == 0:
            raise ValueError("rotations need a positive synthesis share, got 0")
        return sympy.sympify(self.epsilon) * self.synthesis / (alpha * rotations)


def _exact(value: SymbolicFloat) -> sympy.Expr:
    """`value` with every float as the rational it is, so that a ceiling cannot be off by one."""
    expression = sympy.sympify(value)
    return expression.xreplace({x: sympy.Rational(x) for x in expression.atoms(sympy.Float)})
