"""The symbols of linear systems; those that other systems share are in `estimator.symbols`."""

import sympy

from estimator import symbols
from estimator.symbols import Glossary

GLOSSARY = Glossary(symbols.GLOSSARY)
"""Symbol -> "meaning [unit]" of linear systems, then of all systems."""

kappa = GLOSSARY.define("kappa", "condition number of the matrix", "1", positive=True)
alpha = GLOSSARY.define(
    "alpha", "subnormalisation of its encoding over its norm", "1", positive=True
)
epsilon = GLOSSARY.define(
    "epsilon", "error of the normalised solution, l2 norm", "1", positive=True
)
norm = GLOSSARY.define(
    "norm", "length of (A/alpha)^-1 b for a unit b, in [1, alpha kappa]", "1", positive=True
)
entries = GLOSSARY.size("q", "entries of a row of the matrix that are not zero, at most", "entries")
n = GLOSSARY.size("n", "log2 of the number of unknowns", "qubits")
ancillas = GLOSSARY.size("a", "ancillas of the matrix's encoding", "qubits")


def degree(name: str) -> sympy.Symbol:
    """Degree of the polynomial of a solver, which the answer gives beside it."""
    return GLOSSARY.abbreviation(
        f"d_{name}", f"degree of the {name} polynomial", "1", odd=True, positive=True
    )


DEGREES = {kind: degree(kind) for kind in ("relative", "absolute", "binomial")}
"""Symbol of the degree of each inverse polynomial."""


def even(name: str, meaning: str) -> sympy.Symbol:
    """A length that is even, which the answer gives beside it."""
    return GLOSSARY.abbreviation(name, meaning, "1", even=True, positive=True)


degree_shortcut = even("d_shortcut", "degree of the reflection about the kernel")
degree_filter = even("d_filter", "degree of the filter after the walk")
STEPS = {
    shape: even(f"T_{shape}", f"steps of the walk for {name} matrices")
    for shape, name in (("definite", "definite"), ("general", "all"))
}
"""Symbol of the steps of each walk."""
index_bits = GLOSSARY.abbreviation(
    "b_index", "bits of an angle that prepares the combination's index", "qubits",
    integer=True, positive=True,
)  # fmt: skip
terms = GLOSSARY.abbreviation(
    "J", "Chebyshev polynomials in the combination", "1", integer=True, positive=True
)
maximum = GLOSSARY.define(
    "M", "largest value of the inverse polynomial on [-1, 1]", "1", positive=True
)
total = GLOSSARY.abbreviation(
    "W", "sum of the moduli of the combination's weights", "1", positive=True
)
even = GLOSSARY.define(
    "M_even", "largest value of the even part of a polynomial", "1", positive=True
)
odd = GLOSSARY.define("M_odd", "largest value of the odd part of a polynomial", "1", positive=True)
epsilon_polynomial = GLOSSARY.define(
    "epsilon_P", "largest error of a polynomial on [-1, 1]", "1", positive=True
)
