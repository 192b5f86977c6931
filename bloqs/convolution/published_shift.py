r"""The shifts of the published convolution: $P^s$ on a periodic image, $Q^s$ on one with a border.

$Q$ is `HalfShift` amplified exactly, and $Q^s$ a product of s of them; $Q^{-s} = (Q^T)^s$.

Source: [RHGPR25] Lem. B.14 to B.16; B.4 for the amplification.
"""

from attrs import frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding
from bloqs.composite import controlled_form
from bloqs.convolution.cyclic_shift import CyclicShift
from bloqs.convolution.half_shift import HalfShift
from bloqs.convolution.kernel import Kernel
from bloqs.encodings.exact_amplification import ExactAmplification
from bloqs.encodings.nonzero_flag import NonzeroFlag
from bloqs.encodings.product_encoding import ProductEncoding
from estimator.costs.simplify import largest

Calls = dict[Bloq, SymbolicInt]


def one_sided_shift(m: SymbolicInt) -> ExactAmplification:
    """Q with alpha = 1 and two ancillas: three calls of `HalfShift`. Published: four ancillas."""
    return ExactAmplification(HalfShift(m))


@frozen
class ShiftFamily:
    """Every shift that one coordinate of a convolution needs.

    Args:
        kernel: whose taps shift; none past the image.
        m: log2 of the image side. Unit: qubits.
        shares_ancillas: whether the factors of $Q^s$ share two ancillas and take a flag each, but
            the last, or have two ancillas each as published.
    """

    kernel: Kernel
    m: SymbolicInt
    shares_ancillas: bool

    @property
    def below(self) -> SymbolicInt:
        """The farthest shift up or to the left. Unit: pixels."""
        return self.kernel.offset

    @property
    def above(self) -> SymbolicInt:
        """The farthest shift down or to the right. Unit: pixels."""
        return self.kernel.D - 1 - self.kernel.offset

    def shift(self, s: int) -> AbstractBlockEncoding | None:
        """The shift by s pixels; `None` for none."""
        if s == 0:
            return None
        if self.kernel.wraps:
            return CyclicShift(self.m, s)
        one = one_sided_shift(self.m)
        step = one if s > 0 else one.adjoint()
        if abs(s) == 1:
            return step
        return ProductEncoding((step,) * abs(s), shares_ancillas=self.shares_ancillas)

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        """Ancillas of the farthest shift. Unit: qubits."""
        if self.kernel.wraps or self.kernel.D == 1:
            return 0
        farthest = largest({self.below, self.above})
        return farthest + 1 if self.shares_ancillas else 2 * farthest

    @property
    def step(self) -> AbstractBlockEncoding | None:
        """A shift by one pixel, which has as many work qubits as any; `None` for a single tap."""
        return None if self.kernel.D == 1 else self.shift(1)

    def controlled_calls(self) -> Calls:
        """What all shifts together call, each controlled and called once.

        Of a kernel without entries, in closed form: the steps in the products, not the products.
        """
        if self.kernel.entries is not None:
            shifts = [self.shift(s) for s in range(-self.below, self.above + 1)]
            return {controlled_form(shift): 1 for shift in shifts if shift is not None}
        near = {sign: _at_most_one(far) for sign, far in ((1, self.above), (-1, self.below))}
        if self.kernel.wraps:
            calls: Calls = {controlled_form(CyclicShift(self.m, s)): near[s] for s in near}
            others = self.kernel.D - 1 - near[1] - near[-1]
            return {**calls, controlled_form(CyclicShift(self.m, None)): others}
        one, (up, down) = one_sided_shift(self.m), (_sum_to(self.above), _sum_to(self.below))
        calls = {controlled_form(one): up, controlled_form(one.adjoint()): down}
        if self.shares_ancillas:
            calls[NonzeroFlag(2)] = up + down - (self.kernel.D - 1)
        return calls


def _sum_to(n: SymbolicInt) -> SymbolicInt:
    """1 + 2 + ... + n."""
    return n * (n + 1) / 2 if is_symbolic(n) else n * (n + 1) // 2


def _at_most_one(n: SymbolicInt) -> SymbolicInt:
    """Whether there is a shift by one among n; a symbolic side is at least 4, so there is."""
    return 1 if is_symbolic(n) else min(n, 1)
