"""Parameters of a convolution."""

from bloqs.data_loading.parameters import LARGEST
from estimator.ask.parameter import Number


def _size(name: str, meaning: str, unit: str, least: int = 1, two: bool = False) -> Number:
    return Number(
        name=name,
        symbol=name,
        meaning=meaning,
        unit=unit,
        least=least,
        most=LARGEST,
        power_of_two=two,
    )


SIZES = (
    _size("C_in", "input channels; 2**c where unset", "channels"),
    _size("C_out", "output channels; 2**c where unset", "channels"),
    _size("D", "kernel side; 2**d where unset", "pixels"),
    _size("M", "image side; 2**m where unset", "pixels", least=2, two=True),
)
NORMS = (
    Number(
        name="K_1", meaning="sum of |K|, the alpha of adder and published", least=0, whole=False
    ),
    Number(name="s_r", meaning="largest sum of |K| over one output channel", least=0, whole=False),
    Number(name="s_c", meaning="largest sum of |K| over one input channel", least=0, whole=False),
)
