"""What is asked with about contrastive learning, by the letters of the paper."""

from estimator.ask.parameter import Choice, Flag, Number

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
    name="S", meaning="shots of each circuit; 100 if unset", unit="shots", least=1, most=10**12
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

LETTERS = Flag(name="letters", meaning="B and S stay letters where they are not named")
