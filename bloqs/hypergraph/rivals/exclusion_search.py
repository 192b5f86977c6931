"""Finds a measurement that leaves out one of three states, or a reason why there is none.

A measurement has amplitudes A with columns for states and rows for answers, zero on the diagonal
(answer j leaves out state j), and A^dagger A is the Gram matrix. Only absolute values are a
condition, as every overlap has one term. By Caves, Fuchs and Schack, b the square of the amplitude
of answer 3 at state 1 solves (1 - x23) b**2 - (1 - x23 - x13 + x12) b + x12 (1 - x13) = 0.

A reason is a matrix N of whole fractions with |j><j| - N >= 0 for j = 1, 2, 3, where states are
unit vectors; then sum N_ij |psi_i><psi_j| lies below each state, and has a positive trace.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import isqrt
from typing import Any

import mpmath
from attrs import frozen

from bloqs.hypergraph.model.actions import PhaseAction
from bloqs.hypergraph.model.exclusion import three_states_excludable
from bloqs.hypergraph.model.phase_polynomial import PhasePolynomial
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.exclusion_task import forms_of

MOST_CASES = 2**14
PAIRS = ((0, 1), (0, 2), (1, 2))


@frozen
class Surd:
    """whole + part * sqrt(root)."""

    whole: Fraction
    part: Fraction
    root: int

    def __add__(self, other: "Surd") -> "Surd":
        return Surd(self.whole + other.whole, self.part + other.part, self.root)

    def __neg__(self) -> "Surd":
        return Surd(-self.whole, -self.part, self.root)

    def __mul__(self, other: "Surd") -> "Surd":
        crossed = self.whole * other.part + self.part * other.whole
        return Surd(self.whole * other.whole + self.part * other.part * self.root, crossed,
                    self.root)  # fmt: skip

    def inverse(self) -> "Surd":
        """1 / self."""
        norm = self.whole**2 - self.part**2 * self.root
        return Surd(self.whole / norm, -self.part / norm, self.root)

    def __float__(self) -> float:
        return float(self.whole) + float(self.part) * float(self.root) ** 0.5


def polynomial_of(form: Sentence) -> tuple[int, ...]:
    """Masks of the products that a form adds up."""
    actions = [action for each in form.actions for action in each]
    return tuple(
        mask for action in actions if isinstance(action, PhaseAction) for mask in action.monomials
    )


def squared_overlaps(task: Mapping[str, Any]) -> list[Fraction]:
    """12, 13, 23: as given, or the squared mean of the sign of the sum of two forms."""
    if "overlaps" in task:
        return [Fraction(text) for text in task["overlaps"]]
    forms = forms_of(task)
    points = 2 ** forms[0].qubits
    found = []
    for one, two in PAIRS:
        both = PhasePolynomial((*polynomial_of(forms[one]), *polynomial_of(forms[two])))
        found.append(Fraction(both.exponential_sum(points - 1, MOST_CASES), points) ** 2)
    return found


def search_exclusion(task: Mapping[str, Any]) -> Certificate:
    """A measurement, or a reason why there is none.

    Args:
        task: {"forms", "modes", "q"} or {"overlaps"}.
    """
    overlaps = squared_overlaps(task)
    if three_states_excludable(*overlaps):
        evidence = {"measurement": measurement(overlaps)}
        answer = "one of three states can be left out"
    else:
        evidence = {"reason": reason(overlaps)}
        answer = "no measurement leaves out one of three states"
    return Certificate(name="exclusion", task=task, answer=answer, evidence=evidence)


def measurement(overlaps: list[Fraction]) -> dict[str, Any]:
    """Probabilities of the answers: {"root": D, "probabilities": [[[p, q], ...], ...]}.

    Row: answer, column: state, p + q sqrt(D) each.

    Raises:
        ValueError: if there is no such measurement.
    """
    x12, x13, x23 = overlaps
    for root, guess in _guesses(x12, x13, x23):
        found = _from_first(guess, *(Surd(x, Fraction(0), root) for x in overlaps))
        if found is not None:
            rows = [[[str(p.whole), str(p.part)] for p in row] for row in found]
            return {"root": root, "probabilities": rows}
    raise ValueError(f"no measurement leaves out one of three states with overlaps {overlaps}")


def _guesses(x12: Fraction, x13: Fraction, x23: Fraction) -> Iterator[tuple[int, Surd]]:
    lead, middle, last = 1 - x23, 1 - x23 - x13 + x12, x12 * (1 - x13)
    square = middle**2 - 4 * lead * last
    if lead and square >= 0:
        root = square.numerator * square.denominator
        for sign in (1, -1):
            part = Fraction(sign, square.denominator) / (2 * lead)
            if isqrt(root) ** 2 == root:
                yield 1, Surd(middle / (2 * lead) + part * isqrt(root), Fraction(0), 1)
            else:
                yield root, Surd(middle / (2 * lead), part, root)
    for value in (Fraction(0), Fraction(1), Fraction(1, 2)):
        yield 1, Surd(value, Fraction(0), 1)


def _from_first(b: Surd, x12: Surd, x13: Surd, x23: Surd) -> list[list[Surd]] | None:
    """All probabilities from that of answer 3 at state 1, if they are any."""
    zero = Surd(Fraction(0), Fraction(0), b.root)
    one = Surd(Fraction(1), Fraction(0), b.root)
    a = one + -b
    for d_first in (True, False):
        d = f = None
        if b != zero:
            d = x12 * b.inverse()
        if a != zero:
            f = x13 * a.inverse()
        if d is None and f is not None:
            e = one + -f
            c = x23 * e.inverse() if e != zero else (one if d_first else zero)
            d = one + -c
        if f is None and d is not None:
            c = one + -d
            e = x23 * c.inverse() if c != zero else (one if d_first else zero)
            f = one + -e
        assert d is not None
        assert f is not None
        c, e = one + -d, one + -f
        is_right = b * d == x12 and a * f == x13 and c * e == x23
        if is_right and all(float(p) >= -1e-12 for p in (a, b, c, d, e, f)):
            return [[zero, c, e], [a, zero, f], [b, d, zero]]
    return None


def reason(overlaps: list[Fraction]) -> dict[str, Any]:
    """{"n": N, "roots": numbers whose squares are at most the overlaps}, exact, as texts.

    With u the positive vector of the largest eigenvalue of the roots of the overlaps, above 1, N is
    -t u_i**2 on the diagonal and t (1 - d) u_i u_j beside it, t and d small.
    """
    digits = 20
    while True:
        with mpmath.workdps(digits):
            scale = 10 ** (digits - 2)
            roots = [Fraction(isqrt(x.numerator * scale**2 // x.denominator), scale)
                     for x in overlaps]  # fmt: skip
            matrix = mpmath.zeros(3)
            for (i, j), root in zip(PAIRS, roots, strict=True):
                matrix[i, j] = matrix[j, i] = mpmath.mpf(root.numerator) / root.denominator
            _, vectors = mpmath.eigsy(matrix)
            u = [Fraction(int(abs(vectors[k, 2]) * scale), scale) for k in range(3)]
        crossed = [u[i] * u[j] * s for (i, j), s in zip(PAIRS, roots, strict=True)]
        gain, cost = 2 * sum(crossed, Fraction(0)), sum((x * x for x in u), Fraction(0))
        if gain > cost:
            break
        digits *= 2
    shrink = (gain - cost) / (2 * gain)
    t = Fraction(1)
    while not all(_is_below(t, shrink, u, j) for j in range(3)):
        t /= 2
    n = [[-t * u[i] ** 2 if i == j else t * (1 - shrink) * u[i] * u[j] for j in range(3)]
         for i in range(3)]  # fmt: skip
    return {"n": [[str(x) for x in row] for row in n], "roots": [str(x) for x in roots]}


def _is_below(t: Fraction, shrink: Fraction, u: list[Fraction], state: int) -> bool:
    """Whether |j><j| - N is positive: its determinant, as the minors beside it are."""
    m = [[(t * u[i] ** 2 if i == j else -t * (1 - shrink) * u[i] * u[j]) + (i == j == state)
          for j in range(3)] for i in range(3)]  # fmt: skip
    return (
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] ** 2)
        - m[0][1] * (m[0][1] * m[2][2] - m[1][2] * m[0][2])
        + m[0][2] * (m[0][1] * m[1][2] - m[1][1] * m[0][2])
    ) >= 0
