"""The tensor product of two encoded vectors."""

from collections import Counter

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.parts import check_parts, numbered
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class TensorVector(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes $\psi \otimes \phi$ by both circuits side by side. Vectors may be complex.

    Args:
        psi: vector-encoding $(\alpha, a, e_0)$ of $\psi$, without control.
        phi: vector-encoding $(\beta, b, e_1)$ of $\phi$, without control.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n + m), the index of psi, then that of phi. Starts in zero.
        ancilla: QAny(a + b): the ancillas of psi, then those of phi. Starts in zero; finding zero
            again flags success.

    Encodes: the product with alpha = alpha beta and epsilon = e_0 + e_1 + e_0 e_1 (l2 norm), which
        is attained.

    Cost: one call of each part, controlled if this is.

    Raises:
        ValueError: if a part is controlled or errs by a negative number.

    Source: [RHGPR25] Lem. 3.
    """

    psi: AbstractVectorEncoding
    phi: AbstractVectorEncoding

    def __attrs_post_init__(self) -> None:
        check_parts("tensor product", self.psi, self.phi)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.psi.alpha * self.phi.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        first, second = sympy.sympify(self.psi.epsilon), sympy.sympify(self.phi.epsilon)
        return first + second + first * second

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.psi.system_bitsize + self.phi.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.psi.ancilla_bitsize + self.phi.ancilla_bitsize

    @property
    def b(self) -> SymbolicInt | None:
        """Bits of an angle of the first factor with a table; `None` without. Unit: qubits."""
        found = (getattr(part, "b", None) for part in (self.psi, self.phi))
        return next((bits for bits in found if bits is not None), None)

    @property
    def system_names(self) -> WireNames:
        return numbered((self.psi.system_names, self.phi.system_names))

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("flags of factor 1", self.psi.ancilla_bitsize),
            ("flags of factor 2", self.phi.ancilla_bitsize),
        )

    @property
    def steps(self) -> tuple[Bloq, Bloq]:
        """Both parts, controlled if this is."""
        control = self.is_controlled
        return with_control(self.psi, control), with_control(self.phi, control)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict(Counter(self.steps))

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        n, a = self.psi.system_bitsize, self.psi.ancilla_bitsize
        first, second = self.steps
        wires.on(first, ctrl=self.control, system=system[:n], ancilla=ancilla[:a])
        wires.on(second, ctrl=self.control, system=system[n:], ancilla=ancilla[a:])

    def __str__(self) -> str:
        return f"TensorVector{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def _tensor_vector() -> TensorVector:
    return TensorVector(loaded_vector_example.make(), loaded_vector_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _tensor_vector_controlled() -> TensorVector:
    return TensorVector(UniformVector(1), loaded_vector_example.make(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def tensor_vector_symbolic_example() -> TensorVector:
    return TensorVector(UniformVector(symbols.c), loaded_vector_symbolic_example.make())


def channel_padding(vector: AbstractVectorEncoding, c: SymbolicInt) -> TensorVector:
    r"""Encodes $2^c$ copies of a vector one after another, each with weight $2^{-c/2}$.

    Args:
        vector: the encoding of one copy, without control.
        c: log2 of the number of copies, at least 1. Unit: qubits.

    Returns:
        An encoding with alpha, ancillas and epsilon those of `vector`; c Hadamard gates more.

    Source: [RHGPR25] Thm. 2 with c = 2, which gets alpha = 1 from Lem. 4, where that lemma gives
        alpha = 2**(c/2) and c ancillas.
    """
    return TensorVector(UniformVector(c), vector)
