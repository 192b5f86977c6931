"""What diagonal preconditioning changes, and what it takes to read x afterwards."""

import numpy as np

from bloqs.linear_systems.answers.given import Given
from bloqs.linear_systems.model.diagonal_scaling import DiagonalScaling
from estimator.report.parts import Fact, Facts, Kind, Part
from estimator.report.text import SCIENTIFIC, SHORT, TEXT

SCALED_RIVAL = (
    "conjugate gradients are run on the scaled system, with the same epsilon on y, and their FLOP "
    "hold the scaling: where x is said of them or of reading out, y is meant"
)
"""What the classical rival solves."""

SCALED_RESIDUAL = "|D^-1/2 (A x - b)| / |D^-1/2 b|"
"""What conjugate gradients on the scaled system see."""


def residual_label(given: Given) -> str:
    """Of the residual of the system that is solved."""
    return "|A x - b| / |b|" if given.scaling is None else SCALED_RESIDUAL


def scaling_facts(given: Given) -> list[Part]:
    """Condition and kappa before and after; nothing without preconditioning."""
    scaling = given.scaling
    if scaling is None or given.encoded_before is None:
        return []
    before = given.encoded_before()
    rows = [
        Fact(key="precondition", label="preconditioner", value="diagonal", style=TEXT),
        Fact(key="condition_before", label="condition before", value=scaling.before.condition,
             style=SHORT),
        Fact(key="condition_after", label="condition after", value=scaling.after.condition,
             style=SHORT),
        Fact(key="encoding_before", label="encoding before", value=before.name, style=TEXT),
        Fact(key="encoding_after", label="encoding after", value=given.chosen.name, style=TEXT),
        Fact(key="kappa_before", label="alpha/least singular value before", value=before.kappa,
             style=SHORT),
        Fact(key="kappa_after", label="alpha/least singular value after", value=given.kappa,
             style=SHORT),
        Fact(key="growth", label="error of x over that of y, any b", value=scaling.growth,
             style=SHORT, kind=Kind.UPPER_BOUND),
        Fact(key="growth_here", label="error of x over that of y, this b",
             value=scaling.growth_here, style=SHORT, kind=Kind.UPPER_BOUND),
        Fact(key="scaling_flop", label="scaling A, b and x", value=scaling.flop, unit="FLOP"),
    ]  # fmt: skip
    return [Facts(key="preconditioning", rows=rows)]


def scaling_notes(given: Given) -> list[str]:
    """What is prepared, how x is read from it, and whether anything is gained."""
    scaling = given.scaling
    if scaling is None:
        return []
    return [
        gained(scaling, given.kappa),
        "D is the diagonal of A: (D^-1/2 A D^-1/2) y = D^-1/2 b is solved, made classically entry "
        "by entry before it is encoded; the state is y normalised, and epsilon its error",
        "x = D^-1/2 y: a number read from the state is divided by sqrt(d_i), an overlap <c|x> is "
        "that of D^-1/2 c with y; relative to |x|, errors are at most sqrt(max d / min d) times "
        f"those of y, here {scaling.growth:.4g}, or {scaling.growth_here:.4g} for this b; as "
        "small errors of x as of y take its square times as many states",
    ]


def gained(scaling: DiagonalScaling, kappa: float) -> str:
    """One sentence on the condition number."""
    before, after = scaling.before.condition, scaling.after.condition
    if scaling.is_constant:
        return (
            f"the diagonal is constant, {scaling.diagonal[0]:g}: preconditioning by it changes "
            "nothing, and kappa stays"
        )
    word = "falls" if after < before else "grows"
    return (
        f"the condition number {word} from {before:.4g} to {after:.4g}; that of the encoding is "
        f"{kappa:.4g}"
    )


def error_facts(given: Given, state: np.ndarray) -> list[Fact]:
    """What the direction of x errs by that is read from a state of y; nothing without scaling.

    Args:
        given: the system.
        state: amplitudes of y, of shape (2**n,), not made a unit vector.
    """
    scaling = given.scaling
    if scaling is None:
        return []
    x, wanted = scaling.unscaled(state), scaling.unscaled(scaling.after.solution)
    missed = float(np.linalg.norm(x / np.linalg.norm(x) - wanted / np.linalg.norm(wanted)))
    return [Fact(key="error_of_x", label="error of x read from it", value=missed, style=SCIENTIFIC,
                 kind=Kind.MEASURED)]  # fmt: skip
