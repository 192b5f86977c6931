"""What convolutions share whose preparations look at the channel."""

import abc
from functools import cached_property
from typing import Any

import numpy as np
import sympy
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq
from qualtran.bloqs.basic_gates import TwoBitCSwap, TwoBitSwap
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.wires import Wire, Wires

Table = NDArray[np.float64]


@frozen(cache_hash=True)
class AbstractMultiplexed(AbstractConvolution):
    r"""Spreads each input channel over its own taps: alpha is $\sqrt{s_r s_c}$.

    Subclasses are final. They define `exchanged`, `column_sum` and `tables`.
    """

    @property
    @abc.abstractmethod
    def exchanged(self) -> SymbolicInt:
        """Low bits of the channel that change places with a prepared index. Unit: qubits."""

    @property
    @abc.abstractmethod
    def column_sum(self) -> SymbolicFloat:
        """s_c, the largest sum of |K| over one input channel. Unit: 1."""

    @property
    @abc.abstractmethod
    def tables(self) -> tuple[Table, Table]:
        """The taps of every input and of every output channel, at the places of their codes.

        Both of shape (2**c, 2**tree_size): the exchanged index, row, column.
        """

    @property
    def alpha(self) -> SymbolicFloat:
        r, c = self.taps.row_sum, self.column_sum
        return sympy.sqrt(r * c) if is_symbolic(r, c) else float(np.sqrt(r * c))

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.rounding(self.tree_size + 1)

    @property
    def tree_size(self) -> SymbolicInt:
        return self.exchanged + 2 * self.kernel.d

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.tree_size + 2 + self.overflows

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("other channel", self.exchanged),
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
        by_input, by_output = self.tables
        right = self.tree(np.sign(by_input) * np.sqrt(np.abs(by_input)), c, self.tree_size)
        left = self.tree(np.sqrt(np.abs(by_output)), c, self.tree_size)
        fill_right = self.tree(_shares(by_input), c, 1)
        fill_left = self.tree(_shares(by_output), c, 1)
        return right, fill_right, fill_left.adjoint(), left.adjoint()

    @property
    def select(self) -> dict[Bloq, SymbolicInt]:
        return {TwoBitCSwap() if self.is_controlled else TwoBitSwap(): self.exchanged}

    def write(self, wires: Wires, system: list[Wire], ancilla: list[Wire]) -> None:
        c, d, m, e = self.kernel.c, self.kernel.d, self.m, self.exchanged
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


def _shares(K: Table) -> Table:
    """Amplitudes of the flag: the root of each row's share of the largest row, and of the rest."""
    share = np.abs(K).sum(axis=1)
    share = np.minimum(share / share.max(), 1.0)
    return np.stack([np.sqrt(share), np.sqrt(1 - share)], axis=1)
