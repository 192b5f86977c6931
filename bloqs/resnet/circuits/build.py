"""Residual networks put together from sizes and promises, with symbols for what is not known."""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

import sympy
from attrs import evolve, frozen
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader
from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.convolution.kernel import Kernel
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.convolution.published import PublishedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.resnet import symbols as own
from bloqs.resnet.circuits.layer_calls import previous_vector
from bloqs.resnet.circuits.layered_network import Layer, LayeredNetwork
from bloqs.resnet.circuits.output_block import OutputBlock
from bloqs.resnet.circuits.residual_block import ResidualBlock
from bloqs.resnet.circuits.source import Source
from bloqs.resnet.circuits.weights import open_degree, weights_encoding, weights_share
from bloqs.resnet.model.block_plan import (
    HALF,
    OUTPUT_WEIGHT,
    PUBLISHED_KAPPA,
    SLOPE,
    BlockPlan,
    Output,
    Variant,
    settled,
    shortest,
)
from bloqs.resnet.model.memory import Regime
from bloqs.resnet.model.network_plan import NetworkPlan, network_plan
from estimator import symbols
from estimator.costs.simplify import free_symbols

MOST_BITS = 256
"""Most bits of an angle that is tried."""

FIRST_BITS = 64
"""Bits of an angle from which the number that is needed is estimated."""

LEAST_SHARE, MOST_SHARE = 1e-12, 100.0
"""A smaller share of an error is rounding, a larger one no longer small. Unit: 1."""


@frozen(kw_only=True, cache_hash=True)
class NetworkRequest:
    """What is asked for.

    Args:
        variant: construction of the blocks.
        access: what lies in quantum memory.
        output: what follows the blocks.
        kernels: the convolution of each block, first to last; at least one.
        m: log2 of the image side. Unit: qubits.
        epsilon: total error, of the vector or, with a pool, of the class probabilities, l2 norm.
        kappa: alpha to which weights are amplified; their own is absorbed if `None`.
        length: smallest length of x + f(W x) of each block, a promise; what is proved if `None`.
        output_length: smallest length of tau x + (1 - tau) W |x|^2, a promise; the proved 2 tau - 1
            if `None`.
        tau: weight of the skip path of the output block.
        classes: number of classes, if it matters.
        memory: loader of what lies in quantum memory.
        rotation: how the bits of an angle turn a qubit.
        b: bits of an angle; if `None`, as many as epsilon needs, or a symbol.
        order: number of vectors whose tensor product is the input.
        repeats: log2 of how often the channels of the input are repeated.
        slope: of the activation erf(slope x).
        split: part of the polynomials' error of a block that its normalisation has.
    """

    variant: Variant
    access: Regime
    output: Output
    kernels: tuple[Kernel, ...]
    m: SymbolicInt
    epsilon: SymbolicFloat
    kappa: SymbolicFloat | None = None
    length: SymbolicFloat | None = None
    output_length: SymbolicFloat | None = None
    tau: SymbolicFloat = OUTPUT_WEIGHT
    classes: int | None = None
    memory: AbstractLoader
    rotation: Rotation
    b: SymbolicInt | None = None
    order: int = 1
    repeats: int = 0
    slope: SymbolicFloat = SLOPE
    split: float = HALF

    def __attrs_post_init__(self) -> None:
        if self.access is Regime.NOTHING and self.output is Output.LINEAR_POOL:
            raise ValueError("regime 3 has no dense output matrix; choose output pool or none")
        if self.variant is Variant.FIXED_POINT and self.output is Output.LINEAR_POOL:
            raise ValueError(
                "the fixed-point variant leaves a phase on the vector, which the skip path of the "
                "output block sees; choose output pool or none, or another variant"
            )

    @property
    def n(self) -> SymbolicInt:
        """Width of the vector's index. Unit: qubits."""
        return self.kernels[0].c + 2 * self.m

    @property
    def entries(self) -> SymbolicInt:
        """Length of the vector, channels included."""
        return sympy.Integer(2) ** self.n if is_symbolic(self.n) else 2**self.n

    def convolution(self, layer: int, b: SymbolicInt) -> AbstractConvolution:
        """The convolution of a block, counted from 1."""
        make: Callable[..., AbstractConvolution] = MultiplexedConvolution
        if self.variant is Variant.PUBLISHED:
            make = partial(PublishedConvolution, shares_ancillas=False)
        return make(self.kernels[layer - 1], self.m, b, QROMLoader(), self.rotation)

    def alpha_wanted(self) -> SymbolicFloat | None:
        """The alpha to which weights are amplified, if they are."""
        if self.kappa is None and self.variant is Variant.PUBLISHED:
            return settled(PUBLISHED_KAPPA * SLOPE / self.slope)
        return self.kappa

    @property
    def least_length(self) -> SymbolicFloat:
        """Smallest length of x + f(W x), promised or proved. Unit: 1."""
        return settled(shortest(self.slope) if self.length is None else self.length)

    def plan(self, kappa: SymbolicFloat) -> NetworkPlan:
        """The plan for weights of this alpha."""
        return _plan(self, kappa)


