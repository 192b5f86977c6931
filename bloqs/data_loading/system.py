"""Data loading, as it is asked about."""

from bloqs.data_loading.growth import GROWTH
from bloqs.data_loading.parameters import (
    BITS,
    BLOCK,
    EPSILON,
    LENGTH,
    LOADER,
    READ_IN_BLOCKS,
    ROTATION,
    blocks_fit,
)
from estimator.ask.explored import Explored
from estimator.ask.parameter import Choice
from estimator.ask.question import COST, Holds, Question, System
from estimator.ask.synthesis import PRICING

SYSTEM = System(
    name="data-loading",
    says="Tables of rotation angles in interchangeable memories, and vectors loaded from them.",
    source="[RHGPR25] Lem. D.1",
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="vector-loading",
            says="Loads a real vector of N entries as amplitudes, by a tree of looked-up "
            "rotations.",
            source="[RHGPR25] Lem. D.1",
            answer="answers:vector_loading",
            parameters=(
                Choice(
                    name="variant",
                    meaning="construction",
                    of=("rotation-tree",),
                    default="rotation-tree",
                ),
                LOADER,
                ROTATION,
                LENGTH,
                BITS,
                EPSILON,
                BLOCK,
                *PRICING,
            ),
            sizes={"n": "ceil_log2(N)", "b": "b"},
            sizes_hold=(
                Holds("log2(N) - 2"),
                *(Holds("log2(N) - 1 - 2*beta", {"loader": name}) for name in READ_IN_BLOCKS),
            ),
            growth=GROWTH,
            explored=Explored(
                starts={"N": 1024, "b": 12, "beta": 2},
                forms=("loader", "rotation"),
                ranges={"beta": (1, 16)},
                where={"beta": {"loader": READ_IN_BLOCKS}},
                requires=blocks_fit("log2(N) - 1"),
                left_out={
                    "variant": "there is one",
                    "epsilon": "b says the same, and moves",
                },
                grows="N",
            ),
            examples=(
                ("cost vector-loading --N 1024 --b 12 --loader ideal", 'what "given QRAM" hides'),
            ),
        ),
    ),
)
