"""A convolution kernel: its taps, their shifts, and what happens at the image border."""

from enum import StrEnum

import numpy as np
import sympy
from attrs import evolve, frozen
from numpy.typing import NDArray
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from estimator import symbols


class Padding(StrEnum):
    """What a pixel outside the image is, and which tap looks straight ahead."""

    SAME = "same"
    """Zero outside; the kernel is centred, at index (D - 1) // 2, as in `scipy.signal`."""
    TOP_LEFT = "top-left"
    """Zero outside; all padding above and to the left, so nothing looks down or right."""
    CIRCULAR = "circular"
    """The opposite side; the kernel is centred."""


class Mode(StrEnum):
    """Whether the kernel is flipped before it slides over the image."""

    CONVOLUTION = "convolution"
    CORRELATION = "correlation"


@frozen(cache_hash=True)
class Kernel:
    r"""The taps $K[i,j,k,l]$ of $out[i; z, y] = \sum K[i,j,k,l]\, X[j; z-(k-o), y-(l-o)]$.

    Args:
        entries: $K$, flattened in the order (output channel, input channel, row, column), or
            `None` when only sizes matter.
        C_out: output channels. At least 1.
        C_in: input channels. At least 1.
        D: kernel side. Unit: pixels. At least 1.
        offset: $o$, from 0 to D - 1. Unit: pixels.
        wraps: whether the image is periodic; zero outside otherwise.
        norms: values known for the symbols `norm_1`, `s_r` and `s_c` where `entries` is `None`.

    Raises:
        ValueError: if a size or the offset is out of range, an entry is not finite, or no
            two's-complement register of ceil(log2(D)) bits holds all shifts.
    """

    entries: tuple[float, ...] | None
    C_out: SymbolicInt
    C_in: SymbolicInt
    D: SymbolicInt
    offset: SymbolicInt
    wraps: bool
    norms: tuple[tuple[sympy.Symbol, float], ...] = ()

    def __attrs_post_init__(self) -> None:
        if is_symbolic(self.C_out, self.C_in, self.D, self.offset):
            return
        if min(self.C_out, self.C_in, self.D) < 1:
            raise ValueError(
                f"a kernel needs at least one channel in and out and one tap, got "
                f"C_out={self.C_out}, C_in={self.C_in}, D={self.D}"
            )
        if not 0 <= self.offset < self.D:
            raise ValueError(f"offset must be from 0 to D - 1 = {self.D - 1}, got {self.offset}")
        if self.entries is not None:
            size = self.C_out * self.C_in * self.D**2
            if len(self.entries) != size:
                raise ValueError(f"kernel needs {size} entries, got {len(self.entries)}")
            if not np.all(np.isfinite(self.entries)):
                raise ValueError("kernel entries must be finite, got NaN or infinity")
            if not np.any(self.entries):
                raise ValueError("kernel is zero everywhere; the operator to encode is zero")
        self.code  # noqa: B018  refuse an offset that has no code

    @classmethod
    def of(
        cls,
        K: NDArray[np.float64],
        padding: Padding = Padding.SAME,
        mode: Mode = Mode.CONVOLUTION,
    ) -> "Kernel":
        """The kernel of an array of shape (C_out, C_in, D, D).

        Raises:
            ValueError: if the array does not have that shape, or is complex, zero or not finite.
        """
        if K.ndim != 4 or K.shape[2] != K.shape[3]:
            raise ValueError(f"kernel must have shape (C_out, C_in, D, D), got {K.shape}")
        if np.iscomplexobj(K):
            raise ValueError(f"kernel needs real entries, got an array of {K.dtype}")
        C_out, C_in, D, _ = K.shape
        taps, centre = K, (D - 1) // 2
        if mode is Mode.CORRELATION:
            taps, centre = K[:, :, ::-1, ::-1], D - 1 - centre
        offset = 0 if padding is Padding.TOP_LEFT else centre
        entries = tuple(float(x) for x in taps.reshape(-1))
        return cls(entries, C_out, C_in, D, offset, wraps=padding is Padding.CIRCULAR)

    @classmethod
    def symbolic(cls, wraps: bool = False) -> "Kernel":
        """A centred kernel of 2**c by 2**c channels and side 2**d, about which no more is known."""
        C, D = 2**symbols.c, 2**symbols.d
        return cls(None, C, C, D, D / 2 - 1, wraps)

    @property
    def array(self) -> NDArray[np.float64]:
        """K, shape (C_out, C_in, D, D)."""
        return np.array(self.entries).reshape(self.C_out, self.C_in, self.D, self.D)

    def pixel_names(self, m: SymbolicInt) -> WireNames:
        """What the index of an image of side 2**m holds, most significant bits first."""
        return (("channel", self.c), ("column", m), ("row", m))

    @property
    def c(self) -> SymbolicInt:
        """Width of a channel index that serves input and output. Unit: qubits."""
        if is_symbolic(self.C_out, self.C_in):
            return symbols.c
        return (max(self.C_out, self.C_in) - 1).bit_length()

    @property
    def d(self) -> SymbolicInt:
        """Width of a tap index. Unit: qubits."""
        return symbols.d if is_symbolic(self.D) else (self.D - 1).bit_length()

    @property
    def code(self) -> tuple[int, bool]:
        """How a d-bit register says how far to shift: (direction, whether the code is signed).

        The register holds direction * (tap - offset), in two's complement if signed. Zero always
        means no shift.
        """
        if is_symbolic(self.D):
            return -1, True
        below, above, half = self.offset, self.D - 1 - self.offset, 2**self.d // 2
        if below == 0:
            return 1, False
        if above == 0:
            return -1, False
        if below <= half and above < half:
            return 1, True
        if above <= half and below < half:
            return -1, True
        raise ValueError(
            f"padding shifts by {-below} to {above} pixels, which no {self.d}-bit register holds; "
            f"use 'same' or one-sided padding"
        )

    def within(self, m: SymbolicInt) -> "Kernel":
        """The kernel without the taps whose shift leaves an image of side 2**m altogether."""
        if self.entries is None or self.wraps or is_symbolic(m):
            return self
        near = np.abs(np.arange(self.D) - self.offset) < 2**m
        taps = self.array * near[:, None] * near
        if not np.any(taps):
            raise ValueError(
                f"every tap shifts past the image of side {2**m}; the operator is zero"
            )
        return evolve(self, entries=tuple(float(x) for x in taps.reshape(-1)))

    def coded(self) -> NDArray[np.float64]:
        """K padded to shape (2**c, 2**c, 2**d, 2**d), taps at the place of their code."""
        direction, _ = self.code
        place = direction * (np.arange(self.D) - self.offset) % 2**self.d
        padded = np.zeros((2**self.c, 2**self.c, 2**self.d, 2**self.d))
        padded[: self.C_out, : self.C_in, place[:, None], place] = self.array
        return padded

    @property
    def norm_1(self) -> SymbolicFloat:
        """Sum of |K|. Unit: 1."""
        if self.entries is None:
            return dict(self.norms).get(symbols.norm_1, symbols.norm_1)
        return float(np.abs(self.array).sum())

    @property
    def row_sum(self) -> SymbolicFloat:
        """s_r, the largest sum of |K| over one output channel. Unit: 1."""
        if self.entries is None:
            return dict(self.norms).get(symbols.s_r, symbols.s_r)
        return float(np.abs(self.array).sum(axis=(1, 2, 3)).max())

    @property
    def column_sum(self) -> SymbolicFloat:
        """s_c, the largest sum of |K| over one input channel. Unit: 1."""
        if self.entries is None:
            return dict(self.norms).get(symbols.s_c, symbols.s_c)
        return float(np.abs(self.array).sum(axis=(0, 2, 3)).max())

    def __str__(self) -> str:
        return f"{self.C_in}->{self.C_out} channels, {self.D}x{self.D}"
