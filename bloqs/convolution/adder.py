"""Convolution by one prepared index and two adders."""

from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.convolution.channel_exchange import ChannelExchange
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class AdderConvolution(AbstractConvolution):
    r"""LCU over all taps whose SELECT is two additions: alpha is the sum of all $|K|$.

    The index $|i\rangle_c|j\rangle_c|k\rangle_d|l\rangle_d$ is prepared with amplitudes
    $sign(K)\sqrt{|K|/\alpha}$ and unprepared with $\sqrt{|K|/\alpha}$. In between, XOR of $j$,
    exchange with a fresh register and XOR of $i$ turn the channel from $j$ to $i$; the tap index
    is added to both coordinates at once.

    Args: see `AbstractConvolution`.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(c + 2 m): channel, column, row, each most significant bit first.
        ancilla: QAny(3 c + 2 d + 2): i, j, k, l, the exchanged channel, the overflow bits of column
            and row (none for a periodic image). Starts in zero; finding zero again flags success.

    Encodes: $C$ with alpha = sum |K| and epsilon = alpha 2 (2 c + 2 d) pi / 2**b (spectral norm).

    Cost: two trees over 2 c + 2 d qubits, and 2 m AND (2 (m - 1) for a periodic image); controlled,
        every lookup is, and c CSWAP exchange the channel.

    Raises:
        ValueError: if m or b is too small, the kernel is a number, or no tap reaches the image or
            alpha overflows or underflows.

    Source: [RHGPR25] Lem. B.17 and B.5 for operator and LCU; SELECT by adders is ours.
    """

    @property
    def alpha(self) -> SymbolicFloat:
        return self.taps.norm_1

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.rounding(self.tree_size)

    @property
    def tree_size(self) -> SymbolicInt:
        return 2 * self.kernel.c + 2 * self.kernel.d

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 3 * self.kernel.c + 2 * self.kernel.d + self.overflows

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("output channel", self.kernel.c),
            ("input channel", self.kernel.c),
            ("tap row", self.kernel.d),
            ("tap column", self.kernel.d),
            ("exchanged channel", self.kernel.c),
            ("column overflow", self.overflows // 2),
            ("row overflow", self.overflows // 2),
        )

    @cached_property
    def trees(self) -> tuple[RotationTree, ...]:
        signed: Any = None
        root: Any = None
        if self.kernel.entries is not None:
            K = self.taps.coded().reshape(1, -1)
            root = np.sqrt(np.abs(K))
            signed = np.sign(K) * root
        prepare = self.tree(signed, 0, self.tree_size)
        return prepare, self.tree(root, 0, self.tree_size).adjoint()

    @property
    def exchange(self) -> ChannelExchange | None:
        """The step from channel j to channel i; `None` for a single channel."""
        c = self.kernel.c
        return ChannelExchange(c, self.is_controlled) if is_symbolic(c) or c else None

    @property
    def select(self) -> dict[Bloq, SymbolicInt]:
        return {} if self.exchange is None else {self.exchange: 1}

    def write(self, wires: Wires, system: list[Wire], ancilla: list[Wire]) -> None:
        c, d, m, control = self.kernel.c, self.kernel.d, self.m, [("ctrl", 0)]
        channel, column, row = system[:c], system[c : c + m], system[c + m :]
        index, rest = ancilla[: 2 * c + 2 * d], ancilla[2 * c + 2 * d :]
        i, j, k, l = (index[:c], index[c : 2 * c], index[2 * c : 2 * c + d], index[2 * c + d :])
        exchanged, overflows = rest[:c], rest[c:]
        prepare, unprepare = self.trees

        wires.on(prepare, ctrl=control, target=index, gradient=self.gradient)
        if self.exchange is not None:
            wires.on(self.exchange, ctrl=control, i=i, j=j, channel=channel, fresh=exchanged)
        if self.shift is not None:
            wires.on(self.shift, v=l, overflow=overflows[:1], x=column)
            wires.on(self.shift, v=k, overflow=overflows[1:], x=row)
        wires.on(unprepare, ctrl=control, target=index, gradient=self.gradient)


@bloq_example(generalizer=SAME_CALLS)
def adder_convolution_example() -> AdderConvolution:
    K = np.array([[[[1.0, -2.0], [0.5, 0.25]]]])
    return AdderConvolution(Kernel.of(K), 2, 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def adder_convolution_channels_example() -> AdderConvolution:
    K = np.arange(-8.0, 10.0).reshape(1, 2, 3, 3)
    return AdderConvolution(Kernel.of(K), 2, 6, QROAMLoader(1), Rotation.PHASE_GRADIENT)


@bloq_example(generalizer=SAME_CALLS)
def _adder_convolution_controlled() -> AdderConvolution:
    K = np.array([1.0, -2.0, 0.5, 0.25, 0.0, 1.0, 1.0, 3.0]).reshape(2, 1, 2, 2)
    kernel = Kernel.of(K, Padding.CIRCULAR)
    rotation = Rotation.PHASE_GRADIENT
    return AdderConvolution(kernel, 2, 4, QROMLoader(), rotation, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _adder_convolution_adjoint() -> AdderConvolution:
    K = np.array([[[[1.0, -2.0], [0.5, 0.25]]]])
    return AdderConvolution(
        Kernel.of(K, Padding.TOP_LEFT), 1, 4, QROMLoader(), Rotation.BITWISE, is_adjoint=True
    )


@bloq_example(generalizer=SAME_CALLS)
def adder_convolution_symbolic_example() -> AdderConvolution:
    kernel, rotation = Kernel.symbolic(), Rotation.PHASE_GRADIENT
    return AdderConvolution(kernel, symbols.m, symbols.b, QROMLoader(), rotation)
