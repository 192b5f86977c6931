"""Compiled loops over circuits that are measured: shifted angles, and strings of bits drawn."""

from typing import Any

import numba
import numpy as np

from bloqs.contrastive.model.compiled_gates import means, run, to_zero, turn


@numba.njit(cache=True, error_model="numpy")
def cumulate(re: Any, im: Any, sample: int, sums: Any, guide: Any) -> None:
    """Sums of the probabilities of one sample, and where a search of each part begins.

    Args:
        sums: is set, shape (2**W,): probability of this string or one before it, up to a factor.
        guide: is set, shape (2**W,): the first string whose sum is not below k / 2**W of all.
    """
    size = sums.shape[0]
    total = 0.0
    for x in range(size):
        total += float(re[x, sample]) ** 2 + float(im[x, sample]) ** 2
        sums[x] = total
    x = 0
    for k in range(size):
        while sums[x] * size < total * k:
            x += 1
        guide[k] = x


@numba.njit(cache=True, error_model="numpy")
def one_string(rng: Any, sums: Any, guide: Any) -> int:
    """A string of all qubits, qubit 0 its most significant bit."""
    size = sums.shape[0]
    part = rng.random()
    x = guide[int(part * size)]
    level = part * sums[size - 1]
    while sums[x] <= level and x < size - 1:
        x += 1
    return x


@numba.njit(cache=True, error_model="numpy")
def measured(
    re: Any, im: Any, shots: int, rng: Any, sums: Any, guide: Any, out: Any, tally: Any
) -> None:
    """One circuit for every sample: means of Z from so many shots, or exact ones for 0 shots.

    Args:
        out: is set, shape (W, samples).
        tally: circuits and shots so far; counts on.
    """
    width, samples = out.shape
    tally[0] += samples
    if shots == 0:
        means(re, im, out)
        return
    tally[1] += samples * shots
    ones = np.empty(width, np.int64)
    for k in range(samples):
        cumulate(re, im, k, sums, guide)
        ones[:] = 0
        for _ in range(shots):
            x = one_string(rng, sums, guide)
            for qubit in range(width):
                ones[qubit] += (x >> (width - 1 - qubit)) & 1
        for qubit in range(width):
            out[qubit, k] = 1 - 2 * ones[qubit] / shots


@numba.njit(cache=True, error_model="numpy")
def shifted_runs(
    rows: Any, width: int, c: Any, s: Any, gates: Any, turns: Any, shots: Any, chunk: int,
    rng: Any, out: Any, tally: Any,
) -> None:  # fmt: skip
    """The circuit of every sample, and the same with one angle shifted, for each shift.

    What comes before a shifted gate is run once for all its shifts.

    Args:
        c, s: cosine and sine of half of every angle, shape (angles, samples).
        gates: gate of each shift, not falling; shape (shifts,).
        turns: cosine and sine of half of each shift, shape (shifts, 2).
        shots: of the circuit itself and of each shifted one, shape (1 + shifts,); 0 for exact.
        chunk: samples at once; divides the number of samples.
        rng: a NumPy generator.
        out: is set, shape (1 + shifts, W, samples).
        tally: circuits and shots so far; counts on.
    """
    size = 1 << width
    re, sums, guide = np.empty((size, chunk), c.dtype), np.empty(size), np.empty(size, np.int64)
    im, other_re, other_im = np.empty_like(re), np.empty_like(re), np.empty_like(re)
    z = np.empty((width, chunk), c.dtype)
    for at in range(0, c.shape[1], chunk):
        cs, sn = c[:, at : at + chunk].copy(), s[:, at : at + chunk].copy()
        to_zero(re, im)
        term = 0
        for g in range(rows.shape[0]):
            angle = max(rows[g, 5], 0)
            while term < gates.shape[0] and gates[term] == g:
                other_re[:], other_im[:] = re, im
                new_c = cs[angle] * turns[term, 0] - sn[angle] * turns[term, 1]
                new_s = sn[angle] * turns[term, 0] + cs[angle] * turns[term, 1]
                turn(rows[g], new_c, new_s, other_re, other_im)
                run(rows, g + 1, rows.shape[0], cs, sn, other_re, other_im)
                measured(other_re, other_im, shots[1 + term], rng, sums, guide, z, tally)
                out[1 + term, :, at : at + chunk] = z
                term += 1
            turn(rows[g], cs[angle], sn[angle], re, im)
        measured(re, im, shots[0], rng, sums, guide, z, tally)
        out[0, :, at : at + chunk] = z


@numba.njit(cache=True, error_model="numpy")
def strings(rows: Any, width: int, c: Any, s: Any, rng: Any, out: Any) -> None:
    """Joint strings of all qubits; out has shape (samples, shots)."""
    size = 1 << width
    re, sums, guide = np.empty((size, 1), c.dtype), np.empty(size), np.empty(size, np.int64)
    im = np.empty_like(re)
    for sample in range(out.shape[0]):
        to_zero(re, im)
        cs, sn = c[:, sample : sample + 1].copy(), s[:, sample : sample + 1].copy()
        run(rows, 0, rows.shape[0], cs, sn, re, im)
        cumulate(re, im, 0, sums, guide)
        for shot in range(out.shape[1]):
            out[sample, shot] = one_string(rng, sums, guide)


@numba.njit(cache=True, error_model="numpy")
def final_states(rows: Any, width: int, c: Any, s: Any, out: Any) -> None:
    """Amplitudes of every sample; out has shape (samples, 2**W), complex."""
    re = np.empty((1 << width, 1), c.dtype)
    im = np.empty_like(re)
    for sample in range(out.shape[0]):
        to_zero(re, im)
        cs, sn = c[:, sample : sample + 1].copy(), s[:, sample : sample + 1].copy()
        run(rows, 0, rows.shape[0], cs, sn, re, im)
        for x in range(re.shape[0]):
            out[sample, x] = re[x, 0] + 1j * im[x, 0]


@numba.njit(cache=True, error_model="numpy")
def matrices(rows: Any, first: int, last: int, c: Any, s: Any, re: Any, im: Any) -> None:
    """Gates on every column of a matrix, in place; c and s have shape (angles,)."""
    ones = np.ones(re.shape[1], re.dtype)
    for g in range(first, last):
        angle = max(rows[g, 5], 0)
        turn(rows[g], c[angle] * ones, s[angle] * ones, re, im)
