"""The phases of a transform of degree d cost (d + 1)(a - 1) ANDs for a flags."""

import numpy as np
import sympy

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.qsvt.answers import chebyshev_phases
from bloqs.qsvt.transform import SingularValueTransform
from estimator.symbols import a
from estimator.symbols import degree as d
from proofs.claim import Measurement
from proofs.counting import counted_beyond
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """One phase before each call and one after the last; each joins a flags with a tree of ANDs.

    A binary tree with a leaves has a - 1 inner nodes.
    """
    x = sympy.Symbol("x", integer=True, positive=True)
    inner = a - 1
    step("one leaf has no inner node", inner.subs(a, 1))
    step("joining trees of x and a - x leaves", inner.subs(a, x) + inner.subs(a, a - x) + 1, inner)
    calls, last = d, 1
    step("phases before the calls and after the last", (calls + last) * inner, d * inner + inner)
    return (calls + last) * inner


def measure(a: int, degree: int) -> Measurement:
    """ANDs of the whole circuit, less those of its calls, on a vector of a qubits."""
    vector = LoadedVector.of(np.ones(2**a), 4, QROMLoader(), Rotation.BITWISE)
    diagonal = DiagonalEncoding(vector)
    transform = SingularValueTransform(diagonal, chebyshev_phases(degree), degree, error=0)
    return counted_beyond(transform, {diagonal: degree})


THEOREM = Theorem(
    says="The projector phases of a transform of degree d of an encoding with a ancillas use "
    "(d + 1)(a - 1) Toffoli gates.",
    relation="==",
    value=(d + 1) * (a - 1),
    derive=derive,
    measure=measure,
    instances=({a: 1, d: 1}, {a: 2, d: 1}, {a: 2, d: 4}, {a: 3, d: 3}, {a: 4, d: 2}),
    false_twin=d * (a - 1),
    twin_says="There are as many phases as calls.",
    source="[GSLW18] Lem. 19 for the construction; the count is ours",
)
