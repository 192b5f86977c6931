"""Singular value transformation, as it is asked about."""

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
from bloqs.qsvt.parameters import DEGREE, GROWTH, NORMALISED
from estimator.ask.explored import Explored, Required
from estimator.ask.parameter import Choice, Number
from estimator.ask.question import COST, Question, System
from estimator.ask.synthesis import PRICING

SEVERAL_QUBITS = Required("log2(N) - 2", "the formulas of this page are for N >= 4")
BITS_MOVE = "b says the same, and moves"

SYSTEM = System(
    name="qsvt",
    says="Singular value transformation by real polynomials, and normalisation of vectors.",
    source="[GSLW18] Thm. 17 and Cor. 18",
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="qsvt",
            says="Transforms the amplitudes of a loaded vector, as a diagonal operator, by a real "
            "polynomial of definite parity.",
            source="[GSLW18] Thm. 17 and Cor. 18",
            answer="answers:transform_cost",
            parameters=(
                Choice(
                    name="variant", meaning="construction", of=("diagonal",), default="diagonal"
                ),
                LOADER,
                ROTATION,
                LENGTH,
                DEGREE,
                BITS,
                EPSILON,
                BLOCK,
                *PRICING,
            ),
            growth=GROWTH,
            explored=Explored(
                starts={"N": 1024, "degree": 20, "b": 12, "beta": 2},
                forms=("loader", "rotation"),
                ranges={"N": (4, 2**32), "degree": (1, 10**6), "beta": (1, 16)},
                symbols={"n": "log2(N)"},
                where={"beta": {"loader": READ_IN_BLOCKS}},
                requires=(SEVERAL_QUBITS, *blocks_fit("log2(N) - 1")),
                left_out={"variant": "there is one", "epsilon": BITS_MOVE},
                grows="N",
            ),
        ),
        Question(
            verb=COST,
            name="normalise",
            says="Lifts an encoded vector of unknown length to length one, here a loaded vector "
            "that was shortened to length 1 / alpha.",
            source="[RHGPR25] Lem. B.8; [YLC14] for fixed-point",
            answer="answers:normalise_cost",
            parameters=(
                Choice(
                    name="variant",
                    meaning="a polynomial, which keeps the phase, or the shorter sequence that "
                    "does not",
                    of=("sign", "fixed-point"),
                    default="sign",
                ),
                LOADER,
                ROTATION,
                LENGTH,
                Number(
                    name="alpha",
                    symbol="kappa",
                    meaning="one over the length that the encoded vector is promised to have at "
                    "least",
                    least=1,
                    most=1000,
                    whole=False,
                ),
                Number(
                    name="delta",
                    symbol="delta",
                    meaning="distance of the lifted length from one that the polynomial may leave",
                    at_least=1e-9,
                    most=0.5,
                    whole=False,
                ),
                BITS,
                EPSILON,
                BLOCK,
                *PRICING,
            ),
            growth=NORMALISED,
            explored=Explored(
                starts={"N": 1024, "alpha": 10.0, "delta": 0.01, "b": 16, "beta": 2},
                stops={
                    "alpha": (1.5, 2.0, 5.0, 10.0, 30.0),
                    "delta": (0.1, 0.01, 0.001),
                },
                forms=("variant", "loader", "rotation", "alpha", "delta"),
                ranges={"N": (4, 2**32), "beta": (1, 16)},
                symbols={"n": "log2(N)"},
                where={"beta": {"loader": READ_IN_BLOCKS}},
                requires=(SEVERAL_QUBITS, *blocks_fit("log2(N) - 1")),
                left_out={"epsilon": BITS_MOVE},
                grows="N",
            ),
            examples=(("cost normalise --alpha 10 --delta 0.01", "calls of the vector"),),
        ),
    ),
)
