"""Data loading, as it is asked about."""

from bloqs.data_loading.parameters import BITS, BLOCK, EPSILON, LENGTH, LOADER, ROTATION
from estimator.ask.parameter import Choice
from estimator.ask.question import COST, Question, System
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
            examples=(
                ("cost vector-loading --N 1024 --b 12 --loader ideal", 'what "given QRAM" hides'),
            ),
        ),
    ),
)
