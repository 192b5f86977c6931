"""What the command line can ask about residual networks."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve
from qualtran import Bloq
from qualtran.symbolics import is_symbolic

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.algorithms import LARGEST, choose_block
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import LOADERS
from bloqs.resnet.kernel import Kernel
from bloqs.resnet.layered_network import LayeredNetwork
from bloqs.resnet.network_build import BuiltNetwork, NetworkRequest, build_network
from bloqs.resnet.network_source import Access
from estimator import symbols
from estimator.algorithm import Parameter, Value
from estimator.residual_plan import OUTPUT_WEIGHT, SHORTEST, Output, Variant

MOST_BLOCKS = 40
"""Most residual blocks that are costed one by one."""


def request_of(
    variant: str, loader: str, rotation: str, options: Mapping[str, str], values: Mapping[str, Any]
) -> NetworkRequest:
    """What the words and numbers of a command line ask for; a number of blocks is needed.

    Raises:
        ValueError: if sizes do not go together.
    """
    kernel, m = _kernel(Variant(variant), values), _log_side(values)
    request = NetworkRequest(
        variant=Variant(variant),
        access=Access(options["regime"]),
        output=Output(options["output"]),
        kernels=(kernel,) * values["k"],
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
        bits = getattr(build_network(request).network.source, "b", bits)
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
    if "k" not in values:
        values["k"] = symbols.blocks
        raise ValueError("give the number of residual blocks, --param k=2 for instance")
    return _built(variant, loader, rotation, options, **values).network


def _built(
    variant: str, loader: str, rotation: str, options: Mapping[str, str], **values: Any
) -> BuiltNetwork:
    return build_network(request_of(variant, loader, rotation, options, values))


def _facts(bloq: Any, values: Mapping[str, Value]) -> Mapping[str, Value]:
    network: LayeredNetwork = bloq
    facts: dict[str, Value] = {
        "epsilon of the vector": network.epsilon,
        "ancillas": network.ancilla_bitsize,
        "U_X calls": network.runs[0].total,
    }
    return facts


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
