"""The symbols of linear systems; those that other systems share are in `estimator.symbols`."""

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
n = GLOSSARY.size("n", "log2 of the number of unknowns", "qubits")
ancillas = GLOSSARY.size("a", "ancillas of the matrix's encoding", "qubits")


def degree(name: str) -> object:
    """Degree of the polynomial of a solver, which the answer gives beside it."""
    return GLOSSARY.abbreviation(
        f"d_{name}", f"degree of the {name} polynomial", "1", odd=True, positive=True
    )


degree_relative = degree("relative")
degree_absolute = degree("absolute")
degree_binomial = degree("binomial")
terms = GLOSSARY.abbreviation(
    "J", "Chebyshev polynomials in the combination", "1", integer=True, positive=True
)
maximum = GLOSSARY.define(
    "M", "largest value of the inverse polynomial on [-1, 1]", "1", positive=True
)
total = GLOSSARY.define("W", "sum of the moduli of the combination's weights", "1", positive=True)
even = GLOSSARY.define(
    "M_even", "largest value of the even part of a polynomial", "1", positive=True
)
odd = GLOSSARY.define("M_odd", "largest value of the odd part of a polynomial", "1", positive=True)
