"""What is asked with about hypergraph models, by the letters of the paper."""

from estimator.ask.parameter import Choice, Choices, Flag, Number, Text
from estimator.ask.text_file import TextFile

MOST_MODES = 10_000
"""Modes of the largest sentence or model that is asked about."""

FIELD = Number(
    name="q", meaning="elements of the field that a mode carries", unit="elements", least=2,
    most=16, power_of_two=True, default=2,
)  # fmt: skip
SENTENCE = TextFile(
    name="sentence",
    meaning="tokens with blanks between, such as W(0,1,2) MX(0)",
    is_required=True,
)
RECORD = TextFile(
    name="record",
    meaning="a character a token: . where nothing is read, 0 for +1, 1 for -1",
    is_required=True,
)
AUTOMATON = TextFile(
    name="automaton",
    meaning="JSON with modes, tokens, language, start and table",
    is_required=True,
)
SENTENCE_MODES = Number(
    name="n",
    meaning="modes of the sentence; one more than the largest it names, if unset",
    unit="modes",
    least=1,
    most=MOST_MODES,
)
SENTENCE_ORDER = Number(
    name="k",
    meaning="modes of every edge that is written; any if unset",
    unit="modes",
    least=2,
    most=MOST_MODES,
)
THEOREM = Choice(
    name="theorem",
    meaning="theorem whose sentences it must be one of",
    of=("B", "C"),
)
ENGINE_NAMES = ("stim", "phase-polynomial", "state-vector", "gate-by-gate", "stabilizer-tableau")
ENGINE = Choice(
    name="engine",
    meaning="what runs it; the first of stim, phase-polynomial and state-vector that can, if unset",
    of=ENGINE_NAMES,
)
RECORDS = Number(
    name="records", meaning="list the allowed records, if there are at most so many",
    unit="records", least=1, most=4096,
)  # fmt: skip
MOST_STATES = Number(
    name="states", meaning="quantum states that may be told apart", unit="states", least=1,
    most=10**6, default=20_000,
)  # fmt: skip
LANGUAGE = Choice(
    name="language",
    meaning="strings that it is judged on; those that its file names, if unset",
    of=("any", "write*read*"),
)
MOST_COSTED_MODES = 10**6
"""Modes of the largest model whose cost is a number."""
LARGEST_ORDER = 22
"""Largest order for which there is a field here that Theorem C takes."""
COST_MODES = Number(
    name="n", symbol="n", meaning="modes of the latent state", unit="modes", least=2,
    most=MOST_COSTED_MODES,
)  # fmt: skip
COST_ORDER = Number(
    name="k", symbol="k", meaning="modes of a hyperedge, the order", unit="modes", least=2,
    most=LARGEST_ORDER,
)  # fmt: skip
VARIANT_NAMES = ("qubit", "field", "qumode")
VARIANT = Choice(
    name="variant",
    meaning="what a mode is: one qubit, a number of a field on m qubits, or an oscillator",
    of=VARIANT_NAMES,
    default="qubit",
)
COST_FIELD = Number(
    name="q", meaning="elements of the field; the least that Theorem C takes, if unset",
    unit="elements", least=2, most=32, power_of_two=True,
)  # fmt: skip
WRITES = Number(
    name="writes", symbol="l_w", meaning="tokens that write; C(n,k) if unset and n, k are numbers",
    unit="tokens", least=1,
)  # fmt: skip
READS = Number(
    name="reads", symbol="l_r", meaning="tokens that read an edge's stabilizer; n if unset",
    unit="tokens", least=1,
)  # fmt: skip
LAYERS = Number(
    name="layers", symbol="L", meaning="layers of a Transformer", unit="layers", least=1
)
WIDTH = Number(
    name="width", symbol="d", meaning="entries of a token's vector in a layer", unit="entries",
    least=1,
)  # fmt: skip
PRECISION = Number(
    name="precision", symbol="b", meaning="bits of an entry that is kept", unit="bits", least=1
)
WINDOW = Number(
    name="window", symbol="w", meaning="tokens that attention sees", unit="tokens", least=1
)
SPACING = Number(
    name="delta", symbol="delta", meaning="difference of two weights of a qumode write; 1 if unset",
    least=0, most=10**6, whole=False,
)  # fmt: skip
COMPARED_ORDER = Number(
    name="k", meaning="the only order that is compared; 2 to 6 if unset", unit="modes", least=2,
    most=6,
)  # fmt: skip
STOP = Number(
    name="stop", aliases=("to",), meaning="largest number of modes and of qubits", unit="modes",
    least=12, most=4096, default=256,
)  # fmt: skip
CERTIFICATE = Text(name="certificate", meaning="which certificate; see --list", what="NAME")
LISTED = Flag(name="list", meaning="name the certificates, without making one")
CHECKED = TextFile(name="check", meaning="check this certificate instead of making one")
OUTPUT = Text(name="output", aliases=("out",), meaning="file of the certificate", what="FILE")
MACHINE_STATES = Number(
    name="states", meaning="states of the machine that is looked for", unit="states", least=1,
    most=64,
)  # fmt: skip
STARTS = Choice(
    name="starts",
    meaning="which states of the machine must be right starts",
    of=("one", "every"),
    default="one",
)
PATIENCE = Number(
    name="patience", meaning="when a search for a machine is broken off; never if unset",
    unit="seconds", least=0, most=10**7, whole=False,
)  # fmt: skip
RESUMED = TextFile(
    name="resume", meaning="go on with a search for a machine that was broken off into this file"
)
FORM = Text(
    name="form", meaning="writes of a state, such as 'W(0,1,2) W(0,3)'; I for none; for each state",
    many=True, what="WRITES",
)  # fmt: skip
FORM_MODES = Number(
    name="n", meaning="modes of the states; one more than the largest named, if unset",
    unit="modes", least=1, most=14,
)  # fmt: skip
OVERLAPS = Text(
    name="overlaps", meaning="squared overlaps 12, 13, 23 in place of forms, such as 1/4,0.2,1/4"
)
NETWORKS = ("gru", "transformer", "window")
"""What can be trained: a recurrent network, and decoders with a full cache and with a window."""

