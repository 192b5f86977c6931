"""Convolution by preparations that look at the channel: a smaller alpha."""

import numpy as np
from attrs import frozen
from qualtran import bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.convolution.abstract_multiplexed import AbstractMultiplexed, Table
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.same_calls import SAME_CALLS
from estimator import symbols


@frozen(cache_hash=True)
class MultiplexedConvolution(AbstractMultiplexed):
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
    def exchanged(self) -> SymbolicInt:
        return self.kernel.c

    @property
    def column_sum(self) -> SymbolicFloat:
        return self.taps.column_sum

    @property
    def tables(self) -> tuple[Table, Table]:
        K, channels = self.taps.coded(), 2**self.kernel.c
        return K.swapaxes(0, 1).reshape(channels, -1), K.reshape(channels, -1)


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
