"""A transform of degree d calls its encoding d times, and no sequence can do with less."""

import sympy

from bloqs.qsvt.answers import chebyshev_phases
from bloqs.qsvt.transform import SingularValueTransform
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.symbols import degree as d
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.leaves import MatrixLeaf
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """One call multiplies the polynomial by a matrix that is linear in x; T_d has degree d.

    From T_(k+1) = 2 x T_k - T_(k-1) the leading coefficient of T_k is 2**(k-1): no cancellation
    makes the degree less, so d calls are needed and the recursion shows that d are enough.
    """
    x, k = sympy.symbols("x k", real=True)
    t = sympy.Symbol("t", real=True)
    later = sympy.cos((k + 1) * t) + sympy.cos((k - 1) * t) - 2 * sympy.cos(t) * sympy.cos(k * t)
    step("recursion", sympy.expand(later.rewrite(sympy.exp)))
    before, now = sympy.Integer(1), x
    for size in range(1, 6):
        step(f"leading coefficient of T_{size}", sympy.LC(now, x), 2 ** (size - 1))
        step(f"degree of T_{size}", sympy.degree(now, x), size)
        before, now = now, sympy.expand(2 * x * now - before)
    leading = 2 ** (k - 1)
    step("leading coefficient of the next", leading.subs(k, k + 1), 2 * leading)
    calls = d
    step("one degree more, one call more", calls.subs(d, d + 1) - calls, 1)
    return calls


def measure(degree: int) -> Measurement:
    """Rotations of the whole circuit less one a phase, by those of one call.

    What is stated is that of a degree in symbols, even or odd.
    """
    leaf = MatrixLeaf(1, 1.0, 1, 2)
    transform = SingularValueTransform(leaf, chebyshev_phases(degree), degree, error=0)
    own = cost_by_counting(leaf).rotations
    half, is_odd = divmod(degree, 2)
    symbolic = SingularValueTransform(leaf, None, 2 * d + is_odd, error=0)
    counted = cost_by_counting(transform)
    noted = cost_by_annotation(symbolic).subs({d: half})
    return Measurement(
        value=float((counted.rotations - (degree + 1)) / own),
        stated=float((noted.rotations - (degree + 1)) / own),
        qubits=int(counted.qubits),
        gates=int(counted.rotations + (counted.cliffords or 0)),
        fidelity="counted",
    )


THEOREM = Theorem(
    says="A transform by a polynomial of degree d calls its encoding d times.",
    relation="==",
    value=d,
    derive=derive,
    measure=measure,
    instances=tuple({d: size} for size in (1, 2, 3, 8)),
    false_twin=2 * d,
    twin_says="Every call comes with a call of the inverse.",
    source="[GSLW18] Thm. 17",
)
