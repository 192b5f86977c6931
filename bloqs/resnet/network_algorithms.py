"""What the command line can ask about residual networks."""

from collections.abc import Mapping
from typing import Any

import sympy
from attrs import evolve
from qualtran import Bloq
from qualtran.resource_counting import QECGatesCost
from qualtran.symbolics import is_symbolic

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.algorithms import BITS, BLOCK, LARGEST, choose_block
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import LOADERS, QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.amplified import AmplifiedEncoding
from bloqs.resnet.algorithms import kernel_of
from bloqs.resnet.kernel import Kernel
from bloqs.resnet.layer_price import price
from bloqs.resnet.layered_network import LayeredNetwork
from bloqs.resnet.network_build import NetworkRequest, build_network
from bloqs.resnet.network_source import Access
from bloqs.resnet.output_block import OutputBlock
from bloqs.resnet.residual_block import ResidualBlock
from bloqs.resnet.uniform_network import UniformNetwork
from estimator import symbols
from estimator.algorithm import Algorithm, Parameter, Value
from estimator.network import Network
from estimator.residual_plan import OUTPUT_WEIGHT, SHORTEST, Output, Variant
from estimator.residual_recognition import residual_network_of

MOST_BLOCKS = 40
"""Most residual blocks that are costed one by one."""


def request_of(
    variant: str,
    loader: str,
    rotation: str,
    options: Mapping[str, str],
    values: Mapping[str, Any],
    kernels: tuple[Kernel, ...] = (),
) -> NetworkRequest:
    """What the words and numbers of a command line ask for; a number of blocks is needed.

    Without `kernels`, all blocks have one of which only sizes are known.

    Raises:
        ValueError: if sizes do not go together.
    """
    m = _log_side(values)
    request = NetworkRequest(
        variant=Variant(variant),
        access=Access(options["regime"]),
        output=Output(options["output"]),
        kernels=kernels or (_kernel(Variant(variant), values),) * values["k"],
        m=m,
        epsilon=values.get("epsilon", symbols.epsilon),
        kappa=values.get("kappa"),
        length=values.get("length", SHORTEST),
        output_length=values.get("output_length", 2 * OUTPUT_WEIGHT - 1),
        classes=values.get("classes", symbols.classes),
        memory=LOADERS["qrom"](),
        rotation=Rotation(rotation),
        b=values.get("b"),
        order=values.get("order", 1),
        repeats=values.get("copies", 1).bit_length() - 1,
    )

    def with_memory(memory: AbstractLoader) -> Bloq:
        return build_network(evolve(request, memory=memory)).network

    n, bits = request.n, values.get("b", symbols.b)
    widest = 2 * n - 1 if request.output is Output.LINEAR_POOL else n - 1
    if not is_symbolic(n) and is_symbolic(bits) and loader in ("qroam-clean", "select-swap"):
        request = evolve(request, b=build_network(request).b)
        bits = request.b
    memory = choose_block(loader, values, widest, bits, with_memory)
    return evolve(request, memory=memory)


