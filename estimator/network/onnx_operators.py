"""A classical network as an operator graph, and its evaluation with NumPy and SciPy alone.

`FUNCTIONS` is the whole vocabulary: an operator that is not a key of it is not read.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from estimator.network.arranging_functions import ARRANGING
from estimator.network.entrywise_functions import ENTRYWISE_FUNCTIONS
from estimator.network.linear_functions import LINEAR, Array

FUNCTIONS: dict[str, Callable[..., Array]] = {**LINEAR, **ENTRYWISE_FUNCTIONS, **ARRANGING}
"""Operator name -> what it computes. Exactly the operators that are read."""


@frozen
class Operator:
    """One node of the graph; semantics as in ONNX, opset 13 or later.

    Args:
        kind: a key of `FUNCTIONS`.
        name: for messages.
        inputs: names of the tensors consumed; "" for an omitted optional one.
        output: name of the tensor produced.
        attributes: as in ONNX, except that a Conv and an AveragePool have explicit `pads`: row
            begin, column begin, row end, column end.
    """

    kind: str
    name: str
    inputs: tuple[str, ...]
    output: str
    attributes: Mapping[str, Any] = field(eq=False, factory=dict)

    def __str__(self) -> str:
        return f"operator {self.kind} (node '{self.name or self.output}')"


def evaluate(operators: Sequence[Operator], known: Mapping[str, Array]) -> dict[str, Array]:
    """Every tensor of the graph, given the input and the constants.

    Returns:
        `known` plus one entry per operator, keyed by the name of its output. An entry may be
        infinite or NaN; whoever needs finite numbers checks.

    Raises:
        ValueError: if an operator's inputs have shapes that do not fit.
    """
    values = dict(known)
    for operator in operators:
        inputs = [values[name] if name else None for name in operator.inputs]
        try:
            with np.errstate(all="ignore"):
                values[operator.output] = FUNCTIONS[operator.kind](*inputs, **operator.attributes)
        except (ValueError, IndexError) as error:
            shapes = [value.shape for value in inputs if value is not None]
            raise ValueError(f"{operator} needs inputs that fit, got shapes {shapes}") from error
    return values
