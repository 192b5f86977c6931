"""Predictions by the kernel of a wide network, as they are asked about."""

from bloqs.data_loading.parameters import BITS, LOADER
from bloqs.ntk import parameters as own
from bloqs.ntk.growth import GROWTH
from estimator.ask.explored import Explored
from estimator.ask.question import COMPARE, COST, SIMULATE, Question, System
from estimator.ask.random_seed import SEED
from estimator.ask.synthesis import OF_ROTATIONS, PRICING

PROBLEM = (
    own.DATA,
    own.POINTS,
    own.DEPTH,
    own.VARIANT,
    own.NETWORK,
    own.INPUT_VARIANCE,
    own.MASK,
    own.SHIFT,
    own.TESTED,
    SEED,
    own.CLIP,
    own.EPSILON,
    own.THRESHOLD,
)
"""What data, kernel and mask are."""

SYSTEM = System(
    name="ntk",
    says="Training wide and deep networks by linear systems.",
    source="[ZNL21]",
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="ntk",
            says="Whether inverting the kernel of a wide network changes a prediction at a depth, "
            "and what one prediction costs by every solver.",
            source="[ZNL21] abstract; App. A.3 and A.4",
            answer="answers.cost:prediction_cost",
            parameters=(
                *PROBLEM,
                own.SOLVER,
                own.PREPARATION,
                own.READING,
                own.FAILURE,
                own.ENTRIES,
                LOADER,
                *PRICING,
            ),
            growth=GROWTH,
            explored=Explored(
                starts={"n": 2**20},
                stops={
                    "n": tuple(2**i for i in range(8, 41, 4)),
                    "variant": ("weighted", "diagonal"),
                    "network": ("erf", "relu"),
                    "loader": ("qrom", "qroam-clean", "bucket-brigade", "ideal"),
                },
                forms=("n", "variant", "network", "loader", *own.PINNED),
                left_out={
                    **dict.fromkeys(own.PINNED, own.FOR_THE_PAGE),
                    "data": "a file, or digits",
                    "depth": "as few layers as theory asks",
                    **dict.fromkeys(own.OF_DATA, "goes with data"),
                },
                rivals="answers.explored:rivals",
                meets=(
                    ("rival.t", "rival.CG"),
                    ("rival.t", "rival.sampled f_D"),
                ),
                drawn=("rival.t", "rival.CG", "rival.sampled f_D"),
                grows="n",
            ),
            examples=(
                ("cost ntk --data digits:8v9 --n 256", "digits, as deep as theory asks"),
                ("cost ntk --data digits:8v9 --n 256 --depth 8", "where inversion matters"),
                ("cost ntk --n 2**30", "random points on a sphere, in numbers"),
                ("cost ntk", "formulas in the size"),
            ),
        ),
        Question(
            verb=COMPARE,
            name="ntk",
            says="One prediction by circuits with every memory beside classical solvers and "
            "samplers: over n, or as they run on data.",
            source="[ZNL21] App. A.3 and A.4; [Saa03]; [GVL13]",
            answer="answers.compare:predictions_compared",
            draws=True,
            parameters=(
                *PROBLEM,
                own.SOLVER,
                own.PREPARATION,
                own.READING,
                own.FAILURE,
                own.ENTRIES,
                own.START,
                own.STOP,
                own.LOADERS,
                *OF_ROTATIONS,
            ),
            examples=(
                ("compare ntk --picture ntk.svg", "over n, every memory"),
                ("compare ntk --data digits:8v9 --n 64 --depth 12", "baselines as they run"),
            ),
        ),
        Question(
            verb=SIMULATE,
            name="ntk",
            says="Runs the circuits of predictions on real data: prediction and class of every "
            "point beside those of the kernel.",
            source="[ZNL21] App. A.3 and A.4",
            answer="answers.simulate:predictions_run",
            parameters=(
                *PROBLEM,
                own.RUN_SOLVER,
                own.RUN_PREPARATION,
                own.RUN,
                own.READING,
                own.FAILURE,
                LOADER,
                BITS,
            ),
            examples=(
                ("simulate ntk --data digits:8v9 --n 16 --depth 8", "digits, end to end"),
                ("simulate ntk --data digits:8v9 --n 8 --depth 8 --solver all", "every solver"),
                (
                    "simulate ntk --data digits:8v9 --n 8 --depth 16 --read-out swap",
                    "four swap tests",
                ),
            ),
        ),
    ),
)
