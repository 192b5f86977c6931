"""From steps on a register to the chain of bloqs that takes them, at given images."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, evolve, field, frozen

from bloqs.abstract import AbstractLoader, AbstractVectorEncoding
from bloqs.convolution.kernel import Kernel
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.matrix_vector import MatrixVector
from bloqs.encodings.sub_encoding import SubEncoding
from bloqs.encodings.tensor_vector import TensorVector
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.encodings.vector_sum import VectorSum
from bloqs.feedforward.circuits.dense_encoding import DenseEncoding
from bloqs.feedforward.circuits.earlier_vector import EarlierVector
from bloqs.feedforward.circuits.image_window import ImageWindow
from bloqs.feedforward.circuits.layer_chain import LayerChain
from bloqs.feedforward.circuits.negated_vector import NegatedVector
from bloqs.feedforward.circuits.pooled_vector import PooledVector
from bloqs.feedforward.circuits.widened_vector import WidenedVector
from bloqs.feedforward.model.recognition import Feedforward
from bloqs.feedforward.model.register import Values
from bloqs.feedforward.model.steps import (
    AbstractStep,
    Add,
    Convolve,
    Curve,
    Cut,
    Multiply,
    Narrow,
    Pool,
    Rescale,
    Sum,
    Widen,
)
from bloqs.qsvt.entrywise_function import EntrywiseFunction
from bloqs.qsvt.lengthened_vector import LengthenedVector
from estimator import symbols
from estimator.phases.find import phases_of
from estimator.polynomials.activation import activation_polynomial
from estimator.polynomials.activation_degree import activation_degree
from estimator.polynomials.activation_functions import ACTIVATIONS
from estimator.polynomials.composed_amplification import (
    ComposedAmplification,
    composed_amplification,
)

SPARE = 0.8
"""Part of the margin of a lengthening that its polynomial uses; the rest is for vectors that are
longer than planned, by errors of the circuit before. Unit: 1."""

LEAST_GAIN = 1.2
"""A vector is lengthened by this factor at least, or not at all. Unit: 1."""

LONGEST_SPAN = 1.25
"""How far beyond the largest entry at the images an activation has to be accurate. Unit: 1."""


@frozen(kw_only=True)
class Settings:
    """How the circuits are made.

    Args:
        share: error that each step with errors of its own may add, relative to the l2 norm of what
            it makes. Unit: 1.
        margin: a vector is lengthened to one minus this, at the image where it is longest.
        loader: the memory that holds weights, biases and the image.
        rotation: how the bits of an angle turn a qubit.
        runs: whether tables and phases are filled in, so that there is a circuit to run.
        in_pieces: whether every step starts from boxes, so that it can be run alone.
    """

    share: float
    margin: float
    loader: AbstractLoader
    rotation: Rotation
    runs: bool = False
    in_pieces: bool = False


@frozen(kw_only=True)
class Piece:
    """One step's circuit by itself.

    Args:
        name: of the step's output; with "/longer" that of its input, lengthened.
        what: kind of step.
        bloq: the circuit, from `EarlierVector`s named after what they stand for.
        values: of the register, for each image.
    """

    name: str
    what: str
    bloq: AbstractVectorEncoding
    values: tuple[Values, ...]


@frozen(kw_only=True)
class LayerFacts:
    """What the circuit of one layer is up against, at the first image.

    Args:
        name: of the layer.
        what: the kind of step.
        norm: l2 norm of what it acts on.
        reach: what one amplitude stands for before it: entry = reach * amplitude.
        gain: factor by which the vector is lengthened first; 1 if it is not.
        rounds: degree of that, calls of what comes before.
        degree: of the activation's polynomial; 0 if there is none.
        part: number of the part of the chain it belongs to, from 1.
    """

    name: str
    what: str
    norm: float
    reach: float
    gain: float
    rounds: int
    degree: int
    part: int

    @property
    def probability(self) -> float:
        """Of finding the flags in zero, before the lengthening."""
        return (self.norm / self.reach) ** 2


@frozen(kw_only=True)
class CurvePlan:
    """How an activation is approximated.

    Args:
        asked: arguments of `activation_polynomial`: kind, reach, span, error and scale.
        degree: of the polynomial.
        reach: what one amplitude stands for when it is applied.
        reach_before: and before the vector was lengthened.
        lengthening: the polynomial of that, if it was.
    """

    asked: tuple[str, float, float, float, float]
    degree: int
    reach: float
    reach_before: float
    lengthening: ComposedAmplification | None


@frozen
class Built:
    """A network's circuit, and what was found on the way.

    Args:
        chain: the circuit.
        curves: how activations are approximated, by name of the step's output.
        layers: facts about every lengthening and activation, in order.
        values: of the register at the end, for each image.
        reach: what one amplitude of the output stands for.
        pieces: every step's circuit, if it was asked for in pieces.
    """

    chain: LayerChain
    curves: Mapping[str, CurvePlan]
    layers: tuple[LayerFacts, ...]
    values: tuple[Values, ...]
    reach: float
    pieces: tuple[Piece, ...] = ()


@frozen
class _Held:
    """An encoded vector and what it is at every image."""

    bloq: AbstractVectorEncoding
    reach: float
    values: tuple[Values, ...]
    lengthening: ComposedAmplification | None = None
    reach_before: float = 0.0

    @property
    def norm(self) -> float:
        """At the first image."""
        return float(np.linalg.norm(self.values[0]))

    @property
    def longest(self) -> float:
        """l2 norm at the image where it is largest."""
        return max(float(np.linalg.norm(x)) for x in self.values)


def build_chain(network: Feedforward, images: Sequence[Values], settings: Settings) -> Built:
    """The circuit of a network.

    Args:
        network: its steps.
        images: tensors of the input, batch axis included, at least one; norms and ranges are those
            of the largest among them, lengths of vectors those of the first.
        settings: how the circuits are made.

    Raises:
        ValueError: if a layer makes the zero vector of the first image, or a polynomial with the
            error asked for cannot be had.
    """
    return _Builder(network, settings).built(images)


@define
class _Builder:
    network: Feedforward
    settings: Settings
    held: dict[str, _Held] = field(factory=dict)
    parts: list[AbstractVectorEncoding] = field(factory=list)
    layers: list[LayerFacts] = field(factory=list)
    curves: dict[str, CurvePlan] = field(factory=dict)
    pieces: list[Piece] = field(factory=list)
    step: Any = None

    def built(self, images: Sequence[Values]) -> Built:
        network = self.network
        source = self.source(tuple(network.first.put(image) for image in images))
        self.held[network.source] = self.earlier(source, network.source)
        last_use = {name: i for i, step in enumerate(network.steps) for name in step.inputs}
        has_curve = False
        for number, self.step in enumerate(network.steps):
            step = self.step
            inputs = [self.held[name] for name in step.inputs]
            has_curve |= isinstance(step, Curve)
            made = self.piece(self.taken(step, inputs), step.output, type(step).__name__)
            if step.output == network.result:
                made = self.lengthened(made, "output")
                made = self.piece(made, f"{step.output}/longer", "Lengthen")
            self.held[step.output] = made
            self.held = {x: v for x, v in self.held.items() if last_use.get(x, -1) > number
                         or x == network.result}  # fmt: skip
            is_last = number == len(network.steps) - 1
            if is_last or (has_curve and len(self.held) == 1 and step.output in self.held):
                self.parts.append(made.bloq)
                if not is_last:
                    self.held[step.output] = self.earlier(made, step.output)
                has_curve = False
        last = self.held[network.result]
        chain = LayerChain(source.bloq, tuple(self.parts), is_listed=not self.settings.runs)
        return Built(
            chain, self.curves, tuple(self.layers), last.values, last.reach, tuple(self.pieces)
        )

    def source(self, values: tuple[Values, ...]) -> _Held:
        n = self.network.first.register.n
        if not np.any(values[0]):
            raise ValueError("the image is zero everywhere; there is no vector to start from")
        return _Held(self.loaded(values[0].ravel(), n), float(np.linalg.norm(values[0])), values)

    def earlier(self, made: _Held, name: str) -> _Held:
        """A black box in the place of a circuit."""
        bloq = made.bloq
        sizes = bloq.system_bitsize, bloq.ancilla_bitsize
        box = EarlierVector(*sizes, float(bloq.alpha), float(bloq.epsilon), name=name)
        return evolve(made, bloq=box)

    def piece(self, made: _Held, name: str, what: str) -> _Held:
        """The same, noted and boxed if the circuit is asked for in pieces."""
        if not self.settings.in_pieces or isinstance(made.bloq, EarlierVector):
            return made
        self.pieces.append(Piece(name=name, what=what, bloq=made.bloq, values=made.values))
        return self.earlier(made, name)

    def taken(self, step: AbstractStep, inputs: Sequence[_Held]) -> _Held:
        if isinstance(step, Curve):
            longer = self.lengthened(inputs[0], step.kind)
            return self.curved(step, self.piece(longer, f"{step.inputs[0]}/longer", "Lengthen"))
        values = tuple(
            step.apply(*each) for each in zip(*(one.values for one in inputs), strict=True)
        )
        if not np.any(values[0]):
            raise ValueError(
                f"layer '{step.name}' makes the zero vector of the first image; there is nothing "
                "to encode"
            )
        made, reach = TAKERS[type(step)](self, step, inputs, float(np.linalg.norm(values[0])))
        return _Held(made, reach, values)

    # Tables.

    def bits(self, angles: int, worst: float) -> int:
        """Bits of an angle that keep an error within a quarter of the share.

        Args:
            angles: that are rounded one after another.
            worst: what an error of one radian makes of the result, relative.
        """
        wanted = 4 * angles * math.pi * worst / self.settings.share
        return max(4, math.ceil(math.log2(wanted)))

    def loaded(self, vector: Values, n: int) -> LoadedVector:
        b = self.bits(n, 1.0)
        settings = self.settings
        if settings.runs:
            return LoadedVector.of(vector, b, settings.loader, settings.rotation)
        return LoadedVector(RotationTree(None, 0, n, b, settings.loader, settings.rotation))

    # One method for each kind of step: the encoding, and what an amplitude of it stands for.

    def widened(
        self, step: Widen, inputs: Sequence[_Held], norm: float
    ) -> tuple[AbstractVectorEncoding, float]:
        vector = inputs[0].bloq
        return WidenedVector(vector, step.after.n - vector.system_bitsize), inputs[0].reach

    def narrowed(
        self, step: Narrow, inputs: Sequence[_Held], norm: float
    ) -> tuple[AbstractVectorEncoding, float]:
        vector = inputs[0].bloq
        flags = vector.system_bitsize - step.after.n
        return SubEncoding(vector, flags, 1, 0, 0, is_leading=True), inputs[0].reach

    def convolved(
        self, step: Convolve, inputs: Sequence[_Held], norm: float
    ) -> tuple[AbstractVectorEncoding, float]:
        taps = step.expanded[:, :, ::-1, ::-1]
        C_out, C_in, D, _ = taps.shape
        offset, m = D - 1 - step.pad_begin, step.before.m
        near = np.abs(np.arange(D) - offset) < 2**m
        sizes = np.abs(taps * near[:, None] * near)
        rows, columns = sizes.sum(axis=(1, 2, 3)).max(), sizes.sum(axis=(0, 2, 3)).max()
        norms = ((symbols.s_r, float(rows)), (symbols.s_c, float(columns)))
        entries = tuple(map(float, taps.ravel())) if self.settings.runs else None
        kernel = Kernel(entries, C_out, C_in, D, offset, False, () if entries else norms)
        settings, ratio = self.settings, norm / inputs[0].norm
        plain = MultiplexedConvolution(kernel, m, 4, settings.loader, settings.rotation)
        b = self.bits(2 * (plain.tree_size + 1), float(plain.alpha) / ratio)
        return self.product(evolve(plain, b=b), inputs[0], ratio)

    def multiplied(
        self, step: Multiply, inputs: Sequence[_Held], norm: float
    ) -> tuple[AbstractVectorEncoding, float]:
        n, settings = step.before.n, self.settings
        alpha, ratio = float(np.linalg.norm(step.matrix)), norm / inputs[0].norm
        b = self.bits(2 * n, alpha / ratio)
        if settings.runs:
            whole = np.zeros((2**n, 2**n))
            whole[: len(step.matrix)] = step.matrix
            dense = DenseEncoding.of(whole, b, settings.loader, settings.rotation)
        else:
            tree = RotationTree(None, n, n, b, settings.loader, settings.rotation)
            dense = DenseEncoding(tree, evolve(tree, s=0), alpha)
        return self.product(dense, inputs[0], ratio)

    def cut(
        self, step: Cut, inputs: Sequence[_Held], norm: float
    ) -> tuple[AbstractVectorEncoding, float]:
        window = ImageWindow(step.side, step.before.c, step.before.m)
        return self.product(window, inputs[0], norm / inputs[0].norm)

    def product(
        self, matrix: Any, held: _Held, ratio: float
    ) -> tuple[AbstractVectorEncoding, float]:
        bloq = MatrixVector(matrix, held.bloq, ratio)
        return bloq, held.reach * float(matrix.alpha)

    def added(
        self, step: Add, inputs: Sequence[_Held], norm: float
    ) -> tuple[AbstractVectorEncoding, float]:
        constant, register = step.whole, step.after
        size = float(np.linalg.norm(constant))
        bias: AbstractVectorEncoding
        if not step.is_by_channel:
            bias = self.loaded(constant.ravel(), register.n)
        elif register.c == 0:
            bias = UniformVector(2 * register.m)
            bias = NegatedVector(bias) if step.constant[0] < 0 else bias
        else:
            channels = self.loaded(step.constant, register.c)
            bias = TensorVector(channels, UniformVector(2 * register.m))
        return self.weighed(inputs[0].bloq, bias, inputs[0].reach, size, norm)

    def weighed(
        self, first: Any, second: Any, reach: float, other: float, norm: float
    ) -> tuple[AbstractVectorEncoding, float]:
        """The sum of two vectors of which an amplitude stands for so much."""
        both = reach + other
        return VectorSum(first, second, reach / both, norm / both), both

    def summed(
        self, step: Sum, inputs: Sequence[_Held], norm: float
    ) -> tuple[AbstractVectorEncoding, float]:
        bloqs = [
            NegatedVector(one.bloq) if weight < 0 else one.bloq
            for one, weight in zip(inputs, step.weights, strict=True)
        ]
        reaches = [abs(w) * one.reach for one, w in zip(inputs, step.weights, strict=True)]
        return self.weighed(*bloqs, *reaches, norm)

    def pooled(
        self, step: Pool, inputs: Sequence[_Held], norm: float
    ) -> tuple[AbstractVectorEncoding, float]:
        scale = step.factor / 2**step.bits if step.averages else 1.0
        left = min(1.0, norm / scale / inputs[0].norm)
        bloq = PooledVector(inputs[0].bloq, step.before.m, step.bits, step.averages, left)
        return bloq, inputs[0].reach * scale

    def rescaled(
        self, step: Rescale, inputs: Sequence[_Held], norm: float
    ) -> tuple[AbstractVectorEncoding, float]:
        vector = inputs[0].bloq
        bloq = NegatedVector(vector) if step.factor < 0 else vector
        return bloq, inputs[0].reach * abs(step.factor)

    # Lengths and activations.

    def lengthened(self, held: _Held, what: str) -> _Held:
        """The same vector, lengthened as far as the longest image allows."""
        share, margin = self.settings.share, self.settings.margin
        wanted = held.longest / (1 - margin)
        gain, degree = held.reach / wanted, 0
        facts = LayerFacts(
            name=self.step.name, what=what, norm=held.norm, reach=held.reach, gain=1.0, rounds=0,
            degree=0, part=len(self.parts) + 1,
        )  # fmt: skip
        if gain < LEAST_GAIN or held.bloq.ancilla_bitsize == 0:
            self.layers.append(facts)
            return held
        error = share * held.norm / wanted
        found = composed_amplification(_rounded(gain), margin * SPARE, _rounded_down(error))
        gain, degree = found.factor, found.degree
        phases = None
        if self.settings.runs:
            phases = tuple(phases_of(found.polynomial.array).reflection.tolist())
        bloq = LengthenedVector(held.bloq, phases, degree, found.error, gain)
        self.layers.append(evolve(facts, gain=gain, rounds=degree))
        return evolve(
            held, bloq=bloq, reach=held.reach / gain, lengthening=found, reach_before=held.reach
        )

    def curved(self, step: Curve, held: _Held) -> _Held:
        """An activation of every amplitude."""
        values = tuple(step.apply(x) for x in held.values)
        norm = float(np.linalg.norm(values[0]))
        if norm == 0:
            raise ValueError(
                f"layer '{step.name}' makes the zero vector of the first image; there is nothing "
                "to encode"
            )
        reach, scale = held.reach, abs(step.scale)
        size = max(float(np.abs(x).max()) for x in held.values)
        span = min(reach, LONGEST_SPAN * size)
        error = self.settings.share * norm / math.sqrt(2**step.after.n)
        even: tuple[float, ...] | None = None
        odd: tuple[float, ...] | None = None
        if self.settings.runs:
            found = activation_polynomial(step.kind, reach, span, error, scale)
            weights, degree = (found.even_bound, found.odd_bound), found.degree
            even, odd = (
                tuple(phases_of(np.array(part) / weight, parity).reflection.tolist())
                if weight else ()
                for parity, (part, weight) in enumerate(
                    zip((found.even, found.odd), weights, strict=True)
                )
            )  # fmt: skip
        else:
            evens, odds, *bounds = activation_degree(step.kind, reach, span, error, scale)
            weights, degree = tuple(bounds), max(evens, odds)
        bloq = EntrywiseFunction(
            held.bloq, even, odd, degree, *weights,
            lipschitz=_lipschitz(step), error=error / reach, norm=norm / reach,
        )  # fmt: skip
        self.layers[-1] = evolve(self.layers[-1], degree=degree)
        self.curves[step.output] = CurvePlan(
            asked=(step.kind, reach, span, error, scale), degree=degree, reach=reach,
            reach_before=held.reach_before, lengthening=held.lengthening,
        )  # fmt: skip
        return _Held(bloq, reach * sum(weights), values)


def _lipschitz(step: Curve) -> float:
    """Lipschitz constant of an activation."""
    return ACTIVATIONS[step.kind].lipschitz * step.scale


def _rounded(gain: float) -> float:
    """A little less than a factor, so that few polynomials serve many layers."""
    return float(f"{gain * 0.995:.3g}")


def _rounded_down(error: float) -> float:
    """A power of two below an error, likewise."""
    return 2.0 ** math.floor(math.log2(error))


Taker = Callable[..., tuple[AbstractVectorEncoding, float]]

TAKERS: dict[type[AbstractStep], Taker] = {
    Add: _Builder.added,
    Convolve: _Builder.convolved,
    Cut: _Builder.cut,
    Multiply: _Builder.multiplied,
    Narrow: _Builder.narrowed,
    Pool: _Builder.pooled,
    Rescale: _Builder.rescaled,
    Sum: _Builder.summed,
    Widen: _Builder.widened,
}
"""Kind of step -> what makes its encoding."""
