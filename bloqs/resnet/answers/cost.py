"""What a residual network costs: of any size, and of a file as a whole or layer by layer."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve
from qualtran import Bloq
from qualtran.symbolics import is_symbolic

from bloqs.abstract import AbstractLoader
from bloqs.convolution.answers import kernel_of, layers_cost, refuse_settled
from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.answers import choose_block
from bloqs.data_loading.loaders import QROMLoader
from bloqs.resnet import symbols as own
from bloqs.resnet.answers.cost_facts import network_facts, network_rows
from bloqs.resnet.answers.facts_at_input import FactsAtInput, facts_at_input, facts_report
from bloqs.resnet.circuits.build import NetworkRequest, build_network
from bloqs.resnet.circuits.uniform_network import UniformNetwork
from bloqs.resnet.model.block_plan import HALF, OUTPUT_WEIGHT, SLOPE, Output, Variant, slope_of
from bloqs.resnet.model.memory import Regime
from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.model.recognition import residual_network_of
from estimator import symbols
from estimator.ask.question import Asked
from estimator.ask.synthesis import PRICING
from estimator.costs.answer import cost_report
from estimator.network.image import image_of
from estimator.network.layers import Matrix
from estimator.network.network import Network
from estimator.network.onnx_reader import read_network
from estimator.report.model import Report

SIZED = ("k", "N", "C", "D", "alpha", "tau", "slope", "classes", "order", "copies")
"""Parameters of a network that its file settles."""

LEFT_OUT = "its output matrix = left out"
"""What is said where a circuit has no output matrix and the file has one."""


def request_of(values: Mapping[str, Any], kernels: tuple[Kernel, ...] = ()) -> NetworkRequest:
    """What the parameters of the question `cost resnet` ask for; a number of blocks is needed.

    Args:
        values: by name of the parameter; regime and output must be among them.
        kernels: the convolution of each block; without, all have one of which only sizes are known.

    Raises:
        ValueError: if sizes do not go together.
    """
    m, variant, loader = _log_side(values), Variant(values["variant"]), values["loader"]
    request = NetworkRequest(
        variant=variant,
        access=Regime(values["regime"]),
        output=Output(values["output"]),
        kernels=kernels or (_kernel(variant, values),) * values["k"],
        m=m,
        epsilon=values.get("epsilon", symbols.epsilon),
        kappa=values.get("kappa"),
        length=values.get("length"),
        output_length=values.get("output_length"),
        tau=values.get("tau", OUTPUT_WEIGHT),
        slope=slope_of(values["slope"]) if "slope" in values else SLOPE,
        classes=values.get("classes", own.classes),
        memory=QROMLoader(),
        rotation=Rotation(values["rotation"]),
        split=values.get("epsilon_split", HALF),
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


def network(asked: Asked) -> Report | tuple[Report, ...]:
    """What a residual network costs.

    Raises:
        ValueError: if parameters do not go together, or the file is no residual network.
    """
    if asked.file is not None:
        return _of_file(asked)
    if {"image", "digit"} & asked.named:
        raise ValueError("an image goes with the path of an .onnx file; leave it out for resnet")
    values = {"output": Output.NONE.value, **asked.values}
    _refuse_idle(asked, Output(values["output"]))
    bloq = _network(values)
    return cost_report(
        bloq,
        asked,
        title="resnet",
        settings=_settings(asked, values),
        facts=network_facts(bloq),
        layers=network_rows(bloq),
    )


def _refuse_idle(asked: Asked, output: Output) -> None:
    """Refuse what was named and would change nothing.

    Raises:
        ValueError: if something was.
    """
    idle = [name for name in ("tau", "output_length") if name in asked.named]
    if idle and output is not Output.LINEAR_POOL:
        raise ValueError(
            f"{idle[0]} is about an output matrix, and there is none; choose --output linear-pool "
            f"or leave {idle[0]} out"
        )
    prints_classes = asked.values["variant"] == Variant.PUBLISHED and output is not Output.NONE
    if "classes" in asked.named and not prints_classes:
        raise ValueError(
            "only the published error of a pool depends on classes; leave classes out, or choose "
            "the published variant and an output"
        )


def _network(values: Mapping[str, Any]) -> Bloq:
    """The network of so many blocks, or of a symbolic number of them."""
    if "k" in values:
        return build_network(request_of(values)).network
    request = request_of({**values, "k": 2})
    if request.split != HALF:
        raise ValueError("the error of a block is split where there is a number of them; give --k")
    if request.output is Output.LINEAR_POOL:
        raise ValueError("an output block needs a number of residual blocks; give --k")
    built = build_network(evolve(request, b=values.get("b", symbols.b)))
    return UniformNetwork(
        built.network.source,
        built.network.layers[0].weights,
        request.variant,
        own.blocks,
        built.plan.blocks_epsilon,
        request.least_length,
        request.slope,
    )


def _of_file(asked: Asked) -> tuple[Report, ...]:
    """What the network in a file costs as a whole, and facts at an image if there is one."""
    if settled := [name for name in SIZED if name in asked.named]:
        raise ValueError(f"{', '.join(settled)}: read from the network file, not to be set")
    image = None
    if {"image", "digit"} & asked.named:
        image = image_of(asked.get("image"), asked.get("digit"))
    file = read_network(str(asked.file))
    title = f"{file.name}: whole network"
    try:
        found = residual_network_of(file)
        if found.M & (found.M - 1):
            raise ValueError(f"the image side must be a power of two, got {found.M}")
        output, note = settled_output(found, asked)
        _refuse_idle(asked, output)
        sizes: dict[str, Any] = {"k": found.k, "N": found.N, "C": found.C}
        sizes |= {"classes": found.classes, "output": output.value, "slope": found.slope}
        if found.output is not None:
            sizes["tau"] = found.output.tau
        values = {**asked.values, **sizes}
        kernels = tuple(kernel_of(block) for block in found.blocks)
        bloq = build_network(request_of(values, kernels)).network
    except ValueError as problem:
        raise ValueError(f"{title}: {problem}") from problem
    report = cost_report(
        bloq,
        asked,
        title=title,
        settings=_settings(asked, {"output": output.value, **asked.values}),
        facts=network_facts(bloq),
        layers=network_rows(bloq),
        notes=[note] if note else [],
    )
    if image is None:
        return (report,)
    return report, facts_report(at_image(file, found, image, asked, output))


def _settings(asked: Asked, values: Mapping[str, Any]) -> dict[str, Any]:
    """Choices in the order of the parameters, then what was named in the order of naming."""
    choices = ("variant", "loader", "rotation", "regime", "output")
    hidden = {*choices, "image", "digit", *(each.name for each in PRICING)}
    rest = {name: value for name, value in asked.values.items() if name not in hidden}
    return {name: values[name] for name in choices} | rest


def settled_output(network: ResidualNetwork, asked: Asked) -> tuple[Output, str]:
    """The output that the network has unless one is named, and a note on what that leaves out.

    Raises:
        ValueError: if the output that is named needs a matrix, and the network has none.
    """
    has_matrix = network.output is not None
    if "output" in asked.named:
        output = Output(asked.values["output"])
    else:
        is_phased = asked.values["variant"] == Variant.FIXED_POINT
        fits = not is_phased and asked.values["regime"] != Regime.NOTHING
        pools = not has_matrix and network.classes < network.N
        output = Output.NONE
        if has_matrix and fits:
            output = Output.LINEAR_POOL
        elif pools:
            output = Output.POOL
    if output is Output.LINEAR_POOL and not has_matrix:
        raise ValueError("the file has no output matrix; choose --output pool or none")
    return output, LEFT_OUT if has_matrix and output is not Output.LINEAR_POOL else ""


def layers_at_image(asked: Asked) -> tuple[Report, ...]:
    """What each convolution of a file costs, and facts about the network at an image.

    Raises:
        ValueError: if there is no file or not one image, or the file is no residual network.
    """
    if asked.file is None:
        raise ValueError("an image goes with the path of an .onnx file, got none")
    refuse_settled(asked)
    image = image_of(asked.get("image"), asked.get("digit"))
    file = read_network(str(asked.file))
    found = at_image(file, residual_network_of(file), image, asked, None)
    shown = {name: x for name, x in asked.values.items() if name not in ("image", "digit")}
    return *layers_cost(file, evolve(asked, values=shown)), facts_report(found)


def at_image(
    file: Network,
    network: ResidualNetwork,
    image: tuple[Matrix, str],
    asked: Asked,
    output: Output | None,
) -> FactsAtInput:
    """Facts about what is costed, without a run of the classical sampler.

    Args:
        file: what was read.
        network: what was recognised in it.
        image: of shape (channels, side, side), and what to call it.
        asked: with epsilon and b if they count.
        output: of the circuit as a whole; `None` if only layers are costed.

    Raises:
        ValueError: if the image does not fit.
    """
    pixels, name = image
    title = f"{file.name}, {name}"
    vector = network.vector_of(pixels)
    if output not in (None, Output.LINEAR_POOL) and network.output is not None:
        network, title = evolve(network, output=None), f"{title}, without its output matrix"
    return facts_at_input(
        title,
        network,
        vector,
        asked.get("epsilon"),
        asked.get("b"),
        (),
        None,
        Output.POOL if output is None else output,
    )
