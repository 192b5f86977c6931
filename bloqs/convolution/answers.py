"""What the command line can ask about convolutions."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from attrs import evolve
from qualtran import Bloq

from bloqs.abstract import AbstractLoader
from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.convolution.published import PublishedConvolution
from bloqs.convolution.published_claims import amplification_factor
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.answers import (
    BITS,
    BLOCK,
    EPSILON,
    LARGEST,
    angle_bits,
    choose_block,
)
from bloqs.data_loading.loaders import LOADERS
from bloqs.qsvt.answers import DEGREE, for_the_encoding, transform_facts, transform_of
from estimator import symbols
from estimator.ask.question import Algorithm, Parameter, Value
from estimator.network.convolution_layer import Convolution as Layer

LARGEST_NORM = 2**22
"""Entries of a kernel times pixels up to which its spectral norm is worked out in passing."""

VARIANTS: dict[str, Callable[..., AbstractConvolution]] = {
    "adder": AdderConvolution,
    "multiplexed": MultiplexedConvolution,
    "published": partial(PublishedConvolution, shares_ancillas=False),
}
"""Constructions of the same operator, by the name the command line uses."""


def convolution(
    kernel: Kernel, m: Any, variant: str, loader: str, rotation: str, values: dict[str, Any]
) -> AbstractConvolution:
    """A convolution whose angle bits and block size follow from `values`."""
    make = VARIANTS[variant]

    def with_loader(memory: AbstractLoader, b: Any = symbols.b) -> AbstractConvolution:
        return make(kernel, m, b, memory, Rotation(rotation))

    plain = with_loader(LOADERS["qrom"]())
    angles = 2 * (plain.tree_size + (1 if variant == "multiplexed" else 0))
    b = angle_bits(values, plain.alpha, angles)
    widest = 2 * kernel.c + 2 * kernel.d - 1
    return with_loader(
        choose_block(loader, values, widest, b, lambda memory: with_loader(memory, b)), b
    )


def _build(variant: str, loader: str, rotation: str, **values: Any) -> Bloq:
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
    given = tuple((symbol, value) for symbol, value in norms.items() if value is not None)
    return convolution(evolve(kernel, norms=given), m, variant, loader, rotation, values)


def _build_layer(layer: Layer, variant: str, loader: str, rotation: str, **values: Any) -> Bloq:
    if unused := values.keys() - {"b", "epsilon", "beta"}:
        raise ValueError(f"{', '.join(sorted(unused))}: read from the network file, not to be set")
    if layer.side & (layer.side - 1):
        raise ValueError(
            f"layer {layer.name} has images of side {layer.side}; the side must be a power of two"
        )
    return convolution(
        kernel_of(layer), layer.side.bit_length() - 1, variant, loader, rotation, values
    )


def kernel_of(layer: Layer) -> Kernel:
    """The kernel of a convolution layer read from a file."""
    taps = layer.flipped_kernel
    C_out, C_in, D, _ = taps.shape
    entries = tuple(float(x) for x in taps.reshape(-1))
    return Kernel(entries, C_out, C_in, D, layer.offset, wraps=False)


def _layer_facts(layer: Layer) -> Mapping[str, Value]:
    facts: dict[str, Value] = {"sum of |K|": layer.kernel_norm_1}
    if layer.kernel.size * layer.side**2 <= LARGEST_NORM:
        facts["spectral norm, at most"] = layer.spectral_norm_bound(layer.side)
    return facts


def _facts(bloq: Any, values: Mapping[str, Value]) -> Mapping[str, Value]:
    kernel = bloq.kernel
    flops = 2 * kernel.C_out * kernel.C_in * kernel.D**2 * 2 ** (2 * bloq.m)
    angles = 2 * (bloq.tree_size + int(isinstance(bloq, MultiplexedConvolution)))
    bits = {"b": angle_bits(values, bloq.alpha, angles, whole=True)} if "epsilon" in values else {}
    printed: dict[str, Value] = {}
    if isinstance(bloq, PublishedConvolution):
        printed = {
            "ancillas as printed": bloq.claims.ancillas,
            "amplification to C / 2": amplification_factor(bloq.alpha, 1),
        }
    return {
        "alpha": bloq.alpha,
        "epsilon": bloq.epsilon,
        "ancillas": bloq.ancilla_bitsize,
        **printed,
        "classical FLOP": flops,
        **bits,
    }


def _size(name: str, symbol: Any, meaning: str, unit: str, minimum: int, two: bool) -> Parameter:
    return Parameter(
        name=name,
        symbol=symbol,
        meaning=meaning,
        unit=unit,
        minimum=minimum,
        maximum=LARGEST,
        power_of_two=two,
    )


def _norm(name: str, symbol: Any, meaning: str) -> Parameter:
    return Parameter(name=name, symbol=symbol, meaning=meaning, unit="1", minimum=0, integer=False)


CONVOLUTION = Algorithm(
    name="convolution",
    says="Block-encodes a 2-D multi-filter convolution, stride 1, zero padding.",
    source="[RHGPR25] Lem. B.17 and 5",
    parameters=(
        _size("C_in", symbols.C_in, "input channels; 2**c where unset", "channels", 1, False),
        _size("C_out", symbols.C_out, "output channels; 2**c where unset", "channels", 1, False),
        _size("D", symbols.D, "kernel side; 2**d where unset", "pixels", 1, False),
        _size("M", symbols.M, "image side; 2**m where unset", "pixels", 2, True),
        _norm("K_1", symbols.norm_1, "sum of |K|, the alpha of adder and published"),
        _norm("s_r", symbols.s_r, "largest sum of |K| over one output channel"),
        _norm("s_c", symbols.s_c, "largest sum of |K| over one input channel"),
        BITS,
        EPSILON,
        BLOCK,
    ),
    variants=tuple(VARIANTS),
    loaders=tuple(LOADERS),
    build=_build,
    facts=_facts,
    layer=Layer,
    build_layer=_build_layer,
    layer_facts=_layer_facts,
)


def _build(variant: str, loader: str, rotation: str, **values: Any) -> Bloq:
    sizes = {name: value for name, value in values.items() if name != "degree"}
    if "epsilon" in values and "b" not in values:
        free = {name: value for name, value in sizes.items() if name not in ("epsilon", "beta")}
        alpha = CONVOLUTION.build(variant, "qrom", rotation, **free).alpha
        sizes = for_the_encoding(values, alpha)
    return transform_of(CONVOLUTION.build(variant, loader, rotation, **sizes), values)


def _facts(bloq: Any, values: Mapping[str, Value]) -> Mapping[str, Value]:
    inside = CONVOLUTION.facts(bloq.encoding, for_the_encoding(values, bloq.encoding.alpha))
    shown = {"alpha of the convolution": inside["alpha"]}
    bits = {"b": inside["b"]} if "b" in inside else {}
    return {**transform_facts(bloq), **shown, **bits}


QSVT_CONVOLUTION = Algorithm(
    name="qsvt-convolution",
    says="Transforms the singular values of a 2-D convolution, divided by its alpha, by a real "
    "polynomial of definite parity.",
    source="[GSLW18] Thm. 17 and Cor. 18",
    parameters=(DEGREE, *CONVOLUTION.parameters),
    variants=("adder", "multiplexed"),
    loaders=CONVOLUTION.loaders,
    build=_build,
    facts=_facts,
)
