"""Contrastive learning with a trained circuit, as it is asked about."""

from bloqs.contrastive import parameters as own
from bloqs.contrastive.growth import GROWTH
from estimator.ask.explored import Explored, Required
from estimator.ask.question import COMPARE, COST, TRAIN, Question, System, Verb
from estimator.ask.synthesis import PRICING

STUDY = Verb("study", "Train arms of an experiment with many seeds, and compare them.")
EVALUATE = Verb("evaluate", "See what a trained model does with few shots and under noise.")

SYSTEM = System(
    name="contrastive",
    says="Learning without labels by a trained circuit between an encoder and a loss.",
    source="[JAXAKJ22]",
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="contrastive",
            says="What a circuit, a training step and a whole run take: gates, depths, T, circuits "
            "and shots by every gradient rule, times on a device and on the surface code, and the "
            "same step without a quantum computer.",
            source="[JAXAKJ22]; [SJA19]",
            answer="answers.cost:training_cost",
            parameters=(
                own.ANSATZ,
                own.WIDTH,
                own.LAYERS,
                own.BATCH,
                own.SHOTS,
                own.IMAGES,
                own.TEST_IMAGES,
                own.EPOCHS,
                own.PROBE_EPOCHS,
                own.FORM,
                own.BETWEEN,
                own.LETTERS,
                own.CIRCUIT_ERROR,
                own.EPSILON,
                own.DELTA,
                own.CALIBRATION,
                *PRICING,
            ),
            growth=GROWTH,
            explored=Explored(
                starts={
                    "W": 8,
                    "L": 2,
                    "B": 256,
                    "S": 100,
                    "images": 25_000,
                    "test_images": 5_000,
                    "epochs": 2,
                    "probe_epochs": 100,
                    "circuit_error": 0.01,
                    "epsilon": 0.1,
                    "delta": 0.05,
                },
                forms=("ansatz", "form", "between"),
                ranges={
                    "W": (2, 64),
                    "L": (1, 100),
                    "B": (2, 10**5),
                    "S": (1, 10**6),
                    "images": (2, 10**7),
                    "test_images": (1, 10**7),
                    "epochs": (1, 1000),
                    "probe_epochs": (1, 1000),
                    "circuit_error": (1e-6, 0.5),
                    "epsilon": (1e-3, 1),
                    "delta": (1e-6, 0.5),
                },
                where={"form": {"ansatz": ("", "ring", "14_half")}},
                requires=(
                    Required("images - B", "a batch has at most as many images as there are"),
                    Required(
                        "(W - 3)**2 - 1",
                        "the second ring of this ansatz does not exist at W = 3",
                        {"ansatz": own.NOT_AT_THREE},
                    ),
                ),
                left_out={
                    "letters": "B and S move",
                    "calibration": "a file of a device",
                },
                rivals="answers.explored:training",
                meets=(
                    ("rival.two-term.t", "classical.engine"),
                    ("rival.two-term.t", "rival.chain"),
                    ("rival.light-cone.t", "classical.engine"),
                    ("rival.spsa.t", "classical.engine"),
                    ("rival.spsa.t", "rival.chain"),
                ),
                drawn=("rival.two-term.t", "rival.spsa.t", "classical.engine", "rival.chain"),
                grows="W",
            ),
            examples=(
                ("cost contrastive --W 8 --L 2", "the published ring"),
                ("cost contrastive --W 8 --L 2 --calibration ibmq_paris", "on a device"),
                ("cost contrastive --ansatz all-to-all", "another ansatz, in letters"),
            ),
        ),
        Question(
            verb=COMPARE,
            name="contrastive",
            says="A training step by circuits beside its simulation, against the width, for rules "
            "and ansaetze; accuracy against shots; arms with intervals.",
            source="[JAXAKJ22]; ours",
            answer="answers.compare:training_compared",
            draws=True,
            parameters=(
                own.COMPARED_ANSAETZE,
                own.COMPARED_RULES,
                own.COMPARED_LAYERS,
                own.STOP,
                own.BATCH,
                own.SHOTS,
                own.CIRCUIT_ERROR,
                own.SPEED,
                own.STUDY_FILE,
            ),
            examples=(
                ("compare contrastive", "the published circuits up to 40 qubits"),
                ("compare contrastive --ansaetze ring,19 --picture ring.svg", "as a picture"),
            ),
        ),
        Question(
            verb=TRAIN,
            name="contrastive",
            says="Trains an encoder without labels, with a circuit or something else behind it, "
            "and probes what it has learned, after and before the circuit.",
            source="[JAXAKJ22]",
            answer="training.train_answer:answer",
            parameters=(
                own.ARM,
                own.GRADIENT,
                own.RUN_SHOTS,
                own.SEED,
                own.OUT,
                own.RESUME,
                *own.RUN_PARAMETERS,
            ),
            needs=("train",),
            draws=True,
            examples=(
                ("train contrastive --arm identity --out runs/identity", "a minute without one"),
                (
                    "train contrastive --arm ring --gradient two-term --shots 100 --out runs/ring",
                    "a circuit, sampled as on a device",
                ),
            ),
        ),
        Question(
            verb=STUDY,
            name="contrastive",
            says="Trains several arms with many seeds, and compares each with others pair by pair.",
            source="[JAXAKJ22]; ours",
            answer="training.study_answer:answer",
            parameters=(
                own.STUDY_CHOICE,
                own.SEEDS,
                own.STUDY_SHOTS,
                own.MARGIN,
                own.OUT,
                own.RESUME,
                *own.RUN_PARAMETERS,
            ),
            needs=("train",),
            draws=True,
            examples=(
                (
                    "study contrastive --arms ring,identity --seeds 8 --out runs/study",
                    "does the circuit help",
                ),
            ),
        ),
        Question(
            verb=EVALUATE,
            name="contrastive",
            says="What a trained circuit's outputs are worth with few shots, and with the noise of "
            "a device, as they come and rescaled.",
            source="[JAXAKJ22]; ours",
            answer="training.evaluate_answer:answer",
            parameters=(own.CHECKPOINT, own.SHOT_COUNTS, own.CALIBRATION, own.NOISY_IMAGES),
            needs=("train",),
            draws=True,
            examples=(
                (
                    "evaluate contrastive --checkpoint runs/ring/checkpoint.pt --shots 25,100,400",
                    "shots",
                ),
            ),
        ),
    ),
)
