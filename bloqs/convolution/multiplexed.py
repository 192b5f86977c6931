"""Convolution by preparations that look at the channel: a smaller alpha."""

from functools import cached_property
from typing import Any

import numpy as np
import sympy
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import TwoBitCSwap, TwoBitSwap
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class MultiplexedConvolution(AbstractConvolution):
    r"""Spreads each input channel over its own taps: alpha is $\sqrt{s_r s_c}$.

    Controlled by the channel $j$, the index is prepared as $\sum_{ikl} sign(K)
    \sqrt{|K_{ijkl}| / s_c}\, |i, k, l\rangle|0\rangle$ plus what is missing to norm one beside a
    flag in $|1\rangle$. Index $i$ and channel change places, the tap index is added to both
    coordinates, and, controlled by the new channel, the same is undone with row sums and a flag
    of its own. $s_c$ and $s_r$ are the largest sums of $|K|$ over one input and one output.

    Args: see `AbstractConvolution`.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(c + 2 m): channel, column, row, each most significant bit first.
        ancilla: QAny(c + 2 d + 4): channel index, k, l, the flags of columns and of rows, the
            overflow bits of column and row (none for a periodic image). Starts in zero; finding
            zero again flags success.

    Encodes: $C$ with alpha = sqrt(s_r s_c), epsilon = alpha 2 (c + 2 d + 1) pi / 2**b (spectral
        norm).

    Cost: two trees over c + 2 d qubits and two over one qubit, all with 2**c rows, and 2 m AND
        (2 (m - 1) for a periodic image); controlled, every lookup is, and c CSWAP exchange the
        channel.

    Raises:
        ValueError: if m or b is too small, the kernel is a number, or no tap reaches the image or
            alpha overflows or underflows.

    Source: [RHGPR25] Lem. B.17 for the operator; the circuit is ours, after [GSLW18] Lem. 48.
    """

    @property
    def alpha(self) -> SymbolicFloat:
        r, c = self.taps.row_sum, self.taps.column_sum
        return sympy.sqrt(r * c) if is_symbolic(r, c) else float(np.sqrt(r * c))

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.rounding(self.tree_size + 1)

    @property
    def tree_size(self) -> SymbolicInt:
        return self.kernel.c + 2 * self.kernel.d

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.kernel.c + 2 * self.kernel.d + 2 + self.overflows

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("other channel", self.kernel.c),
            ("tap row", self.kernel.d),
            ("tap column", self.kernel.d),
            ("input flag", 1),
            ("output flag", 1),
            ("column overflow", self.overflows // 2),
            ("row overflow", self.overflows // 2),
        )

    @cached_property
    def trees(self) -> tuple[RotationTree, ...]:
        c = self.kernel.c
        if self.kernel.entries is None:
            right = left = self.tree(None, c, self.tree_size)
            fill = self.tree(None, c, 1)
            return right, fill, fill.adjoint(), left.adjoint()
        K = self.taps.coded()
        by_input, by_output = K.swapaxes(0, 1).reshape(2**c, -1), K.reshape(2**c, -1)
        right = self.tree(np.sign(by_input) * np.sqrt(np.abs(by_input)), c, self.tree_size)
        left = self.tree(np.sqrt(np.abs(by_output)), c, self.tree_size)
        fill_right = self.tree(shares(by_input), c, 1)
        fill_left = self.tree(shares(by_output), c, 1)
        return right, fill_right, fill_left.adjoint(), left.adjoint()

    @property
    def select(self) -> dict[Bloq, SymbolicInt]:
        return {TwoBitCSwap() if self.is_controlled else TwoBitSwap(): self.kernel.c}

    def write(self, wires: Wires, system: list[Wire], ancilla: list[Wire]) -> None:
        c, d, m, control = self.kernel.c, self.kernel.d, self.m, [("ctrl", 0)]
        channel, column, row = system[:c], system[c : c + m], system[c + m :]
        index, rest = ancilla[: c + 2 * d], ancilla[c + 2 * d :]
        other, k, l = index[:c], index[c : c + d], index[c + d :]
        flags, overflows = rest[:2], rest[2:]
        right, fill_right, fill_left, left = self.trees
        shared: dict[str, Any] = {"ctrl": control, "row": channel, "gradient": self.gradient}

        wires.on(right, target=index, **shared)
        wires.on(fill_right, target=flags[:1], **shared)
        for q, index_bit in zip(channel, other, strict=True):
            if self.is_controlled:
                wires.cswap(control[0], q, index_bit)
            else:
                wires.swap(q, index_bit)
        if self.shift is not None:
            wires.on(self.shift, v=l, overflow=overflows[:1], x=column)
            wires.on(self.shift, v=k, overflow=overflows[1:], x=row)
        wires.on(fill_left, target=flags[1:], **shared)
        wires.on(left, target=index, **shared)


def shares(K: NDArray[np.float64]) -> NDArray[np.float64]:
    """Amplitudes of the flag: the root of each row's share of the largest row, and of the rest."""
    share = np.abs(K).sum(axis=1)
    share = np.minimum(share / share.max(), 1.0)
    return np.stack([np.sqrt(share), np.sqrt(1 - share)], axis=1)


@bloq_example(generalizer=SAME_CALLS)
def _multiplexed_convolution() -> MultiplexedConvolution:
    K = np.array([1.0, -2.0, 0.5, 0.25, 0.0, 1.0, 1.0, 3.0]).reshape(1, 2, 2, 2)
    return MultiplexedConvolution(Kernel.of(K), 2, 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _multiplexed_convolution_large() -> MultiplexedConvolution:
    K = np.arange(-13.0, 14.0).reshape(3, 1, 3, 3)
    return MultiplexedConvolution(Kernel.of(K), 3, 6, QROAMLoader(1), Rotation.PHASE_GRADIENT)


@bloq_example(generalizer=SAME_CALLS)
def _multiplexed_convolution_controlled() -> MultiplexedConvolution:
    K = np.array([1.0, -2.0, 0.5, 0.25, 0.0, 1.0, 1.0, 3.0]).reshape(2, 1, 2, 2)
    kernel, rotation = Kernel.of(K, Padding.CIRCULAR), Rotation.BITWISE
    return MultiplexedConvolution(kernel, 2, 4, QROMLoader(), rotation, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _multiplexed_convolution_adjoint() -> MultiplexedConvolution:
    K = np.array([1.0, -2.0, 0.5, 0.25, 0.0, 1.0, 1.0, 3.0]).reshape(2, 1, 2, 2)
    kernel, rotation = Kernel.of(K, Padding.TOP_LEFT), Rotation.BITWISE
    return MultiplexedConvolution(kernel, 1, 4, QROMLoader(), rotation, is_adjoint=True)


@bloq_example(generalizer=SAME_CALLS)
def multiplexed_convolution_symbolic_example() -> MultiplexedConvolution:
    kernel, rotation = Kernel.symbolic(), Rotation.PHASE_GRADIENT
    return MultiplexedConvolution(kernel, symbols.m, symbols.b, QROMLoader(), rotation)
