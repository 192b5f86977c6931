"""What is known of how the long formulas of an answer are put together."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

if TYPE_CHECKING:
    import sympy


class AnyBreakdown(Protocol):
    """Names for parts of formulas, and formulas as sums of them; asked only as far as needed."""

    @property
    def rows(self) -> "Mapping[str, sympy.Symbol]":
        """By the key of a fact, the name under which other formulas may use its value."""

    def name_of(self, value: "sympy.Expr") -> "sympy.Symbol | None":
        """The name of a formula that is known by one."""

    def sum_of(self, value: "sympy.Expr") -> "sympy.Expr | None":
        """A formula in names, if it is known to be a sum of what they stand for."""

    def value_of(self, name: "sympy.Expr") -> "sympy.Expr | None":
        """What a name stands for."""

    def meaning_of(self, name: "sympy.Expr") -> Mapping[str, str]:
        """Lines of the glossary that say what a name is; several names may share one."""


@frozen
class NothingKnown:
    """Of an answer whose formulas are taken apart by their form alone."""

    @property
    def rows(self) -> "Mapping[str, sympy.Symbol]":
        return {}

    def name_of(self, value: "sympy.Expr") -> "sympy.Symbol | None":
        return None

    def sum_of(self, value: "sympy.Expr") -> "sympy.Expr | None":
        return None

    def value_of(self, name: "sympy.Expr") -> "sympy.Expr | None":
        return None

    def meaning_of(self, name: "sympy.Expr") -> Mapping[str, str]:
        return {}