@lru_cache(maxsize=256)
def _plan(request: NetworkRequest, kappa: SymbolicFloat) -> NetworkPlan:
    return network_plan(
        request.variant,
        len(request.kernels),
        request.entries,
        request.epsilon,
        kappa,
        length=request.least_length,
        output=request.output,
        classes=request.classes,
        output_length=request.output_length,
        tau=request.tau,
        slope=request.slope,
        split=request.split,
    )


@frozen(kw_only=True)
class BuiltNetwork:
    """A network and the plan that it was built from.

    Args:
        network: the bloq.
        plan: of the last block's kappa, for what concerns the whole network.
        b: bits of an angle.
    """

    network: LayeredNetwork
    plan: NetworkPlan
    b: SymbolicInt


def build_network(request: NetworkRequest) -> BuiltNetwork:
    """The network, with angles as fine as its epsilon needs.

    Raises:
        ValueError: if something is out of range or does not go together, or no number of bits up
            to `MOST_BITS` makes the error small enough.
    """
    if request.b is not None:
        return _with_bits(request, request.b)
    sizes = [request.n, request.epsilon, request.least_length, request.tau, request.slope]
    sizes += [] if request.output_length is None else [request.output_length]
    convolutions = [request.convolution(1 + k, 8) for k in range(len(request.kernels))]
    promises = [x for conv in convolutions for x in (conv.alpha, conv.epsilon)]
    if (wanted := request.alpha_wanted()) is not None:
        promises.append(wanted)
    if free_symbols([*sizes, *promises]):
        return _with_bits(request, symbols.b)
    best = _with_bits(request, MOST_BITS)
    if free_symbols([best.plan.vector_epsilon]):  # as the published error of a pool, in classes
        return _with_bits(request, symbols.b)
    if (room := _room(best)) < 0:
        raise ValueError(
            f"epsilon = {float(request.epsilon):g} needs angles of more than {MOST_BITS} bits, the "
            f"most that are costed; allow a larger error"
        )
    low, high, step = 3, MOST_BITS, 0
    excess: dict[int, float] = {}  # error of rounded angles, as a share of the room for it
    while high - low > 1:
        middle = (low + high) // 2 if step % 5 == 4 else _next_bits(low, high, excess)
        found, step = _with_bits(request, middle), step + 1
        excess[middle] = 1 - _room(found) / room if room else math.inf
        low, high, best = (middle, high, best) if _room(found) < 0 else (low, middle, found)
    return best


def _room(built: BuiltNetwork) -> float:
    """How much larger the error of a network may be; negative if it is too large already."""
    allowed = float(built.plan.vector_epsilon) * (1 + 1e-9)
    return allowed - float(built.network.epsilon)


def _next_bits(low: int, high: int, excess: Mapping[int, float]) -> int:
    """A number of bits between two, where the error would be what it may be.

    With each bit more a small error of rounded angles falls by one factor, between the square root
    of two and two.

    Args:
        low: bits that are too few.
        high: bits that are enough.
        excess: the error by number of bits, as a share of what it may be.
    """
    known = [(b, math.log2(x)) for b, x in excess.items() if LEAST_SHARE < x < MOST_SHARE]
    known.sort(key=lambda each: abs(each[1]))
    if not excess and low < FIRST_BITS < high:
        return FIRST_BITS
    if known:
        (b, size), *others = known
        seen = [(size - y) / (b - x) for x, y in others][:1]
        for slope in [*(min(max(x, -1.0), -0.5) for x in seen), -0.5, -1.0]:
            guess = min(math.ceil(b - size / slope), high - 1)
            if guess > low:
                return guess
    return (low + high) // 2


