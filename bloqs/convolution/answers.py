"""What convolutions and transforms of them cost, for any size and for the layers of a file."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from attrs import evolve
from qualtran.symbolics import is_symbolic

from bloqs.abstract import AbstractLoader
from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.file_total import total_table
from bloqs.convolution.kernel import Kernel
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.convolution.published import PublishedConvolution
from bloqs.convolution.published_claims import amplification_factor
from bloqs.convolution.unpriced_layers import unpriced_note
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.answers import angle_bits, bits_fact, choose_block
from bloqs.data_loading.loaders import QROMLoader
from bloqs.qsvt.answers import for_the_encoding, transform_facts, transform_of
from estimator import symbols
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report
from estimator.network.convolution_layer import Convolution as Layer
from estimator.network.grouped_convolution import GroupedConvolution
from estimator.network.network import Network
from estimator.network.onnx_reader import read_network
from estimator.report.model import Report
from estimator.report.parts import Value

GROUPS = "{} groups of channels, with the zeros between them loaded like weights"
"""Said of a convolution that is costed without use of its groups."""

LARGEST_NORM = 2**22
"""Entries of a kernel times pixels up to which its spectral norm is worked out in passing."""

VARIANTS: dict[str, Callable[..., AbstractConvolution]] = {
    "adder": AdderConvolution,
    "multiplexed": MultiplexedConvolution,
    "published": partial(PublishedConvolution, shares_ancillas=False),
}
"""Constructions of the same operator, by the name the command line uses."""


def convolution(
    kernel: Kernel, m: Any, variant: str, loader: str, rotation: str, values: Mapping[str, Any]
) -> AbstractConvolution:
    """A convolution whose angle bits and block size follow from `values`."""
    make = VARIANTS[variant]

    def with_loader(memory: AbstractLoader, b: Any = symbols.b) -> AbstractConvolution:
        return make(kernel, m, b, memory, Rotation(rotation))

    plain = with_loader(QROMLoader())
    angles = 2 * (plain.tree_size + (1 if variant == "multiplexed" else 0))
    b = angle_bits(values, plain.alpha, angles)
    widest = 2 * kernel.c + 2 * kernel.d - 1
    return with_loader(
        choose_block(loader, values, widest, b, lambda memory: with_loader(memory, b)), b
    )


def convolution_of(values: Mapping[str, Any]) -> AbstractConvolution:
    """The convolution whose sizes and norms are given, or symbols.

    Raises:
        ValueError: if they do not go together.
    """
    C_in, C_out = values.get("C_in"), values.get("C_out")
    if (C_in is None) != (C_out is None):
        raise ValueError("give both C_in and C_out or neither; unset, both are 2**c channels")
    kernel = Kernel.symbolic()
    if C_in is not None:
        kernel = evolve(kernel, C_in=C_in, C_out=C_out)
    if "D" in values:
        D = values["D"]
        kernel = evolve(kernel, D=D, offset=(D - 1) // 2)
    m = symbols.m if "M" not in values else int(values["M"]).bit_length() - 1
    norms = {
        symbols.norm_1: values.get("K_1"),
        symbols.s_r: values.get("s_r"),
        symbols.s_c: values.get("s_c"),
    }
    _check_norms(values)
    given = tuple((symbol, value) for symbol, value in norms.items() if value is not None)
    kernel = evolve(kernel, norms=given)
    return convolution(kernel, m, values["variant"], values["loader"], values["rotation"], values)


ROUNDING = 1e-6
"""Relative excess of a typed norm over what another one allows, that counts as rounding. Unit: 1.
"""


def _check_norms(values: Mapping[str, Any]) -> None:
    """Refuse sums of one kernel that no kernel of these channels has.

    A column's sum is at most that of all rows, and a row's at most that of all columns.

    Raises:
        ValueError: if they contradict each other.
    """
    C_in, C_out = values.get("C_in"), values.get("C_out")
    total, rows, columns = (values.get(name) for name in ("K_1", "s_r", "s_c"))
    limits: tuple[tuple[str, Any, str, Any, Any], ...] = (
        ("s_c", columns, "C_out * s_r", rows, C_out),
        ("s_r", rows, "C_in * s_c", columns, C_in),
        ("K_1", total, "C_out * s_r", rows, C_out),
        ("K_1", total, "C_in * s_c", columns, C_in),
        ("s_r", rows, "K_1", total, 1),
        ("s_c", columns, "K_1", total, 1),
    )
    for name, value, rule, of, times in limits:
        if None in (value, of, times) or is_symbolic(value, of, times):
            continue
        if value > of * times * (1 + ROUNDING):
            raise ValueError(
                f"{name} is at most {rule} = {of * times:g} for a kernel, got {name}={value:g}; "
                "sums of |K| over one channel, or all of them, belong to one kernel"
            )


def layer_convolution(layer: Layer, values: Mapping[str, Any]) -> AbstractConvolution:
    """The convolution of a layer that was read from a file.

    Raises:
        ValueError: if its images have another side than a power of two.
    """
    if layer.side & (layer.side - 1):
        raise ValueError(
            f"layer {layer.name} has images of side {layer.side}; the side must be a power of two"
        )
    m = layer.side.bit_length() - 1
    kernel = kernel_of(layer)
    return convolution(kernel, m, values["variant"], values["loader"], values["rotation"], values)


def kernel_of(layer: Layer) -> Kernel:
    """The kernel of a convolution layer read from a file."""
    taps = layer.flipped_kernel
    C_out, C_in, D, _ = taps.shape
    entries = tuple(float(x) for x in taps.reshape(-1))
    return Kernel(entries, C_out, C_in, D, layer.offset, wraps=False)


def convolution_cost(asked: Asked) -> Report | tuple[Report, ...]:
    """What a convolution costs, or every one of a network file.

    Raises:
        ValueError: if parameters do not go together, or the file has no such layer.
    """
    if asked.file is not None:
        refuse_settled(asked)
        return layers_cost(read_network(asked.file), asked)
    bloq = convolution_of(asked.values)
    facts = convolution_facts(bloq, asked.values)
    return cost_report(bloq, asked, title="convolution", facts=facts)


def refuse_settled(asked: Asked) -> None:
    """Refuse what a network file settles.

    Raises:
        ValueError: if it was named.
    """
    read = ("C_in", "C_out", "D", "M", "K_1", "s_r", "s_c")
    if settled := [name for name in read if name in asked.named]:
        raise ValueError(f"{', '.join(settled)}: read from the network file, not to be set")


def layers_cost(network: Network, asked: Asked) -> tuple[Report, ...]:
    """What each convolution of a network file costs.

    Args:
        network: what was read from the file.
        asked: the question.

    Raises:
        ValueError: if the file has no convolution, or parameters do not fit it.
    """
    layers = [each for each in network.layers if isinstance(each, (Layer, GroupedConvolution))]
    if not layers:
        raise ValueError(f"{asked.file} has no layer that can be costed; it needs a 2-D Conv")
    reports, bloqs = [], []
    for found in asked.track(layers, "costing"):
        title = f"{network.name}: convolution {found.name}"
        notes = []
        if isinstance(found, GroupedConvolution):
            layer = found.expanded
            notes.append(GROUPS.format(found.groups))
        else:
            layer = found
        try:
            bloq = layer_convolution(layer, asked.values)
        except ValueError as problem:
            raise ValueError(f"{title}: {problem}") from problem
        facts = {**layer_facts(layer), **convolution_facts(bloq, asked.values)}
        reports.append(cost_report(bloq, asked, title=title, facts=facts, notes=notes))
        bloqs.append(bloq)
    if len(reports) > 1:
        *before, last = reports
        reports = [*before, evolve(last, parts=[*last.parts, total_table(bloqs, asked)])]
    *before, last = reports
    note = unpriced_note(network.layers)
    return (*before, evolve(last, parts=[*last.parts, *note]))


def layer_facts(layer: Layer) -> dict[str, Value]:
    """Norms of the kernel of a layer."""
    facts: dict[str, Value] = {"sum of |K|": layer.kernel_norm_1}
    if layer.kernel.size * layer.side**2 <= LARGEST_NORM:
        facts["spectral norm, at most"] = layer.spectral_norm_bound(layer.side)
    return facts


def convolution_facts(bloq: AbstractConvolution, values: Mapping[str, Any]) -> dict[str, Value]:
    """Numbers worth showing about a convolution besides its cost."""
    kernel = bloq.kernel
    flops = 2 * kernel.C_out * kernel.C_in * kernel.D**2 * 2 ** (2 * bloq.m)
    angles = 2 * (bloq.tree_size + int(isinstance(bloq, MultiplexedConvolution)))
    printed: dict[str, Value] = {}
    if isinstance(bloq, PublishedConvolution):
        printed = {
            "ancillas as printed": bloq.claims.ancillas,
            "amplification to C / 2, if |C| <= 1": _amplification(bloq.alpha),
        }
    return {
        "alpha": bloq.alpha,
        "epsilon": bloq.epsilon,
        "ancillas": bloq.ancilla_bitsize,
        **printed,
        "classical FLOP": flops,
        **bits_fact(values, bloq.alpha, angles),
    }


def _amplification(alpha: Any) -> Value:
    """The factor that takes C / alpha to C / 2, or that there is none; |C| is the spectral norm."""
    factor = amplification_factor(alpha, 1)
    if is_symbolic(factor) or factor > 1:
        return factor
    return "none, alpha is at most 2"


def transformed_convolution_cost(asked: Asked) -> Report:
    """What a transform of a convolution's singular values costs.

    Raises:
        ValueError: if parameters do not go together.
    """
    values = asked.values
    sizes = {name: value for name, value in values.items() if name != "degree"}
    if "epsilon" in values and "b" not in values:
        free = {name: x for name, x in sizes.items() if name not in ("epsilon", "beta")}
        alpha = convolution_of({**free, "loader": "qrom"}).alpha
        sizes = for_the_encoding(values, alpha)
    bloq = transform_of(convolution_of(sizes), values)
    alpha = bloq.encoding.alpha
    inside = convolution_facts(bloq.encoding, for_the_encoding(values, alpha))
    bits = {"b": inside["b"]} if "b" in inside else {}
    facts = {**transform_facts(bloq), "alpha of the convolution": inside["alpha"], **bits}
    return cost_report(bloq, asked, title="qsvt-convolution", facts=facts)
