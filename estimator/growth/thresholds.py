"""Variables of the search, and how large each must at least be."""

from fractions import Fraction
from math import ceil, exp, log

from attrs import define, field

from estimator.growth.monomial import Monomial, variables_in
from estimator.growth.number import ONE, Number, UndecidedError

PINNED_DEPTH = 2
"""Deepest logarithm of a variable that is only known to be at least `PINNED_LEAST`."""


PINNED_LEAST = Fraction(16)


_HUGE = 1e260


@define
class Thresholds:
    """Variables with their thresholds, and the atoms made so far.

    Args:
        variables: each goes to infinity unless it is pinned.
        pinned: variables that are at least 16 and otherwise free.
    """

    variables: frozenset[str]
    pinned: frozenset[str] = frozenset()
    low: dict[str, tuple[int, Fraction]] = field(factory=dict)
    extra: list[tuple[str, int, Number]] = field(factory=list)
    demands: list[tuple[str, int, Fraction]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        for name in self.variables:
            self.low[name] = (0, PINNED_LEAST if name in self.pinned else ONE)

    def least(self, name: str, level: int) -> float:
        """A number that the iterated logarithm of a variable does not fall below."""
        height, value = self.low[name]
        size = min(float(value), _HUGE)
        for _ in range(level - height):
            size = log(size) if size > 0 else -1.0
        for _ in range(height - level):
            size = exp(size) if size < 590 else _HUGE
        return size * (1 - 1e-12)

    def raise_to(self, name: str, level: int, log_value: float) -> None:
        """Demand log(iterated logarithm) >= log_value.

        Raises:
            UndecidedError: if the variable is pinned too low, or the threshold is beyond writing.
        """
        if log_value > 0 and log(max(self.least(name, level), 1e-9)) >= log_value:
            return
        if log_value <= 0 and self.least(name, level) >= 1 - 1e-11:
            return
        if name in self.pinned:
            raise UndecidedError(f"{name} cannot be taken larger")
        while log_value > 13:
            level, log_value = level + 1, log(log_value)
        value = Fraction(ceil(exp(log_value) * (1 + 1e-9))) if log_value > 0 else ONE
        if level > 6:
            raise UndecidedError(f"the threshold of {name} is beyond writing")
        self.low[name] = (level, value)
        self.demands.append((name, level, value))

    def touch(self, each: Monomial) -> None:
        """Make every iterated logarithm in a monomial at least one."""
        for name, level in variables_in(each).items():
            if name in self.pinned and level > PINNED_DEPTH:
                raise UndecidedError(f"log log log {name} may be negative")
            if level:
                self.raise_to(name, level, 0.0)
