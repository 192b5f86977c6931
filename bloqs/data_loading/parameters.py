"""Parameters of everything that reads a table of angles."""

from estimator.ask.explored import Required
from estimator.ask.parameter import Choice, Number

LARGEST = 2**32
"""Largest length or side that is costed: a table of its size has no memory in sight anyway."""

MOST_BITS = 256
"""Most bits of an angle that is costed: far finer than any table of floating-point numbers."""

LOADER_NAMES = (
    "qrom",
    "qroam-clean",
    "select-swap",
    "bucket-brigade",
    "bucket-brigade-narrow",
    "ideal",
)
"""Of `bloqs.data_loading.loaders.LOADERS`, in its order."""

READ_IN_BLOCKS = ("qroam-clean", "select-swap")
"""Memories whose tables are read in blocks of 2**beta rows."""

BLOCKS_FIT = "a table read in blocks needs beta of at most half of the bits of its address"
"""What is said where a table has too few rows for blocks of 2**beta."""

LOADER = Choice(
    name="loader", meaning="memory that holds classical tables", of=LOADER_NAMES, default="qrom"
)
ROTATION = Choice(
    name="rotation",
    meaning="how the bits of an angle turn a qubit",
    of=("phase-gradient", "bitwise"),
    default="phase-gradient",
)
LENGTH = Number(
    name="N",
    symbol="N",
    meaning="length of the vector; n = log2(N) where unset",
    unit="entries",
    least=2,
    most=LARGEST,
    power_of_two=True,
)
BITS = Number(
    name="b",
    symbol="b",
    meaning="bits of a rotation angle",
    unit="qubits",
    least=4,
    most=MOST_BITS,
)
BLOCK = Number(
    name="beta",
    symbol="beta",
    meaning="log2 of the block size of qroam-clean and select-swap",
    unit="qubits",
    least=0,
    most=64,
)
EPSILON = Number(
    name="epsilon",
    symbol="epsilon",
    meaning="error of the result from rounded angles; decides b",
    least=0,
    most=1,
    whole=False,
)


def blocks_fit(widest: str) -> tuple[Required, ...]:
    """What beta has to fulfil on a page.

    Args:
        widest: address width of the largest table, in parameters.
    """
    return (
        Required(f"{widest} - 2*beta", BLOCKS_FIT, {"loader": READ_IN_BLOCKS}),
        Required("beta - 1", "select-swap needs beta >= 1", {"loader": ("select-swap",)}),
    )