TRAINED_MODES = Number(
    name="n", meaning="modes of the sentences", unit="modes", least=2, most=5, default=3,
)  # fmt: skip
TRAINED_ORDER = Number(
    name="k", meaning="modes of every edge that is written", unit="modes", least=2, most=3,
    default=2,
)  # fmt: skip
NETWORK_CHOICE = Choices(
    name="networks", meaning="which are trained; all three if unset", of=NETWORKS
)
SIZES = Text(
    name="sizes", meaning="entries that are kept: of a GRU's state, of a Transformer's key and "
    "value in each layer; 8,32 if unset", what="D,D,...",
)  # fmt: skip
PRECISIONS = Text(
    name="precisions", meaning="bits of an entry after training, 32 for the trained float; "
    "1,2,4,32 if unset", what="B,B,...",
)  # fmt: skip
TRAINED_LAYERS = Number(
    name="layers", meaning="layers of a Transformer; 2 if unset", unit="layers", least=1, most=6
)
TRAINED_WINDOW = Number(
    name="window", meaning="past tokens that the window has; half of the C(n,k) that write, "
    "rounded up, if unset", unit="tokens", least=1, most=100,
)  # fmt: skip
SENTENCE_READS = Number(
    name="reads", meaning="tokens of a sentence that read, from n on; 2n if unset", unit="tokens",
    least=2, most=40,
)  # fmt: skip
LEARNED = Choice(
    name="records",
    meaning="record that is learned: zero says 0 wherever it may, drawn as the quantum model does",
    of=("zero", "drawn"),
    default="zero",
)
STEPS = Number(
    name="steps", meaning="steps of training of each network", unit="steps", least=1, most=10**6,
    default=3000,
)  # fmt: skip
BATCH = Number(
    name="B", meaning="sentences of a step", unit="sentences", least=1, most=10**5, default=128
)
RATE = Number(
    name="rate", meaning="largest learning rate of Adam", least=0, most=1000, whole=False,
    default=0.005,
)  # fmt: skip
TESTED = Number(
    name="test", meaning="sentences that are judged, the same for all", unit="sentences", least=1,
    most=10**5, default=1000,
)  # fmt: skip
OUT = Text(name="out", meaning="folder for what is made", what="DIR", is_required=True)
RESUME = Flag(name="resume", meaning="go on with what is in the folder")