def _with_bits(request: NetworkRequest, b: SymbolicInt) -> BuiltNetwork:
    source = Source(
        access=request.access,
        memory=request.memory,
        b=b,
        rotation=request.rotation,
        order=request.order,
        repeats=request.repeats,
    )
    vector, n = source.vector(request.n), request.n
    layers: list[Layer] = []
    errors: list[tuple[sympy.Symbol, sympy.Expr]] = []
    last = len(request.kernels) + (request.output is Output.LINEAR_POOL)
    plans: list[BlockPlan] = []
    made: dict[Kernel, AbstractBlockEncoding] = {}
    ancillas, error = vector.ancilla_bitsize, vector.epsilon
    for i in range(1, len(request.kernels) + 1):
        kernel = request.kernels[i - 1]
        if kernel not in made:
            made[kernel] = _weights(request, i, b)
        weights = made[kernel]
        plan = request.plan(weights.alpha).blocks[i - 1]
        plans.append(plan)
        previous = previous_vector(n, ancillas, error)
        layers.append(ResidualBlock(previous, weights, _named(plan, i), None, request.least_length))
        ancillas, error = layers[-1].ancilla_bitsize, layers[-1].epsilon
        if is_symbolic(error) and not sympy.sympify(error).is_number and i < last:
            errors.append((own.error_after(i), error))
            error = own.error_after(i)
    whole = request.plan(plans[-1].kappa)
    if whole.output is not None:
        published = request.variant is Variant.PUBLISHED
        output = whole.output
        if is_symbolic(output.sign_degree):
            name = own.sign_degree_of(len(plans) + 1)
            output = evolve(output, sign_degree=name)
        tables = (source.columns(n), source.norms(n))
        previous = previous_vector(n, ancillas, error)
        layers.append(OutputBlock(previous, *tables, output, None, output.length, 1, published))
    open_calls = free_symbols(layer.plan.calls for layer in layers)
    names = tuple(own.calls_of(i) for i in range(len(layers))) if open_calls else ()
    parts = [*_degrees(plans, whole), *errors]
    if (degree := open_degree(weights)) is not None:
        parts.append((symbols.degree, degree))
    network = LayeredNetwork(vector, tuple(layers), names, tuple(parts))
    return BuiltNetwork(network=network, plan=whole, b=b)


def _weights(request: NetworkRequest, layer: int, b: SymbolicInt) -> AbstractBlockEncoding:
    """The weights of a block, counted from 1, amplified as far as is wanted."""
    conv, wanted = request.convolution(layer, b), request.alpha_wanted()
    budget = request.plan(conv.alpha if wanted is None else wanted).blocks[0].budget
    share = weights_share(budget, request.least_length, request.slope)
    return weights_encoding(conv, wanted, share)


def _named(plan: BlockPlan, i: int) -> BlockPlan:
    """The plan with symbols for degrees that are not numbers."""
    if is_symbolic(plan.erf_degree):
        plan = evolve(plan, erf_degree=own.erf_degree_of(i))
    if is_symbolic(plan.sign_degree):
        plan = evolve(plan, sign_degree=own.sign_degree_of(i))
    return plan


def _degrees(
    plans: list[BlockPlan], whole: NetworkPlan
) -> tuple[tuple[sympy.Symbol, sympy.Expr], ...]:
    """Degrees that are not numbers, as functions of slopes, lengths and errors."""
    found: list[tuple[sympy.Symbol, sympy.Expr]] = []
    for i, plan in enumerate(plans, start=1):
        found.append((own.erf_degree_of(i), plan.erf_degree))
        found.append((own.sign_degree_of(i), plan.sign_degree))
    if whole.output is not None:
        found.append((own.sign_degree_of(len(plans) + 1), whole.output.sign_degree))
    return tuple((symbol, degree) for symbol, degree in found if is_symbolic(degree))
