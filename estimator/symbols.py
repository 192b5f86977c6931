"""The one place where mathematical symbols are born.

SymPy treats `Symbol("n")` and `Symbol("n", integer=True)` as different objects that print
alike, so two modules that each make "their own n" produce costs that never simplify against
each other. Every symbol is therefore defined here once, with its assumptions, meaning and unit;
everywhere else it is imported.
"""

import sympy

GLOSSARY: dict[sympy.Symbol, str] = {}
"""Symbol -> "meaning [unit]". Every free symbol of every theorem must be a key."""

ABBREVIATIONS: set[str] = set()
"""Names of symbols that stand for something else, which an answer that uses them defines."""


def _define(name: str, meaning: str, unit: str, **assumptions: bool) -> sympy.Symbol:
    symbol = sympy.Symbol(name, **assumptions)
    GLOSSARY[symbol] = f"{meaning} [{unit}]"
    return symbol


def _size(name: str, meaning: str, unit: str) -> sympy.Symbol:
    return _define(name, meaning, unit, integer=True, positive=True)


L = _size("L", "number of table entries", "entries")
a = _size("a", "address width: log2 of the number of table entries", "qubits")
b = _size("b", "bits of one table entry, or of one rotation angle, then at least 4", "qubits")
beta = _size(
    "beta",
    "log2 of the block size of a table read in blocks, at most half its address width",
    "qubits",
)
n = _size("n", "log2 of the length of a loaded vector", "qubits")
s = _size("s", "log2 of the number of vectors a tree chooses from", "qubits")
m = _size("m", "log2 of the image side, M = 2**m", "qubits")
c = _size("c", "log2 of the channel count, padded to a power of two, at least 1", "qubits")
d = _size("d", "log2 of the kernel side, padded to a power of two, at least 1", "qubits")
norm_1 = _define("K_1", "sum of the absolute kernel entries", "1", positive=True)
s_r = _define("s_r", "largest absolute row sum of the kernel, over outputs", "1", positive=True)
s_c = _define("s_c", "largest absolute column sum of the kernel, over inputs", "1", positive=True)
epsilon = _define("epsilon", "total allowed error, spectral or l2 norm", "1", positive=True)
C_out = _size("C_out", "output channels of a convolution", "channels")
C_in = _size("C_in", "input channels of a convolution", "channels")
D = _size("D", "kernel side of a convolution", "pixels")
M = _size("M", "image side", "pixels")
N_out = _size("N_out", "outputs of a dense layer", "entries")
N_in = _size("N_in", "inputs of a dense layer", "entries")
theta = _define("theta", "angle of a generic rotation", "radians", real=True)
N = _size("N", "length of a vector, N = 2**n", "entries")
degree = _size("degree", "degree of a polynomial", "1")
lipschitz = _define("Lip", "Lipschitz constant of an activation", "1", positive=True)
norm = _define("norm", "l2 norm of an encoded vector before normalisation", "1", positive=True)
nu = _define("nu", "slope of an activation erf(nu x), up to 2/sqrt(pi)", "1", positive=True)
kappa = _define(
    "kappa", "condition number, or reciprocal of the smallest argument", "1", positive=True
)
x_0 = _define("x_0", "smallest argument at which a polynomial must be accurate", "1", positive=True)
gamma = _define("gamma", "amplification factor, or bound on |P(x)/x|", "1", positive=True)
delta = _define("delta", "margin, or error of one step", "1", positive=True)
channels = _size("C", "channels of a residual network", "channels")
blocks = _size("k", "residual blocks of a network", "blocks")
block = _size("i", "number of a residual block, counted from 1", "1")
later_block = _size("j", "number of a later residual block", "1")
tau = _define("tau", "weight of the skip path of an output block", "1", positive=True)
acceptance = _define("p", "probability that rejection accepts a candidate", "1", positive=True)
acceptance_out = _define(
    "p_out", "probability that rejection accepts an output candidate", "1", positive=True
)
columns = _size("S", "columns sampled in place of a matrix product", "samples")
trials = _size("T", "candidates from which one norm is estimated", "candidates")
alpha_0 = _define("alpha_0", "alpha of the first part of a combination", "1", positive=True)
alpha_1 = _define("alpha_1", "alpha of its second part", "1", positive=True)
e_0 = _define("e_0", "error of the first part of a combination", "1", nonnegative=True)
e_1 = _define("e_1", "error of its second part", "1", nonnegative=True)
w_0 = _define("w_0", "modulus of the first weight of a combination", "1", positive=True)
w_1 = _define("w_1", "modulus of its second weight", "1", positive=True)
a_0 = _size("a_0", "ancillas of the first part of a combination", "qubits")
a_1 = _size("a_1", "ancillas of its second part", "qubits")

