"""The tensor product of block-encoded operators."""

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.diagonal import diagonal_encoding_example, diagonal_encoding_symbolic_example
from bloqs.encodings.parts import check_parts, numbered, product_error
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class TensorEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $A_1 \otimes A_2 \otimes \cdots \otimes A_n$, each on qubits of its own.

    Args:
        factors: block-encodings of $A_1, ..., A_n$, without controls.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt of the sum of the factors' sizes, that of $A_1$ most significant.
        ancilla: QAny of the sum of the factors' ancillas, those of $A_1$ first. Starts in zero;
            finding zero again flags success.

    Encodes: the tensor product with alpha = prod alpha_k and epsilon = prod (alpha_k + epsilon_k) -
        alpha (spectral norm), for two factors alpha_1 epsilon_2 + alpha_2 epsilon_1 + epsilon_1
        epsilon_2, which is attained.

    Cost: one call of each factor. Depths are sums, though the factors could run side by side.

    Raises:
        ValueError: if there is no factor, a factor is controlled or an epsilon is negative.

    Source: [RHGPR25] Lem. B.2.
    """

    factors: tuple[AbstractBlockEncoding, ...]

    def __attrs_post_init__(self) -> None:
        check_parts("tensor product", *self.factors)

    @property
    def alpha(self) -> SymbolicFloat:
        return sympy.prod([factor.alpha for factor in self.factors])

    @property
    def epsilon(self) -> SymbolicFloat:
        return product_error(self.factors)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return sum(factor.system_bitsize for factor in self.factors)

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return sum(factor.ancilla_bitsize for factor in self.factors)

    @property
    def system_names(self) -> WireNames:
        return numbered(factor.system_names for factor in self.factors)

    @property
    def ancilla_names(self) -> WireNames:
        sizes = [factor.ancilla_bitsize for factor in self.factors]
        return tuple((f"flags of factor {k}", size) for k, size in enumerate(sizes, 1))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {}
        for factor in self.factors:
            step = with_control(factor, self.is_controlled)
            calls[step] = calls.get(step, 0) + 1
        return calls

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        for factor in self.factors:
            n, a = factor.system_bitsize, factor.ancilla_bitsize
            step = with_control(factor, self.is_controlled)
            wires.on(step, ctrl=self.control, system=system[:n], ancilla=ancilla[:a])
            system, ancilla = system[n:], ancilla[a:]

    def __str__(self) -> str:
        return f"Tensor{'†' if self.is_adjoint else ''}({len(self.factors)} factors)"


@bloq_example(generalizer=SAME_CALLS)
def _tensor_encoding() -> TensorEncoding:
    diagonal = diagonal_encoding_example.make()
    return TensorEncoding((diagonal, ProjectorEncoding(0, 1, 1, swaps=False)))


@bloq_example(generalizer=SAME_CALLS)
def _tensor_encoding_controlled() -> TensorEncoding:
    return TensorEncoding((ProjectorEncoding(1, 2, 2, swaps=True),) * 2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def tensor_encoding_symbolic_example() -> TensorEncoding:
    projector = ProjectorEncoding(None, None, symbols.m, swaps=True)
    return TensorEncoding((diagonal_encoding_symbolic_example.make(), projector))
