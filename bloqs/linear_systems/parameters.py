"""What is asked with about a linear system."""

from estimator.ask.parameter import Choice, File, Number, Text

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
    at_least=1e-12,
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
    most=0.999999,
    whole=False,
)

MATRIX = File(
    name="matrix",
    meaning="a user's real matrix of full column rank; instead of kappa, alpha, norm and N",
    suffixes=(".npy", ".npz", ".mtx"),
    or_array=True,
)
RHS = File(
    name="rhs",
    meaning="its right-hand side; the first unit vector if unset, as is printed",
    suffixes=(".npy", ".npz", ".mtx"),
    or_array=True,
)
ENCODING_NAMES = (
    "matchings",
    "matchings-uniform",
    "xor-pattern",
    "matchings-dilated",
    "shifts",
    "shifts-2d",
    "shifts-3d",
    "bands",
    "pauli-sum",
    "row-trees",
)
ENCODING = Choice(
    name="encoding",
    meaning="circuit of a user's matrix; that of least kappa times T of a call if unset",
    of=ENCODING_NAMES,
)
PRECONDITION = Choice(
    name="precondition",
    meaning="diagonal: a symmetric matrix and its right-hand side are scaled by the roots of the "
    "diagonal first, classically",
    of=("none", "diagonal"),
    default="none",
)

OF_NUMBERS = ("kappa", "alpha", "norm", "N", "ancillas", "beta")
"""Parameters that a matrix answers by itself."""

ESTIMATIONS = (
    "hhl-walk",
    "hhl-walk-practical",
    "hhl-walk-uniform",
    "hhl-walk-uniform-practical",
    "hhl-evolution",
    "hhl-evolution-practical",
    "hhl-evolution-uniform",
    "hhl-evolution-uniform-practical",
)
"""Names of those that estimate phases."""

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

EXPLORED_SOLVERS = (
    "shortcut",
    "qsvt-relative",
    "qsvt-binomial",
    "cks",
    "walk-definite",
    "walk-general",
    "hhl-walk",
)
"""Those that a page moves between."""

SOLVER = Choice(
    name="solver",
    meaning="which circuit is drawn and broken down; the cheapest in T if unset",
    of=SOLVERS,
)

RUN_SOLVER = Choice(name="solver", meaning="which solver is run", of=SOLVERS, default="shortcut")
RUN = Choice(
    name="run",
    meaning="dilated: the matrix is one unitary; blocks: so is what its circuit encodes; gates: "
    "every gate of the encodings as well",
    of=("dilated", "blocks", "gates"),
    default="dilated",
)
GUESS = Number(
    name="guess",
    meaning="for the guessed solvers: one guess of the norm, between 1 and kappa of the encoding; "
    "an average over guesses if unset",
    at_least=1,
    whole=False,
)

SPARSITY = Number(
    name="sparsity",
    meaning="entries of a row that are not zero, which conjugate gradients pay for",
    unit="entries",
    least=1,
    most=LARGEST,
)
CASE = Choice(
    name="rhs_case",
    meaning="right-hand side of the solvers whose success depends on it",
    of=("worst", "best"),
)
MATRIX_T = Number(
    name="matrix_t",
    meaning="T gates of one call of the matrix",
    unit="gates",
    at_least=0,
    whole=False,
)
VECTOR_T = Number(
    name="vector_t",
    meaning="T gates of one call of the right-hand side",
    unit="gates",
    at_least=0,
    whole=False,
)
LARGEST_SWEPT = Number(
    name="largest_kappa",
    meaning="where the sweep of kappa ends",
    least=2,
    most=1e8,
    whole=False,
)
LEAST_SWEPT = Number(
    name="least_epsilon",
    meaning="where the sweep of epsilon ends",
    at_least=1e-12,
    below=0.1,
    whole=False,
)

POLYNOMIAL = Text(
    name="polynomial",
    meaning="a function of x such as exp(-4*(1-x)), or a file .npy or .txt of Chebyshev "
    "coefficients",
    what="FUNCTION",
)
DEGREE = Number(
    name="degree",
    meaning="degree of the polynomial that stands for it, at most",
    least=1,
    most=10_000,
)
ARGUMENT = Choice(
    name="argument",
    meaning="what x is: the matrix, or the matrix over the alpha of its encoding",
    of=("matrix", "encoded"),
    default="matrix",
)
