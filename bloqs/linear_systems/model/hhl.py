r"""Inversion by phase estimation: the filter, its error, and the bits of clock that it needs.

A clock of m bits holds y near $T\theta/2\pi$, $T = 2^m$, for the phase $\theta$ that stands for an
eigenvalue $\lambda$ of $A/\alpha$: $\lambda = \cos\theta$ for the walk of the block-encoding,
$\lambda = 2\theta/\pi$ for the evolution $e^{i \pi A / 2 \alpha}$. A flag is turned so that its
zero has amplitude $f_y = 1/(2 \kappa \lambda_y)$, none where $|\lambda_y| < 1/2\kappa$, and the
clock is undone. What comes out is $g(\lambda) = \sum_y |A_y(\theta)|^2 f_y$ in place of
$1/(2\kappa\lambda)$. For the walk, g is an odd polynomial of degree T - 1, bounded by one.

**Proven.** $|2\kappa\lambda g - 1| \le E|r_y - 1|$ with $r_y = \lambda/\lambda_y$, or 0 where the
filter is. With $D = \lambda - \lambda_y$, $|r_y - 1| \le 2\kappa |D|$, and off the linear term
$D/\lambda$ it is at most $6 \kappa^2 D^2$; both hold where the filter is zero since D is at least
$\lambda/2$ there. The sine window has $E\, |e^{i\theta} - e^{i\theta_y}|^2 \le 2 (1 -
\cos(\pi/T))$; the uniform one $E |\theta - \theta_y| \le \pi (3 + \ln(T/2))/T$.

**Practical.** The largest of $|2\kappa\lambda g - 1|$ on a fine grid, times $T/\kappa$ or its
square, for kappa from 1 to 400 and every T from 16 to 2**14.

**Evolutions that err.** Each evolution U is a unitary whose block B, between zeros of its
ancillas, is within eta of the one that is meant, so that it takes what was in the block out of it,
or back into it, with an amplitude of at most $\sqrt{1 - (1 - \eta)^2} \le \sqrt{2 \eta}$. Of
K = 2 m evolutions, what leaves at one and is back at a later one adds $2 \eta$ for each of
K (K - 1)/2 pairs, and what stays in errs by K eta: $4 m^2 \eta$ in all.

Source: [HHL09] for the algorithm and the sine window; the bounds are derived, the constants
measured.
"""

from math import ceil, e, log, log2, pi, sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from bloqs.data_loading.rounded_angles import rounded_angles
from bloqs.linear_systems.model.condition import (
    check_condition,
    check_error,
    check_solution_norm,
    sine_of,
)
from bloqs.linear_systems.model.plan import Plan, Provenance
from bloqs.readout.clock import MOST_BITS, ClockWindow, window_amplitudes
from estimator.polynomials.exponential import exponential_minimal_degree

Form = Literal["walk", "evolution"]
"""Which unitary the phases are of."""

FORMS: tuple[Form, ...] = ("walk", "evolution")
"""Both."""

TIME = pi / 2
"""Time of the evolution that the clock counts in, over the alpha of A: phases stay below half of
the circle, so that an error does not turn a sign. Unit: 1."""

CONSTANTS: dict[tuple[Form, ClockWindow], float] = {
    ("walk", ClockWindow.UNIFORM): 2.6,
    ("walk", ClockWindow.SINE): 16.5,
    ("evolution", ClockWindow.UNIFORM): 1.65,
    ("evolution", ClockWindow.SINE): 6.3,
}
"""c of the measured laws: an error of c kappa/T for the uniform window, c (kappa/T)**2 for the sine
window."""

LEAST_MEASURED = 4
"""Bits of clock from which on the laws were measured. Unit: qubits."""

LARGEST_CLOCK = 20
"""Bits up to which a filter is tabulated. Unit: qubits."""

ROUNDING_SHARE = 0.01
"""Part of the error that the rounded angles of the filter may make."""

EVOLUTION_SHARE = 0.01
"""Part of the error that all evolutions together may make."""


def check_clock(m: int) -> None:
    """Refuse a clock that has no bits, or too many for a table.

    Raises:
        ValueError: if it is not between 1 and `LARGEST_CLOCK`.
    """
    if not 1 <= m <= LARGEST_CLOCK:
        raise ValueError(
            f"a filter is tabulated for a clock of 1 to {LARGEST_CLOCK} bits, got {m}; ask for a "
            f"larger error, or for the cost alone"
        )


