"""Convolution of groups of channels that do not meet: tables without the zeros between them."""

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
from bloqs.convolution.kernel import Kernel
from bloqs.convolution.multiplexed import shares
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class GroupedConvolution(AbstractConvolution):
    r"""A `MultiplexedConvolution` whose channel $(g, j)$ only reaches channels $(g, i)$.

    The group $g$ and the channel $j$ in it are parts of one index. Only $j$ changes places with a
    prepared index, so that the trees are over as many taps as one channel has. With one channel in
    a group, the convolution is depthwise, and nothing changes places.

    Args:
        kernel: of shape (channels, channels of a group, D, D): the taps of each output channel on
            the inputs of its own group. Channels of a group are a power of two, in and out.
        m, b, loader, rotation, is_controlled, is_adjoint: see `AbstractConvolution`.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(c + 2 m): channel, column, row, each most significant bit first; the group
            is in the more significant bits of the channel.
        ancilla: QAny(e + 2 d + 4), 2**e channels in a group: channel index, k, l, the flags of
            columns and of rows, the overflow bits of column and row (none for a periodic image).
            Starts in zero; finding zero again flags success.

    Encodes: the convolution with alpha = sqrt(s_r s_c), epsilon = alpha 2 (e + 2 d + 1) pi / 2**b
        (spectral norm).

    Cost: two trees over e + 2 d qubits and two over one qubit, all with 2**c rows, and 2 m AND
        (2 (m - 1) for a periodic image); controlled, every lookup is, and e CSWAP exchange the
        channel.

    Raises:
        ValueError: if the channels of a group are no power of two or do not divide all, m or b is
            too small, or no tap reaches the image or alpha overflows or underflows.

    Source: ours, after [GSLW18] Lem. 48.
    """

    def __attrs_post_init__(self) -> None:
        inside, channels = self.kernel.C_in, self.kernel.C_out
        if not is_symbolic(inside, channels) and (inside & (inside - 1) or channels % inside):
            raise ValueError(
                f"groups need a power of two of channels that divides all {channels}, got {inside}"
            )
        super().__attrs_post_init__()

    @property
    def e(self) -> SymbolicInt:
        """log2 of the channels of a group. Unit: qubits."""
        inside = self.kernel.C_in
        return 0 if is_symbolic(inside) else (inside - 1).bit_length()

    @property
    def alpha(self) -> SymbolicFloat:
        r, c = self.taps.row_sum, self.column_sum
        return sympy.sqrt(r * c) if is_symbolic(r, c) else float(np.sqrt(r * c))

    @property
    def column_sum(self) -> SymbolicFloat:
        """The largest sum of |K| over one input channel. Unit: 1."""
        taps = self.taps
        if taps.entries is None:
            return taps.column_sum
        inside = int(taps.C_in)
        by_group = np.abs(taps.array).reshape(-1, inside, inside, taps.D, taps.D)
        return float(by_group.sum(axis=(1, 3, 4)).max())

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.rounding(self.tree_size + 1)

    @property
    def tree_size(self) -> SymbolicInt:
        return self.e + 2 * self.kernel.d

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.tree_size + 2 + self.overflows

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("other channel", self.e),
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
        by_output = self.coded()
        by_input = by_output.reshape(-1, *(2**self.e,) * 2, by_output.shape[2], by_output.shape[3])
        rows, columns = by_output.reshape(2**c, -1), by_input.swapaxes(1, 2).reshape(2**c, -1)
        right = self.tree(np.sign(columns) * np.sqrt(np.abs(columns)), c, self.tree_size)
        left = self.tree(np.sqrt(np.abs(rows)), c, self.tree_size)
        fill_right = self.tree(shares(columns), c, 1)
        fill_left = self.tree(shares(rows), c, 1)
        return right, fill_right, fill_left.adjoint(), left.adjoint()

    def coded(self) -> NDArray[np.float64]:
        """The taps at the places of their codes; shape (2**c, 2**e, 2**d, 2**d)."""
        taps = self.taps
        direction, _ = taps.code
        place = direction * (np.arange(taps.D) - taps.offset) % 2**taps.d
        padded = np.zeros((2**taps.c, 2**self.e, 2**taps.d, 2**taps.d))
        padded[: taps.C_out, :, place[:, None], place] = taps.array
        return padded

    @property
    def select(self) -> dict[Bloq, SymbolicInt]:
        return {TwoBitCSwap() if self.is_controlled else TwoBitSwap(): self.e}

    def write(self, wires: Wires, system: list[Wire], ancilla: list[Wire]) -> None:
        c, d, m, e = self.kernel.c, self.kernel.d, self.m, self.e
        control: list[Wire] = [("ctrl", 0)]
        channel, column, row = system[:c], system[c : c + m], system[c + m :]
        index, rest = ancilla[: e + 2 * d], ancilla[e + 2 * d :]
        other, k, l = index[:e], index[e : e + d], index[e + d :]
        flags, overflows = rest[:2], rest[2:]
        right, fill_right, fill_left, left = self.trees
        shared: dict[str, Any] = {"ctrl": control, "row": channel, "gradient": self.gradient}

        wires.on(right, target=index, **shared)
        wires.on(fill_right, target=flags[:1], **shared)
        for q, index_bit in zip(channel[c - e :], other, strict=True):
            if self.is_controlled:
                wires.cswap(control[0], q, index_bit)
            else:
                wires.swap(q, index_bit)
        if self.shift is not None:
            wires.on(self.shift, v=l, overflow=overflows[:1], x=column)
            wires.on(self.shift, v=k, overflow=overflows[1:], x=row)
        wires.on(fill_left, target=flags[1:], **shared)
        wires.on(left, target=index, **shared)


@bloq_example(generalizer=SAME_CALLS)
def _grouped_convolution() -> GroupedConvolution:
    K = np.array([1.0, -2.0, 0.5, 0.25, 0.0, 1.0, 1.0, 3.0]).reshape(2, 1, 2, 2)
    return GroupedConvolution(Kernel.of(K), 2, 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _grouped_convolution_of_pairs() -> GroupedConvolution:
    K = np.arange(-35.0, 37.0).reshape(4, 2, 3, 3)
    return GroupedConvolution(Kernel.of(K), 2, 6, QROAMLoader(1), Rotation.PHASE_GRADIENT)


@bloq_example(generalizer=SAME_CALLS)
def _grouped_convolution_controlled() -> GroupedConvolution:
    K = np.array([1.0, -2.0, 0.5, 0.25] * 4).reshape(4, 2, 1, 2).repeat(2, axis=2)
    return GroupedConvolution(
        Kernel.of(K), 1, 4, QROMLoader(), Rotation.BITWISE, is_controlled=True
    )


@bloq_example(generalizer=SAME_CALLS)
def _grouped_convolution_adjoint() -> GroupedConvolution:
    K = np.array([1.0, -2.0, 0.5, 0.25, 0.0, 1.0, 1.0, 3.0]).reshape(2, 1, 2, 2)
    return GroupedConvolution(Kernel.of(K), 1, 4, QROMLoader(), Rotation.BITWISE, is_adjoint=True)


@bloq_example(generalizer=SAME_CALLS)
def _grouped_convolution_symbolic() -> GroupedConvolution:
    kernel, rotation = Kernel.symbolic(), Rotation.PHASE_GRADIENT
    return GroupedConvolution(kernel, symbols.m, symbols.b, QROMLoader(), rotation)