classes = _size("classes", "number of classes", "classes")
erf_degree = _define("d_f", "degree of an activation's polynomial", "1", odd=True, positive=True)
sign_degree = _define("d_s", "degree of a normalisation's polynomial", "1", odd=True, positive=True)

erf_degree_at = sympy.Function("f", integer=True, positive=True, odd=True)
"""f(i): degree of the activation's polynomial in layer i."""

sign_degree_at = sympy.Function("s", integer=True, positive=True, odd=True)
"""s(i): degree of the normalisation's polynomial in layer i."""

error_at = sympy.Function("epsilon", nonnegative=True)
"""epsilon(i): error of the vector after layer i; the input is layer 0."""

ancillas_at = sympy.Function("anc", integer=True, nonnegative=True)
"""anc(i): ancillas of the vector that layer i starts from."""

runs_at = sympy.Function("R", integer=True, positive=True)
"""R(i): runs of the circuit up to layer i or its inverse; the input is layer 0."""


def runs(i: int) -> sympy.Symbol:
    """Symbol for the runs of layer i of a network; the input is layer 0."""
    what = "the input's circuit" if i == 0 else f"the circuit up to layer {i}"
    return _numbered("R", i, f"runs of {what} or its inverse", "runs")


def error_after(i: int) -> sympy.Symbol:
    """Symbol for the error of the vector that layer i of a network encodes."""
    meaning = f"error of the vector after layer {i}, l2 norm"
    return _abbreviate(f"epsilon_{i}", meaning, "1", nonnegative=True)


def ancillas_before(i: int) -> sympy.Symbol:
    """Symbol for the ancillas of the vector that layer i of a network starts from."""
    return _numbered("anc", i, f"ancillas of the vector that layer {i} starts from", "qubits")


def sum_over_layers(letters: str) -> sympy.Symbol:
    """Symbol for a sum over layers of runs, times degrees f and s and ancillas a by `letters`."""
    factors = ["R_i", *("anc_i" if x == "a" else f"{x}_i" for x in letters)]
    meaning = f"sum of {' '.join(factors)} over layers i"
    return _abbreviate(f"sum_R{letters}", meaning, "1", integer=True, positive=True)


def erf_degree_of(i: int) -> sympy.Symbol:
    """Symbol for the degree of the activation's polynomial in layer i."""
    return _numbered("f", i, f"degree of the activation's polynomial in layer {i}", "1", odd=True)


def sign_degree_of(i: int) -> sympy.Symbol:
    """Symbol for the degree of the normalisation's polynomial in layer i."""
    meaning = f"degree of the normalisation's polynomial in layer {i}"
    return _numbered("s", i, meaning, "1", odd=True)


def _numbered(letter: str, i: int, meaning: str, unit: str, **assumptions: bool) -> sympy.Symbol:
    return _abbreviate(f"{letter}_{i}", meaning, unit, integer=True, positive=True, **assumptions)


def _abbreviate(name: str, meaning: str, unit: str, **assumptions: bool) -> sympy.Symbol:
    ABBREVIATIONS.add(name)
    return _define(name, meaning, unit, **assumptions)


def asked(name: str) -> sympy.Symbol:
    """A symbol of a growth question, under the name the question gives it: a positive real."""
    return sympy.Symbol(name, positive=True)
