"""The product of block-encoded operators."""

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.diagonal import diagonal_encoding_example, diagonal_encoding_symbolic_example
from bloqs.encodings.nonzero_flag import NonzeroFlag
from bloqs.encodings.parts import check_equal_systems, check_parts, product_error
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class ProductEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $A_1 A_2 \cdots A_n$; the last factor runs first.

    Each factor has ancillas of its own, or all share one register: after every factor but the
    first of the product, a flag is flipped where that register is not zero. A flag that ends in
    zero projects onto a zero register at the moment it was written, which is all that a register
    of its own would do; what later factors do to a register that was not zero is behind a flag.

    Args:
        factors: block-encodings of $A_1, ..., A_n$ on systems of equal size, without controls.
        shares_ancillas: whether the factors share one ancilla register.
        is_controlled: whether a control decides between this and the identity; with shared
            ancillas, the identity on ancillas in zero.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: QAny of sum a_k qubits, those of $A_1$ first; shared, of max a_k + f qubits: the
            register, then one flag for each of the f factors $A_2, ..., A_n$ that has ancillas.
            Starts in zero; finding zero again flags success.

    Encodes: the product with alpha = prod alpha_k and epsilon = prod (alpha_k + epsilon_k) - alpha
        (spectral norm), for two factors alpha_1 epsilon_2 + alpha_2 epsilon_1 + epsilon_1
        epsilon_2, which is attained.

    Cost: one call of each factor; shared, also a_k - 1 AND for each flag.

    Raises:
        ValueError: if there is no factor, the systems differ in size, a factor is controlled or an
            epsilon is negative.

    Source: [RHGPR25] Lem. B.1, whose error lacks the term epsilon_1 epsilon_2; [GSLW18] Lem. 53.
    """

    factors: tuple[AbstractBlockEncoding, ...]
    shares_ancillas: bool = False

    def __attrs_post_init__(self) -> None:
        check_parts("product", *self.factors)
        check_equal_systems("product", *self.factors)

    @property
    def alpha(self) -> SymbolicFloat:
        return sympy.prod([factor.alpha for factor in self.factors])

    @property
    def epsilon(self) -> SymbolicFloat:
        return product_error(self.factors)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.factors[0].system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        sizes = [factor.ancilla_bitsize for factor in self.factors]
        return largest(sizes) + len(self.flags) if self.shares_ancillas else sum(sizes)

    @property
    def system_names(self) -> WireNames:
        return self.factors[0].system_names

    @property
    def ancilla_names(self) -> WireNames:
        parts = [(f"flags of factor {k}", x.ancilla_bitsize) for k, x in enumerate(self.factors, 1)]
        if not self.shares_ancillas:
            return tuple(parts)
        own = tuple((f"flag of factor {1 + k}", 1) for k in self.flags)
        return (("shared flags", largest(size for _, size in parts)), *own)

    @property
    def flags(self) -> dict[int, NonzeroFlag]:
        """The flag steps, by the number of the factor they come after."""
        if not self.shares_ancillas:
            return {}
        sizes = {k: factor.ancilla_bitsize for k, factor in enumerate(self.factors) if k}
        return {k: NonzeroFlag(a) for k, a in sizes.items() if is_symbolic(a) or a}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {}
        steps = [with_control(factor, self.is_controlled) for factor in self.factors]
        for step in (*steps, *self.flags.values()):
            calls[step] = calls.get(step, 0) + 1
        return calls

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        flags = dict(zip(self.flags, ancilla[len(ancilla) - len(self.flags) :], strict=True))
        for k in range(len(self.factors) - 1, -1, -1):
            own = self._ancillas(k, ancilla)
            factor = with_control(self.factors[k], self.is_controlled)
            wires.on(factor, ctrl=self.control, system=system, ancilla=own)
            if k in flags:
                wires.on(self.flags[k], x=own, flag=[flags[k]])

    def _ancillas(self, k: int, ancilla: list[Wire]) -> list[Wire]:
        """The wires that are the ancillas of factor `k`."""
        before = 0 if self.shares_ancillas else sum(f.ancilla_bitsize for f in self.factors[:k])
        return ancilla[before : before + self.factors[k].ancilla_bitsize]

    def __str__(self) -> str:
        return f"Product{'†' if self.is_adjoint else ''}({len(self.factors)} factors)"


@bloq_example(generalizer=SAME_CALLS)
def _product_encoding() -> ProductEncoding:
    diagonal = diagonal_encoding_example.make()
    return ProductEncoding((diagonal, diagonal.adjoint()))


@bloq_example(generalizer=SAME_CALLS)
def _product_encoding_controlled() -> ProductEncoding:
    return ProductEncoding((diagonal_encoding_example.make(),) * 2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _product_encoding_shared() -> ProductEncoding:
    return ProductEncoding((diagonal_encoding_example.make(),) * 3, shares_ancillas=True)


@bloq_example(generalizer=SAME_CALLS)
def product_encoding_symbolic_example() -> ProductEncoding:
    return ProductEncoding((diagonal_encoding_symbolic_example.make(),) * 2)


@bloq_example(generalizer=SAME_CALLS)
def product_encoding_shared_symbolic_example() -> ProductEncoding:
    return ProductEncoding((diagonal_encoding_symbolic_example.make(),) * 2, shares_ancillas=True)