def levels(m: int, form: Form) -> NDArray[np.float64]:
    r"""$\lambda_y$ that each y of the clock stands for; array of shape (2**m,). Unit: 1."""
    check_clock(m)
    turn = 2 * pi * np.arange(2**m) / 2**m
    if form == "walk":
        return np.cos(turn)
    return np.where(turn > pi, turn - 2 * pi, turn) / TIME


def filter_values(condition: float, m: int, form: Form) -> NDArray[np.float64]:
    r"""$f_y$, array of shape (2**m,).

    Args:
        condition: kappa.
        m: bits of the clock.
        form: which unitary the phases are of.
    """
    check_condition(condition)
    at = levels(m, form)
    kept = np.abs(at) >= (1 - 1e-9) / (2 * condition)
    if form == "evolution":
        kept[2 ** (m - 1)] = False  # half of the circle is of both signs
    found = np.zeros(2**m)
    found[kept] = np.clip(1 / (2 * condition * at[kept]), -1, 1)
    return found


def response(
    eigenvalues: Any, condition: float, m: int, window: ClockWindow, form: Form
) -> NDArray[np.float64]:
    r"""$g(\lambda)$, as a trigonometric sum whose coefficients are known.

    Args:
        eigenvalues: of A/alpha, in [-1, 1]; any shape.
        condition: kappa.
        m: bits of the clock.
        window: its amplitudes.
        form: which unitary the phases are of.

    Returns:
        Array of the same shape.
    """
    at = np.asarray(eigenvalues, dtype=float)
    phases = np.arccos(np.clip(at, -1, 1)) if form == "walk" else TIME * at
    weights = _coefficients(condition, m, window, form)
    found = np.full(at.shape, weights[0].real)
    turn, power = np.exp(1j * phases), np.ones(at.shape, dtype=complex)
    for weight in weights[1:]:
        power = power * turn
        found = found + 2 * (weight * power).real
    return found


def _coefficients(
    condition: float, m: int, window: ClockWindow, form: Form
) -> NDArray[np.complex128]:
    """Of exp(i k theta), k = 0 to T - 1: the filter's, damped by the window's overlap with itself
    k steps later."""
    size = 2**m
    spectrum = np.abs(np.fft.fft(window_amplitudes(m, window), 2 * size)) ** 2
    overlap = np.fft.ifft(spectrum).real[:size]
    found: NDArray[np.complex128] = overlap * np.fft.fft(filter_values(condition, m, form)) / size
    return found


def error_bound(condition: float, size: float, window: ClockWindow, form: Form) -> float:
    r"""Proven bound on $|2\kappa\lambda g - 1|$ for all $|\lambda|$ in [1/kappa, 1].

    Args:
        condition: kappa.
        size: T, at least 2.
        window: its amplitudes.
        form: which unitary the phases are of.
    """
    if window is ClockWindow.UNIFORM:
        spread = pi * (3 + log(size / 2)) / size
        return 2 * condition * spread * (1 if form == "walk" else 3 / TIME)
    step = 2 * np.sin(pi / (2 * size)) ** 2  # 1 - cos(pi / T), without cancellation
    if form == "walk":
        return float(step * (12 * condition**2 + 1 + (condition - 1) / size))
    return float(step * (108 * condition**2 + 5 * condition + 2 * condition / (pi * size)))


def clock_bits(
    condition: float, error: float, window: ClockWindow, form: Form, is_proven: bool = True
) -> int:
    """Fewest bits of clock for a relative error. Unit: qubits.

    Args:
        condition: kappa.
        error: allowed |2 kappa lambda g - 1|, in (0, 1).
        window: amplitudes of the clock.
        form: which unitary the phases are of.
        is_proven: by the proven bound, or by the measured law.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_condition(condition)
    check_error(error)
    if not is_proven:
        c = CONSTANTS[form, window]
        ratio = c / error if window is ClockWindow.UNIFORM else sqrt(c / error)
        return max(LEAST_MEASURED, ceil(log2(ratio * condition)))
    m = 1
    while error_bound(condition, 2.0**m, window, form) > error:
        m += 1
    return m


def angle_bits(condition: float, error: float) -> int:
    """Bits of the filter's angles; rounding one errs by pi/2**b, of a least value of 1/2 kappa.

    Args:
        condition: kappa.
        error: relative error of a component that may be made by rounding, in (0, 1).
    """
    return max(4, ceil(log2(2 * condition * pi / error)))


def shares(error: float, form: Form = "walk") -> tuple[float, float, float]:
    """Relative errors of a component for the clock, for the angles, and for the evolutions.

    Args:
        error: l2 error of the normalised solution, in (0, 1).
        form: which unitary the phases are of.
    """
    whole = sine_of(error)
    evolved = EVOLUTION_SHARE if form == "evolution" else 0.0
    return (
        (1 - ROUNDING_SHARE - evolved) * whole,
        ROUNDING_SHARE * whole,
        evolved * whole,
    )


def evolution_error(condition: float, m: int, error: float) -> float:
    """Spectral-norm error of each evolution with which all of them make no larger one.

    Args:
        condition: kappa.
        m: bits of the clock.
        error: relative error of a component, in (0, 1).
    """
    return error / (8 * condition * m**2)


def filter_table(condition: float, m: int, form: Form, b: int) -> tuple[int, ...]:
    """Angles of the flag in units of 2 pi/2**b: its zero has the filter's value as amplitude."""
    return rounded_angles(np.arccos(filter_values(condition, m, form)), b)


