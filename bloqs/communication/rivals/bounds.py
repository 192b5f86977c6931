"""Lower bounds as objects: what is bounded, in which setting, and whether its constant is known."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import sympy
from attrs import frozen

from bloqs.communication.model.inner_product import least_qubits, string_length
from bloqs.communication.model.tomography import UnknownConstantError
from bloqs.communication.symbols import L, N, delta, gamma, n, share


class Setting(StrEnum):
    """Which protocols a bound is about."""

    ONE_WAY = "one-way"
    TWO_WAY = "two-way"
    SAMPLING = "sampling"
    ZERO_ERROR = "zero error"
    ENTANGLEMENT = "two-way, quantum with prior entanglement"


@frozen(kw_only=True)
class LowerBound:
    """What every protocol of a setting sends at least, in the worst case over a promise.

    Args:
        name: of the problem.
        expression: what it grows with; times the constant, the bound. Unit: bits, or qubits.
        setting: of the protocols.
        least_layers: L from which models embed the problem.
        promise: of the inputs, in words.
        error_means: what the error of the bound is; never the accuracy of the loss.
        constant: factor of the expression, or `None` if no source states it.
        binds_quantum: whether protocols that send qubits obey it too.
        source: "[Key] locator".
    """

    name: str
    expression: sympy.Expr
    setting: Setting
    least_layers: int
    promise: str
    error_means: str
    constant: float | None
    binds_quantum: bool
    source: str

    def value(self, at: Mapping[sympy.Symbol, Any]) -> float:
        """The bound at numbers, if it is one.

        Raises:
            UnknownConstantError: if its constant is unknown.
            ValueError: if the model has too few layers or a letter is left.
        """
        if self.constant is None:
            raise UnknownConstantError(
                f"the bound by {self.name} has no known constant, so {self.expression} is no "
                "number to compare with"
            )
        if L in at and at[L] < self.least_layers:
            raise ValueError(
                f"the bound by {self.name} is for L >= {self.least_layers} layers, got {at[L]}"
            )
        found = self.constant * self.expression.subs(at)
        if found.free_symbols:
            left = ", ".join(sorted(map(str, found.free_symbols)))
            raise ValueError(f"the bound by {self.name} needs numbers for {left}")
        return max(0.0, float(found))

    def is_below(self, sent: float, at: Mapping[sympy.Symbol, Any]) -> bool:
        """Whether a number of bits or qubits respects the bound; refused without a constant."""
        return self.value(at) <= sent

    @property
    def says(self) -> str:
        """The bound as tables print it."""
        if self.constant is None:
            return f"Omega({self.expression}), constant unknown"
        factor = sympy.nsimplify(self.constant)
        return str(factor * self.expression)


FAILURE = "failure probability of the protocol; the accuracy of the loss need only be below 1/2"

BOUNDS: tuple[LowerBound, ...] = (
    LowerBound(
        name="vector in subspace",
        expression=N ** sympy.Rational(1, 3),
        setting=Setting.TWO_WAY,
        least_layers=1,
        promise="the vector lies in the subspace of half the dimension or in its complement",
        error_means=FAILURE,
        constant=None,
        binds_quantum=False,
        source="[KR11] bound for vector in subspace",
    ),
    LowerBound(
        name="Raz's problem",
        expression=sympy.sqrt(N) / sympy.log(N) ** sympy.Rational(3, 4),
        setting=Setting.TWO_WAY,
        least_layers=2,
        promise="Bob's map takes the vector to Alice's subspace or to its complement",
        error_means=FAILURE,
        constant=None,
        binds_quantum=False,
        source="[Raz99] m**(1/4)/log m for inputs of m bits, m of order N**2 log N",
    ),
    LowerBound(
        name="hidden matching",
        expression=sympy.sqrt(N / share),
        setting=Setting.ONE_WAY,
        least_layers=1,
        promise="alpha N edges, alpha up to 1/4, have one hidden bit",
        error_means=FAILURE,
        constant=None,
        binds_quantum=False,
        source="[GKKRW07] bound for partial matchings",
    ),
    LowerBound(
        name="sampling a measurement",
        expression=N,
        setting=Setting.SAMPLING,
        least_layers=1,
        promise="any measurement of Bob on any state of Alice",
        error_means="total variation of the samples, a constant",
        constant=None,
        binds_quantum=False,
        source="[Mon19] simulating a measurement held by Bob",
    ),
    LowerBound(
        name="equal or orthogonal",
        expression=N,
        setting=Setting.ZERO_ERROR,
        least_layers=1,
        promise="sign vectors are equal or orthogonal, 4 divides N",
        error_means="none is allowed",
        constant=None,
        binds_quantum=False,
        source="[BCW98] zero-error gap",
    ),
    LowerBound(
        name="inner product, exactly",
        expression=least_qubits(n, L),
        setting=Setting.ENTANGLEMENT,
        least_layers=1,
        promise="any strings of (n - 1) L bits",
        error_means="none is allowed",
        constant=1.0,
        binds_quantum=True,
        source="[CDNT98] exact protocols for the inner product",
    ),
    LowerBound(
        name="inner product",
        expression=(1 - 2 * delta) ** 2 * string_length(n, L) / 2 - sympy.Rational(1, 2),
        setting=Setting.ENTANGLEMENT,
        least_layers=1,
        promise="any strings of (n - 1) L bits",
        error_means="failure probability delta of the protocol; the loss in Z need be within 1",
        constant=1.0,
        binds_quantum=True,
        source="[CDNT98] bounded-error protocols for the inner product",
    ),
    LowerBound(
        name="linear classification",
        expression=sympy.Min(N, 1 / gamma),
        setting=Setting.ENTANGLEMENT,
        least_layers=1,
        promise="unit vectors with a product of size gamma at least",
        error_means=FAILURE,
        constant=None,
        binds_quantum=True,
        source="[Raz03] symmetric predicates, by the threshold gadget",
    ),
)
"""All of them, classical first."""


def applicable(layers: int) -> tuple[LowerBound, ...]:
    """Bounds that models of so many layers embed, but for that of linear classification."""
    embedded = [x for x in BOUNDS if x.least_layers <= layers]
    return tuple(x for x in embedded if x.name != "linear classification")
