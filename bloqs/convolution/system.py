"""Convolutions, as they are asked about."""

from collections.abc import Mapping
from typing import Any

from bloqs.convolution.growth import GROWTH, TRANSFORMED
from bloqs.convolution.parameters import NORMS, SIZES
from bloqs.data_loading.parameters import (
    BITS,
    BLOCK,
    EPSILON,
    LOADER,
    READ_IN_BLOCKS,
    ROTATION,
    blocks_fit,
)
from bloqs.qsvt.parameters import DEGREE
from estimator.ask.explored import Explored, Required
from estimator.ask.parameter import Choice, Flag
from estimator.ask.question import COST, Question, System
from estimator.ask.synthesis import PRICING


def _variant(*names: str) -> Choice:
    return Choice(name="variant", meaning="construction", of=names, default=names[0])


LAYERS = Flag(name="layers", meaning="show a file's single convolutions, not the whole network")

SHARED = (LOADER, ROTATION)
"""Choices of every convolution, after its variant."""

BY_SUM = ("adder", "published")
BY_ROWS = ("multiplexed",)
"""Variants by the sums of |K| that their alpha is made of."""


def _explored(more: Mapping[str, Any], left_out: Mapping[str, str]) -> Explored:
    """What moves on a page about a convolution.

    Args:
        more: numbers besides those of the convolution, with where they start.
        left_out: parameters besides epsilon that do not move.
    """
    published = {"variant": ("published",)}
    side = "ceil_log2(D)"
    return Explored(
        starts={
            **more,
            "C_in": 16,
            "C_out": 16,
            "D": 3,
            "M": 32,
            "K_1": 78.0,
            "s_r": 5.4,
            "s_c": 5.4,
            "b": 16,
            "beta": 2,
        },
        forms=("variant", "loader", "rotation"),
        ranges={
            "C_in": (2, 512),
            "C_out": (2, 512),
            "D": (2, 16),
            "M": (2, 2**20),
            "K_1": (1e-3, 1e4),
            "s_r": (1e-3, 1e3),
            "s_c": (1e-3, 1e3),
            "beta": (1, 16),
            "degree": (1, 10**6),
        },
        symbols={"c": "ceil_log2(Max(C_in, C_out))", "d": side, "m": "log2(M)"},
        kept=("C_in", "C_out", "D"),
        where={
            "beta": {"loader": READ_IN_BLOCKS},
            "K_1": {"variant": BY_SUM},
            "s_r": {"variant": BY_ROWS},
            "s_c": {"variant": BY_ROWS},
        },
        requires=(
            Required("Max(C_in, C_out) - 2", "the formulas of this page are for several channels"),
            Required("D - 2", "the formulas of this page are for kernels of several pixels"),
            Required(
                "D - 3",
                "a kernel of two pixels looks to one side alone, and takes fewer qubits than the "
                "formulas of this page say",
                {"variant": ("adder", "multiplexed")},
            ),
            Required("C_out*s_r - s_c", "s_c is at most C_out * s_r", {"variant": BY_ROWS}),
            Required("C_in*s_c - s_r", "s_r is at most C_in * s_c", {"variant": BY_ROWS}),
            Required(
                f"D - 2**{side}",
                "the formulas of the published convolution are for kernels of a power of two",
                published,
            ),
            Required(
                "Min(C_in, C_out) - 2**ceil_log2(Max(C_in, C_out))",
                "the formulas of the published convolution are for as many channels in as out, a "
                "power of two",
                published,
            ),
            Required(
                "K_1 - 2 - 1/10**9",
                "the published convolution is amplified where K_1 is above 2",
                published,
            ),
            Required(
                f"log2(M) - 3 - {side}",
                "the formulas of the published convolution are for kernels inside the image",
                published,
            ),
            *blocks_fit(f"2*ceil_log2(Max(C_in, C_out)) + 2*{side} - 1"),
        ),
        left_out={**left_out, "epsilon": "b says the same, and moves"},
        drawn=("t_count", "qubits", "facts.classical FLOP") if not more else ("t_count", "qubits"),
        grows="C_in" if not more else "degree",
    )


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
            growth=GROWTH,
            explored=_explored({}, {"layers": "about a file"}),
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
            growth=TRANSFORMED,
            explored=_explored({"degree": 20}, {}),
        ),
    ),
)
