"""The symbols of hypergraph models, by the letters of the paper."""

from estimator import symbols
from estimator.symbols import Glossary

GLOSSARY = Glossary(symbols.GLOSSARY)
"""Symbol -> "meaning [unit]" of hypergraph models, then of all systems."""

n = GLOSSARY.size("n", "modes of the latent state", "modes")
k = GLOSSARY.size("k", "modes of a hyperedge, the order", "modes")
m = GLOSSARY.size("m", "bits of a field element, q = 2**m", "qubits")
writes = GLOSSARY.size("l_w", "tokens that write", "tokens")
reads = GLOSSARY.size("l_r", "tokens that read", "tokens")
layers = GLOSSARY.size("L", "layers of a Transformer", "layers")
width = GLOSSARY.size("d", "entries of a token's vector in a layer", "entries")
precision = GLOSSARY.size("b", "bits of an entry that is kept", "bits")
window = GLOSSARY.size("w", "tokens that attention sees", "tokens")
length = GLOSSARY.size("l", "tokens of a sentence", "tokens")
j = GLOSSARY.define(
    "j", "number of modes that is summed over", "modes", integer=True, nonnegative=True
)
angle = GLOSSARY.define("theta", "trained angle of a write", "radians", real=True)
epsilon = GLOSSARY.define("epsilon", "error of a synthesised rotation", "1", positive=True)
spacing = GLOSSARY.define(
    "delta", "difference of two weights of a qumode write", "1", positive=True
)
spread = GLOSSARY.define("sigma", "standard deviation of a squeezed q", "1", positive=True)
weight = GLOSSARY.size("c", "weight of a hyperedge, a number of the field", "1")
letters = GLOSSARY.size("p", "Pauli matrices of a string that is read", "1")
shifted = GLOSSARY.size("s", "modes that a shift query moves", "modes")
toffolis = GLOSSARY.size("g", "Toffolis of the permutation of a matching query", "gates")
petals = GLOSSARY.size("r", "edges that share one mode alone", "edges")
bias = GLOSSARY.define("beta", "|mean of (-1)**f|", "1", nonnegative=True)
