"""The vector of equal entries."""

from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard, SGate, TGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding
from bloqs.composite import AbstractComposite
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class UniformVector(AbstractComposite, AbstractVectorEncoding):
    r"""Prepares $\sum_x |x\rangle / \sqrt{2^n}$ by Hadamard gates.

    A controlled Hadamard is a CNOT between $S^\dagger H T^\dagger$ and its inverse.

    Args:
        n: log2 of the length, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which acts alike.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.

    Encodes: the vector with alpha = 1 and epsilon = 0, without ancillas.

    Cost: no T; controlled, 2 n.

    Raises:
        ValueError: if n is below 1.

    Source: [RHGPR25] Lem. 4 for its use.
    """

    n: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.n) and self.n < 1:
            raise ValueError(f"UniformVector needs n >= 1, got n={self.n}")

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        return 0

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.n

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 0

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if not self.is_controlled:
            return {Hadamard(): self.n}
        before, after = self._around
        return {gate: self.n * (2 if gate == Hadamard() else 1) for gate in (*before, *after)} | {
            CNOT(): self.n
        }

    @property
    def _around(self) -> tuple[tuple[Bloq, ...], tuple[Bloq, ...]]:
        """What surrounds the CNOT of a controlled Hadamard, in order of execution."""
        before = (SGate(), Hadamard(), TGate())
        return before, tuple(gate.adjoint() for gate in reversed(before))

    def write(self, wires: Wires) -> None:
        for q in self.wires_of("system"):
            if not self.is_controlled:
                wires.gate(Hadamard(), q=q)
                continue
            before, after = self._around
            for gate in before:
                wires.gate(gate, q=q)
            wires.cnot(("ctrl", 0), q)
            for gate in after:
                wires.gate(gate, q=q)

    def __str__(self) -> str:
        return f"UniformVector{'†' if self.is_adjoint else ''}(n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def _uniform_vector() -> UniformVector:
    return UniformVector(2)


@bloq_example(generalizer=SAME_CALLS)
def _uniform_vector_controlled() -> UniformVector:
    return UniformVector(2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def uniform_vector_symbolic_example() -> UniformVector:
    return UniformVector(symbols.n)
