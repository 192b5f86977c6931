"""Errors of a prediction are relative to the 1-norm of k_*, not to the prediction."""

from typing import Any

import numpy as np

from bloqs.ntk.model.bounds import diagonal_error
from bloqs.ntk.model.system import MaskedSystem
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.ntk.instances import pairs, system_of


def _system(r: float) -> MaskedSystem:
    return system_of(pairs(r, -r), pairs(0, 0), [1, 1, -1, -1])


def _guess(r: float, margin: float) -> Any:
    """Both classes weigh almost the same."""
    return _system(r).predict(np.array([1.0, 1.0, 1.0, 1.0 - margin]))


def observe(r: float, margin: float) -> Measurement:
    """|f - f_D|."""
    guess = _guess(r, margin)
    return Measurement(value=abs(guess.f - guess.f_D))


def printed(r: float, margin: float) -> float:
    """In units of |f|."""
    return diagonal_error(r) * abs(_guess(r, margin).f)


def corrected(r: float, margin: float) -> float:
    """In units of the 1-norm of k_*."""
    guess = _guess(r, margin)
    return diagonal_error(guess.system.row_sum) * float(guess.one_norm)


THEOREM = Erratum(
    says="The diagonal alone predicts with a relative error of r/(1 - r) at most.",
    reading="Up to O(1/n) error, read as relative to the prediction.",
    corrected_says="The error is at most r/(1 - r) times the 1-norm of k_*; that of f itself is "
    "unbounded in units of f, whose margin may be zero.",
    see="ntk.diagonal_error",
    relation="<=",
    observe=observe,
    printed=printed,
    corrected=corrected,
    instances=({"r": 0.1, "margin": 0.01}, {"r": 0.1, "margin": 0.4}, {"r": 0.5, "margin": 0.01}),
    twin_says="In units of the 1-norm of k_* is what is printed.",
    source="[ZNL21] abstract",
)
