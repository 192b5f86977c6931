"""What is asked with about contrastive learning, by the letters of the paper."""

from estimator.ask.parameter import Choice, Choices, File, Flag, Number, Text

PUBLISHED = {
    "ansatz": "ring",
    "B": 256,
    "S": 100,
    "images": 25_000,
    "test_images": 5_000,
    "epochs": 2,
    "probe_epochs": 100,
}
"""What the published runs had, taken where nothing is named. [JAXAKJ22], its code."""

ANSATZ_NAMES = (
    "ring",
    "14_half",
    "13_half",
    "13",
    "14",
    "15",
    "19",
    "all-to-all",
    "line",
    "alternating",
    "farhi",
)
"""Every ansatz; 14_half is the ring, and line is all-to-all compiled."""

NOT_AT_THREE = ("13", "14", "15")
"""Kinds of which a gate would have one qubit as control and target at width 3."""

ANSATZ = Choice(
    name="ansatz", meaning="trained circuit; the published ring if unset", of=ANSATZ_NAMES
)
WIDTH = Number(
    name="W",
    symbol="W",
    meaning="width: qubits, inputs and outputs; a symbol if unset",
    unit="qubits",
    least=2,
    most=4096,
)
LAYERS = Number(
    name="L",
    symbol="L",
    meaning="layers of the ansatz; a symbol if unset",
    unit="layers",
    least=1,
    most=10**6,
)
BATCH = Number(
    name="B",
    meaning="images of a batch, two views of each; 256 if unset",
    unit="images",
    least=2,
    most=10**9,
)
SHOTS = Number(
    name="S",
    aliases=("shots",),
    meaning="shots of each circuit; 100 if unset",
    unit="shots",
    least=1,
    most=10**12,
)
IMAGES = Number(
    name="images", meaning="training images; 25000 if unset", unit="images", least=2, most=10**12
)
TEST_IMAGES = Number(
    name="test_images", meaning="test images; 5000 if unset", unit="images", least=1, most=10**12
)
EPOCHS = Number(
    name="epochs", meaning="epochs of training; 2 if unset", unit="epochs", least=1, most=10**9
)
PROBE_EPOCHS = Number(
    name="probe_epochs",
    meaning="epochs of the linear probe; 100 if unset",
    unit="epochs",
    least=1,
    most=10**9,
)
FORM = Choice(
    name="form",
    meaning="measured: the last ring measures each qubit before what it would control",
    of=("plain", "measured"),
    default="plain",
)
BETWEEN = Choice(
    name="between",
    meaning="what is between layers: nothing, or measurements of every second qubit",
    of=("nothing", "half-measured"),
    default="nothing",
)
CIRCUIT_ERROR = Number(
    name="circuit_error",
    meaning="error of a whole circuit from its rotations, spectral norm, for T by every synthesis; "
    "an output is off by twice that at most; 0.01 if unset, a tenth of the noise of 100 shots",
    least=0,
    below=1,
    whole=False,
)
DEFAULT_CIRCUIT_ERROR = 0.01
"""Error of a circuit where nobody says, printed as assumed."""

EPSILON = Number(
    name="epsilon",
    meaning="accuracy of every output, for the shots that it needs; 0.1 if unset",
    least=0,
    most=2,
    whole=False,
)
DELTA = Number(
    name="delta",
    meaning="chance that an output is farther off, for bounds and shots; 0.05 if unset",
    least=0,
    below=1,
    whole=False,
)
DEFAULT_BOUNDS = {"epsilon": 0.1, "delta": 0.05}
"""Accuracy and chance of failure where nobody says, printed as assumed."""

DEFAULT_PHYSICAL = {
    "physical_error": 1e-3,
    "cycle_seconds": 1e-6,
    "failure_budget": 0.01,
    "routing_overhead": 0.5,
}
"""Of the surface code where nobody says, printed as assumed."""

COMPARED_RULES = Choices(
    name="rules",
    meaning="rules whose steps are compared, on the first ansatz",
    of=("two-term", "four-term", "light-cone", "decomposed", "finite-difference", "spsa"),
    default=("two-term", "four-term", "light-cone", "spsa"),
)
COMPARED_ANSAETZE = Choices(
    name="ansaetze",
    meaning="circuits that are compared, by the first rule",
    of=tuple(name for name in ANSATZ_NAMES if name != "14_half"),
    default=("ring", "14", "all-to-all", "line"),
)
COMPARED_LAYERS = Number(
    name="L",
    meaning="layers; as published if unset, 3 of all-to-all and line, 2 of the others",
    unit="layers",
    least=1,
    most=100,
)
STOP = Number(
    name="stop",
    aliases=("to",),
    meaning="largest width",
    unit="qubits",
    least=4,
    most=256,
    default=40,
)
SPEED = Number(
    name="speed",
    meaning="operations a second of a classical machine; 1e9 if unset, less than one core has",
    unit="flop/s",
    least=0,
    whole=False,
)
DEFAULT_SPEED = 1e9
"""Of a classical machine where nobody says, printed as assumed. Unit: flop a second."""

STUDY_FILE = File(
    name="study",
    meaning="study.json of `study contrastive`, beside the published figures; ours if unset",
)
LETTERS = Flag(name="letters", meaning="B and S stay letters where they are not named")

HALF_MEASURED = "half-measured"
"""The ring with every second qubit measured between layers."""

CIRCUIT_ARMS = (*(name for name in ANSATZ_NAMES if name != "14_half"), HALF_MEASURED)
"""Arms with a trained circuit, called after it."""

RING_ARMS = ("frozen", HALF_MEASURED)
"""Arms whose ansatz is the ring, called otherwise."""

