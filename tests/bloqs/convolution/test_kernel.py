"""Kernels: where taps look, how shifts are coded, what is dropped, norms, refusals."""

import math
from itertools import product

import numpy as np
import pytest

from bloqs.convolution.kernel import Kernel, Mode, Padding
from estimator import symbols


def shift_of(place, direction, signed, bits):
    """What a register in state `place` shifts by, read bit by bit."""
    value = sum(2**k for k in range(bits) if place >> k & 1)
    if signed and place >> (bits - 1) & 1:
        value -= 2**bits
    return direction * value


def codable(D, offset):
    """Whether one register of ceil(log2 D) bits, signed or not, either way round, says all."""
    bits = math.ceil(math.log2(D))
    needed = set(range(-offset, D - offset))
    return any(
        needed <= {shift_of(place, direction, signed, bits) for place in range(2**bits)}
        for direction, signed in product((1, -1), (False, True))
    )


@pytest.mark.parametrize(
    "D", [1, 2, 3, 5, 8, 9, *(pytest.param(D, marks=pytest.mark.slow) for D in (4, 6, 7))]
)
def test_code_says_every_shift_or_is_refused(D, rng):
    """For every offset: tap t lies where the register says t - offset; elsewhere is zero."""
    K = rng.normal(size=(2, 3, D, D))
    for offset in range(D):
        if not codable(D, offset):
            with pytest.raises(ValueError, match=f"shifts by {-offset} to {D - 1 - offset} pixels"):
                Kernel(tuple(K.reshape(-1)), 2, 3, D, offset, wraps=False)
            continue
        kernel = Kernel(tuple(K.reshape(-1)), 2, 3, D, offset, wraps=False)
        coded, found = kernel.coded(), np.zeros(K.shape)
        side = 2**kernel.d
        assert coded.shape == (4, 4, side, side)
        for i, j, x, y in np.ndindex(coded.shape):
            k, l = (shift_of(place, *kernel.code, kernel.d) + offset for place in (x, y))
            if coded[i, j, x, y]:
                found[i, j, k, l] = coded[i, j, x, y]
        np.testing.assert_array_equal(found, K)
        assert np.count_nonzero(coded) == K.size


