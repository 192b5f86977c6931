"""Singular value transformation, as it is asked about."""

from bloqs.data_loading.parameters import BITS, BLOCK, EPSILON, LENGTH, LOADER, ROTATION
from bloqs.qsvt.parameters import DEGREE
from estimator.ask.parameter import Choice, Number
from estimator.ask.question import COST, Question, System
from estimator.ask.synthesis import PRICING

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
            examples=(("cost normalise --alpha 10 --delta 0.01", "calls of the vector"),),
        ),
    ),
)
