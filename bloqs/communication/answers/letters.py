"""The letters of a question, as numbers where they were named and as symbols where not."""

from collections.abc import Collection, Mapping
from typing import Any

import sympy
from attrs import frozen

from bloqs.communication import symbols as own
from bloqs.communication.model.outline import AnyOutline, alternating
from bloqs.communication.model.rounding import bits_for, is_symbolic
from estimator.ask.question import Asked


@frozen(kw_only=True)
class Letters:
    """Sizes and errors of a model of two parties in turn.

    Args:
        n: qubits of the register.
        layers: L.
        parameters: P.
        groups: g.
        epsilon: error.
        delta: probability that it is exceeded.
        kappa: gradient at which training stops.
        radius: R.
    """

    n: Any
    layers: Any
    parameters: Any
    groups: Any
    epsilon: Any
    delta: Any
    kappa: Any
    radius: Any

    @property
    def outline(self) -> AnyOutline:
        """Of the model."""
        return alternating(self.n, self.layers, self.parameters, self.groups)


def letters_of(values: Mapping[str, Any]) -> Letters:
    """The letters of a question.

    Raises:
        ValueError: if n and N, or g and P, do not go together.
    """
    parameters, groups = values.get("P"), values.get("g")
    if parameters is not None and groups is not None and groups > parameters:
        raise ValueError(
            f"there are at most as many groups as parameters of a block, got g={groups} and "
            f"P={parameters}; lower --g"
        )
    return Letters(
        n=letter(qubits_of(values), own.n),
        layers=letter(values.get("L"), own.L),
        parameters=letter(parameters, own.P),
        groups=letter(groups, own.g),
        epsilon=letter(values.get("epsilon"), own.epsilon),
        delta=letter(values.get("delta"), own.delta),
        kappa=letter(values.get("kappa"), own.kappa),
        radius=letter(values.get("R"), own.radius),
    )


def qubits_of(values: Mapping[str, Any]) -> Any:
    """Qubits of the register from n, N or both; `None` if neither is named.

    Raises:
        ValueError: if they contradict each other.
    """
    n, entries = values.get("n"), values.get("N")
    if entries is None:
        return n
    found = bits_for(entries)
    if n is not None and n != found:
        raise ValueError(f"N={entries} takes n={found} qubits, got n={n}; leave one of them out")
    return found


def check_used(asked: Asked, uses: Mapping[str, Collection[str]], names: Collection[str]) -> None:
    """Refuse parameters that were named and that none of these variants has a use for.

    Args:
        asked: the question.
        uses: by parameter, the variants it matters to; one that is not here matters to all.
        names: variants that are answered.

    Raises:
        ValueError: naming the first.
    """
    for key, using in uses.items():
        if key in asked.named and not set(using) & {*names}:
            raise ValueError(
                f"{key} matters to {', '.join(using) or 'no variant'} alone, got it with "
                f"{', '.join(names)}; leave --{key} out"
            )


def letter(value: Any, symbol: sympy.Symbol) -> Any:
    """The number, without a rounded binary expansion, or the symbol where there is none."""
    if value is None:
        return symbol
    return sympy.Rational(str(value)) if isinstance(value, float) else value


def as_value(number: Any) -> Any:
    """A number as a report holds it: a Python number, or an expression."""
    if not isinstance(number, sympy.Basic) or is_symbolic(number):
        return number
    return int(number) if number.is_Integer else float(number)