def test_usual_paddings_have_a_code():
    """Centred, and all on one side, for every kernel side; only in between some are refused."""
    for D in range(1, 18):
        for offset in {0, (D - 1) // 2, D // 2, D - 1}:
            Kernel(None, 1, 1, D, offset, wraps=False)
    with pytest.raises(ValueError, match="shifts by -1 to 6 pixels, which no 3-bit register"):
        Kernel(None, 1, 1, 8, 1, wraps=False)


def test_middle_of_the_kernel_looks_straight_ahead():
    """Index (D - 1) // 2 of the kernel as given, flipped or not; or the last that looks back."""
    for D, padding, mode in product(range(1, 7), Padding, Mode):
        middle = (D - 1) // 2
        if padding is Padding.TOP_LEFT:
            middle = 0 if mode is Mode.CONVOLUTION else D - 1
        K = np.zeros((1, 1, D, D))
        K[0, 0, middle, middle] = 7.0
        coded = Kernel.of(K, padding, mode).coded()
        assert coded[0, 0, 0, 0] == 7.0, f"{D=}, {padding=}, {mode=}"
        assert np.count_nonzero(coded) == 1, f"{D=}, {padding=}, {mode=}"


def test_channels_and_taps_keep_their_order(rng):
    """K[i, j, k, l]: output channel, input channel, row, column; correlation flips both axes."""
    K = rng.normal(size=(3, 2, 3, 3))
    for mode in Mode:
        kernel = Kernel.of(K, Padding.SAME, mode)
        for i, j, k, l in np.ndindex(K.shape):
            flipped = (k, l) if mode is Mode.CONVOLUTION else (2 - k, 2 - l)
            assert kernel.array[(i, j, *flipped)] == K[i, j, k, l]


def test_index_widths_round_up():
    """c = ceil(log2 C) for the larger of input and output, d = ceil(log2 D)."""
    for C, c in ((1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (8, 3), (9, 4)):
        for C_out, C_in in ((C, 1), (1, C), (C, C)):
            kernel = Kernel(None, C_out, C_in, C, 0, wraps=False)
            assert (kernel.c, kernel.d) == (c, c), f"{C=}, {c=}"


def test_taps_past_the_image_are_dropped(rng):
    """Those whose row or column shift is at least the side, if outside is zero; no others."""
    for m, offset in product((1, 2), (0, 2, 4)):
        K = rng.normal(size=(2, 1, 5, 5))
        near = Kernel(tuple(K.reshape(-1)), 2, 1, 5, offset, wraps=False).within(m)
        for i, j, k, l in np.ndindex(K.shape):
            inside = abs(k - offset) < 2**m and abs(l - offset) < 2**m
            assert near.array[i, j, k, l] == (K[i, j, k, l] if inside else 0), f"{m=}, {offset=}"
        periodic = Kernel(tuple(K.reshape(-1)), 2, 1, 5, offset, wraps=True)
        assert periodic.within(m) == periodic, f"{m=}, {offset=}"
        assert near.within(symbols.m) == near, f"{m=}, {offset=}"


def test_norms_are_sums(rng):
    K = rng.normal(size=(3, 2, 3, 3))
    into, out_of = [0.0] * 3, [0.0] * 2
    for i, j, k, l in np.ndindex(K.shape):
        into[i] += abs(K[i, j, k, l])
        out_of[j] += abs(K[i, j, k, l])
    kernel = Kernel.of(K)
    found = (kernel.norm_1, kernel.row_sum, kernel.column_sum)
    assert found == pytest.approx((sum(into), max(into), max(out_of)), abs=1e-12)


def test_symbolic_kernel_is_centred_with_even_side():
    """At D = 2^d it has the offset and the code of a concrete kernel of that side."""
    kernel = Kernel.symbolic()
    assert (kernel.c, kernel.d) == (symbols.c, symbols.d)
    assert (kernel.norm_1, kernel.row_sum, kernel.column_sum) == (
        symbols.norm_1,
        symbols.s_r,
        symbols.s_c,
    )
    for d in (2, 3, 4):
        concrete = Kernel.of(np.ones((1, 1, 2**d, 2**d)))
        assert kernel.offset.subs(symbols.d, d) == concrete.offset
        assert kernel.code == concrete.code
    assert kernel.within(1) is kernel


@pytest.mark.parametrize(
    ("K", "message"),
    [
        (np.ones((2, 2)), r"kernel must have shape \(C_out, C_in, D, D\), got \(2, 2\)"),
        (np.ones((1, 1, 2, 3)), r"got \(1, 1, 2, 3\)"),
        (np.ones((1, 3, 3)), r"got \(1, 3, 3\)"),
        (np.ones((0, 1, 2, 2)), "at least one channel in and out and one tap, got C_out=0"),
        (np.ones((1, 0, 2, 2)), "at least one channel in and out and one tap, got .*C_in=0"),
        (np.ones((1, 1, 0, 0)), "at least one channel in and out and one tap, got .*D=0"),
        (np.full((1, 1, 2, 2), math.nan), "kernel entries must be finite, got NaN or infinity"),
        (np.array([[[[math.inf]]]]), "kernel entries must be finite, got NaN or infinity"),
        (np.ones((1, 1, 2, 2)) * 1j, "kernel needs real entries, got an array of complex128"),
        (np.zeros((2, 1, 3, 3)), "kernel is zero everywhere; the operator to encode is zero"),
    ],
)
def test_refuses_impossible_arrays(K, message):
    with pytest.raises(ValueError, match=message):
        Kernel.of(K)


def test_refuses_impossible_fields():
    with pytest.raises(ValueError, match="kernel needs 8 entries, got 3"):
        Kernel((1.0, 2.0, 3.0), 1, 2, 2, 0, wraps=False)
    for offset in (-1, 3):
        with pytest.raises(ValueError, match=f"offset must be from 0 to D - 1 = 2, got {offset}"):
            Kernel(None, 1, 1, 3, offset, wraps=False)


def test_refuses_a_kernel_that_misses_the_image():
    """Only the corner taps of a 5 x 5 kernel are not zero, and the image has two pixels a side."""
    K = np.zeros((1, 1, 5, 5))
    K[0, 0, ::4, ::4] = 1.0
    with pytest.raises(ValueError, match="every tap shifts past the image of side 2; the operator"):
        Kernel.of(K).within(1)
    assert Kernel.of(K).within(2) == Kernel.of(K)
