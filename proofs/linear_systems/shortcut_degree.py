"""The degree of the reflection that solves with a given error, where the norm is known."""

from typing import Any

import numpy as np
import sympy

from bloqs.linear_systems.model.kernel_polynomial import kernel_polynomial
from bloqs.linear_systems.model.shortcut import shortcut_degree
from estimator.symbols import epsilon, kappa
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem

POINTS = 2_001
"""At which a polynomial is evaluated on the spectrum."""


def derive() -> sympy.Expr:
    """The largest |T_l(z)| on the spectrum over T_l(z_0) is s; the error is sqrt(2) s.

    z maps [a, 1] to [-1, 1] and 0 to z_0 = cosh(ln((kappa + 1) / (kappa - 1))), where T_l is
    cosh(l ln(...)). The reflection is -1 + 2 s / (1 + s) off the kernel, give or take as much; of
    the start a part of length 1 / sqrt(2) is off the kernel, and the solution keeps 1 / (1 + s).
    """
    l, x, s = sympy.symbols("l x s", positive=True)
    a = 1 / kappa
    z = (1 + a**2 - 2 * x**2) / (1 - a**2)
    step("z at the upper end", z.subs(x, 1), -1)
    step("z at the lower end", z.subs(x, a), 1)
    ratio = (kappa + 1) / (kappa - 1)
    step("z at the kernel is a cosh", z.subs(x, 0), (ratio + 1 / ratio) / 2)
    step("of this number", sympy.cosh(sympy.log(ratio)).rewrite(sympy.exp), (ratio + 1 / ratio) / 2)
    reflection = -1 + 2 * (x + s) / (1 + s)  # of a value x of T_l(z) / T_l(z_0)
    center = (reflection.subs(x, s) + reflection.subs(x, -s)) / 2
    step("center of the reflection", center, -1 + 2 * s / (1 + s))
    half = (reflection.subs(x, s) - reflection.subs(x, -s)) / 2
    step("half of its range", half, 2 * s / (1 + s))
    # the start e is (v + w) / sqrt(2); off the center, w becomes half * w; what w has of the
    # solution is -1 / sqrt(2)
    kept = 1 - (1 + center) / 2
    step("what the solution keeps", kept, 1 / (1 + s))
    step("error over it", half / sympy.sqrt(2) / kept, sympy.sqrt(2) * s)
    rate = sympy.log(ratio)
    solved = sympy.acosh(sympy.sqrt(2) / epsilon) / rate
    step("s is epsilon / sqrt(2)", sympy.cosh((l * rate).subs(l, solved)), sympy.sqrt(2) / epsilon)
    return 2 * sympy.ceiling(solved)


def measure(kappa: float, epsilon: float) -> Measurement:
    """Smallest even degree whose projection is small enough everywhere on the spectrum."""
    spectrum: Any = np.linspace(1 / kappa, 1, POINTS)
    degree = 2
    while True:
        outputs = kernel_polynomial(kappa, degree, "projection").evaluate(spectrum)
        if np.sqrt(2) * np.abs(outputs).max() <= epsilon:
            break
        degree += 2
    return Measurement(value=degree, stated=shortcut_degree(kappa, epsilon))


THEOREM = Theorem(
    says="Where the norm of the solution is known, one reflection of degree "
    "2 ceil(arcosh(sqrt(2) / epsilon) / ln((kappa + 1) / (kappa - 1))) solves with a state error "
    "of at most epsilon, and it is the smallest whose own bound says so.",
    relation="==",
    value=2
    * sympy.ceiling(sympy.acosh(sympy.sqrt(2) / epsilon) / sympy.log((kappa + 1) / (kappa - 1))),
    derive=derive,
    measure=measure,
    instances=tuple(
        {kappa: condition, epsilon: error}
        for condition, error in ((1.5, 0.1), (2.0, 1e-2), (8.0, 1e-2), (20.0, 1e-2))
    ),
    false_twin=2 * sympy.ceiling(sympy.acosh(1 / epsilon) / sympy.log((kappa + 1) / (kappa - 1))),
    twin_says="The polynomial's error is the state's.",
    source="[Dal24] Eq. 62, whose degree is larger by rounding",
)
