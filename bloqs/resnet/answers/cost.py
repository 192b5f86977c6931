"""What the command line can ask about residual networks."""

from collections.abc import Collection, Mapping
from typing import Any

from attrs import evolve
from qualtran import Bloq
from qualtran.symbolics import is_symbolic

from bloqs.abstract import AbstractLoader
from bloqs.convolution.answers import kernel_of
from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.answers import BITS, BLOCK, LARGEST, choose_block
from bloqs.data_loading.loaders import LOADERS
from bloqs.resnet import symbols as own
from bloqs.resnet.answers.cost_facts import network_facts, network_rows
from bloqs.resnet.circuits.build import NetworkRequest, build_network
from bloqs.resnet.circuits.uniform_network import UniformNetwork
from bloqs.resnet.model.block_plan import OUTPUT_WEIGHT, SHORTEST, Output, Variant
from bloqs.resnet.model.memory import Regime
from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.model.recognition import residual_network_of
from estimator import symbols
from estimator.ask.question import Algorithm, Parameter
from estimator.network.network import Network

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
        access=Regime(options["regime"]),
        output=Output(options["output"]),
        kernels=kernels or (_kernel(Variant(variant), values),) * values["k"],
        m=m,
        epsilon=values.get("epsilon", symbols.epsilon),
        kappa=values.get("kappa"),
        length=values.get("length", SHORTEST),
        output_length=values.get("output_length"),
        tau=values.get("tau", OUTPUT_WEIGHT),
        classes=values.get("classes", own.classes),
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
        own.blocks,
        plan.blocks_epsilon,
        request.length,
    )


def _build_network(
    network: Network,
    variant: str,
    loader: str,
    rotation: str,
    options: dict[str, str],
    **values: Any,
) -> Bloq:
    found = residual_network_of(network)
    if unused := values.keys() - {"epsilon", "kappa", "length", "output_length", "b", "beta"}:
        raise ValueError(f"{', '.join(sorted(unused))}: read from the network file, not to be set")
    if found.M & (found.M - 1):
        raise ValueError(f"the image side must be a power of two, got {found.M}")
    kernels = tuple(kernel_of(block) for block in found.blocks)
    sizes: dict[str, Any] = {"k": found.k, "N": found.N, "C": found.C, "classes": found.classes}
    if found.output is not None:
        sizes["tau"] = found.output.tau
    _settle_output(found, Variant(variant), options)
    request = request_of(variant, loader, rotation, options, {**values, **sizes}, kernels)
    return build_network(request).network


def _settle_output(network: ResidualNetwork, variant: Variant, options: dict[str, str]) -> None:
    """Put in the output that the network has, unless one is named, and what that leaves out.

    Raises:
        ValueError: if the output that is named needs a matrix, and the network has none.
    """
    has_matrix = network.output is not None
    if isinstance(options, Choices) and "output" not in options.named:
        fits = variant is not Variant.FIXED_POINT and options["regime"] != Regime.NOTHING
        pools = not has_matrix and network.classes < network.N
        options["output"] = str(
            Output.LINEAR_POOL if has_matrix and fits else Output.POOL if pools else Output.NONE
        )
    linear = options["output"] == Output.LINEAR_POOL
    if linear and not has_matrix:
        raise ValueError("the file has no output matrix; choose --output pool or none")
    if has_matrix and not linear:
        options["its output matrix"] = "left out"


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
    high: int = LARGEST**2,
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


class Choices(dict[str, str]):
    """Choices by name, and the names of those that were not left open for a network to settle."""

    def __init__(self, picked: Mapping[str, str], named: Collection[str]) -> None:
        super().__init__(picked)
        self.named = frozenset(named)


class NetworkAlgorithm(Algorithm):
    """An algorithm for networks whose files settle choices that are left open."""

    def chosen(self, options: Mapping[str, str | None]) -> dict[str, str]:
        named = [name for name, choice in options.items() if choice is not None]
        return Choices(super().chosen(options), named)


RESNET = NetworkAlgorithm(
    name="resnet",
    says="Runs k residual blocks of convolutions, activations and skip paths on an encoded image, "
    "coherently, and an output block.",
    source="[RHGPR25] Thm. 2",
    parameters=(
        _whole("k", own.blocks, "residual blocks", "blocks", 1, MOST_BLOCKS),
        _whole("N", symbols.N, "length of the vector, channels included", "entries", 4, two=True),
        _whole("C", own.channels, "channels; 2**c where unset", "channels", 1, two=True),
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
            "promised length of the output's sum; 2 tau - 1 if unset, which is proved",
            0,
            1,
        ),
        _number(
            "tau",
            own.tau,
            "weight of the skip path beside the output matrix, below 1; 0.51, published, if unset",
            0.5,
            1,
        ),
        _whole(
            "classes",
            own.classes,
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
            own.channels,
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
    facts=network_facts,
    build_network=_build_network,
    options={"regime": tuple(a.value for a in Regime), "output": tuple(o.value for o in Output)},
    rows=network_rows,
)
