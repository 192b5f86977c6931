"""What is said about a residual network besides its cost, as a whole and layer by layer."""

from collections.abc import Mapping, Sequence
from typing import Any

import sympy

from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import BucketBrigadeLoader, IdealQRAMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.tensor_vector import TensorVector
from bloqs.qsvt.amplified import AmplifiedEncoding
from bloqs.resnet import symbols as own
from bloqs.resnet.circuits.layered_network import LayeredNetwork
from bloqs.resnet.circuits.output_block import OutputBlock
from bloqs.resnet.circuits.residual_block import ResidualBlock
from bloqs.resnet.circuits.uniform_network import UniformNetwork
from estimator.costs.gate_counts import GATES
from estimator.costs.known import known_cost
from estimator.costs.simplify import free_symbols
from estimator.report.parts import Value


def network_facts(bloq: Any) -> Mapping[str, Value]:
    """What is said about a network as a whole, and what the names in its cost stand for."""
    if isinstance(bloq, UniformNetwork):
        layers, calls, error = [bloq.weights], own.calls_at(0), bloq.epsilon
    else:
        layers = [layer.weights for layer in bloq.layers if isinstance(layer, ResidualBlock)]
        calls, error = bloq.layer_calls[0].total, _at_most_two(bloq.epsilon)
    return {
        **_alphas(layers),
        **_skip_weight(bloq),
        "epsilon of the vector": error,
        "ancillas": bloq.ancilla_bitsize,
        "calls of the input": calls,
        **memory_facts(bloq),
        **{str(name): value for name, value in bloq.definitions.items()},
    }


def _alphas(weights: Sequence[Any]) -> dict[str, Value]:
    """Of the convolutions and of the weights: once if all are equal, else of each block."""
    convs = [each.encoding if isinstance(each, AmplifiedEncoding) else each for each in weights]
    if len({(conv.alpha, each.alpha) for conv, each in zip(convs, weights, strict=True)}) == 1:
        return {
            "alpha of the convolution": convs[0].alpha,
            "kappa, alpha of the weights": weights[0].alpha,
        }
    found = {f"alpha of convolution {i}": conv.alpha for i, conv in enumerate(convs, start=1)}
    return found | {f"kappa of block {i}": each.alpha for i, each in enumerate(weights, start=1)}


def _skip_weight(bloq: Any) -> dict[str, Value]:
    """tau, if there is an output block."""
    last = None if isinstance(bloq, UniformNetwork) else bloq.layers[-1]
    return {"tau of the output": last.plan.tau} if isinstance(last, OutputBlock) else {}


def _at_most_two(error: Value) -> Value:
    """The error of a vector of length at most one, which is no further than 2 from another."""
    return min(error, 2.0) if sympy.sympify(error).is_number else sympy.Min(2, error)


def memory_facts(network: Any) -> dict[str, Value]:
    """Cells of quantum memory, angles of b bits each."""
    trees = _input_trees(network.source)
    layers = () if isinstance(network, UniformNetwork) else network.layers
    for layer in layers:
        if isinstance(layer, OutputBlock):
            trees += [layer.columns, layer.norms]
    cells = sum((_cells(tree) for tree in trees if not _is_circuit(tree)), 0)
    return {"QRAM cells": cells}


def _input_trees(source: Any) -> list[RotationTree]:
    """The tables of an input; copies of its channels are made of one."""
    if isinstance(source, LoadedVector):
        return [source.tree]
    if isinstance(source, TensorVector):
        return [tree for part in (source.psi, source.phi) for tree in _input_trees(part)]
    return []


def _cells(tree: RotationTree) -> Value:
    return 2**tree.s * (2**tree.n - 1)


def _is_circuit(tree: RotationTree) -> bool:
    """Whether the tree's angles are written into a circuit."""
    return not isinstance(tree.loader, (BucketBrigadeLoader, IdealQRAMLoader))


def network_rows(bloq: Any) -> list[dict[str, Value]]:
    """A row for the input and each layer, with the gates of all its runs; none with symbols."""
    if isinstance(bloq, UniformNetwork) or bloq.names:
        return []
    network: LayeredNetwork = bloq
    found: list[dict[str, Value]] = []
    for number, (step, runs) in enumerate(
        zip((network.source, *network.layers), network.layer_calls, strict=True)
    ):
        gates = [(known_cost(form, GATES), times) for form, times in runs.split(step)]
        row: dict[str, Value] = {
            "layer": network.layer_names[number],
            "runs": runs.total,
            "degrees": "-",
            "conv calls": 0,
        }
        if isinstance(step, ResidualBlock):
            plan, weights = step.plan, step.weights
            inner = weights.degree if isinstance(weights, AmplifiedEncoding) else 1
            row["degrees"] = f"{plan.erf_degree} and {plan.sign_degree}"
            row["conv calls"] = runs.total * plan.sign_degree * plan.weight_calls * inner
        elif isinstance(step, OutputBlock):
            row["degrees"] = f"{step.plan.sign_degree}"
        row["Toffoli"] = sum((sympy.expand(n * (g.and_bloq + g.toffoli)) for g, n in gates), 0)
        row["CSWAP"] = sum((sympy.expand(n * g.cswap) for g, n in gates), 0)
        row["T"] = sum((sympy.expand(n * g.t) for g, n in gates), 0)
        row["rotations"] = sum((sympy.expand(n * g.rotation) for g, n in gates), 0)
        row["error"] = _at_most_two(step.epsilon)
        if free_symbols(x for x in row.values() if not isinstance(x, str)):
            return []
        found.append(row)
    return found