def _kernel(variant: Variant, values: Mapping[str, Any]) -> Kernel:
    kernel = Kernel.symbolic()
    if "C" in values:
        kernel = evolve(kernel, C_in=values["C"], C_out=values["C"])
    if "D" in values:
        kernel = evolve(kernel, D=values["D"], offset=(values["D"] - 1) // 2)
    if "alpha" in values:
        names = (symbols.norm_1,) if variant is Variant.PUBLISHED else (symbols.s_r, symbols.s_c)
        kernel = evolve(kernel, norms=tuple((name, values["alpha"]) for name in names))
    return kernel


def _log_side(values: Mapping[str, Any]) -> Any:
    """m, from the length of the vector and the number of channels."""
    if "N" not in values:
        return symbols.m
    n = int(values["N"]).bit_length() - 1
    if "C" not in values:
        return (n - symbols.c) / 2
    twice = n - (int(values["C"]).bit_length() - 1)
    if twice < 2 or twice % 2:
        raise ValueError(
            f"N = C * side**2 with a side that is a power of two, at least 2; got N={values['N']} "
            f"and C={values['C']}"
        )
    return twice // 2


def _build(
    variant: str, loader: str, rotation: str, options: Mapping[str, str], **values: Any
) -> Bloq:
    if "k" in values:
        return build_network(request_of(variant, loader, rotation, options, values)).network
    request = request_of(variant, loader, rotation, options, {**values, "k": 2})
    if request.output is Output.LINEAR_POOL:
        raise ValueError("an output block needs a number of residual blocks; give --param k")
    built = build_network(evolve(request, b=values.get("b", symbols.b)))
    first = built.network.layers[0]
    plan = built.plan
    return UniformNetwork(
        built.network.source,
        first.weights,
        request.variant,
        symbols.blocks,
        plan.blocks_epsilon,
        request.length,
    )


def _build_network(
    network: Network,
    variant: str,
    loader: str,
    rotation: str,
    options: Mapping[str, str],
    **values: Any,
) -> Bloq:
    found = residual_network_of(network)
    if unused := values.keys() - {"epsilon", "kappa", "length", "output_length", "b", "beta"}:
        raise ValueError(f"{', '.join(sorted(unused))}: read from the network file, not to be set")
    if found.M & (found.M - 1):
        raise ValueError(f"the image side must be a power of two, got {found.M}")
    kernels = tuple(kernel_of(block) for block in found.blocks)
    sizes = {"k": found.k, "N": found.N, "C": found.C, "classes": found.classes}
    request = request_of(variant, loader, rotation, options, {**values, **sizes}, kernels)
    return build_network(request).network


def _facts(bloq: Any, values: Mapping[str, Value]) -> Mapping[str, Value]:
    network: LayeredNetwork | UniformNetwork = bloq
    definitions = {str(name): value for name, value in network.definitions.items()}
    first = network.block(symbols.block) if isinstance(network, UniformNetwork) else None
    weights = network.layers[0].weights if first is None else network.weights
    facts: dict[str, Value] = {
        "alpha of the convolution": getattr(weights, "encoding", weights).alpha,
        "kappa, alpha of the weights": weights.alpha,
        "epsilon of the vector": network.epsilon,
        "ancillas": network.ancilla_bitsize,
        "calls of the input": network.runs[0].total if first is None else symbols.runs_at(0),
        **memory_facts(network),
        **definitions,
    }
    return facts


def memory_facts(network: Any) -> dict[str, Value]:
    """Cells of quantum memory, angles of b bits each."""
    trees = [network.source.tree] if isinstance(network.source, LoadedVector) else []
    layers = () if isinstance(network, UniformNetwork) else network.layers
    for layer in layers:
        if isinstance(layer, OutputBlock):
            trees += [layer.columns, layer.norms]
    cells = sum((_cells(tree) for tree in trees if not _is_circuit(tree)), 0)
    return {"QRAM cells": cells}


def _cells(tree: RotationTree) -> Value:
    return 2**tree.s * (2**tree.n - 1)


def _is_circuit(tree: RotationTree) -> bool:
    """Whether the tree's angles are written into a circuit."""
    return isinstance(tree.loader, QROMLoader) and tree.loader.name == "qrom"


def rows(bloq: Any) -> list[dict[str, Value]]:
    """A row for the input and each layer, with the gates of all its runs; numbers only."""
    if isinstance(bloq, UniformNetwork) or bloq.names:
        return []
    network: LayeredNetwork = bloq
    found, known = [], dict[Bloq, Any]()
    for number, (step, runs) in enumerate(
        zip((network.source, *network.layers), network.runs, strict=True)
    ):
        gates = [(price(form, QECGatesCost(), known), n) for form, n in runs.split(step)]
        row: dict[str, Value] = {
            "layer": _name(number, step),
            "runs": runs.total,
            "degrees": "-",
            "calls of the convolution": 0,
        }
        if isinstance(step, ResidualBlock):
            plan, weights = step.plan, step.weights
            inner = weights.degree if isinstance(weights, AmplifiedEncoding) else 1
            row["degrees"] = f"{plan.erf_degree} and {plan.sign_degree}"
            row["calls of the convolution"] = (
                runs.total * plan.sign_degree * plan.weight_calls * inner
            )
        elif isinstance(step, OutputBlock):
            row["degrees"] = f"{step.plan.sign_degree}"
        row["Toffoli"] = sum(
            (sympy.expand(n * (g.and_bloq + g.toffoli + g.cswap)) for g, n in gates), 0
        )
        row["T"] = sum((sympy.expand(n * g.t) for g, n in gates), 0)
        row["rotations"] = sum((sympy.expand(n * g.rotation) for g, n in gates), 0)
        row["error"] = step.epsilon
        found.append(row)
    return found


def _name(number: int, step: Bloq) -> str:
    if number == 0:
        return "input"
    return f"block {number}" if isinstance(step, ResidualBlock) else "output"


def _number(
    name: str, symbol: Any, meaning: str, low: float = 0, high: float | None = None
) -> Parameter:
    return Parameter(
        name=name,
        symbol=symbol,
        meaning=meaning,
        unit="1",
        minimum=low,
        maximum=high,
        integer=False,
    )


def _whole(
    name: str,
    symbol: Any,
    meaning: str,
    unit: str,
    low: int,
    high: int = LARGEST,
    two: bool = False,
) -> Parameter:
    return Parameter(
        name=name,
        symbol=symbol,
        meaning=meaning,
        unit=unit,
        minimum=low,
        maximum=high,
        power_of_two=two,
    )


RESNET = Algorithm(
    name="resnet",
    says="Runs k residual blocks of convolutions, activations and skip paths on an encoded image, "
    "coherently, and an output block.",
    source="[RHGPR25] Thm. 2",
    parameters=(
        _whole("k", symbols.blocks, "residual blocks", "blocks", 1, MOST_BLOCKS),
        _whole("N", symbols.N, "length of the vector, channels included", "entries", 4, two=True),
        _whole("C", symbols.channels, "channels; 2**c where unset", "channels", 1, two=True),
        _whole("D", symbols.D, "kernel side; 2**d where unset", "pixels", 1),
        _number(
            "epsilon",
            symbols.epsilon,
            "total error: of the vector or of the class probabilities, l2",
            0,
            1,
        ),
        _number("alpha", symbols.alpha_0, "alpha of the convolutions' block-encodings"),
        _number(
            "kappa",
            symbols.kappa,
            "alpha to which weights are amplified; their own if unset, 2 if published",
        ),
        _number(
            "length",
            symbols.norm,
            "promised length of x + f(W x); 1 - 8/(5 sqrt(pi)) if unset, which is proved",
            0,
            2,
        ),
        _number(
            "output_length",
            symbols.norm,
            "promised length of the output's sum; 0.02 if unset, which is proved",
            0,
            1,
        ),
        _whole(
            "classes",
            symbols.classes,
            "classes; only the published error depends on it",
            "classes",
            2,
        ),
        _whole(
            "order",
            symbols.d,
            "vectors whose tensor product is the input, regimes 2 and 3; 1 if unset",
            "vectors",
            1,
            16,
        ),
        _whole(
            "copies",
            symbols.channels,
            "how often the input's channels are repeated; 1 if unset",
            "copies",
            1,
            two=True,
        ),
        BITS,
        BLOCK,
    ),
    variants=tuple(
        variant.value for variant in (Variant.TIGHT, Variant.PUBLISHED, Variant.FIXED_POINT)
    ),
    loaders=("bucket-brigade", *(name for name in LOADERS if name != "bucket-brigade")),
    build=_build,
    facts=_facts,
    build_network=_build_network,
    options={"regime": tuple(a.value for a in Access), "output": tuple(o.value for o in Output)},
    rows=rows,
)
