"""The symbols of kernel machines; those that other systems share are in `estimator.symbols`."""

from estimator import symbols
from estimator.symbols import Glossary

GLOSSARY = Glossary(symbols.GLOSSARY)
"""Symbol -> "meaning [unit]" of kernel machines, then of all systems."""

n = GLOSSARY.size("n", "training points", "points")
d = GLOSSARY.size("d", "entries of a data point", "entries")
depth = GLOSSARY.size("L", "hidden layers of the network", "layers")
mu = GLOSSARY.define("mu", "coefficient of nonlinearity 1 - a_1**2, in (0, 1)", "1", positive=True)
chi = GLOSSARY.define("chi", "slope of the map of correlations at one", "1", positive=True)
delta = GLOSSARY.define("delta", "least 1 - |x_i . x_j| of two points", "1", positive=True)
rho = GLOSSARY.define("rho", "correlation of two points", "1", positive=True)
layers = GLOSSARY.define(
    "m", "layers beyond those that make all correlations at most 1/2", "layers", nonnegative=True
)
row_sum = GLOSSARY.define(
    "r", "largest row sum of |K| beside the diagonal, below 1", "1", positive=True
)
masked_row_sum = GLOSSARY.define("r_S", "the same of the masked kernel", "1", positive=True)
one_norm = GLOSSARY.define(
    "k_1", "1-norm of the kernel between a point and the data", "1", positive=True
)
s = GLOSSARY.size("s", "entries of a row of the masked kernel", "entries")
factor = GLOSSARY.define(
    "c", "entries of a row over ln n, the diagonal left out", "1", positive=True
)
alpha = GLOSSARY.define("alpha", "subnormalisation of the kernel's encoding", "1", positive=True)
epsilon = GLOSSARY.define("epsilon", "error of a state, l2 norm", "1", positive=True)
gap = GLOSSARY.define("eps_c", "k_* is clipped at k_L(1 - eps_c)", "1", positive=True)
width = GLOSSARY.define("w", "1 - x . x_* of a neighbourhood's points, at most", "1", positive=True)
attempts = GLOSSARY.define("R", "n/P, attempts until |k_*> is prepared", "attempts", positive=True)
overlap = GLOSSARY.define("o", "overlap of the two states, unit vectors", "1", positive=True)
mean = GLOSSARY.define("a", "mean outcome of the flagged test", "1", positive=True)
square = GLOSSARY.define("v", "mean square of its outcome", "1", positive=True)
failure = GLOSSARY.define("delta_f", "probability of a wrong sign", "1", positive=True)
shots = GLOSSARY.size("N", "outcomes averaged", "shots")
bits = GLOSSARY.size("b", "bits of a data entry", "qubits")
index = GLOSSARY.size("q", "log2 of the rows, which the training points fill", "qubits")
colours = GLOSSARY.size("c_l", "log2 of the matchings of the mask", "qubits")
reference = GLOSSARY.size("b_x", "bits of an entry of the new point", "qubits")
sum_bits = GLOSSARY.size("w_b", "bits of a correlation", "qubits")
cell_bits = GLOSSARY.size("b_rho", "bits of a correlation that choose its kernel", "qubits")
angle_bits = GLOSSARY.size("b_theta", "bits of an angle", "qubits")
matrix_bits = GLOSSARY.size("b_K", "bits of an angle of the masked kernel", "qubits")
clipped_norm = GLOSSARY.define("p_k", "l2 norm of the clipped k_*", "1", positive=True)
deviation = GLOSSARY.define("e_k", "largest error of a clipped kernel", "1", positive=True)
solution_norm = GLOSSARY.define("t", "length of (K_S/alpha)^-1 y for a unit y", "1", positive=True)
