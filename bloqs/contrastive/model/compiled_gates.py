"""Compiled loops over gates: states of several samples at once, forwards and back.

Amplitudes are two real arrays of shape (2**W, samples); the samples lie beside each other, so that
every gate is the same few products along a row. The loops are serial: threads of numba that start
after those of PyTorch slow it down and change how it rounds.
"""

from typing import Any

import numba
import numpy as np

X, Y, Z, FLIP = 0, 1, 2, 3
"""As in `gate_program`, where a compiled loop sees them."""


@numba.njit(cache=True, error_model="numpy", fastmath={"contract"})
def turn(row: Any, c: Any, s: Any, re: Any, im: Any) -> None:
    """One gate on all samples, in place.

    Args:
        row: of a `GateProgram`.
        c, s: cosine and sine of half its angle, shape (samples,).
        re, im: the amplitudes.
    """
    axis, flip, lead, control, sense = row[0], row[1], row[2], row[3], row[4]
    samples = re.shape[1]
    for x in range(re.shape[0]):
        if x & lead != 0 or x & control != control:
            continue
        y = x ^ flip
        a, b, e, f = re[x], im[x], re[y], im[y]
        if axis == FLIP:
            for k in range(samples):
                a[k], e[k] = e[k], a[k]
                b[k], f[k] = f[k], b[k]
        elif axis == Y:
            for k in range(samples):
                p, q, r, t = a[k], b[k], e[k], f[k]
                a[k] = c[k] * p - s[k] * r
                b[k] = c[k] * q - s[k] * t
                e[k] = c[k] * r + s[k] * p
                f[k] = c[k] * t + s[k] * q
        elif axis == Z:
            for k in range(samples):
                p, q, r, t = a[k], b[k], e[k], f[k]
                a[k] = c[k] * p + s[k] * q
                b[k] = c[k] * q - s[k] * p
                e[k] = c[k] * r - s[k] * t
                f[k] = c[k] * t + s[k] * r
        elif x & sense != 0:
            for k in range(samples):
                p, q, r, t = a[k], b[k], e[k], f[k]
                a[k] = c[k] * p - s[k] * t
                b[k] = c[k] * q + s[k] * r
                e[k] = c[k] * r - s[k] * q
                f[k] = c[k] * t + s[k] * p
        else:
            for k in range(samples):
                p, q, r, t = a[k], b[k], e[k], f[k]
                a[k] = c[k] * p + s[k] * t
                b[k] = c[k] * q - s[k] * r
                e[k] = c[k] * r + s[k] * q
                f[k] = c[k] * t - s[k] * p


@numba.njit(cache=True, error_model="numpy", fastmath={"contract"})
def run(rows: Any, first: int, last: int, c: Any, s: Any, re: Any, im: Any) -> None:
    """Gates `first` to `last`, the last not included; c and s have a row for each angle."""
    for g in range(first, last):
        angle = max(rows[g, 5], 0)
        turn(rows[g], c[angle], s[angle], re, im)


@numba.njit(cache=True, error_model="numpy", fastmath={"contract"})
def slope(row: Any, re: Any, im: Any, dual_re: Any, dual_im: Any, out: Any) -> None:
    """Derivative by the angle of a gate: imaginary part of (dual, generator times state).

    Args:
        row: of the gate.
        re, im: the state right after the gate.
        dual_re, dual_im: the observable on the final state, taken back to the same place.
        out: is set, shape (samples,).
    """
    axis, flip, lead, control, sense = row[0], row[1], row[2], row[3], row[4]
    samples = re.shape[1]
    out[:] = 0
    for x in range(re.shape[0]):
        if x & lead != 0 or x & control != control:
            continue
        y = x ^ flip
        a, b, e, f = re[x], im[x], re[y], im[y]
        p, q, r, t = dual_re[x], dual_im[x], dual_re[y], dual_im[y]
        if axis == Z:
            for k in range(samples):
                out[k] += (p[k] * b[k] - q[k] * a[k]) - (r[k] * f[k] - t[k] * e[k])
        elif axis == Y:
            for k in range(samples):
                out[k] += (r[k] * a[k] + t[k] * b[k]) - (p[k] * e[k] + q[k] * f[k])
        elif x & sense != 0:
            for k in range(samples):
                out[k] -= (p[k] * f[k] - q[k] * e[k]) + (r[k] * b[k] - t[k] * a[k])
        else:
            for k in range(samples):
                out[k] += (p[k] * f[k] - q[k] * e[k]) + (r[k] * b[k] - t[k] * a[k])


