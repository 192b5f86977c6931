"""Several encoded vectors one after another."""

from collections import Counter

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard, XGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.data_loading.unary_iteration import walk
from bloqs.encodings.parts import check_equal_systems, check_parts
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.encodings.vector_sum import VectorSum
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator.costs.keys import PeakQubits
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class Concatenation(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes $\Psi = \sum_j |j\rangle \psi_j / \alpha_j$, normalised, for $D = 2^d$ vectors.

    Unary iteration over $j$, in equal superposition, runs circuit $j$ where the index is $j$. The
    parts may have different alphas, which weigh them, share their ancillas, and may be complex.

    The published form holds $j$ in ancillas, copies it to the system and rotates the ancillas back
    to find them in zero, which costs a factor $\sqrt D$ of length for nothing.

    Args:
        parts: $D \ge 2$ vector-encodings $(\alpha_j, a_j, e_j)$ of equal length, without controls.
        is_published: whether $j$ is held in ancillas.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(d + n), j and then the index within its vector. Starts in zero.
        ancilla: QAny(max a_j, d more if `is_published`): those of the parts, then the held j.
            Starts in zero; finding zero again flags success.

    Encodes: $\Psi / N$, $N^2 = \sum_j \alpha_j^{-2}$, with alpha = sqrt(D) / N, D / N if
        `is_published`, and epsilon = sqrt(sum (e_j / alpha_j)**2) / N, at most the largest e_j
        (l2 norm).

    Cost: one controlled call of each part and D - 2 AND; controlled, D - 1 AND and, unless
        `is_published`, 2 d T. The qubits of the ANDs live as long as the calls.

    Raises:
        ValueError: if the number of parts is no power of two above one, their lengths differ, or
            one is controlled or errs by a negative number.

    Source: [RHGPR25] Lem. 4, with unary iteration for its multiplexer; [BGBWMPFN18] Sec. III.A.
    """

    parts: tuple[AbstractVectorEncoding, ...]
    is_published: bool = False

    def __attrs_post_init__(self) -> None:
        size = len(self.parts)
        if size < 2 or size & (size - 1):
            raise ValueError(f"concatenation needs 2, 4, 8, ... vectors, got {size}")
        check_parts("concatenation", *self.parts)
        check_equal_systems("concatenation", *self.parts)

    @property
    def d(self) -> int:
        """log2 of the number of parts. Unit: qubits."""
        return len(self.parts).bit_length() - 1

    @property
    def norm(self) -> SymbolicFloat:
        """N, the l2 norm of all parts over their alphas. Unit: 1."""
        return sympy.sqrt(sum(sympy.sympify(part.alpha) ** -2 for part in self.parts))

    @property
    def alpha(self) -> SymbolicFloat:
        size = sympy.Integer(len(self.parts))
        return (size if self.is_published else sympy.sqrt(size)) / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        errors = (sympy.sympify(part.epsilon) / part.alpha for part in self.parts)
        return sympy.sqrt(sum(error**2 for error in errors)) / self.norm

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.d + self.parts[0].system_bitsize

    @property
    def shared(self) -> SymbolicInt:
        """Ancillas of the parts, which use the same ones. Unit: qubits."""
        return largest({part.ancilla_bitsize for part in self.parts})

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.shared + (self.d if self.is_published else 0)

    @property
    def system_names(self) -> WireNames:
        return (("which vector", self.d), *self.parts[0].system_names)

    @property
    def ancilla_names(self) -> WireNames:
        return (("shared flags", self.shared), ("held choice", self.d if self.is_published else 0))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        ands = len(self.parts) - (1 if self.is_controlled else 2)
        calls = Counter[Bloq](controlled_form(part) for part in self.parts)
        calls += Counter({And(1, 0): ands, And().adjoint(): ands, CNOT(): ands})
        calls += Counter({} if self.is_controlled else {XGate(): 2})
        if self.is_published:
            copies = self.d * len(self.parts) // 2
            calls += Counter({Hadamard(): 2 * self.d, CNOT(): copies})
        else:
            calls[with_control(UniformVector(self.d), self.is_controlled)] += 1
        return dict(calls)

    def write(self, wires: Wires) -> None:
        d, system, ancilla = self.d, self.wires_of("system"), self.wires_of("ancilla")
        shared = ancilla[: self.shared]
        held = ancilla[self.shared :] if self.is_published else system[:d]

        def run(wire: Wire | None, j: int) -> None:
            part, branch = self.parts[j], [wire]
            if self.is_published:
                for k, bit in enumerate(system[:d]):
                    if j >> (d - 1 - k) & 1:
                        wires.cnot(wire, bit)
            own = shared[: part.ancilla_bitsize]
            wires.on(controlled_form(part), ctrl=branch, system=system[d:], ancilla=own)

        self._spread(wires, held)
        walk(wires, held, ("ctrl", 0) if self.is_controlled else None, len(self.parts), run)
        if self.is_published:
            self._spread(wires, held)

    def _spread(self, wires: Wires, held: list[Wire]) -> None:
        """Hadamard gates; controlled where they do not come in pairs that cancel."""
        if self.is_published:
            for q in held:
                wires.gate(Hadamard(), q=q)
        else:
            step = with_control(UniformVector(self.d), self.is_controlled)
            wires.on(step, ctrl=self.control, system=held)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        cost = serial_cost(self, cost_key)
        if not isinstance(cost_key, (PeakQubits, QubitCount)):
            return cost
        return largest({cost + self.d - (0 if self.is_controlled else 1)})

    def __str__(self) -> str:
        return f"Concatenation{'†' if self.is_adjoint else ''}({len(self.parts)} vectors)"


@bloq_example(generalizer=SAME_CALLS)
def _concatenation() -> Concatenation:
    return Concatenation((loaded_vector_example.make(),) * 2)


@bloq_example(generalizer=SAME_CALLS)
def _concatenation_of_four() -> Concatenation:
    loaded = loaded_vector_example.make()
    return Concatenation((loaded, loaded, loaded, VectorSum(loaded, loaded, 0.25, norm=1.0)))


@bloq_example(generalizer=SAME_CALLS)
def _concatenation_published() -> Concatenation:
    return Concatenation((loaded_vector_example.make(),) * 4, is_published=True)


@bloq_example(generalizer=SAME_CALLS)
def _concatenation_controlled() -> Concatenation:
    return Concatenation((loaded_vector_example.make(),) * 4, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def concatenation_symbolic_example() -> Concatenation:
    return Concatenation((loaded_vector_symbolic_example.make(),) * 4)
