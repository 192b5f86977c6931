"""Convolution of groups of channels that do not meet: tables without the zeros between them."""

import numpy as np
from attrs import frozen
from qualtran import bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.convolution.abstract_multiplexed import AbstractMultiplexed, Table
from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.same_calls import SAME_CALLS
from estimator import symbols


@frozen(cache_hash=True)
class GroupedConvolution(AbstractMultiplexed):
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
    def exchanged(self) -> SymbolicInt:
        inside = self.kernel.C_in
        return 0 if is_symbolic(inside) else (inside - 1).bit_length()

    @property
    def column_sum(self) -> SymbolicFloat:
        taps = self.taps
        if taps.entries is None:
            return taps.column_sum
        inside = int(taps.C_in)
        by_group = np.abs(taps.array).reshape(-1, inside, inside, taps.D, taps.D)
        return float(by_group.sum(axis=(1, 3, 4)).max())

    @property
    def tables(self) -> tuple[Table, Table]:
        by_output, inside = self.coded(), 2**self.exchanged
        by_group = by_output.reshape(-1, inside, inside, *by_output.shape[2:])
        channels = len(by_output)
        return by_group.swapaxes(1, 2).reshape(channels, -1), by_output.reshape(channels, -1)

    def coded(self) -> Table:
        """The taps at the places of their codes; shape (2**c, 2**e, 2**d, 2**d)."""
        taps = self.taps
        direction, _ = taps.code
        place = direction * (np.arange(taps.D) - taps.offset) % 2**taps.d
        padded = np.zeros((2**taps.c, 2**self.exchanged, 2**taps.d, 2**taps.d))
        padded[: taps.C_out, :, place[:, None], place] = taps.array
        return padded


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