def plan(
    condition: float,
    error: float,
    norm: float,
    window: ClockWindow = ClockWindow.SINE,
    form: Form = "walk",
    is_proven: bool = True,
    calls_a_step: int = 1,
) -> Plan:
    """The row of the table.

    Args:
        condition: kappa.
        error: l2 error of the normalised solution, in (0, 1).
        norm: length of the solution of the scaled system for a unit b.
        window: amplitudes of the clock.
        form: which unitary the phases are of.
        is_proven: whether the bits of clock are proven enough, or by the measured law.
        calls_a_step: of the walk, or in place of one by the evolution: 1 if the encoding's circuit
            is its own inverse, else 2.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_solution_norm(norm, condition)
    of_clock, _, evolved = shares(error, form)
    m = clock_bits(condition, of_clock, window, form, is_proven)
    steps = 2**m - 1
    law = "proven for every spectrum" if is_proven else f"c = {CONSTANTS[form, window]:g} measured"
    if form == "evolution":
        truncated = evolution_error(condition, m, evolved) / 8
        steps = 3 * sum(exponential_minimal_degree(t, truncated) for t in evolution_times(m))
    return Plan(
        solver="hhl" if form == "walk" else "hhl-evolution",
        provenance=Provenance.PROVEN if is_proven else Provenance.PRACTICAL,
        source="[HHL09]; bits of clock derived" if is_proven else "[HHL09]; bits measured",
        matrix_calls=2 * steps * calls_a_step,
        vector_calls=1,
        success=min(1.0, (norm / (2 * condition)) ** 2),
        degrees={"degree": steps, "clock": m},
        note=f"{form}, {window} window; bits of clock {law}",
    )


def evolution_times(m: int) -> list[float]:
    """Times of the evolutions of one estimate, of A over its alpha.

    For a clock so long that no circuit is written down, m times their mean, which costs no less.
    """
    if m <= MOST_BITS:
        return [TIME * 2**j for j in range(m)]
    return [TIME * ((2**m - 1) / m)] * m


def evolution_calls(time: float, error: float) -> int:
    r"""$\lceil e t/2 + \ln(1/\epsilon) \rceil$ calls for $e^{i t A/\alpha}$, as is usual.

    Args:
        time: t, of A over its alpha.
        error: spectral norm.
    """
    return ceil(e / 2 * time + log(1 / error))


def published_plan(condition: float, error: float, norm: float) -> Plan:
    r"""The row of a solver benchmark: $m = \lceil \log_2(\kappa/\epsilon) \rceil$, by evolutions.

    An evolution of length tau takes $\lceil e \tau/2 + \ln(4 m/\epsilon) \rceil$ calls, tau from pi
    on in powers of two. It says nothing of the error that comes out.

    Args:
        condition: kappa.
        error: l2 error of the normalised solution, in (0, 1).
        norm: length of the solution of the scaled system for a unit b.

    Raises:
        ValueError: if a number is out of its range.
    """
    check_condition(condition)
    check_error(error)
    check_solution_norm(norm, condition)
    m = max(1, ceil(log2(condition / error)))
    calls = 2 * sum(evolution_calls(pi * 2**j, error / (4 * m)) for j in range(m))
    return Plan(
        solver="hhl-published",
        provenance=Provenance.FORMULA,
        source="[HHL09]; counted as solver benchmarks do",
        matrix_calls=calls,
        vector_calls=1,
        success=min(1.0, (norm / (2 * condition)) ** 2),
        degrees={"clock": m},
        note="evolution, uniform window; log2(kappa/epsilon) bits of clock, no error is derived",
    )
