"""Coherent quantum ResNet inference in three regimes of data access, as it is asked about."""

from bloqs.convolution.parameters import NORMS, SIZES
from bloqs.data_loading.parameters import BITS, BLOCK, LOADER_NAMES, MOST_BITS, ROTATION
from bloqs.data_loading.parameters import EPSILON as ANGLES_EPSILON
from bloqs.data_loading.parameters import LOADER as TABLE_LOADER
from bloqs.resnet import parameters as own
from bloqs.resnet.growth import GROWTH
from estimator.ask.parameter import Choice, Choices, Flag, Number, Size
from estimator.ask.question import COMPARE, COST, SIMULATE, Question, Settled, System
from estimator.ask.synthesis import PRICING

SOURCE = "[RHGPR25] Thm. 2"

RECOGNISES = "recognised_file:divides_by_norms"
"""What tells a residual network's file."""

LAYERS = Flag(name="layers", meaning="show single convolutions, not the whole network")

SYSTEM = System(
    name="resnet",
    says="Coherent quantum ResNet inference in three regimes of data access.",
    source=SOURCE,
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="resnet",
            says="Runs k residual blocks of convolutions, activations and skip paths on an encoded "
            "image, coherently, and an output block.",
            source=SOURCE,
            answer="answers.cost:network",
            parameters=(
                own.VARIANT,
                own.LOADER,
                ROTATION,
                own.REGIME,
                own.OUTPUT,
                *own.COSTED,
                own.IMAGE,
                own.DIGIT,
                *PRICING,
            ),
            suffixes=(".onnx",),
            recognises=RECOGNISES,
            is_default=False,
            sizes=own.SIZES_OF_SYMBOLS,
            sizes_hold=own.SIZES_HOLD,
            settles={
                "b": Settled(
                    "facts.epsilon of the vector", "epsilon", 4, MOST_BITS, 1e-9, unless=("output",)
                ),
            },
            explored=own.EXPLORED,
            growth=GROWTH,
            examples=(
                ("cost resnet --k 2 --N 2**14 --C 16 --D 3 --epsilon 0.01 --alpha 5.2", "numbers"),
                ("cost FILE.onnx --regime 1 --epsilon 0.01", "a whole network"),
            ),
        ),
        Question(
            verb=COST,
            name="convolution-at-image",
            says="Every convolution of a residual network, and facts about the network at an "
            "image.",
            source=SOURCE,
            answer="answers.cost:layers_at_image",
            parameters=(
                Choice(
                    name="variant",
                    meaning="construction",
                    of=("adder", "multiplexed", "published"),
                    default="adder",
                ),
                TABLE_LOADER,
                ROTATION,
                LAYERS,
                *SIZES,
                *NORMS,
                BITS,
                ANGLES_EPSILON,
                BLOCK,
                own.IMAGE,
                own.DIGIT,
                *PRICING,
            ),
            suffixes=(".onnx",),
            is_default=False,
            examples=(("cost FILE.onnx --digit 3", "costs, and what the sampler is up against"),),
        ),
        Question(
            verb=COMPARE,
            name="resnet",
            says="Costs of residual networks as they grow, and of classical algorithms for the "
            "same task; of a file at one image and on larger ones.",
            source=SOURCE,
            answer="answers.compare:compare",
            parameters=(
                Choices(
                    name="regimes",
                    meaning="what lies in quantum memory",
                    of=own.REGIME_NAMES,
                    default=own.REGIME_NAMES,
                ),
                Choices(
                    name="variants",
                    meaning="constructions of the blocks",
                    of=own.VARIANT_NAMES,
                    default=own.VARIANT_NAMES,
                ),
                Choices(
                    name="memories",
                    aliases=("loaders",),
                    meaning="loaders of what lies in quantum memory",
                    of=LOADER_NAMES,
                    default=("ideal", "bucket-brigade", "qroam-clean"),
                ),
                Size(
                    name="start",
                    aliases=("from",),
                    meaning="smallest length of the vector",
                    least=4,
                    default=2**10,
                ),
                Size(
                    name="stop",
                    aliases=("to",),
                    meaning="largest length of the vector",
                    least=4,
                    default=2**40,
                ),
                *own.COMPARED,
                own.IMAGE,
                own.DIGIT,
                Number(
                    name="confidence",
                    meaning="of naming the best class; may be repeated",
                    least=0,
                    below=1,
                    many=True,
                    whole=False,
                ),
                Number(
                    name="sampler_epsilon",
                    meaning="total variation distance asked of the classical sampler's run",
                    least=0,
                    below=1,
                    default=0.3,
                    whole=False,
                ),
                Number(
                    name="samples",
                    meaning="classes that the classical sampler draws",
                    unit="classes",
                    least=1,
                    most=10**8,
                    default=400,
                ),
                Number(
                    name="seed",
                    meaning="of the classical sampler's randomness",
                    unit="",
                    least=0,
                    most=2**63,
                    default=0,
                ),
            ),
            suffixes=(".onnx",),
            recognises=RECOGNISES,
            draws=True,
            examples=(
                ("compare resnet --regimes 1 --from 2**14 --to 2**30", "where a circuit wins"),
                ("compare FILE.onnx --digit 3 --epsilon 0.01", "a network at one image"),
            ),
        ),
        Question(
            verb=SIMULATE,
            name="resnet",
            says="Runs a residual network's circuits on one image, layer by layer, against NumPy.",
            source=SOURCE,
            answer="answers.simulate:network",
            parameters=(
                Choice(
                    name="variant",
                    meaning="construction of the blocks",
                    of=own.VARIANT_NAMES,
                    default="tight",
                ),
                Number(
                    name="epsilon",
                    meaning="total error: l2, or of class probabilities",
                    least=0,
                    below=1,
                    is_required=True,
                    whole=False,
                ),
                own.DIGIT,
                own.IMAGE,
                Number(
                    name="blocks",
                    meaning="residual blocks to run, the first ones; all if unset",
                    unit="blocks",
                    least=1,
                    most=own.MOST_BLOCKS,
                ),
                Flag(name="output", meaning="run the output block, where the file has one"),
                Choice(
                    name="coherent",
                    meaning="how much is one circuit; what fits if unset",
                    of=("sum", "block", "network"),
                ),
                Choice(
                    name="lengths",
                    meaning="what is promised about lengths",
                    of=("measured", "proven"),
                    default="measured",
                ),
                Number(
                    name="samples",
                    aliases=("shots",),
                    meaning="shots of the output state",
                    unit="shots",
                    least=1,
                    most=10**15,
                ),
                Number(
                    name="seed",
                    meaning="of the shots",
                    unit="",
                    least=0,
                    most=2**63,
                    default=0,
                ),
            ),
            suffixes=(".onnx",),
            recognises=RECOGNISES,
            examples=(
                ("simulate FILE.onnx --digit 0 --epsilon 0.01", "every layer against NumPy"),
            ),
        ),
    ),
)
