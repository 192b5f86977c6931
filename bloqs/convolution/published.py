"""Convolution as published: one term for each tap, shifted by products of one-pixel shifts."""

from functools import cached_property
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.convolution.published_claims import PublishedClaims
from bloqs.convolution.published_select import PublishedSelect
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.data_loading.phase_gradient import gradient_size
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class PublishedConvolution(AbstractConvolution):
    r"""LCU over all taps, each a term of its own: alpha is the sum of all $|K|$.

    The index $|i\rangle_c|j\rangle_c|k\rangle_d|l\rangle_d$ is prepared with amplitudes
    $\sqrt{|K|/\alpha}$, chooses among $sign(K)\, |i\rangle\langle j| \otimes Q^{l-o} \otimes
    Q^{k-o}$, and is unprepared. The published roots of negative taps meet their conjugates and
    lose the sign, which is therefore in the choice. On a periodic image the shifts are $P^{l-o}$.

    Args: see `AbstractConvolution`, and
        shares_ancillas: whether the factors of a $Q^s$ share two ancillas, with a flag for each
            but the last, or have two ancillas each, as published with four each.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(c + 2 m): channel, column, row, each most significant bit first.
        ancilla: QAny(2 c + 2 d + 1 + 4 S), or QAny(2 c + 2 d + 1 + 2 (S + 1)) if `shares_ancillas`,
            S the farthest shift: i, j, k, l, the flag of the channel (none for a single one),
            those of the shifts of column and row (none for a periodic image). Starts in zero;
            finding zero again flags success. Published: see `claims`.

    Encodes: $C$ with alpha = sum |K| and epsilon = alpha 2 (2 c + 2 d) pi / 2**b (spectral norm).

    Cost: two trees over 2 c + 2 d qubits and one `PublishedSelect`, which runs Q or its inverse
        2 C_out C_in D (1 + ... + S_above + 1 + ... + S_below) times, C_out C_in D**3 / 2 for a
        centred kernel of 2**d taps; controlled, the choice alone is.

    Raises:
        ValueError: if m or b is too small, the kernel is a number, or no tap reaches the image or
            alpha overflows or underflows.

    Source: [RHGPR25] Lem. 5, B.14 to B.17; the corrections are in `published_claims`.
    """

    shares_ancillas: bool = field(kw_only=True)

    @cached_property
    def near(self) -> Kernel:
        """The kernel cut to the taps that reach the image."""
        kernel = self.kernel.within(self.m)
        if kernel.wraps or is_symbolic(kernel.D, kernel.offset, self.m):
            return kernel
        far, o = 2**self.m - 1, kernel.offset
        first, last = max(0, o - far), min(kernel.D - 1, o + far)
        entries = None
        if kernel.entries is not None:
            taps = kernel.array[:, :, first : last + 1, first : last + 1]
            entries = tuple(float(x) for x in taps.reshape(-1))
        return evolve(kernel, entries=entries, D=last + 1 - first, offset=o - first)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.near.norm_1

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.rounding(self.tree_size)

    @property
    def tree_size(self) -> SymbolicInt:
        return 2 * self.near.c + 2 * self.near.d

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.tree_size + self.choice.ancilla_bitsize

    @property
    def ancilla_names(self) -> WireNames:
        return (*self.choice.index_names, *self.choice.ancilla_names)

    @property
    def claims(self) -> PublishedClaims:
        """What is printed about a convolution of this size."""
        return PublishedClaims(self.kernel)

    @property
    def shift(self) -> None:
        """There is no shift by an amount in a register."""
        return None

    @cached_property
    def trees(self) -> tuple[RotationTree, ...]:
        rows: Any = None
        if self.near.entries is not None:
            c, d, K = self.near.c, self.near.d, self.near.array
            padded = np.zeros((2**c, 2**c, 2**d, 2**d))
            padded[tuple(map(slice, K.shape))] = np.sqrt(np.abs(K))
            rows = padded.reshape(1, -1)
        prepare = evolve(self.tree(rows, 0, self.tree_size), is_controlled=False)
        return prepare, prepare.adjoint()

    @property
    def choice(self) -> PublishedSelect:
        """The choice among the terms, controlled if there is a control."""
        return PublishedSelect(
            self.near, self.m, self.shares_ancillas, is_controlled=self.is_controlled
        )

    @property
    def select(self) -> dict[Bloq, SymbolicInt]:
        return {self.choice: 1}

    @property
    def work(self) -> SymbolicInt:
        """Work qubits of the widest step, and the phase gradient. Unit: qubits."""
        choosing = known_cost(self.choice, PeakQubits()) - self.choice.signature.n_qubits()
        steps = {choosing, *(tree.work for tree in self.trees)}
        return largest(steps) + gradient_size(self.rotation, self.b)

    def write(self, wires: Wires, system: list[Wire], ancilla: list[Wire]) -> None:
        index, rest = ancilla[: self.tree_size], ancilla[self.tree_size :]
        prepare, unprepare = self.trees
        wires.on(prepare, target=index, gradient=self.gradient)
        wires.on(self.choice, ctrl=[("ctrl", 0)], index=index, system=system, ancilla=rest)
        wires.on(unprepare, target=index, gradient=self.gradient)


@bloq_example(generalizer=SAME_CALLS)
def _published_convolution() -> PublishedConvolution:
    kernel = Kernel.of(np.array([[[[1.0, -2.0], [0.5, 0.25]]]]))
    rotation = Rotation.BITWISE
    return PublishedConvolution(kernel, 2, 5, QROMLoader(), rotation, shares_ancillas=False)


@bloq_example(generalizer=SAME_CALLS)
def _published_convolution_channels() -> PublishedConvolution:
    kernel, rotation = Kernel.of(np.arange(-8.0, 10.0).reshape(1, 2, 3, 3)), Rotation.PHASE_GRADIENT
    return PublishedConvolution(kernel, 2, 6, QROAMLoader(1), rotation, shares_ancillas=True)


@bloq_example(generalizer=SAME_CALLS)
def _published_convolution_controlled() -> PublishedConvolution:
    kernel = Kernel.of(np.arange(-3.0, 5.0).reshape(2, 1, 2, 2), Padding.CIRCULAR)
    memory, rotation = QROMLoader(), Rotation.PHASE_GRADIENT
    return PublishedConvolution(
        kernel, 2, 4, memory, rotation, is_controlled=True, shares_ancillas=False
    )


@bloq_example(generalizer=SAME_CALLS)
def _published_convolution_adjoint() -> PublishedConvolution:
    kernel = Kernel.of(np.arange(-4.0, 5.0).reshape(1, 1, 3, 3), Padding.TOP_LEFT)
    memory, rotation = QROMLoader(), Rotation.BITWISE
    return PublishedConvolution(
        kernel, 2, 4, memory, rotation, is_adjoint=True, shares_ancillas=False
    )


@bloq_example(generalizer=SAME_CALLS)
def _published_convolution_symbolic() -> PublishedConvolution:
    kernel, rotation = Kernel.symbolic(), Rotation.PHASE_GRADIENT
    return PublishedConvolution(
        kernel, symbols.m, symbols.b, QROMLoader(), rotation, shares_ancillas=False
    )
