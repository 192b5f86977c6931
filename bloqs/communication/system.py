"""Models held by several parties, as they are asked about."""

from bloqs.communication import parameters as own
from estimator.ask.question import COST, Question, System
from estimator.ask.synthesis import PRICING

LETTERS = (own.QUBITS, own.LENGTH, own.LAYERS, own.BLOCK_PARAMETERS)

SYSTEM = System(
    name="communication",
    says="Inference and training of a model that several parties hold, by quantum messages.",
    source="[GMSM24]",
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="communication-inference",
            says="What the loss of a model of two parties takes: shots, qubits, messages, bits and "
            "rounds of every protocol, and one shot in detail.",
            source="[GMSM24] Fig. 2; [BHMT02] Thm. 12",
            answer="answers.cost:inference_cost",
            parameters=(
                *LETTERS,
                own.EPSILON,
                own.DELTA,
                own.INFERENCE,
                own.READOUT,
                own.PARALLEL,
                *PRICING,
            ),
            examples=(
                (
                    "cost communication-inference --n 10 --L 2 --epsilon 0.1 --delta 0.05",
                    "every protocol",
                ),
                ("cost communication-inference --variant sampled", "one of them in letters"),
            ),
        ),
        Question(
            verb=COST,
            name="communication-gradient",
            says="What every gradient of a model of two parties takes, by each protocol.",
            source="[GMSM24]; [BWP23]; [BO21]",
            answer="answers.cost:gradient_cost",
            parameters=(
                *LETTERS,
                own.GROUPS,
                own.EPSILON,
                own.DELTA,
                own.GRADIENT,
                own.FORM,
                own.READOUT,
                own.PARALLEL,
                own.CONSTANT,
                *PRICING,
            ),
            examples=(
                (
                    "cost communication-gradient --n 10 --L 2 --P 1000 --g 1 --epsilon 0.1 "
                    "--delta 0.05",
                    "every protocol",
                ),
            ),
        ),
        Question(
            verb=COST,
            name="communication-training",
            says="What training a model of two parties takes: updates, and all that is sent.",
            source="[GMSM24]",
            answer="answers.cost:training_cost",
            parameters=(
                *LETTERS,
                own.GROUPS,
                own.KAPPA,
                own.EPSILON,
                own.DELTA,
                own.RADIUS,
                own.TRAINING,
                own.TEST,
                own.FORM,
                own.PARALLEL,
                *PRICING,
            ),
            examples=(
                (
                    "cost communication-training --n 10 --L 2 --P 50 --g 1 --kappa 0.1 --delta "
                    "0.05 --R 1",
                    "every way to train",
                ),
            ),
        ),
    ),
)
