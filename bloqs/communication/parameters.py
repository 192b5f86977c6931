"""What is asked with about models held by several parties, by the letters of the paper."""

from collections.abc import Mapping

from estimator.ask.explored import Required
from estimator.ask.parameter import Choice, Choices, Flag, Number

LEAST_ERROR = 1e-12
"""Smallest error and probability that are worked with: shots grow as its square."""

QUBITS = Number(
    name="n",
    symbol="n",
    meaning="qubits of the register, log2 of the length of the data",
    unit="qubits",
    least=1,
    most=64,
)
LENGTH = Number(
    name="N",
    meaning="length of the data, padded to 2**n; in place of n",
    unit="entries",
    least=2,
    most=2**64,
)
LAYERS = Number(
    name="L",
    symbol="L",
    meaning="layers, a block of Alice and one of Bob each",
    unit="layers",
    least=1,
    most=10**4,
)
BLOCK_PARAMETERS = Number(
    name="P",
    symbol="P",
    meaning="trainable parameters of a block",
    unit="parameters",
    least=1,
    most=10**15,
)
EBIT_RATE = Number(
    name="ebit_rate",
    meaning="entangled pairs that are made in a second, one for each qubit sent; then seconds are "
    "said of every protocol",
    unit="pairs/second",
    least=0,
    whole=False,
)
GROUPS = Number(
    name="g",
    symbol="g",
    meaning="groups of commuting neighbours among a block's trainable gates",
    unit="groups",
    least=1,
    most=10**15,
)
EPSILON = Number(
    name="epsilon",
    symbol="epsilon",
    meaning="error of the loss, or of each gradient",
    at_least=LEAST_ERROR,
    most=1,
    whole=False,
)
DELTA = Number(
    name="delta",
    symbol="delta",
    meaning="probability that an error is exceeded",
    at_least=LEAST_ERROR,
    below=1,
    whole=False,
)
KAPPA = Number(
    name="kappa",
    symbol="kappa",
    meaning="largest gradient, or gap to the least loss, at which training stops",
    at_least=LEAST_ERROR,
    most=1,
    whole=False,
)
RADIUS = Number(
    name="R",
    symbol="R",
    meaning="l1 norm of the parameters, for mirror descent",
    at_least=LEAST_ERROR,
    most=1e12,
    whole=False,
)
CONSTANT = Number(
    name="constant",
    symbol="c_TS",
    meaning="constant of threshold search, which no source states; for tomography",
    at_least=LEAST_ERROR,
    most=1e12,
    whole=False,
)
READOUT = Choice(name="readout", meaning="how qubit 0 is read", of=("Z", "projector"), default="Z")
PARALLEL = Flag(
    name="parallel", meaning="all shots travel together: fewer rounds, more qubits stored"
)
FORM = Choice(
    name="form",
    meaning="whether the blocks of a gradient state are controlled",
    of=("uncontrolled", "controlled"),
    default="uncontrolled",
)

INFERENCE_VARIANTS = ("sampled", "amplitude-estimated")
INFERENCE = Choice(
    name="variant", meaning="how the loss is read; all if unset", of=INFERENCE_VARIANTS
)
GRADIENT_VARIANTS = ("grouped", "shift", "hadamard", "tomography")
GRADIENT = Choice(
    name="variant", meaning="how gradients are read; all if unset", of=GRADIENT_VARIANTS
)
TRAINING_VARIANTS = ("greedy", "mirror", "fine-tuning")
TRAINING = Choice(
    name="variant", meaning="how the model is trained; all if unset", of=TRAINING_VARIANTS
)
TESTS = GRADIENT_VARIANTS[:3]
TEST = Choice(name="gradient", meaning="how each gradient is read", of=TESTS, default="grouped")
READ_BY = Choices(
    name="gradient",
    meaning="of a model: how gradients are read; if unset grouped, hadamard and shift, where its "
    "gates suit them",
    of=GRADIENT_VARIANTS,
)
GRAPH_VARIANTS = ("eigenbasis", "block-encoding")
GRAPH = Choice(
    name="variant", meaning="how the quadratic form is measured; all if unset", of=GRAPH_VARIANTS
)
PROTOCOLS = (
    "vector-in-subspace",
    "raz",
    "hidden-matching",
    "equal-or-orthogonal",
    "inner-product",
    "dense-coding",
    "data-parallel",
    "fourier",
)
PROTOCOL = Choice(name="variant", meaning="which protocol; all if unset", of=PROTOCOLS)
SHARE = Number(
    name="alpha",
    symbol="alpha",
    meaning="share of matched places, edges over N; alpha N is whole",
    at_least=LEAST_ERROR,
    most=0.5,
    whole=False,
)
SLACK = Number(
    name="vartheta",
    symbol="vartheta",
    meaning="distance of a vector from its promise",
    at_least=0,
    below=0.7,
    whole=False,
)
RUN_QUBITS = Number(
    name="n",
    symbol="n",
    meaning="qubits of the register, log2 of the length of the data",
    unit="qubits",
    least=2,
    most=6,
)
RUN_LENGTH = Number(
    name="N",
    meaning="length of the data, a power of two; in place of n",
    unit="entries",
    least=4,
    most=64,
    power_of_two=True,
)
RUN_LAYERS = Number(
    name="L",
    meaning="layers of an inner product, and of data in phases",
    unit="layers",
    least=1,
    most=6,
    default=1,
)
RUN_SHARE = Number(
    name="alpha",
    meaning="share of matched places, edges over N; alpha N is whole",
    at_least=LEAST_ERROR,
    most=0.5,
    whole=False,
    default=0.25,
)
RUN_SLACK = Number(
    name="vartheta",
    meaning="distance of a vector from its promise",
    at_least=0,
    below=0.7,
    whole=False,
    default=0,
)
NODES = Number(name="nodes", meaning="nodes of the graph", unit="nodes", least=1, most=2**40)
FEATURES = Number(
    name="features", meaning="features of a node", unit="features", least=1, most=2**20
)
RELATIVE = Number(
    name="epsilon",
    symbol="epsilon",
    meaning="error of the output over half the spread of the form times |x|^2; for a class it is "
    "1/rho",
    at_least=LEAST_ERROR,
    most=1,
    whole=False,
)

