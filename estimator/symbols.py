"""The symbols that several systems share, and how a symbol is born.

SymPy treats `Symbol("n")` and `Symbol("n", integer=True)` as different objects that print
alike, so two modules that each make "their own n" produce costs that never simplify against
each other. Every symbol is therefore defined once, with its assumptions, meaning and unit: here,
or in the `symbols.py` of the system that alone uses it; everywhere else it is imported. One letter
may mean one thing in one system and another in the next: a meaning is looked up in the glossary
of a system, which falls back on the shared one.
"""

import importlib.util
import sys
from collections.abc import Iterator, Mapping

import sympy

ABBREVIATIONS: set[str] = set()
"""Names of symbols that stand for something else, which an answer that uses them defines."""


class Glossary(Mapping[sympy.Symbol, str]):
    """Symbol -> "meaning [unit]". Every free symbol of every theorem must be a key of one.

    Args:
        shared: where the meaning of a symbol is looked up that is not defined in this one.
    """

    def __init__(self, shared: "Glossary | None" = None) -> None:
        self._shared = shared
        self._meanings: dict[sympy.Symbol, str] = {}
        GLOSSARIES.append(self)

    def __getitem__(self, symbol: sympy.Symbol) -> str:
        if symbol not in self._meanings and self._shared is not None:
            return self._shared[symbol]
        return self._meanings[symbol]

    def __iter__(self) -> Iterator[sympy.Symbol]:
        yield from dict.fromkeys([*self._meanings, *(self._shared or ())])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def define(self, name: str, meaning: str, unit: str, **assumptions: bool) -> sympy.Symbol:
        """A new symbol.

        Args:
            name: what it is called in formulas.
            meaning: one phrase.
            unit: one word; "1" for a pure number.
            assumptions: of SymPy, such as `positive=True`.
        """
        symbol = sympy.Symbol(name, **assumptions)
        self._meanings[symbol] = f"{meaning} [{unit}]"
        return symbol

    def size(self, name: str, meaning: str, unit: str) -> sympy.Symbol:
        """A new symbol for a whole number from 1."""
        return self.define(name, meaning, unit, integer=True, positive=True)

    def abbreviation(self, name: str, meaning: str, unit: str, **assumptions: bool) -> sympy.Symbol:
        """A new symbol for an expression that the answer gives beside it."""
        ABBREVIATIONS.add(name)
        return self.define(name, meaning, unit, **assumptions)

    def function(
        self, name: str, argument: str, meaning: str, unit: str, **assumptions: bool
    ) -> sympy.Function:
        """A new function that an answer defines beside it, or of which it says what it is.

        Args:
            name: what it is called in formulas.
            argument: what its argument is called where its meaning is said.
            meaning: one phrase, about the argument.
            unit: of its values, one word; "1" for a pure number.
            assumptions: of SymPy about its values, such as `positive=True`.
        """
        function = sympy.Function(name, **assumptions)
        function.meaning, function.unit = f"{name}({argument}): {meaning}", unit
        return function


GLOSSARIES: list[Glossary] = []
"""The shared glossary and those of the systems that are loaded."""

GLOSSARY = Glossary()
"""Of the symbols in this file."""


def glossary_of(package: str) -> Glossary:
    """The glossary of the system whose package this is, or is part of; else the shared one.

    Args:
        package: dotted name, such as that of the module of a bloq.
    """
    home = ".".join(package.split(".")[:2])
    name, is_package = f"{home}.symbols", hasattr(sys.modules.get(home), "__path__")
    if is_package and importlib.util.find_spec(name) is not None:
        found = getattr(importlib.import_module(name), "GLOSSARY", None)
        return found if isinstance(found, Glossary) else GLOSSARY
    return GLOSSARY


def is_defined(symbol: sympy.Symbol) -> bool:
    """Whether some glossary that is loaded has the symbol."""
    return any(symbol in glossary for glossary in GLOSSARIES)


