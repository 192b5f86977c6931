"""The symbols of models held by several parties, by the letters of the paper."""

from estimator import symbols
from estimator.symbols import Glossary

GLOSSARY = Glossary(symbols.GLOSSARY)
"""Symbol -> "meaning [unit]" of distributed models, then of all systems."""

n = GLOSSARY.size("n", "log2 of the length of the data", "qubits")
N = GLOSSARY.size("N", "length of the data, N = 2**n", "entries")
L = GLOSSARY.size("L", "layers of the model, two blocks each", "layers")
K = GLOSSARY.size("K", "blocks of the model", "blocks")
P = GLOSSARY.size("P", "trainable parameters of a block", "parameters")
M = GLOSSARY.size("M", "shots", "shots")
D = GLOSSARY.size("D", "trainable parameters of the model", "parameters")
g = GLOSSARY.size("g", "groups of commuting neighbours among a block's trainable gates", "groups")
c = GLOSSARY.size("c", "controls that travel with a register", "qubits")
k = GLOSSARY.size("k", "bits of a sketch, or copies of a state, at least 2", "1")
r = GLOSSARY.size("r", "messages of a chain of sketches", "messages")
epsilon = GLOSSARY.define("epsilon", "error of the loss, or of each gradient", "1", positive=True)
delta = GLOSSARY.define("delta", "probability that an error is exceeded", "1", positive=True)
kappa = GLOSSARY.define("kappa", "largest gradient at which training stops", "1", positive=True)
gamma = GLOSSARY.define("gamma", "margin of a linear classifier", "1", positive=True)
radius = GLOSSARY.define("R", "l1 norm of the parameters in mirror descent", "1", positive=True)
slope = GLOSSARY.define("G", "largest gradient in mirror descent", "1", positive=True)
share = GLOSSARY.define("alpha", "share of matched coordinates, edges over N", "1", positive=True)
slack = GLOSSARY.define("vartheta", "distance from the promise", "1", nonnegative=True)
excess = GLOSSARY.define("eta", "share by which a norm is told too large", "1", positive=True)
noise = GLOSSARY.define("s", "variance of each coordinate after a message", "1", nonnegative=True)
c_search = GLOSSARY.define(
    "c_TS", "constant of threshold search, which no source states", "1", positive=True
)
derivative = GLOSSARY.define("h", "derivative of the loss by one angle", "1", real=True)