NODE = Number(
    name="node",
    meaning="of a graph network: the node that is classified; all of them if unset",
    least=0,
    most=2**40,
)
POOLED = Flag(
    name="pooled",
    meaning="of a graph network: its output is the sum over all nodes, the class that of the graph",
)
RUNS = ("exact", "sampled", "gradient", "training")
RUN = Choices(
    name="run",
    meaning="of a model: what is run; exact, sampled and gradient if unset, training too if kappa "
    "is given",
    of=RUNS,
)

MARGIN = Number(
    name="gamma",
    symbol="gamma",
    meaning="least size of the product of two unit vectors, for linear classification",
    at_least=LEAST_ERROR,
    most=1,
    whole=False,
)
SWEPT_LAYERS = Number(
    name="L",
    symbol="L",
    meaning="layers, a block of Alice and one of Bob each",
    unit="layers",
    least=1,
    most=16,
)
SWEPT_QUBITS = Number(
    name="n",
    symbol="n",
    meaning="qubits of the register where it is not swept",
    unit="qubits",
    least=1,
    most=60,
)

Uses = Mapping[str, tuple[str, ...]]
"""By parameter, the values of a choice that it matters to; all if it is not here."""

INFERENCE_USES: Uses = {"parallel": ("sampled",)}
GRADIENT_USES: Uses = {
    "g": ("grouped",),
    "form": ("grouped", "hadamard", "tomography"),
    "parallel": ("grouped", "shift", "hadamard"),
    "constant": ("tomography",),
}
TRAINING_USES: Uses = {"R": ("mirror",), "form": ("greedy", "mirror")}
TEST_USES: Uses = {"g": ("grouped",), "form": ("grouped", "hadamard")}
"""Ways to read a gradient in training."""

PROTOCOL_USES: Uses = {
    "L": ("inner-product", "dense-coding", "fourier"),
    "P": ("fourier",),
    "alpha": ("hidden-matching",),
    "delta": ("hidden-matching",),
    "vartheta": ("vector-in-subspace", "raz"),
}

MOVED = {
    "n": (1, 64),
    "L": (1, 1000),
    "P": (1, 10**9),
    "g": (1, 10**6),
    "epsilon": (1e-4, 1),
    "delta": (1e-9, 0.5),
    "kappa": (1e-2, 1),
    "R": (1e-2, 1e3),
    "constant": (1e-3, 1e3),
    "vartheta": (0, 0.69),
    "ebit_rate": (1, 1e9),
    "nodes": (1, 2**40),
    "features": (1, 2**20),
}
"""Between what a control stands; more may be typed."""

PAIRS = {"ebit_rate": 1e6}
"""Where the rate of entangled pairs stands at first. Unit: pairs/second."""

SAID_BY_N = {"N": "n says the same"}
"""Why the length of the data does not move."""


def meaning_of(uses: Uses, tests: Uses | None = None) -> dict[str, dict[str, tuple[str, ...]]]:
    """The choices for which parameters have a meaning; an unset variant is all of them.

    Args:
        uses: by the variant.
        tests: by how a gradient is read.
    """
    found = {name: {"variant": ("", *variants)} for name, variants in uses.items()}
    for name, ways in (tests or {}).items():
        found.setdefault(name, {})["gradient"] = ways
    return found


def groups_of(choice: str, *values: str) -> Required:
    """That there are no more groups than parameters, where the choice has one of these values."""
    says = "there are at most as many groups as parameters of a block"
    return Required("P - g", says, {choice: values})
