"""What the command line can ask about: a name, parameters with units, and how to build it."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import sympy
from attrs import field, frozen
from qualtran import Bloq

from estimator.costs.prices import shorten

Value: TypeAlias = Any
"""A SymPy expression, an int or a float."""

Build = Callable[..., Bloq]


def free_symbols(values: Iterable[Value]) -> set[sympy.Symbol]:
    """The symbols that occur in any of the values."""
    return set().union(*(sympy.sympify(value).free_symbols for value in values))


WIDEST_VALUE = 40
"""Longest value repeated in a refusal. Unit: characters."""


@frozen(kw_only=True)
class Parameter:
    """A number the user may set; unset, it stays the symbol.

    Args:
        name: as typed on the command line.
        symbol: what it is called in results while unset.
        meaning: one phrase.
        unit: one word.
        minimum: smallest value allowed.
        maximum: largest value allowed; `None` for no limit.
        integer: whether it must be whole.
        power_of_two: whether it must be a power of two.
    """

    name: str
    symbol: sympy.Symbol
    meaning: str
    unit: str
    minimum: float
    maximum: float | None = None
    integer: bool = True
    power_of_two: bool = False

    @property
    def allowed(self) -> str:
        """The range in words."""
        kind = "power of two" if self.power_of_two else "whole number" if self.integer else "number"
        bound = f">= {_shown(self.minimum)}" if self.integer else f"> {_shown(self.minimum)}"
        return f"{kind} {bound}" + (f" and <= {_shown(self.maximum)}" if self.maximum else "")

    def parse(self, text: str) -> Value:
        """The number that `text` spells.

        Raises:
            ValueError: if it is not a number, or not an allowed one.
        """
        got = shorten(repr(text), WIDEST_VALUE)
        try:
            value: Value = int(text) if self.integer else float(text)
        except ValueError:
            raise ValueError(f"{self.name} must be a {self.allowed}, got {got}") from None
        low = value < self.minimum if self.integer else not value > self.minimum
        high = self.maximum is not None and value > self.maximum
        odd = self.power_of_two and int(value) & (int(value) - 1) != 0
        if low or high or odd or not (self.integer or math.isfinite(value)):
            raise ValueError(f"{self.name} must be a {self.allowed}, got {got}")
        return value


def _shown(bound: float) -> str:
    """A bound as a person would write it: a large power of two as such."""
    whole = int(bound)
    if whole == bound and whole > 1000 and whole & (whole - 1) == 0:
        return f"2**{whole.bit_length() - 1}"
    return f"{bound:g}"


@frozen(kw_only=True)
class Algorithm:
    """Something with a cost.

    Args:
        name: as typed on the command line.
        says: what it does, in one sentence.
        source: "[Key] locator", key from REFERENCES.md.
        parameters: what can be set.
        variants: names of the constructions; the first is what is built if none is named.
        loaders: names of the memories; the first is what is built if none is named.
        build: called with `variant`, `loader`, `rotation` and the given parameters by name;
            parameters not given are left out. Returns the bloq.
        facts: numbers worth showing besides the cost, such as alpha, called with the bloq and the
            given parameters.
        layer: class of the network layers it can be built for; `None` if there is none.
        layer_facts: numbers worth showing about a layer, such as its spectral norm.
        build_layer: called with a layer, `variant`, `loader`, `rotation` and the given parameters.
        options: further choices and what there is to choose from, the first if nothing is chosen;
            `build` and `build_network` are called with `options`, the chosen ones by name.
        build_network: called with a network as a whole, `variant`, `loader`, `rotation`, `options`
            and the given parameters.
        rows: what is said about each layer of the bloq, called with the bloq.
    """

    name: str
    says: str
    source: str
    parameters: tuple[Parameter, ...]
    variants: tuple[str, ...]
    loaders: tuple[str, ...]
    build: Build = field(repr=False)
    facts: Callable[[Any, Mapping[str, Value]], Mapping[str, Value]] = field(repr=False)
    layer: type | None = None
    build_layer: Build | None = field(default=None, repr=False)
    layer_facts: Callable[[Any], Mapping[str, Value]] = field(default=lambda layer: {}, repr=False)
    options: Mapping[str, tuple[str, ...]] = field(factory=dict, hash=False)
    build_network: Build | None = field(default=None, repr=False)
    rows: Callable[[Any], Sequence[Mapping[str, Value]]] = field(
        default=lambda bloq: (), repr=False
    )

    def as_json(self) -> dict[str, Any]:
        """Everything a user can choose, as plain data."""
        shown = ("name", "meaning", "unit", "minimum", "maximum", "allowed")
        return {
            "name": self.name,
            "says": self.says,
            "source": self.source,
            "variants": list(self.variants),
            "loaders": list(self.loaders),
            "options": {name: list(choices) for name, choices in self.options.items()},
            "parameters": [{key: getattr(each, key) for key in shown} for each in self.parameters],
        }

    def parse(self, settings: Mapping[str, str]) -> dict[str, Value]:
        """The values of the named parameters.

        Raises:
            ValueError: if a parameter does not exist or its value is not allowed.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in settings:
            if name not in known:
                raise ValueError(
                    f"{self.name} has no parameter {name!r}; it has {', '.join(known)}"
                )
        return {name: known[name].parse(text) for name, text in settings.items()}

    def chosen(self, options: Mapping[str, str | None]) -> dict[str, str]:
        """A choice for each of the options; the first where none is named.

        Raises:
            ValueError: if there is no such option or no such choice.
        """
        for name, choice in options.items():
            if choice is None:
                continue
            if name not in self.options:
                raise ValueError(f"{self.name} has no --{name}; leave it out")
            if choice not in self.options[name]:
                offered = ", ".join(self.options[name])
                raise ValueError(f"--{name} must be one of {offered}, got {choice!r}")
        return {name: options.get(name) or choices[0] for name, choices in self.options.items()}

    def choose(self, kind: str, name: str | None) -> str:
        """The variant or loader called `name`, or the first one if `None`.

        Raises:
            ValueError: if there is none of that name.
        """
        names = {"variant": self.variants, "loader": self.loaders}[kind]
        if name is not None and name not in names:
            raise ValueError(
                f"{self.name} has no {kind} {name!r}; choose one of {', '.join(names)}"
            )
        return names[0] if name is None else name
