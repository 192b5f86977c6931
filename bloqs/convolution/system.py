"""Convolutions, as they are asked about."""

from bloqs.convolution.parameters import NORMS, SIZES
from bloqs.data_loading.parameters import BITS, BLOCK, EPSILON, LOADER, ROTATION
from bloqs.qsvt.parameters import DEGREE
from estimator.ask.parameter import Choice, Flag
from estimator.ask.question import COST, Question, System
from estimator.ask.synthesis import PRICING


def _variant(*names: str) -> Choice:
    return Choice(name="variant", meaning="construction", of=names, default=names[0])


LAYERS = Flag(name="layers", meaning="show a file's single convolutions, not the whole network")

SHARED = (LOADER, ROTATION)
"""Choices of every convolution, after its variant."""

SYSTEM = System(
    name="convolution",
    says="Block-encodings of 2-D multi-filter convolutions.",
    source="[RHGPR25] Lem. B.17 and 5",
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="convolution",
            says="Block-encodes a 2-D multi-filter convolution, stride 1, zero padding.",
            source="[RHGPR25] Lem. B.17 and 5",
            answer="answers:convolution_cost",
            parameters=(
                _variant("adder", "multiplexed", "published"),
                *SHARED,
                LAYERS,
                *SIZES,
                *NORMS,
                BITS,
                EPSILON,
                BLOCK,
                *PRICING,
            ),
            suffixes=(".onnx",),
            is_default=False,
            examples=(
                ("cost convolution --variant multiplexed", "formulas for any size"),
                ("cost FILE.onnx --layers", "every convolution of a network"),
            ),
        ),
        Question(
            verb=COST,
            name="qsvt-convolution",
            says="Transforms the singular values of a 2-D convolution, divided by its alpha, by a "
            "real polynomial of definite parity.",
            source="[GSLW18] Thm. 17 and Cor. 18",
            answer="answers:transformed_convolution_cost",
            parameters=(
                _variant("adder", "multiplexed"),
                *SHARED,
                DEGREE,
                *SIZES,
                *NORMS,
                BITS,
                EPSILON,
                BLOCK,
                *PRICING,
            ),
        ),
    ),
)
