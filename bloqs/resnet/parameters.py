"""Parameters of residual networks."""

from bloqs.data_loading.parameters import (
    BITS,
    BLOCK,
    LARGEST,
    LOADER_NAMES,
    READ_IN_BLOCKS,
    blocks_fit,
)
from estimator.ask.explored import Explored, Required
from estimator.ask.parameter import Choice, File, Number
from estimator.ask.question import Holds

MOST_BLOCKS = 40
"""Most residual blocks that are costed one by one."""

VARIANT_NAMES = ("tight", "published", "fixed_point")
REGIME_NAMES = ("1", "2", "3")
OUTPUT_NAMES = ("none", "pool", "linear-pool")

VARIANT = Choice(
    name="variant", meaning="construction of the blocks", of=VARIANT_NAMES, default="tight"
)
LOADER = Choice(
    name="loader",
    meaning="memory that holds what lies in quantum memory",
    of=("bucket-brigade", *(name for name in LOADER_NAMES if name != "bucket-brigade")),
    default="bucket-brigade",
)
REGIME = Choice(
    name="regime",
    meaning="what lies in quantum memory: 1 input and weights, 2 weights, 3 nothing",
    of=REGIME_NAMES,
    default="1",
)
OUTPUT = Choice(
    name="output",
    meaning="what follows the last block; what the file has, or none",
    of=OUTPUT_NAMES,
)

K = Number(
    name="k",
    symbol="k",
    meaning="residual blocks",
    unit="blocks",
    least=1,
    most=MOST_BLOCKS,
)
N = Number(
    name="N",
    symbol="N",
    meaning="length of the vector, channels included",
    unit="entries",
    least=4,
    most=LARGEST**2,
    power_of_two=True,
)
C = Number(
    name="C",
    symbol="C",
    meaning="channels; 2**c where unset",
    unit="channels",
    least=1,
    most=LARGEST**2,
    power_of_two=True,
)
D = Number(
    name="D",
    symbol="D",
    meaning="kernel side; 2**d where unset",
    unit="pixels",
    least=1,
    most=LARGEST**2,
)
EPSILON = Number(
    name="epsilon",
    symbol="epsilon",
    meaning="total error: of the vector or of the class probabilities, l2",
    least=0,
    most=1,
    whole=False,
)
EPSILON_SPLIT = Number(
    name="epsilon_split",
    meaning="part of the error of a block's two polynomials that its normalisation has; 1/2 if "
    "unset",
    least=0,
    below=1,
    whole=False,
)
ALPHA = Number(
    name="alpha",
    meaning="alpha of the convolutions' block-encodings",
    least=0,
    whole=False,
)
KAPPA = Number(
    name="kappa",
    symbol="kappa",
    meaning="alpha to which weights are amplified; their own if unset, 2 if published",
    least=0,
    whole=False,
)
LENGTH = Number(
    name="length",
    symbol="length",
    meaning="promised length of x + f(W x); 1 - 8/(5 sqrt(pi)) if unset, which is proved",
    least=0,
    most=2,
    whole=False,
)
OUTPUT_LENGTH = Number(
    name="output_length",
    symbol="output_length",
    meaning="promised length of the output's sum; 2 tau - 1 if unset, which is proved",
    least=0,
    most=1,
    whole=False,
)
TAU = Number(
    name="tau",
    symbol="tau",
    meaning="weight of the skip path beside the output matrix, below 1; 0.51, published, if unset",
    least=0.5,
    most=1,
    whole=False,
)
SLOPE = Number(
    name="slope",
    symbol="slope",
    meaning="slope s of the activation erf(s x), below sqrt(pi)/2; 4/5, published, if unset",
    least=0,
    below=0.8862269254527579,
    whole=False,
)
CLASSES = Number(
    name="classes",
    symbol="classes",
    meaning="classes; only the published error depends on it",
    unit="classes",
    least=2,
    most=LARGEST**2,
)
ORDER = Number(
    name="order",
    symbol="order",
    meaning="vectors whose tensor product is the input, regimes 2 and 3; 1 if unset",
    unit="vectors",
    least=1,
    most=16,
)
COPIES = Number(
    name="copies",
    symbol="copies",
    meaning="how often the input's channels are repeated; 1 if unset",
    unit="copies",
    least=1,
    most=LARGEST**2,
    power_of_two=True,
)
NORM_1 = Number(
    name="norm_1",
    symbol="K_1",
    meaning="sum of |K|, alpha of the published convolutions",
    least=0,
    whole=False,
)
ACCEPTANCE = Number(
    name="acceptance",
    symbol="p",
    meaning="probability that the classical sampler accepts a candidate of a block",
    least=0,
    most=1,
    whole=False,
)
IMAGE = File(
    name="image",
    meaning="array file, channels x M x M, or picture of M x M pixels; nothing is resized",
    suffixes=(".npy", ".png"),
)
DIGIT = Number(name="digit", meaning="number of a held-out handwritten digit", unit="")

