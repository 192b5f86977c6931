"""Contrastive learning with a trained circuit, as it is asked about."""

from bloqs.contrastive import parameters as own
from estimator.ask.question import COST, Question, System
from estimator.ask.synthesis import PRICING

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
            "and shots by every gradient rule, and the same step without a quantum computer.",
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
                *PRICING,
            ),
            examples=(
                ("cost contrastive --W 8 --L 2", "the published ring"),
                ("cost contrastive --ansatz all-to-all", "another ansatz, in letters"),
            ),
        ),
    ),
)
