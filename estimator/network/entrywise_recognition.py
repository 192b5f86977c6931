"""Activations that an exporter wrote as several operators, recognised by what they compute.

A part of the graph that takes one tensor to one tensor entry by entry, through numbers alone, is a
function of one real variable. Where it agrees with a known activation at `PLACES`, to the rounding
of single precision, it is that activation.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from estimator.network.entrywise_functions import ENTRYWISE_FUNCTIONS
from estimator.network.linear_functions import Array
from estimator.network.onnx_operators import Operator, evaluate

PLACES = np.concatenate([np.linspace(-9, 9, 181), [-1e-3, 1e-3, 0.7317, -2.2361]])
"""Where two functions are compared. Unit: 1."""

LONGEST = 16
"""Operators that one activation is written as, at most."""

Constants = Mapping[str, Array]

ROUNDING = 2e-6
"""Largest difference, over 1 + |x|, of two functions that count as one."""

KNOWN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Gelu", {}),
    ("Gelu", {"approximate": b"tanh"}),
    ("Swish", {}),
    ("Softplus", {}),
    ("Sigmoid", {}),
    ("Tanh", {}),
    ("Relu", {}),
    ("HardSwish", {}),
)
"""Operators that are activations, with their attributes."""


def with_activations(
    operators: Sequence[Operator], constants: Constants, output: str
) -> list[Operator]:
    """The same graph with one operator for each activation that was written as several.

    Operators whose result nobody needs any more are left out.

    Args:
        operators: in the order of evaluation.
        constants: every tensor that does not depend on the input.
        output: name of the network's output.
    """
    made = {operator.output: place for place, operator in enumerate(operators)}
    kept = list(operators)
    for place, operator in enumerate(operators):
        if operator.kind in ENTRYWISE_FUNCTIONS:
            found = _activation(place, operators, made, constants)
            if found is not None:
                kept[place] = found
    return _read_by_somebody(kept, operators, output)


def _activation(
    place: int, operators: Sequence[Operator], made: Mapping[str, int], constants: Constants
) -> Operator | None:
    """The one operator that stands for that at `place` and some before it, as many as possible."""
    last, best = operators[place], None
    part: list[Operator] = []
    waiting = {place}
    while waiting and len(part) < LONGEST:
        operator = operators[max(waiting)]
        waiting.discard(max(waiting))
        if not _is_of_one_variable(operator, constants):
            break
        part.insert(0, operator)
        waiting |= {made[name] for name in operator.inputs if name in made}
        inside = {each.output for each in part}
        read = {name for each in part for name in each.inputs if name and name not in constants}
        free = read - inside
        if len(free) == 1 and len(part) > 1:
            (root,) = free
            if (known := _kind(part, root, constants)) is not None:
                best = Operator(known[0], last.name, (root,), last.output, known[1])
    return best


def _is_of_one_variable(operator: Operator, constants: Constants) -> bool:
    """Whether it acts entry by entry, and with numbers alone."""
    given = [constants[name] for name in operator.inputs if name in constants]
    return operator.kind in ENTRYWISE_FUNCTIONS and all(value.size == 1 for value in given)


def _kind(
    part: Sequence[Operator], root: str, constants: Constants
) -> tuple[str, dict[str, Any]] | None:
    numbers = {name: value.reshape(()) for name, value in constants.items() if value.size == 1}
    try:
        values = evaluate(part, {**numbers, root: PLACES})[part[-1].output]
    except (ValueError, KeyError):
        return None
    for kind, attributes in KNOWN:
        known = ENTRYWISE_FUNCTIONS[kind](PLACES, **attributes)
        if np.all(np.abs(values - known) <= ROUNDING * (1 + np.abs(PLACES))):
            return kind, attributes
    return None


def _read_by_somebody(
    kept: Sequence[Operator], before: Sequence[Operator], output: str
) -> list[Operator]:
    """Without the operators that only parts of an activation have read."""
    read_before = {name for operator in before for name in operator.inputs}
    left = list(kept)
    while True:
        read = {name for operator in left for name in operator.inputs} | {output}
        again = [x for x in left if x.output in read or x.output not in read_before]
        if len(again) == len(left):
            return left
        left = again
