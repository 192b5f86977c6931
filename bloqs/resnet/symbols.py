"""The symbols of residual networks; those that other systems share are in `estimator.symbols`."""

import sympy

from estimator import symbols
from estimator.symbols import Glossary

GLOSSARY = Glossary(symbols.GLOSSARY)
"""Symbol -> "meaning [unit]" of residual networks, then of all systems."""

channels = GLOSSARY.size("C", "channels of a residual network", "channels")
blocks = GLOSSARY.size("k", "residual blocks of a network", "blocks")
block = GLOSSARY.size("i", "number of a residual block, counted from 1", "1")
length = GLOSSARY.define("length", "promised length of x + f(W x)", "1", positive=True)
output_length = GLOSSARY.define(
    "output_length", "promised length of the output's sum", "1", positive=True
)
slope = GLOSSARY.define("slope", "slope s of the activation erf(s x)", "1", positive=True)
order = GLOSSARY.size("order", "vectors whose tensor product is the input", "vectors")
copies = GLOSSARY.size("copies", "how often the input's channels are repeated", "copies")
later_block = GLOSSARY.size("j", "number of a later residual block", "1")
tau = GLOSSARY.define("tau", "weight of the skip path of an output block", "1", positive=True)
acceptance = GLOSSARY.define(
    "p", "probability that rejection accepts a candidate", "1", positive=True
)
columns = GLOSSARY.size("S", "columns sampled in place of a matrix product", "samples")
trials = GLOSSARY.size("T", "candidates from which one norm is estimated", "candidates")
classes = GLOSSARY.size("classes", "number of classes", "classes")
erf_degree = GLOSSARY.define(
    "d_f", "degree of an activation's polynomial", "1", odd=True, positive=True
)
sign_degree = GLOSSARY.define(
    "d_s", "degree of a normalisation's polynomial", "1", odd=True, positive=True
)


erf_degree_at = GLOSSARY.function(
    "f", "i", "degree of the activation's polynomial in layer i", "1",
    integer=True, positive=True, odd=True,
)  # fmt: skip
sign_degree_at = GLOSSARY.function(
    "s", "i", "degree of the normalisation's polynomial in layer i", "1",
    integer=True, positive=True, odd=True,
)  # fmt: skip
error_at = GLOSSARY.function(
    "epsilon", "i", "error of the vector after layer i, l2 norm; the input is layer 0", "1",
    nonnegative=True,
)  # fmt: skip
ancillas_at = GLOSSARY.function(
    "anc", "i", "ancillas of the vector that layer i starts from", "qubits",
    integer=True, nonnegative=True,
)  # fmt: skip
calls_at = GLOSSARY.function(
    "R", "i", "calls of the circuit up to layer i or its inverse; the input is layer 0", "calls",
    integer=True, positive=True,
)  # fmt: skip


def calls_of(i: int) -> sympy.Symbol:
    """Symbol for the calls of layer i of a network; the input is layer 0."""
    what = "the input's circuit" if i == 0 else f"the circuit up to layer {i}"
    return _numbered("R", i, f"calls of {what} or its inverse", "calls")


def error_after(i: int) -> sympy.Symbol:
    """Symbol for the error of the vector that layer i of a network encodes."""
    meaning = f"error of the vector after layer {i}, l2 norm"
    return GLOSSARY.abbreviation(f"epsilon_{i}", meaning, "1", nonnegative=True)


def ancillas_before(i: int) -> sympy.Symbol:
    """Symbol for the ancillas of the vector that layer i of a network starts from."""
    return _numbered("anc", i, f"ancillas of the vector that layer {i} starts from", "qubits")


def sum_over_layers(letters: str) -> sympy.Symbol:
    """Symbol for a sum over layers of calls, times degrees f and s and ancillas a by `letters`."""
    factors = ["R_i", *("anc_i" if x == "a" else f"{x}_i" for x in letters)]
    meaning = f"sum of {' '.join(factors)} over layers i"
    return GLOSSARY.abbreviation(f"sum_R{letters}", meaning, "1", integer=True, positive=True)


def erf_degree_of(i: int) -> sympy.Symbol:
    """Symbol for the degree of the activation's polynomial in layer i."""
    return _numbered("f", i, f"degree of the activation's polynomial in layer {i}", "1", odd=True)


def sign_degree_of(i: int) -> sympy.Symbol:
    """Symbol for the degree of the normalisation's polynomial in layer i."""
    meaning = f"degree of the normalisation's polynomial in layer {i}"
    return _numbered("s", i, meaning, "1", odd=True)


def _numbered(letter: str, i: int, meaning: str, unit: str, **assumptions: bool) -> sympy.Symbol:
    return GLOSSARY.abbreviation(
        f"{letter}_{i}", meaning, unit, integer=True, positive=True, **assumptions
    )
