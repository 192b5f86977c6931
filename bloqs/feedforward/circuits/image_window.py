"""The projector onto a smaller image inside an image whose side is a power of two."""

from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite
from bloqs.feedforward.circuits.constant_comparison import ConstantComparison
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class ImageWindow(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes the projector onto the pixels with column and row below `side`, in every channel.

    One flag is set where the column is outside the window, one where the row is.

    Args:
        side: of the window, 1 <= side < 2**m, or `None` when only the size matters: then the
            largest. Unit: pixels.
        c: log2 of the channel count, may be 0. Unit: qubits.
        m: log2 of the image side, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which acts alike.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(c + 2 m): channel, column, row, each most significant bit first.
        ancilla: QAny(2): column outside, row outside. Starts in zero; finding zero again flags
            success.

    Encodes: the projector with alpha = 1 and epsilon = 0 (spectral norm).

    Cost: 2 (m - 1 - z) AND, z the zeros at the end of side, and half as many work qubits;
        controlled, 2 more Toffoli.

    Raises:
        ValueError: if m is below 1, c below 0, or side is out of range.

    Source: ours; the comparison is `ConstantComparison`.
    """

    side: int | None
    c: SymbolicInt
    m: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.c) and self.c < 0:
            raise ValueError(f"an image window needs c >= 0 qubits of channels, got c={self.c}")
        concrete = not is_symbolic(self.m)
        if concrete and self.side is not None and not 1 <= self.side < 2**self.m:
            raise ValueError(
                f"an image window needs 1 <= side < 2**m, got side={self.side} with m={self.m}; "
                "without a smaller side there is nothing to cut"
            )
        self.comparison  # noqa: B018  refuse what it refuses

    @property
    def comparison(self) -> ConstantComparison:
        """What sets one flag, controlled if this is."""
        return ConstantComparison(self.side, self.m, is_controlled=self.is_controlled)

    @property
    def is_hermitian(self) -> bool:
        """The circuit is its own inverse."""
        return True

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        return 0

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.c + 2 * self.m

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 2

    @property
    def system_names(self) -> WireNames:
        return (("channel", self.c), ("column", self.m), ("row", self.m))

    @property
    def ancilla_names(self) -> WireNames:
        return (("column outside", 1), ("row outside", 1))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.comparison: 2}

    def write(self, wires: Wires) -> None:
        if self.side is None:
            raise DecomposeTypeError(f"{self} has no side, so it has no circuit")
        pixel, flags = self.wires_of("system")[self.c :], self.wires_of("ancilla")
        for x, flag in ((pixel[: self.m], flags[:1]), (pixel[self.m :], flags[1:])):
            wires.on(self.comparison, ctrl=self.control, x=x, flag=flag)

    def __str__(self) -> str:
        side = "" if self.side is None else f"side={self.side}, "
        return f"ImageWindow{'†' if self.is_adjoint else ''}({side}c={self.c}, m={self.m})"


@bloq_example(generalizer=SAME_CALLS)
def image_window_example() -> ImageWindow:
    return ImageWindow(3, 1, 2)


@bloq_example(generalizer=SAME_CALLS)
def _image_window_of_one_channel() -> ImageWindow:
    return ImageWindow(6, 0, 3)


@bloq_example(generalizer=SAME_CALLS)
def _image_window_controlled() -> ImageWindow:
    return ImageWindow(1, 0, 2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def image_window_symbolic_example() -> ImageWindow:
    return ImageWindow(None, symbols.c, symbols.m)