INPUT_LAYER = "input-layer"
"""The arm whose circuit is the layer of the inputs alone."""

UNTRAINED = "untrained"
"""The arm in which no step is taken."""

FORMER_ARMS = {"encoding": INPUT_LAYER}
"""Names of arms in files that were written earlier."""

PLAIN_ARMS = ("classical", "tanh", "cosine", "identity", INPUT_LAYER, UNTRAINED)
"""Arms without one."""

NOTHING = ("identity", UNTRAINED)
"""Arms in which nothing is between encoder and head."""

ARMS = (*CIRCUIT_ARMS, "frozen", *PLAIN_ARMS)
"""What can stand between encoder and head."""

BASELINES = ("pixels", "components-4", "components-8")
"""What a probe sees without any training."""

SAMPLED = "ring-sampled"
"""The ring, trained by two terms with shots."""

STUDY_ARMS = (*ARMS, SAMPLED, *BASELINES)
"""What a study can compare."""

ARM = Choice(
    name="arm",
    meaning="what is between encoder and head: a circuit, frozen (a ring that is not trained), a "
    "network, or nothing (identity, untrained)",
    of=ARMS,
    is_required=True,
)
RUN_WIDTH = Number(
    name="W", meaning="width: qubits, inputs and outputs; 8 if unset", unit="qubits", least=2,
    most=24,
)  # fmt: skip
RUN_LAYERS = Number(
    name="L",
    meaning="layers; 3 for all-to-all and line, 2 for the rest if unset",
    unit="layers",
    least=1,
    most=1000,
)
RUN_BATCH = Number(
    name="B",
    meaning="images of a batch, two views of each; 128 for digits, 256 for cifar10 if unset",
    unit="images",
    least=2,
    most=10**6,
)
STEPS = Number(
    name="steps",
    meaning="steps of training; 200 for digits, 2 epochs for cifar10 if unset",
    unit="steps",
    least=1,
    most=10**7,
)
EVERY = Number(
    name="every",
    meaning="steps between two probes; 40 for digits, 97 for cifar10 if unset",
    unit="steps",
    least=1,
    most=10**7,
)
SEED = Number(name="seed", meaning="of all that is drawn; 0 if unset", least=0, most=2**32 - 1)
SPLIT = Number(
    name="split",
    meaning="number of the split into training, validation and test images; 0 if unset",
    least=0,
    most=2**32 - 1,
)
GRADIENTS = (
    "adjoint",
    "two-term",
    "four-term",
    "light-cone",
    "decomposed",
    "finite-difference",
    "spsa",
)
GRADIENT = Choice(
    name="gradient",
    meaning="rule for derivatives of a circuit; adjoint without shots, two-term with shots if "
    "unset",
    of=GRADIENTS,
)
RUN_SHOTS = Number(
    name="shots",
    meaning="shots of each circuit, in training and in the probe; exact outputs if unset",
    unit="shots",
    least=1,
    most=10**7,
)
STUDY_SHOTS = Number(
    name="shots",
    meaning=f"shots of each circuit of the arm {SAMPLED}; 100 if unset",
    unit="shots",
    least=1,
    most=10**7,
)
TEMPERATURE = Number(
    name="temperature", meaning="tau of the loss; 0.07 if unset", least=0, most=1000, whole=False
)
RATE = Number(name="rate", meaning="learning rate of Adam; 1e-3 if unset", least=0, most=1000,
              whole=False)  # fmt: skip
DATA = Choice(name="data", meaning="images; digits if unset", of=("digits", "cifar10"))
FOLDER = File(name="folder", meaning="where CIFAR-10 lies, in its binary version")
CLASSES = Number(
    name="classes",
    meaning="first classes by label; 10 for digits, 5 for cifar10 if unset",
    unit="classes",
    least=2,
    most=10,
)
OUT = Text(name="out", meaning="folder for what is made", what="DIR", is_required=True)
RESUME = Flag(name="resume", meaning="go on with what is in the folder")
STUDY_CHOICE = Choices(
    name="arms",
    meaning="what is compared; ring, frozen, identity, classical if unset",
    of=STUDY_ARMS,
)
SEEDS = Text(
    name="seeds",
    meaning="runs: a number for all arms, or one an arm, ring=24,classical=8; 24 for ring, "
    "identity and frozen, 8 for the rest if unset",
    what="NUMBER",
)
MARGIN = Number(
    name="margin",
    meaning="difference within which two arms count as the same; 3 if unset",
    unit="points",
    least=0,
    most=100,
    whole=False,
)
CHECKPOINT = File(name="checkpoint", meaning="of a run of train", is_required=True)
SHOT_COUNTS = Text(
    name="shots",
    meaning="numbers of shots, 25,100,400; exact outputs alone if unset",
    what="S,S,...",
)
CALIBRATION = File(
    name="calibration", meaning="of a device: a JSON file, or ibmq_paris, which is packaged"
)
NOISY_IMAGES = Number(
    name="images",
    meaning="test images whose outputs are worked out with noise; all if unset",
    unit="images",
    least=3,
    most=10**5,
)
CACHED, REDRAWN = "cached", "redrawn"
PROBE = Choice(
    name="probe",
    meaning="cached: features of the training images as they are, found once; redrawn: of ten "
    "views of each, drawn at random as in the published probe; cached if unset",
    of=(CACHED, REDRAWN),
)
RUN_PARAMETERS = (
    RUN_WIDTH,
    RUN_LAYERS,
    RUN_BATCH,
    STEPS,
    EVERY,
    TEMPERATURE,
    RATE,
    DATA,
    FOLDER,
    CLASSES,
    SPLIT,
    PROBE,
)
"""What every run of training can be told."""
