"""A kernel filter calls the right-hand side as often as the matrix, not twice as often."""

import sympy

from bloqs.linear_systems.circuits.kernel_filter import KernelFilter
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.symbols import degree as d
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.leaves import MatrixLeaf, VectorLeaf
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """Between two calls of the matrix there is a phase on the right or one on the left, in turn.

    A phase on the left unprepares b and prepares it again; one on the right does not touch b.
    """
    k = sympy.Symbol("k", integer=True, positive=True)
    phases = 2 * k + 1
    right, left = k + 1, k
    step("phases of an even degree", right + left, phases)
    calls = 2 * left
    step("as many calls of b as of A", calls, phases - 1)
    return calls.subs(k, d / 2)


def measure(degree: int) -> Measurement:
    """Rotations of the circuit beyond those of its phases and of A, by those of b."""
    matrix, vector = MatrixLeaf(1, 1.0, 1, 2), VectorLeaf(2, 1)
    bloq = KernelFilter(matrix, vector, (0.1,) * (degree + 1), degree)
    counted, noted = cost_by_counting(bloq), cost_by_annotation(bloq)
    of_matrix, of_vector = (cost_by_counting(leaf).rotations for leaf in (matrix, vector))
    others = degree * of_matrix + degree + 1
    return Measurement(
        value=float((counted.rotations - others) / of_vector),
        stated=float((noted.rotations - others) / of_vector),
        qubits=int(counted.qubits),
        gates=int(counted.rotations + (counted.cliffords or 0)),
        fidelity="counted",
    )


THEOREM = Theorem(
    says="A polynomial of degree d about the kernel calls the preparation of b or its inverse d "
    "times, once for each call of A.",
    relation="==",
    value=d,
    derive=derive,
    measure=measure,
    instances=tuple({d: size} for size in (2, 4, 10)),
    false_twin=2 * d,
    twin_says="Each use of the projected matrix reflects about b, which takes two calls.",
    source="[Dal24] Eq. 62, with two calls of b for one of A; ours with one",
)
