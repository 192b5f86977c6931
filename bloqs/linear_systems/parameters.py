"""What is asked with about a linear system."""

from estimator.ask.parameter import Choice, File, Number

LARGEST = 2**64
"""Most unknowns that are costed."""

LARGEST_KAPPA = 1e12
"""Largest condition number that is costed: beyond it floating point knows no solution."""

UNKNOWNS = Number(
    name="N",
    symbol="n",
    meaning="number of unknowns, padded to a power of two; n = log2(N) where unset",
    unit="unknowns",
    least=2,
    most=LARGEST,
)
KAPPA = Number(
    name="kappa",
    meaning="condition number of the matrix",
    at_least=1,
    most=LARGEST_KAPPA,
    whole=False,
)
EPSILON = Number(
    name="epsilon",
    meaning="error of the normalised solution, l2 norm",
    least=0,
    below=1,
    whole=False,
)
ALPHA = Number(
    name="alpha",
    meaning="subnormalisation of the matrix's encoding over its norm; 1 if unset",
    at_least=1,
    most=LARGEST_KAPPA,
    whole=False,
)
NORM = Number(
    name="norm",
    meaning="length of (A/alpha)^-1 b for a unit b, between 1 and alpha kappa; best and worst are "
    "both shown if unset",
    at_least=1,
    whole=False,
)
ANCILLAS = Number(
    name="ancillas",
    symbol="a",
    meaning="ancillas of the matrix's encoding",
    unit="qubits",
    least=1,
    most=64,
)
LOWER = Number(
    name="lower",
    meaning="promise for the window solver: least singular value over alpha",
    least=0,
    most=1,
    whole=False,
)
UPPER = Number(
    name="upper",
    meaning="promise for the window solver: largest singular value over alpha",
    least=0,
    most=1,
    whole=False,
)
STRENGTH = Number(
    name="beta",
    meaning="for the perturbation solver: the matrix is 1 + beta B with B of norm 1 at most",
    least=0,
    below=1,
    whole=False,
)

MATRIX = File(
    name="matrix",
    meaning="a user's matrix, square and real; instead of kappa, alpha, norm and N",
    suffixes=(".npy", ".npz", ".mtx"),
    or_array=True,
)
RHS = File(
    name="rhs",
    meaning="its right-hand side; the first unit vector if unset, as is printed",
    suffixes=(".npy", ".npz", ".mtx"),
    or_array=True,
)
ENCODING_NAMES = ("matchings", "matchings-uniform", "row-trees")
ENCODING = Choice(
    name="encoding",
    meaning="circuit of a user's matrix; the cheapest if unset",
    of=ENCODING_NAMES,
)

OF_NUMBERS = ("kappa", "alpha", "norm", "N", "ancillas")
"""Parameters that a matrix answers by itself."""

ESTIMATIONS = (
    "hhl-walk",
    "hhl-walk-practical",
    "hhl-walk-uniform",
    "hhl-walk-uniform-practical",
)
"""Names of those that estimate phases."""

RUN_SOLVER = Choice(
    name="solver",
    meaning="which solver is run",
    of=("shortcut", "qsvt-relative", "qsvt-absolute", "qsvt-binomial", "cks", *ESTIMATIONS),
    default="shortcut",
)
RUN = Choice(
    name="run",
    meaning="dilated: the matrix is one unitary; gates: every gate of the encodings as well",
    of=("dilated", "gates"),
    default="dilated",
)

SOLVERS = (
    "qsvt-relative",
    "qsvt-absolute",
    "qsvt-binomial",
    "window",
    "perturbation",
    "cks",
    "shortcut",
    "guessed",
    "guessed-published",
    "walk-definite",
    "walk-general",
    "walk-proven",
    *ESTIMATIONS,
)
"""Names of those with a circuit."""

SOLVER = Choice(
    name="solver",
    meaning="which circuit is drawn and broken down; the cheapest in T if unset",
    of=SOLVERS,
)
