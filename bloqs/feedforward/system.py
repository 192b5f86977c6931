"""Feed-forward networks of any kind, as they are asked about."""

from bloqs.data_loading.parameters import BLOCK, LOADER, ROTATION
from bloqs.feedforward import parameters as own
from estimator.ask.parameter import Choices, Number
from estimator.ask.question import COMPARE, COST, SIMULATE, Question, System
from estimator.ask.synthesis import PRICING

SOURCE = "ours; [RHGPR25] Lem. 1, 2 and B.18 for sums, products and activations"

SYSTEM = System(
    name="feedforward",
    says="Feed-forward networks as people export them, layer by layer on one register.",
    source=SOURCE,
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="network",
            says="Runs a whole network of convolutions, dense layers, biases, strides, averages, "
            "skips and activations on an encoded image, coherently.",
            source=SOURCE,
            answer="answers.cost:network",
            parameters=(
                LOADER,
                ROTATION,
                BLOCK,
                own.EPSILON,
                own.MARGIN,
                own.IMAGE,
                own.DIGIT,
                own.IMAGES,
                own.SEED,
                *PRICING,
            ),
            suffixes=(".onnx",),
            draws=True,
            yields=True,
            examples=(("cost FILE.onnx --epsilon 0.01", "a whole network of your own"),),
        ),
        Question(
            verb=SIMULATE,
            name="network",
            says="Runs every step's circuit of a network on one image by itself, against NumPy.",
            source=SOURCE,
            answer="answers.simulate:network",
            parameters=(
                own.EPSILON,
                own.MARGIN,
                own.IMAGE,
                own.DIGIT,
                own.IMAGES,
                own.SEED,
            ),
            suffixes=(".onnx",),
            yields=True,
            examples=(("simulate FILE.onnx --epsilon 0.05", "step by step against NumPy"),),
        ),
        Question(
            verb=COMPARE,
            name="network",
            says="Puts a network's circuit beside its exact evaluation, at one image.",
            source=SOURCE,
            answer="answers.compare:compare",
            parameters=(
                Choices(
                    name="memories",
                    aliases=("loaders",),
                    meaning="memories that hold weights, biases and the image",
                    of=("ideal", "bucket-brigade", "qrom"),
                    default=("ideal", "bucket-brigade", "qrom"),
                ),
                own.EPSILON,
                own.MARGIN,
                own.IMAGE,
                own.DIGIT,
                own.IMAGES,
                own.SEED,
                Number(
                    name="confidence",
                    meaning="of naming the class with the largest squared score",
                    least=0,
                    below=1,
                    default=0.9,
                    whole=False,
                ),
            ),
            suffixes=(".onnx",),
            yields=True,
            examples=(("compare FILE.onnx --epsilon 0.1", "circuit and exact evaluation"),),
        ),
    ),
)
