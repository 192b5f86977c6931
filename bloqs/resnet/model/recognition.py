"""From a network file's layers to a `ResidualNetwork`, or one sentence why they make none."""

from typing import TypeVar

import attrs
import numpy as np

from bloqs.resnet.model.network import (
    NORM_SLACK,
    Bins,
    LinearOutput,
    ResidualNetwork,
    column_major,
)
from estimator.network.convolution_layer import Convolution
from estimator.network.layers import (
    AbstractLayer,
    Activation,
    Dense,
    Matrix,
    Normalisation,
    NormReduction,
    Power,
    Reshape,
    Scale,
    Skip,
)
from estimator.network.network import Network

Kind = TypeVar("Kind", bound=AbstractLayer)

FORM = (
    "a residual network is: normalise; copy to channels (optional); blocks of convolution, erf, "
    "skip, normalise; square, dense, skip, normalise (optional); sums of squares (optional)"
)


def residual_network_of(network: Network) -> ResidualNetwork:
    """The network that a file describes, vectors reordered to channel, column, row.

    The output matrix and the classes are permuted with the vectors, so the probabilities are
    those of the file. Without sums of squares at the end, every entry is a class of its own.

    Raises:
        ValueError: if a layer does not fit the form of a residual network; the sentence names it.

    Source: [RHGPR25] Thm. 2 for the form
    """
    reader = _Reader(network)
    reader.normalise()
    copies = reader.copies()
    blocks, slope = reader.blocks()
    C, M = blocks[0].kernel.shape[1], blocks[0].side
    # Index in the file of the entry at each place of the column-major vector.
    order = column_major(np.arange(C * M**2).reshape(C, M, M))
    output = reader.output(order)
    bins = reader.bins(order)
    if reader.rest:
        raise ValueError(f"{reader.name} goes on with {_shown(reader.rest[0])}; {FORM}")
    return ResidualNetwork(blocks, slope, output, bins, copies)


def _shown(layer: AbstractLayer) -> str:
    return f"layer {type(layer).__name__} (node '{layer.name or layer.output}')"


@attrs.define
class _Reader:
    network: Network
    rest: list[AbstractLayer] = attrs.field(init=False)
    current: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.rest = list(self.network.layers)
        self.current = self.network.input_name

    @property
    def name(self) -> str:
        return self.network.name

    def next_is(self, kind: type[AbstractLayer]) -> bool:
        return bool(self.rest) and isinstance(self.rest[0], kind)

    def take(self, kind: type[Kind], *inputs: str) -> Kind:
        """The next layer, which must be of that kind and consume exactly these tensors."""
        if not self.rest:
            raise ValueError(f"{self.name} ends where a {kind.__name__} is expected; {FORM}")
        layer = self.rest.pop(0)
        if not isinstance(layer, kind) or set(layer.inputs) != set(inputs or (self.current,)):
            raise ValueError(
                f"{self.name} has {_shown(layer)} where a {kind.__name__} of "
                f"{' and '.join(repr(each) for each in inputs or (self.current,))} is expected; "
                + FORM
            )
        self.current = layer.output
        return layer

    def flatten(self) -> None:
        while self.next_is(Reshape) and len(self.rest[0].shape) == 2:  # type: ignore[attr-defined]
            self.take(Reshape)

    def normalise(self) -> None:
        layer = self.take(Normalisation)
        if not layer.everything:
            raise ValueError(f"{_shown(layer)} must divide by the l2 norm of all entries")

    def copies(self) -> Matrix | None:
        if not self.next_is(Scale):
            return None
        layer = self.take(Scale)
        if len(self.network.input_shape) != 4 or self.network.input_shape[1] != 1:
            raise ValueError(
                f"{_shown(layer)} may copy one channel to several, but the image has shape "
                f"{self.network.input_shape}"
            )
        copies = layer.factor.reshape(-1)
        if layer.factor.size != max(layer.factor.shape, default=1) or (
            layer.factor.ndim > 2 and layer.factor.shape[-3] != copies.size
        ):
            raise ValueError(
                f"{_shown(layer)} must have one factor for each channel, got shape "
                f"{layer.factor.shape}"
            )
        return copies

    def blocks(self) -> tuple[tuple[Convolution, ...], float]:
        blocks, slopes = [], []
        while self.next_is(Convolution):
            before = self.current
            blocks.append(self.take(Convolution))
            activation = self.take(Activation)
            if activation.kind != "erf":
                raise ValueError(f"{_shown(activation)} must be erf, got {activation.kind}")
            slopes.append(activation.scale)
            skip = self.take(Skip, before, self.current)
            if any(abs(weight - 1) > NORM_SLACK for weight in skip.weights):
                raise ValueError(f"{_shown(skip)} must have weights 1 and 1, got {skip.weights}")
            self.normalise()
        if not blocks:
            self.take(Convolution)
        if max(slopes) - min(slopes) > NORM_SLACK:
            raise ValueError(f"{self.name} must have one slope of erf, got {slopes}")
        return tuple(blocks), slopes[0]

    def output(self, order: Matrix) -> LinearOutput | None:
        self.flatten()
        if not (len(self.rest) > 1 and isinstance(self.rest[1], Dense)):
            return None
        before = self.current
        power = self.take(Power)
        if power.exponent != 2:
            raise ValueError(f"{_shown(power)} must square, got exponent {power.exponent}")
        dense = self.take(Dense)
        if dense.bias.any():
            raise ValueError(f"{_shown(dense)} must have no bias")
        if dense.matrix.shape != (len(order), len(order)):
            raise ValueError(
                f"{_shown(dense)} must be square with {len(order)} rows, got {dense.matrix.shape}"
            )
        skip = self.take(Skip, before, self.current)
        weights = dict(zip(skip.inputs, skip.weights, strict=True))
        if min(weights.values()) <= 0:
            raise ValueError(f"{_shown(skip)} must have weights above zero, got {skip.weights}")
        self.normalise()
        return LinearOutput(
            dense.matrix[np.ix_(order, order)], weights[before] / sum(weights.values())
        )

    def bins(self, order: Matrix) -> Bins:
        """Class of each entry: the file's consecutive runs, in the order of the vectors here."""
        self.flatten()
        if not self.rest:
            return order.astype(np.int64)
        reshape = self.take(Reshape)
        if len(reshape.shape) != 3:
            raise ValueError(
                f"{_shown(reshape)} must make runs of one length, got shape {reshape.shape}"
            )
        norms = self.take(NormReduction)
        power = self.take(Power)
        if norms.axes != (2,) or power.exponent != 2:
            raise ValueError(
                f"{self.name} must end in sums of squares over runs, got axes {norms.axes} and "
                f"exponent {power.exponent}"
            )
        return (order // reshape.shape[2]).astype(np.int64)
