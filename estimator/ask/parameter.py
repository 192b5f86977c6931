"""What a question can be told: parameters with meanings, ranges and what they make of text.

Declarations are light: they are read for every list, completion and refusal.
"""

import abc
import math
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

from estimator.ask.numbers import bound_text, number_of

Value: TypeAlias = Any
"""What an answer gets: a number, a name, several of them, a flag or a path."""

WIDEST_VALUE = 40
"""Longest value repeated in a refusal. Unit: characters."""


def did_you_mean(text: str, known: Sequence[str]) -> str:
    """`; did you mean X?` for the name most like a text, or nothing."""
    folded = {name.lower().replace("_", "-"): name for name in known}
    near = get_close_matches(text.lower().replace("_", "-"), folded, n=1, cutoff=0.6)
    return f"; did you mean {folded[near[0]]}?" if near else ""


def spelled(name: str) -> str:
    """A parameter as the command line spells it."""
    return f"--{name.replace('_', '-')}"


def quoted(value: object) -> str:
    """What was given, as a refusal repeats it."""
    text = repr(value)
    return text if len(text) <= WIDEST_VALUE else text[: WIDEST_VALUE - 1].rstrip() + "…"


@frozen(kw_only=True)
class AbstractParameter(abc.ABC):
    """Something the user may set; subclasses are final.

    Args:
        name: as written in Python; the command line writes - for _.
        meaning: one phrase.
        default: what it is if it is not named.
        is_required: whether it must be named.
        aliases: other names of it.
        letter: one letter that stands for it on the command line, after a single dash.
    """

    name: str
    meaning: str
    default: Value = None
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    letter: str = ""

    is_flag = False
    is_repeated = False
    bare = ""
    """What its option stands for where no value follows; empty if one must."""

    @property
    @abc.abstractmethod
    def allowed(self) -> str:
        """The range in words."""

    @property
    @abc.abstractmethod
    def unit(self) -> str:
        """One word; empty for what has none."""

    @property
    @abc.abstractmethod
    def metavar(self) -> str:
        """What stands for a value in a usage line."""

    @property
    @abc.abstractmethod
    def least_value(self) -> Value:
        """The smallest value, or the first choice; `None` if there is no such thing."""

    @abc.abstractmethod
    def parse(self, given: Any) -> Value:
        """The value that was typed, or given in Python.

        Raises:
            ValueError: if it is not one, or not an allowed one.
        """

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every name it goes by."""
        return (self.name, *self.aliases)


@frozen(kw_only=True)
class Number(AbstractParameter):
    """A number; unset and without a default it is a symbol.

    Args:
        unit: one word; "1" for a pure number.
        symbol: name of what it is called in results while unset; its own if empty.
        least: smallest whole number allowed; a number that need not be whole must be above it.
        at_least: smallest number allowed, of those that need not be whole.
        most: largest number allowed; `None` for no limit.
        below: number that it must be below; `None` for no limit.
        whole: whether it must be whole.
        power_of_two: whether it must be a power of two.
        many: whether it may be named several times.
    """

    unit: str = "1"
    symbol: str = ""
    least: float | None = None
    at_least: float | None = None
    most: float | None = None
    below: float | None = None
    whole: bool = True
    power_of_two: bool = False
    many: bool = False

    @property
    def is_repeated(self) -> bool:  # type: ignore[override]
        return self.many

    @property
    def metavar(self) -> str:
        return "INTEGER" if self.whole or self.power_of_two else "NUMBER"

    @property
    def allowed(self) -> str:
        whole = self.whole or self.power_of_two
        kind = "power of two" if self.power_of_two else "whole number" if whole else "number"
        bounds = []
        if self.least is not None:
            bounds.append(f"{'>=' if whole else '>'} {bound_text(self.least)}")
        if self.at_least is not None:
            bounds.append(f">= {bound_text(self.at_least)}")
        if self.most is not None:
            bounds.append(f"<= {bound_text(self.most)}")
        if self.below is not None:
            bounds.append(f"< {bound_text(self.below)}")
        return f"{kind} {' and '.join(bounds)}".strip()

    @property
    def least_value(self) -> Value:
        if self.at_least is not None:
            return float(self.at_least)
        if self.least is None:
            return None
        if self.whole or self.power_of_two:
            return int(self.least)
        above = self.most if self.most is not None else self.below
        value = 2 * self.least + 1.0 if above is None else (self.least + above) / 2
        return [value] if self.many else value

    def parse(self, given: Any) -> Value:
        if self.many and not isinstance(given, str) and isinstance(given, Sequence):
            return tuple(self._one(each) for each in given)
        return (self._one(given),) if self.many else self._one(given)

    def _one(self, given: Any) -> Value:
        whole = self.whole or self.power_of_two
        value = number_of(given, whole)
        if value is None or not self._is_allowed(value):
            shown = given if isinstance(given, str) else str(given)
            raise ValueError(f"{self.name} must be a {self.allowed}, got {quoted(shown)}")
        return value

    def _is_allowed(self, value: Any) -> bool:
        if not (isinstance(value, int) or math.isfinite(value)):
            return False
        whole = self.whole or self.power_of_two
        if self.least is not None and not (value >= self.least if whole else value > self.least):
            return False
        if self.at_least is not None and not value >= self.at_least:
            return False
        if self.most is not None and not value <= self.most:
            return False
        if self.below is not None and not value < self.below:
            return False
        return not self.power_of_two or (value > 0 and value & (value - 1) == 0)


@frozen(kw_only=True)
class Size(AbstractParameter):
    """A power of two, such as 1024 or 2**10.

    Args:
        unit: one word.
        least: smallest.
        most: largest.
    """

    unit: str = "entries"
    least: int = 1
    most: int = 2**64
    symbol: str = ""

    @property
    def metavar(self) -> str:
        return "2**n"

    @property
    def allowed(self) -> str:
        return (
            f"power of two from {bound_text(self.least)} to {bound_text(self.most)}, such as 2**20"
        )

    @property
    def least_value(self) -> Value:
        return self.least

    def parse(self, given: Any) -> Value:
        value = number_of(given, whole=True)
        if value is None or not self.least <= value <= self.most or value & (value - 1):
            name = spelled(self.aliases[0] if self.aliases else self.name)
            raise ValueError(f"{name} must be a {self.allowed}, got {quoted(str(given))}")
        return value


@frozen(kw_only=True)
class Choice(AbstractParameter):
    """One of several names.

    Args:
        of: the names; - and _ are the same.
    """

    of: tuple[str, ...]
    unit = ""

    @property
    def metavar(self) -> str:
        return "|".join(self.of) if len("|".join(self.of)) <= WIDEST_VALUE else "NAME"

    @property
    def allowed(self) -> str:
        return f"one of {', '.join(self.of)}"

    @property
    def least_value(self) -> Value:
        return self.of[0]

    def parse(self, given: Any) -> Value:
        found = _named(str(given), self.of)
        if found is None:
            raise ValueError(
                f"{spelled(self.name)} must be {self.allowed}, got {quoted(str(given))}"
                f"{did_you_mean(str(given), self.of)}"
            )
        return found


@frozen(kw_only=True)
class Choices(AbstractParameter):
    """Some of several names, with commas between.

    Args:
        of: the names; - and _ are the same.
    """

    of: tuple[str, ...]
    unit = ""

    @property
    def metavar(self) -> str:
        return "A,B,..."

    @property
    def allowed(self) -> str:
        return f"some of {','.join(self.of)}"

    @property
    def least_value(self) -> Value:
        return (self.of[0],)

    def parse(self, given: Any) -> Value:
        names = given.split(",") if isinstance(given, str) else [str(each) for each in given]
        found = []
        for name in names:
            known = _named(name.strip(), self.of)
            if known is None:
                raise ValueError(
                    f"{spelled(self.name)} takes {self.allowed}, got {quoted(name.strip())}"
                    f"{did_you_mean(name, self.of)}"
                )
            found.append(known)
        return tuple(name for name in self.of if name in found)


def _named(text: str, names: Sequence[str]) -> str | None:
    folded = {name.replace("_", "-"): name for name in names}
    return folded.get(text.replace("_", "-"))


@frozen(kw_only=True)
class Flag(AbstractParameter):
    """Yes or no."""

    unit = ""
    is_flag = True

    @property
    def metavar(self) -> str:
        return ""

    @property
    def allowed(self) -> str:
        return "yes or no"

    @property
    def least_value(self) -> Value:
        return False

    def parse(self, given: Any) -> Value:
        if isinstance(given, bool):
            return given
        known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if str(given).lower() not in known:
            raise ValueError(f"{spelled(self.name)} must be yes or no, got {quoted(str(given))}")
        return known[str(given).lower()]


@frozen(kw_only=True)
class File(AbstractParameter):
    """The path of a file, or where arrays are allowed what such a file holds.

    Args:
        suffixes: endings that it may have; any if there are none.
        or_array: whether anything but text and a path is taken as it is.
    """

    suffixes: tuple[str, ...] = ()
    or_array: bool = False
    unit = ""

    @property
    def metavar(self) -> str:
        return f"FILE{self.suffixes[0] if self.suffixes else ''}"

    @property
    def allowed(self) -> str:
        return f"path of a file {' or '.join(self.suffixes)}".strip()

    @property
    def least_value(self) -> Value:
        return None

    def parse(self, given: Any) -> Value:
        if self.or_array and not isinstance(given, (str, Path)):
            return given
        path = Path(str(given))
        if self.suffixes and path.suffix.lower() not in self.suffixes:
            raise ValueError(f"{self.name} must be the {self.allowed}, got {quoted(str(given))}")
        return path


@frozen(kw_only=True)
class Text(AbstractParameter):
    """Words.

    Args:
        many: whether there may be several.
        what: what stands for them in a usage line.
    """

    many: bool = False
    what: str = "TEXT"
    unit = ""

    @property
    def is_repeated(self) -> bool:  # type: ignore[override]
        return self.many

    @property
    def metavar(self) -> str:
        return self.what

    @property
    def allowed(self) -> str:
        return "text"

    @property
    def least_value(self) -> Value:
        return None

    def parse(self, given: Any) -> Value:
        if not self.many:
            return str(given)
        return (given,) if isinstance(given, str) else tuple(str(each) for each in given)