COSTED = (
    K,
    N,
    C,
    D,
    EPSILON,
    EPSILON_SPLIT,
    ALPHA,
    KAPPA,
    LENGTH,
    OUTPUT_LENGTH,
    TAU,
    SLOPE,
    CLASSES,
    ORDER,
    COPIES,
    BITS,
    BLOCK,
)
"""What a cost depends on."""

COMPARED = (
    K,
    C,
    D,
    EPSILON,
    ALPHA,
    KAPPA,
    LENGTH,
    OUTPUT_LENGTH,
    SLOPE,
    CLASSES,
    ORDER,
    NORM_1,
    ACCEPTANCE,
)
"""What a comparison depends on."""

SIZES_OF_SYMBOLS = {
    "c": "log2(C)",
    "m": "log2(N/C)/2",
    "d": "ceil_log2(D)",
    "b": "b",
    "epsilon": "epsilon",
}
"""What the symbols of a cost are in these parameters."""

PUBLISHED = {"variant": "published"}
PUBLISHED_ONLY = {"variant": ("published",)}

SIZES_HOLD = (
    Holds("log2(C) - 1"),
    Holds("D - 3"),
    Holds("log2(N/C)/2 - 1"),
    Holds("log2(N/C)/2 - 3", PUBLISHED, ("b", "epsilon")),
    Holds("log2(N/copies) - 1"),
    Holds("log2(N) - order"),
    Holds("-rest(log2(N), order)"),
    Holds("log2(N/copies) - order"),
    Holds("-rest(log2(N/copies), order)"),
    *(Holds("log2(N) - 1 - 2*beta", {"loader": name}) for name in READ_IN_BLOCKS),
    Holds("D - 2**ceil_log2(D)", PUBLISHED),
    Holds("log2(N/C)/2 - ceil_log2(D) - Min(1, 2**ceil_log2(D) - D)", PUBLISHED, ("b", "epsilon")),
)
"""Where formulas in those symbols hold: several channels, a kernel of three pixels at least, as one
of two looks to one side alone, an image of several pixels, an input that is a product where it has
to be, a table of several blocks; the published convolution besides that takes a kernel of a power
of two, inside the image."""

GIVEN_TO_A_PAGE = "the command takes another value with --{}, for the whole page"

EXPLORED = Explored(
    starts={
        "k": 2,
        "N": 2**14,
        "C": 16,
        "D": 3,
        "epsilon": 0.01,
        "epsilon_split": 0.5,
        "alpha": 5.2,
        "kappa": 2.0,
        "length": 1.2,
        "b": 32,
        "beta": 2,
    },
    stops={
        "loader": tuple(name for name in LOADER.of if name != "bucket-brigade-narrow"),
        "output": OUTPUT_NAMES,
        "k": (1, 2, 3),
        "epsilon": (1e-3, 1e-2, 1e-1),
        "epsilon_split": (0.25, 0.5, 0.75),
        "alpha": (5.2, 8.0),
        "kappa": (2.0, 4.0),
        "length": (0.1, 1.2),
    },
    forms=(
        *("variant", "loader", "rotation", "regime", "output", "k"),
        *("output_length", "tau", "slope", "order", "copies"),
    ),
    ranges={"N": (2**6, 2**40), "C": (2, 64), "D": (2, 16), "beta": (1, 16)},
    where={
        "beta": {"loader": READ_IN_BLOCKS},
        "epsilon_split": {"variant": ("tight", "fixed_point")},
    },
    kept=("kappa", "alpha", "length"),
    requires=(
        *blocks_fit("log2(N) - 1"),
        Required("alpha - kappa - alpha/10**9", "weights are amplified to a kappa below alpha"),
        Required("kappa - 1 - 1/10**9", "weights are amplified to a kappa above 1"),
        Required("2 - kappa", "the published block is stated for kappa <= 2", PUBLISHED_ONLY),
    ),
    left_out={
        "variant": GIVEN_TO_A_PAGE.format("variant"),
        "slope": f"every degree depends on it; {GIVEN_TO_A_PAGE.format('slope')}",
        "tau": f"degrees depend on it; {GIVEN_TO_A_PAGE.format('tau')}",
        "output_length": f"degrees depend on it; {GIVEN_TO_A_PAGE.format('output-length')}",
        "order": GIVEN_TO_A_PAGE.format("order"),
        "copies": GIVEN_TO_A_PAGE.format("copies"),
        "classes": "only a published error depends on it",
        "image": "a file",
        "digit": "goes with a file",
    },
    rivals="answers.explored:rivals",
    meets=(
        ("rival.counted", "rival.exact"),
        ("rival.layers", "rival.exact_layers"),
    ),
    drawn=("rival.counted", "rival.exact", "qubits"),
    grows="N",
)
"""What moves on a page: degrees have a table each over the numbers that they depend on."""
