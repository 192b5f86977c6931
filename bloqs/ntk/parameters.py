"""What is asked with about the kernel of a wide network."""

from bloqs.data_loading.parameters import LOADER_NAMES
from bloqs.linear_systems.parameters import SOLVERS
from estimator.ask.parameter import Choice, Choices, Number, Text

LARGEST = 2**64
"""Most points that are costed."""

MOST_POINTS = 2**13
"""Most points whose kernel matrix is made."""

DATA = Text(
    name="data",
    meaning="labelled points: two of the handwritten digits, digits:8v9, or a file with fields X "
    "(n, d), y (n,) of +1 and -1, and X_test for the points that are asked about",
    what="digits:8v9|FILE.npz",
)
POINTS = Number(
    name="n",
    symbol="n",
    meaning="training points, drawn from the data; without data a number, or a symbol if unset",
    unit="points",
    least=2,
    most=LARGEST,
)
TESTED = Number(
    name="test_points",
    meaning="points that are asked about, at most",
    unit="points",
    least=1,
    most=4096,
    default=256,
)
NETWORK = Choice(
    name="network",
    meaning="dense layers with this activation, or the published convolutional network with pools",
    of=("erf", "relu", "critical-relu", "convolution"),
    default="erf",
)
DEPTH = Text(
    name="depth",
    meaning="hidden layers; auto: as few as make all kernels beside the diagonal 1/n^2 at most",
    what="auto|N",
    default="auto",
)
INPUT_VARIANCE = Number(
    name="input_variance",
    meaning="of the first preactivations: 1 in theory, 0.0027 in the published network",
    at_least=1e-6,
    most=1,
    whole=False,
    default=1.0,
)
MASK = Text(
    name="mask",
    meaning="which kernels are kept: as published, one XOR pattern, large ones alone, none beside "
    "the diagonal, or a file with an array of zeros and ones",
    what="random|xor|biased|diagonal|FILE.npy",
    default="random",
)
SHIFT = Number(
    name="shift",
    meaning="what is added to the diagonal of the masked kernel, in terms of it; .76 (ln n)^.9 "
    "for a biased mask and 0 for others if unset",
    at_least=0,
    whole=False,
)
VARIANT = Choice(
    name="variant",
    meaning="weights of the matchings that the masked kernel is a sum of, or its diagonal alone",
    of=("weighted", "uniform", "diagonal"),
    default="weighted",
)
ALL = "all"
SOLVER = Choice(
    name="solver",
    meaning="which circuit is broken down; all: the one that is cheapest in T",
    of=(ALL, *SOLVERS),
    default=ALL,
)
RUN_SOLVER = Choice(
    name="solver",
    meaning="which solver is run",
    of=(ALL, *SOLVERS),
    default="qsvt-relative",
)
PREPARATION = Choice(
    name="preparation",
    meaning="|k_*> from inner products in a register, or from a table that takes classical work "
    "of Theta(n) for every prediction",
    of=("arithmetic", "table"),
    default="arithmetic",
)
RUN_PREPARATION = Choice(
    name="preparation",
    meaning="|k_*> from a table, or by the whole numbers of its arithmetic",
    of=("table", "arithmetic"),
    default="table",
)
CLIP = Number(
    name="clip",
    meaning="eps': kernels are cut off at their value at correlation 1 - eps'",
    least=0,
    below=1,
    whole=False,
    default=0.1,
)
EPSILON = Number(
    name="epsilon",
    meaning="error of |k_*> and solution together, l2 norm; half of it each; decides all bits",
    least=0,
    below=1,
    whole=False,
    default=0.02,
)
FAILURE = Number(
    name="failure",
    aliases=("delta",),
    meaning="delta_f: probability that the class of a point is wrong by the shots alone",
    least=0,
    below=1,
    whole=False,
    default=0.05,
)
THRESHOLD = Choice(
    name="threshold",
    meaning="where the classes part: at zero, or at the median of the points asked about",
    of=("zero", "median"),
    default="zero",
)
READING = Choice(
    name="read_out",
    aliases=("readout",),
    meaning="how the overlap of |k_*> and solution is found",
    of=("hadamard", "swap", "amplitude-estimation"),
    default="hadamard",
)
ENTRIES = Number(
    name="d",
    symbol="d",
    meaning="entries of a point, where there are no data; 4 ln n if unset, as is printed",
    unit="entries",
    least=2,
    most=2**20,
)
RUN = Choice(
    name="run",
    meaning="dilated: |k_*>, labels and masked kernel are unitaries made of their entries; blocks: "
    "so is what their circuits encode; gates: every gate",
    of=("dilated", "blocks", "gates"),
    default="dilated",
)
LOADERS = Choices(
    name="loaders",
    aliases=("memories",),
    meaning="memories that hold the points; all if unset",
    of=LOADER_NAMES,
)
FOR_THE_PAGE = "decides sizes by a search; the command takes another value, for the whole page"
"""Why a number that everything is searched for by does not move."""

PINNED = ("solver", "preparation", "read_out", "epsilon", "failure", "clip", "d")
"""Those."""

OF_DATA = ("input_variance", "mask", "shift", "test_points", "seed", "threshold")
"""Parameters that mean nothing without data."""

START = Number(
    name="start",
    aliases=("from",),
    meaning="where the sweep of n begins; 64 if unset",
    unit="points",
    least=16,
    most=2**40,
)
STOP = Number(
    name="stop",
    aliases=("to",),
    meaning="where the sweep of n ends; 2**30 if unset",
    unit="points",
    least=32,
    most=2**60,
)