L = GLOSSARY.size("L", "number of table entries", "entries")
a = GLOSSARY.size("a", "address width: log2 of the number of table entries", "qubits")
b = GLOSSARY.size(
    "b", "bits of one table entry, or of one rotation angle, then at least 4", "qubits"
)
beta = GLOSSARY.size(
    "beta",
    "log2 of the block size of a table read in blocks, at most half its address width",
    "qubits",
)
n = GLOSSARY.size("n", "log2 of the length of a loaded vector", "qubits")
s = GLOSSARY.size("s", "log2 of the number of vectors a tree chooses from", "qubits")
m = GLOSSARY.size("m", "log2 of the image side, M = 2**m", "qubits")
c = GLOSSARY.size("c", "log2 of the channel count, padded to a power of two, at least 1", "qubits")
d = GLOSSARY.size("d", "log2 of the kernel side, padded to a power of two, at least 1", "qubits")
norm_1 = GLOSSARY.define("K_1", "sum of the absolute kernel entries", "1", positive=True)
s_r = GLOSSARY.define(
    "s_r", "largest absolute row sum of the kernel, over outputs", "1", positive=True
)
s_c = GLOSSARY.define(
    "s_c", "largest absolute column sum of the kernel, over inputs", "1", positive=True
)
epsilon = GLOSSARY.define("epsilon", "total allowed error, spectral or l2 norm", "1", positive=True)
C_out = GLOSSARY.size("C_out", "output channels of a convolution", "channels")
C_in = GLOSSARY.size("C_in", "input channels of a convolution", "channels")
D = GLOSSARY.size("D", "kernel side of a convolution", "pixels")
M = GLOSSARY.size("M", "image side", "pixels")
N_out = GLOSSARY.size("N_out", "outputs of a dense layer", "entries")
N_in = GLOSSARY.size("N_in", "inputs of a dense layer", "entries")
tau = GLOSSARY.define(
    "tau", "time of an evolution, in 1 over the alpha of a matrix", "1", positive=True
)
theta = GLOSSARY.define("theta", "angle of a generic rotation", "radians", real=True)
N = GLOSSARY.size("N", "length of a vector, N = 2**n", "entries")
degree = GLOSSARY.size("degree", "degree of a polynomial", "1")
steps = GLOSSARY.size("steps", "steps of a walk", "1")
lipschitz = GLOSSARY.define("Lip", "Lipschitz constant of an activation", "1", positive=True)
norm = GLOSSARY.define(
    "norm", "l2 norm of an encoded vector before normalisation", "1", positive=True
)
reach = GLOSSARY.define("A", "largest |x| that an amplitude x/A stands for", "1", positive=True)
nu = GLOSSARY.define("nu", "slope of an activation erf(nu x), up to 2/sqrt(pi)", "1", positive=True)
kappa = GLOSSARY.define(
    "kappa", "condition number, or reciprocal of the smallest argument", "1", positive=True
)
x_0 = GLOSSARY.define(
    "x_0", "smallest argument at which a polynomial must be accurate", "1", positive=True
)
gamma = GLOSSARY.define("gamma", "amplification factor, or bound on |P(x)/x|", "1", positive=True)
delta = GLOSSARY.define("delta", "margin, or error of one step", "1", positive=True)
alpha_0 = GLOSSARY.define("alpha_0", "alpha of the first part of a combination", "1", positive=True)
alpha_1 = GLOSSARY.define("alpha_1", "alpha of its second part", "1", positive=True)
e_0 = GLOSSARY.define("e_0", "error of the first part of a combination", "1", nonnegative=True)
e_1 = GLOSSARY.define("e_1", "error of its second part", "1", nonnegative=True)
w_0 = GLOSSARY.define("w_0", "modulus of the first weight of a combination", "1", positive=True)
w_1 = GLOSSARY.define("w_1", "modulus of its second weight", "1", positive=True)
a_0 = GLOSSARY.size("a_0", "ancillas of the first part of a combination", "qubits")
a_1 = GLOSSARY.size("a_1", "ancillas of its second part", "qubits")


def asked(name: str) -> sympy.Symbol:
    """A symbol of a growth question, under the name the question gives it: a positive real."""
    return sympy.Symbol(name, positive=True)


def bare(name: str) -> sympy.Symbol:
    """A symbol of which nothing is assumed, for a tool that finds symbols by their names."""
    return sympy.Symbol(name)


def moved(name: str, whole: bool) -> sympy.Symbol:
    """A symbol in place of a positive number that a page moves, named as its parameter."""
    return sympy.Symbol(name, positive=True, **({"integer": True} if whole else {}))


def part(name: str) -> sympy.Symbol:
    """A symbol that an answer puts in place of a part of a formula, and defines beneath."""
    return sympy.Symbol(name, real=True)


def renamed(symbol: sympy.Symbol, name: str) -> sympy.Symbol:
    """The symbol under another name, with all that is assumed of it."""
    return sympy.Symbol(name, **symbol.assumptions0)