@numba.njit(cache=True, error_model="numpy")
def to_zero(re: Any, im: Any) -> None:
    """The state of zeros."""
    re[:] = 0
    im[:] = 0
    re[0] = 1


@numba.njit(cache=True, error_model="numpy", fastmath={"contract"})
def means(re: Any, im: Any, out: Any) -> None:
    """Mean of Z of every qubit; out has shape (W, samples)."""
    width, samples = out.shape
    out[:] = 0
    for x in range(re.shape[0]):
        for qubit in range(width):
            if (x >> (width - 1 - qubit)) & 1:
                for k in range(samples):
                    out[qubit, k] -= re[x, k] * re[x, k] + im[x, k] * im[x, k]
            else:
                for k in range(samples):
                    out[qubit, k] += re[x, k] * re[x, k] + im[x, k] * im[x, k]


@numba.njit(cache=True, error_model="numpy", fastmath={"contract"})
def backwards(
    rows: Any, c: Any, s: Any, re: Any, im: Any, weights: Any, out: Any, dual_re: Any, dual_im: Any
) -> None:
    """Derivatives of sum_i weights_i <Z_i> by every angle, by the adjoint method.

    Args:
        rows: of the program.
        c, s: cosine and sine of half of every angle, shape (angles, samples).
        re, im: the final state; is taken back to the first one.
        weights: shape (W, samples).
        out: is set, shape (angles, samples).
        dual_re, dual_im: room for a second state.
    """
    width, samples = weights.shape
    factor = np.empty(samples, re.dtype)
    for x in range(re.shape[0]):
        factor[:] = 0
        for qubit in range(width):
            if (x >> (width - 1 - qubit)) & 1:
                factor -= weights[qubit]
            else:
                factor += weights[qubit]
        for k in range(samples):
            dual_re[x, k] = factor[k] * re[x, k]
            dual_im[x, k] = factor[k] * im[x, k]
    back = -s
    for g in range(rows.shape[0] - 1, -1, -1):
        angle = rows[g, 5]
        if angle >= 0:
            slope(rows[g], re, im, dual_re, dual_im, out[angle])
        angle = max(angle, 0)
        turn(rows[g], c[angle], back[angle], re, im)
        turn(rows[g], c[angle], back[angle], dual_re, dual_im)


@numba.njit(cache=True, error_model="numpy")
def values(rows: Any, width: int, c: Any, s: Any, chunk: int, out: Any) -> None:
    """Mean of Z of every qubit of every sample.

    Args:
        c, s: shape (angles, samples), samples a multiple of `chunk`.
        chunk: samples at once.
        out: is set, shape (W, samples).
    """
    re = np.empty((1 << width, chunk), c.dtype)
    im = np.empty_like(re)
    z = np.empty((width, chunk), c.dtype)
    for at in range(0, c.shape[1], chunk):
        cs, sn = c[:, at : at + chunk].copy(), s[:, at : at + chunk].copy()
        to_zero(re, im)
        run(rows, 0, rows.shape[0], cs, sn, re, im)
        means(re, im, z)
        out[:, at : at + chunk] = z


@numba.njit(cache=True, error_model="numpy")
def slopes(
    rows: Any, width: int, c: Any, s: Any, chunk: int, weights: Any, out: Any, gradients: Any
) -> None:
    """Values as in `values`, and derivatives of sum_i weights_i <Z_i> by every angle.

    Args:
        weights: shape (W, samples).
        gradients: is set, shape (angles, samples).
    """
    re = np.empty((1 << width, chunk), c.dtype)
    im, dual_re, dual_im = np.empty_like(re), np.empty_like(re), np.empty_like(re)
    z = np.empty((width, chunk), c.dtype)
    found = np.zeros((c.shape[0], chunk), c.dtype)
    for at in range(0, c.shape[1], chunk):
        cs, sn = c[:, at : at + chunk].copy(), s[:, at : at + chunk].copy()
        to_zero(re, im)
        run(rows, 0, rows.shape[0], cs, sn, re, im)
        means(re, im, z)
        out[:, at : at + chunk] = z
        here = weights[:, at : at + chunk].copy()
        backwards(rows, cs, sn, re, im, here, found, dual_re, dual_im)
        gradients[:, at : at + chunk] = found
