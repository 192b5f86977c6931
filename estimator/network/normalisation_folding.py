"""Batch normalisations folded into the weights before them, where nothing else reads those."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve

from estimator.network.linear_functions import Array, normalising_terms
from estimator.network.onnx_operators import Operator


def with_normalisations_folded(
    operators: Sequence[Operator], constants: Mapping[str, Array], output: str
) -> tuple[list[Operator], dict[str, Array]]:
    """The same graph with fewer BatchNormalizations, and its constants.

    A normalisation multiplies and shifts each channel by constants: after a Conv, or a Gemm whose
    matrix stands on the right, these go into weights and bias. Elsewhere it stays.

    Args:
        operators: in the order of evaluation.
        constants: every tensor that does not depend on the input.
        output: name of the network's output.
    """
    readers = Counter(name for operator in operators for name in operator.inputs)
    readers[output] += 1
    made = {operator.output: operator for operator in operators}
    folded: dict[str, Operator] = {}
    weights = dict(constants)
    for operator in operators:
        if operator.kind != "BatchNormalization":
            continue
        before = made.get(operator.inputs[0])
        if before is None or readers[before.output] > 1 or before.kind not in ("Conv", "Gemm"):
            continue
        if before.inputs[1] not in constants or not _constant_bias(before, constants):
            continue
        if before.attributes.get("transA", 0):
            continue
        terms = [constants[name] for name in operator.inputs[1:5]]
        factor, summand = normalising_terms(terms, operator.attributes.get("epsilon", 1e-5))
        name = operator.output
        weights[f"{name}/weights"], weights[f"{name}/bias"] = _terms(
            before, constants, factor, summand
        )
        inputs = (before.inputs[0], f"{name}/weights", f"{name}/bias")
        attributes = {
            key: value for key, value in before.attributes.items() if key not in ("alpha", "beta")
        }
        folded[before.output] = evolve(before, inputs=inputs, output=name, attributes=attributes)
        folded[name] = folded[before.output]
    kept = []
    for operator in operators:
        if operator.kind == "BatchNormalization" and operator.output in folded:
            continue
        kept.append(folded.get(operator.output, operator))
    return kept, weights


def _constant_bias(operator: Operator, constants: Mapping[str, Array]) -> bool:
    return all(name in constants for name in operator.inputs[2:] if name)


def _terms(
    before: Operator, constants: Mapping[str, Array], factor: Array, summand: Array
) -> tuple[Array, Array]:
    weights = constants[before.inputs[1]]
    named = [name for name in before.inputs[2:] if name]
    bias: Array = constants[named[0]] if named else np.zeros(1)
    if before.kind == "Conv":
        return weights * factor[:, None, None, None], factor * bias + summand
    alpha, beta = (before.attributes.get(key, 1.0) for key in ("alpha", "beta"))
    rows = before.attributes.get("transB", 0)
    scaled = alpha * (weights * factor[:, None] if rows else weights * factor[None, :])
    return scaled, factor * (beta * bias.reshape(-1)) + summand
