"""What a choice must meet: `qubits <= 500`, `epsilon <= 0.01`, several with commas between."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any

from attrs import frozen

from estimator.ask.numbers import number_of
from estimator.ask.parameter import did_you_mean, quoted

NAMES = {"t": "t_count", "depth": "toffoli_depth"}
"""Short names of columns."""

SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
"""How a value may be bounded."""

ROUNDING = 1e-9
"""Relative excess of an error over what is allowed that counts as rounding. Unit: 1."""

_FORM = re.compile(r"\s*(?P<name>.+?)\s*(?P<sign><=|>=|==|=|<|>)\s*(?P<bound>\S.*?)\s*")


@frozen
class Constraint:
    """A bound on a column or a parameter.

    Args:
        name: of it.
        sign: one of `SIGNS`.
        bound: a number, or a word where the sign is =.
    """

    name: str
    sign: str
    bound: Any

    def __str__(self) -> str:
        return (
            f"{self.name} {self.sign} {self.bound:g}"
            if isinstance(self.bound, float)
            else f"{self.name} {self.sign} {self.bound}"
        )

    def holds(self, value: Any) -> bool:
        """Whether a value meets it; what is no number meets no bound on numbers."""
        if isinstance(self.bound, str):
            return str(value) == self.bound
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        return bool(SIGNS[self.sign](value, self.bound))

    def excess(self, value: Any) -> float:
        """By what share of the bound a value misses it; 0 if it does not."""
        if self.holds(value):
            return 0.0
        if isinstance(self.bound, str) or not isinstance(value, (int, float)):
            return float("inf")
        return float(abs(value - self.bound) / max(abs(self.bound), 1e-300))


def constraints_of(texts: Sequence[str]) -> list[Constraint]:
    """The bounds in texts such as "qubits <= 500, epsilon <= 0.01".

    Raises:
        ValueError: if one is none, in one sentence.
    """
    found = []
    for text in texts:
        for part in text.split(","):
            match = _FORM.fullmatch(part)
            if match is None:
                raise ValueError(
                    f"--subject-to takes bounds such as 'qubits <= 500, epsilon <= 0.01', got "
                    f"{quoted(part.strip())}"
                )
            sign = match["sign"].replace("==", "=")
            found.append(Constraint(match["name"], sign, _bound(match["bound"], sign, part)))
    return found


def _bound(text: str, sign: str, part: str) -> Any:
    number = number_of(text, whole=True)
    if number is None:
        number = number_of(text, whole=False)
    if number is not None and isfinite(number):
        return number
    if sign == "=" and number is None:
        return text
    raise ValueError(f"a bound must be a finite number, got {quoted(part.strip())}")


def column_of(name: str, columns: Sequence[str]) -> str:
    """The column that a name means.

    Raises:
        ValueError: if there is none.
    """
    full = NAMES.get(name, name)
    if full in columns:
        return full
    ends = [each for each in columns if each.partition(".")[2] == name]
    if len(ends) == 1:
        return ends[0]
    known = [*NAMES, "spacetime", *columns]
    raise ValueError(
        f"there is nothing called {quoted(name)} to choose by{did_you_mean(name, known)}; there "
        f"is {', '.join(known)}"
    )
