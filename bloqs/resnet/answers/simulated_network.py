"""A classical residual network and one image as the bloqs that a simulation runs."""

from enum import StrEnum
from functools import cached_property, lru_cache

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray
from qualtran.symbolics import SymbolicFloat

from bloqs.abstract import AbstractVectorEncoding
from bloqs.convolution.answers import kernel_of
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.squared_product import SquaredProduct
from bloqs.resnet.circuits.output_block import OutputBlock, output_phases
from bloqs.resnet.circuits.residual_block import BlockPhases, ResidualBlock
from bloqs.resnet.model.block_plan import (
    OUTPUT_WEIGHT,
    PUBLISHED_KAPPA,
    SLOPE,
    BlockPlan,
    Output,
    OutputPlan,
    Variant,
    block_plan,
    budget,
    shortest,
    slope_of,
)
from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.model.network_plan import NetworkPlan, check_weight, network_plan
from bloqs.simulation.boxed_vector import BoxedVector
from bloqs.simulation.dilation import Dilation

BITS = 40
"""Bits of the angles of loaded vectors and matrices: an error of about 1e-11."""

LARGEST_N = 8
"""Width of the largest vectors: a block after another one has 2 n + 7 qubits. Unit: qubits."""

MOST_DEGREE = 12_000
"""Degree of a normalisation up to which its phases are looked for: minutes beyond."""

Matrix = NDArray[np.float64]


class Lengths(StrEnum):
    """What is promised about the lengths that normalisations divide by."""

    MEASURED = "measured"
    """The lengths in the classical network at this image."""
    PROVEN = "proven"
    """The shortest that any network of this form can have."""


