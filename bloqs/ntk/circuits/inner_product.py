"""The inner product of a point in a register with a known one, added to a sum."""

from typing import Any

import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import XGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import AbstractComposite
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits, ToffoliDepth


@frozen(cache_hash=True)
class InnerProduct(AbstractComposite):
    r"""Applies $|u\rangle|z\rangle \to |u\rangle|z + \sum_j c_j u_j \bmod 2^w\rangle$, c odd.

    An odd number $|c| < 2^{b'}$ is $\sum_{k < b'} \pm 2^k$. Every term is one addition to the
    upper bits of the sum; those with a minus sign come together, between complements of the sum.

    Args:
        reference: c of every entry, or `None` when only the sizes matter.
        d: entries of a point, at least 1.
        b: bits of an entry of the point in the register. Unit: qubits.
        c: bits b' of an entry of the known one.
        w: bits of the sum, at least b + b'. Unit: qubits.
        is_controlled: whether a control decides between this and the identity. What is undone
            again needs none.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        point: QUInt(d b), the first entry in the most significant bits.
        sum: QUInt(w).

    Cost: d b' additions, of w - k - 1 AND for k = 0, ..., b' - 1;
        controlled, d b AND more, whose qubits are held meanwhile.

    Raises:
        ValueError: if a size is too small, an entry of the known point is even or too large, or
            there are not d of them.

    Source: derived; the adder is that of [Gid18] Fig. 1.
    """

    reference: tuple[int, ...] | None
    d: SymbolicInt
    b: SymbolicInt
    c: SymbolicInt
    w: SymbolicInt

    def __attrs_post_init__(self) -> None:
        sizes = self.d, self.b, self.c, self.w
        if is_symbolic(*sizes):
            return
        if min(self.d, self.b, self.c) < 1 or self.w < self.b + self.c:
            raise ValueError(
                f"an inner product needs d, b, b' >= 1 and a sum of at least b + b' bits, got "
                f"d={self.d}, b={self.b}, b'={self.c}, w={self.w}"
            )
        if self.reference is None:
            return
        if len(self.reference) != self.d:
            raise ValueError(f"a point has {self.d} entries, got {len(self.reference)}")
        for entry in self.reference:
            if entry % 2 == 0 or abs(entry) >= 2**self.c:
                raise ValueError(f"entries are odd and below 2**{self.c} in modulus, got {entry}")

    @property
    def signature(self) -> Signature:
        own = [Register("point", QUInt(self.d * self.b)), Register("sum", QUInt(self.w))]
        return Signature([*self.control_registers, *own])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"point": (("entries of a point", self.d * self.b),), "sum": (("sum", self.w),)}

    @property
    def terms(self) -> list[tuple[bool, int, int]]:
        """(minus sign, entry, power of two), those without a sign first."""
        assert self.reference is not None
        found = []
        for j, entry in enumerate(self.reference):
            level = (entry + 2 ** int(self.c) - 1) // 2  # bit k is set where the sign is plus
            found += [(not level >> k & 1, j, k) for k in range(int(self.c))]
        return sorted(found)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {}
        if self.is_controlled:
            calls = {And(): self.d * self.b, And().adjoint(): self.d * self.b}
        if is_symbolic(self.c, self.w):
            mean = self.w - (self.c - sympy.Integer(1)) / 2
            return {Add(QUInt(self.b), QUInt(mean)): self.d * self.c, **calls}
        for k in range(int(self.c)):
            calls[Add(QUInt(self.b), QUInt(self.w - k))] = self.d
        if self.reference is not None and self.terms[-1][0]:
            calls[XGate()] = 2 * self.w
        return calls

    def write(self, wires: Wires) -> None:
        point, total = self.wires_of("point"), self.wires_of("sum")
        masked = [("masked", k) for k in range(len(point))] if self.is_controlled else point
        for bit, new in zip(point, masked, strict=True):
            if bit != new:
                wires.compute_and(("ctrl", 0), bit, new)
        b, w = int(self.b), int(self.w)
        complemented = False
        for minus, j, k in self.terms:
            if minus and not complemented:
                for bit in total:
                    wires.x(bit)
                complemented = True
            add = Add(QUInt(b), QUInt(w - k))
            wires.on(add, a=masked[j * b : (j + 1) * b], b=total[: w - k])
        if complemented:
            for bit in total:
                wires.x(bit)
        for bit, new in zip(point, masked, strict=True):
            if bit != new:
                wires.uncompute_and(("ctrl", 0), bit, new)

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        if self.reference is None:
            raise DecomposeTypeError(f"{self} has no table of concrete size, so it has no circuit")

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            masked = self.d * self.b if self.is_controlled else 0
            return self.signature.n_qubits() + masked + self.w - 1
        if isinstance(cost_key, ToffoliDepth) and not is_symbolic(self.d, self.b, self.c, self.w):
            ands = self.c * (self.w - 1) - self.c * (self.c - 1) // 2  # of one entry, in sequence
            return self.d * (ands + (self.b if self.is_controlled else 0))
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"InnerProduct{'†' if self.is_adjoint else ''}({self.d} entries of {self.b} bits)"


@bloq_example(generalizer=SAME_CALLS)
def _inner_product() -> InnerProduct:
    return InnerProduct((3, -1), 2, 2, 2, 5)


@bloq_example(generalizer=SAME_CALLS)
def _inner_product_undone() -> InnerProduct:
    return InnerProduct((1,), 1, 2, 1, 3, is_adjoint=True)


@bloq_example(generalizer=SAME_CALLS)
def _inner_product_controlled() -> InnerProduct:
    return InnerProduct((-1, 1), 2, 1, 1, 2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _inner_product_symbolic() -> InnerProduct:
    return InnerProduct(None, symbols.N_in, symbols.b, symbols.c, symbols.m)