@frozen(kw_only=True)
class NetworkInstance:
    """The first residual blocks of a network at one input, and the output block after the last.

    Vectors are padded by zeros at the end, to a number of channels that is a power of two.

    Args:
        network: of any slope that its form allows.
        psi: its input, shape (N,), l2 norm 1.
        variant: the construction; with the output block not that of fixed points, whose phase
            would show beside the squares, even if the last residual block were a tight one.
        epsilon: total error, l2 norm of the last vector; of the class probabilities if that is the
            output block's.
        k: residual blocks to build, the first ones.
        has_output: whether the output block follows.
        lengths: what is promised about lengths.

    Raises:
        ValueError: if the network has another slope or size than the circuits, or another skip
            weight than the published one has; psi is no input, epsilon not between 0 and 1, k out
            of range, or there is no output block.
    """

    network: ResidualNetwork
    psi: Matrix = field(repr=False)
    variant: Variant
    epsilon: float
    k: int
    has_output: bool = False
    lengths: Lengths = Lengths.MEASURED

    def __attrs_post_init__(self) -> None:
        network = self.network
        if not 1 <= self.k <= network.k:
            raise ValueError(
                f"the number of blocks must be from 1 to {network.k}, those of the network, "
                f"got {self.k}"
            )
        if not 0 < self.epsilon < 1:
            raise ValueError(f"epsilon must be between 0 and 1, got {self.epsilon}")
        if network.M < 2 or network.M & (network.M - 1):
            raise ValueError(
                f"the image side must be a power of two >= 2 to be simulated, got {network.M}"
            )
        if self.n > LARGEST_N:
            raise ValueError(
                f"vectors of at most {2**LARGEST_N} entries are simulated, got {2**self.n}; choose "
                f"a smaller image or fewer channels"
            )
        if self.has_output:
            if network.output is None:
                raise ValueError("this network has no output block; simulate it without one")
            if self.variant is Variant.FIXED_POINT:
                raise ValueError(
                    "fixed-point blocks leave a phase that the output block would see; choose "
                    "tight blocks, or simulate without the output block"
                )
            if self.k < network.k:
                raise ValueError(
                    f"the output block follows all {network.k} residual blocks, got {self.k}"
                )
            check_weight(self.variant, network.output.tau)
        network.checked(self.psi)

    @property
    def slope(self) -> SymbolicFloat:
        """Of the activation. Unit: 1."""
        return slope_of(self.network.slope)

    @property
    def tau(self) -> float:
        """Weight of the skip path of the output block; the published one if there is none."""
        output = self.network.output
        return float(OUTPUT_WEIGHT) if output is None else output.tau

    @property
    def n(self) -> int:
        """Width of the vectors. Unit: qubits."""
        return (self.network.C - 1).bit_length() + 2 * (self.network.M.bit_length() - 1)

    @cached_property
    def references(self) -> tuple[Matrix, ...]:
        """The vectors of the classical network, of length 2**n: the input and one for each layer.

        They know nothing of the circuits.
        """
        states = self.network.states(self.psi)
        kept = states if self.has_output else states[: self.k + 1]
        return tuple(self._padded(state) for state in kept)

    def kappa(self, i: int) -> float:
        """alpha of the encoding of the weights of block i, counted from 1.

        That of the multiplexed convolution; published, that of its amplification.
        """
        if self.variant is Variant.PUBLISHED:
            return float(PUBLISHED_KAPPA * SLOPE / self.slope)
        return float(self.convolution(i).alpha)

    def convolution(self, i: int) -> MultiplexedConvolution:
        """The circuit that the dilation of the weights of block i stands for."""
        layer = self.network.blocks[i - 1]
        m = self.network.M.bit_length() - 1
        return MultiplexedConvolution(kernel_of(layer), m, BITS, QROMLoader(), Rotation.BITWISE)

    def matrix(self, i: int) -> Matrix:
        """The weights of block i, shape (2**n, 2**n), by the classical network."""
        return _matrix(self.network, i - 1, 2**self.n)

    @cached_property
    def _measured(self) -> tuple[float, ...]:
        return self.network.norms(self.psi)

    def length(self, i: int) -> float:
        """What is promised about the sum of block i; the output block is the last. Unit: 1."""
        if self.lengths is Lengths.MEASURED:
            return self._measured[i - 1]
        return float(shortest(self.slope)) if i <= self.k else 2 * self.tau - 1

    @cached_property
    def plan(self) -> NetworkPlan:
        """Of the whole, for the largest alpha; each block has its own plan in `block_plans`."""
        output = Output.LINEAR_POOL if self.has_output else Output.NONE
        return network_plan(
            self.variant,
            self.k,
            2**self.n,
            self.epsilon,
            max(self.kappa(i) for i in range(1, self.k + 1)),
            length=self._shortest,
            output=output,
            classes=self.network.classes,
            output_length=self.length(self.k + 1) if self.has_output else None,
            tau=self.tau,
            slope=self.slope,
        )

    @property
    def _shortest(self) -> float:
        return min(self.length(i) for i in range(1, self.k + 1))

    @cached_property
    def block_plans(self) -> tuple[BlockPlan, ...]:
        """The plans of the residual blocks, each for its own alpha and length."""
        plans = []
        for i in range(1, self.k + 1):
            share, incoming = budget(
                self.variant, i, self.k, self.plan.blocks_epsilon, self._shortest, self.slope
            )
            plans.append(
                block_plan(
                    self.variant,
                    self.kappa(i),
                    self.length(i),
                    2**self.n,
                    share,
                    incoming,
                    self.slope,
                )
            )
        return tuple(plans)

    def source(self) -> BoxedVector:
        """The input, loaded with angles of `BITS` bits."""
        vector = self.references[0]
        return BoxedVector(LoadedVector.of(vector, BITS, QROMLoader(), Rotation.BITWISE))

    def block(self, i: int, vector: AbstractVectorEncoding) -> ResidualBlock:
        """Residual block i after `vector`, with its weights dilated."""
        plan = self.block_plans[i - 1]
        if plan.sign_degree > MOST_DEGREE:
            raise ValueError(
                f"block {i} normalises with degree {int(plan.sign_degree):,}, more than the "
                f"{MOST_DEGREE:,} that are simulated; choose another variant, measured lengths or "
                f"a larger error"
            )
        weights = Dilation.of_matrix(self.matrix(i), plan.kappa)
        return ResidualBlock(vector, weights, plan, _block_phases(plan), self.length(i))

    def output_block(self, vector: AbstractVectorEncoding) -> OutputBlock:
        """The output block after `vector`."""
        plan, output = self.plan.output, self.network.output
        if plan is None or output is None:
            raise ValueError("this instance has no output block")
        W = np.zeros((2**self.n, 2**self.n))
        W[: self.network.N, : self.network.N] = output.matrix
        signal = float(np.linalg.norm(W @ self.references[self.k] ** 2))
        if self.lengths is Lengths.PROVEN:
            signal = 1.0
        product = SquaredProduct.of(vector, W, signal, BITS, QROMLoader(), Rotation.BITWISE)
        return OutputBlock(
            vector,
            product.columns,
            product.norms,
            plan,
            _output_phases(plan),
            self.length(self.k + 1),
            signal,
            is_published=self.variant is Variant.PUBLISHED,
        )

    def _padded(self, vector: Matrix) -> Matrix:
        return np.concatenate([vector, np.zeros(2**self.n - len(vector))])


@lru_cache(maxsize=8)
def _matrix(network: ResidualNetwork, number: int, size: int) -> Matrix:
    matrix = np.zeros((size, size))
    columns = [network.convolve(number, unit) for unit in np.eye(network.N)]
    matrix[: network.N, : network.N] = np.stack(columns, axis=1)
    return matrix


@lru_cache(maxsize=64)
def _block_phases(plan: BlockPlan) -> BlockPhases:
    return BlockPhases.of(plan)


@lru_cache(maxsize=16)
def _output_phases(plan: OutputPlan) -> tuple[float, ...]:
    return output_phases(plan)
