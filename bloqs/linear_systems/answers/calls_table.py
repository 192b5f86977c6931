"""Expected calls of the matrix of every solver at a few condition numbers and errors."""

from collections.abc import Callable

import numpy as np

from bloqs.linear_systems.answers.solvers_table import IF_THERE
from bloqs.linear_systems.model.formulas import randomised_adiabatic_plan
from bloqs.linear_systems.model.guessed import published_plan
from bloqs.linear_systems.model.inverse import cks_plan, inverse_plan
from bloqs.linear_systems.model.plan import Plan
from bloqs.linear_systems.model.shortcut import plan as shortcut_plan
from bloqs.linear_systems.model.walk import (
    PRACTICAL,
    PUBLISHED,
    Lengths,
    Shape,
    best_lengths,
)
from bloqs.linear_systems.model.walk_evolution import Matrix, Outcome, walked
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Column, Kind, Notes, Table, Value
from estimator.report.text import SCIENTIFIC, SHORT, TEXT

PAIRS = ((1.05, 1e-2), (2.0, 1e-2), (8.0, 1e-2), (20.0, 1e-2), (20.0, 1e-6), (100.0, 1e-2),
         (100.0, 1e-6))  # fmt: skip
"""Condition numbers and errors."""

UNKNOWNS = 8
"""Of the systems on which walks are measured."""

SYSTEMS = 6
"""How many of them for each line."""


def calls_table(asked: Asked) -> Report:
    """Closed forms, and walks that were run in NumPy with their flags apart."""
    calls: list[dict[str, Value]] = []
    walks: list[dict[str, Value]] = []
    for condition, error in asked.track(PAIRS, "walks"):
        calls.append(_calls(condition, error))
        walks += [_walked(condition, error, shape) for shape in ("definite", "general")]
    number = [("kappa", SHORT), ("epsilon", SCIENTIFIC)]
    exact = [Column(key=key, style=style, align="right") for key, style in number]
    labels = dict.fromkeys(calls[0])
    labels |= {"walk_definite": "walk .4", "walk_published": "1.84", "walk_general": "4"}
    labels |= {"shortcut_run": "shortcut", "jennings_v1": "jennings-v1"}
    measured = {
        "distance": "by the law",
        "whole": "whole error",
        "flags": "P(flags zero)",
        "conditional": "error given flags",
    }
    return Report(
        title="qlss-calls",
        settings={"unknowns of the walks": UNKNOWNS, "systems": SYSTEMS},
        parts=[
            Table(
                key="calls",
                columns=[
                    *exact,
                    *(
                        Column(key=key, label=labels[key], style=IF_THERE, align="right")
                        for key in list(calls[0])[2:]
                    ),
                ],
                rows=calls,
                heading="calls of the matrix until success, on average; of the shortcut in a run",
            ),
            Table(
                key="walks",
                columns=[
                    *exact,
                    Column(key="walk", style=TEXT),
                    Column(key="steps", align="right"),
                    *(
                        Column(key=key, label=label, style=SHORT, align="right", kind=Kind.MEASURED)
                        for key, label in measured.items()
                    ),
                ],
                rows=walks,
                heading="walks before their filter, measured: means over random systems",
                is_section=True,
            ),
            Notes(key="notes", lines=[NOTE]),
        ],
    )


NOTE = (
    "walks: totals by the law distance = c kappa / steps with the measured c = .4 (definite) and 4 "
    "(general), one call a step; c = 1.84 is published for a state whose block-encoding flags were "
    "found in zero, so its column is too low"
)


def _calls(condition: float, error: float) -> dict[str, Value]:
    def total(plan: Callable[..., Plan], *given: object, norm: float) -> float:
        return plan(*given, condition, error, norm).expected_matrix_calls

    formula = randomised_adiabatic_plan(condition, error)
    guessed = published_plan(condition, error) if condition >= 2 else None
    constants = PRACTICAL["definite"], PUBLISHED, PRACTICAL["general"]
    names = "walk_definite", "walk_published", "walk_general"
    return {
        "kappa": condition,
        "epsilon": error,
        "cks_best": total(cks_plan, norm=condition),
        "cks_worst": total(cks_plan, norm=1.0),
        "qsvt_best": total(inverse_plan, "relative", norm=condition),
        "qsvt_worst": total(inverse_plan, "relative", norm=1.0),
        "shortcut_run": shortcut_plan(condition, error).matrix_calls,
        "guessed": None if guessed is None else guessed.expected_matrix_calls,
        **{
            name: best_lengths(condition, error, constant.value).expected
            for name, constant in zip(names, constants, strict=True)
        },
        "jennings_v1": None if formula is None else formula.expected_matrix_calls,
    }


def _walked(condition: float, error: float, shape: Shape) -> dict[str, Value]:
    lengths: Lengths = best_lengths(condition, error, PRACTICAL[shape].value)
    found = []
    for seed in range(SYSTEMS):
        matrix, vector = _system(shape, condition, seed)
        state = walked(matrix, vector, condition, lengths.steps, shape)
        found.append(Outcome.of(state, matrix, vector))
    return {
        "kappa": condition,
        "epsilon": error,
        "walk": shape,
        "steps": lengths.steps,
        "distance": lengths.distance,
        "whole": float(np.mean([each.whole for each in found])),
        "flags": float(np.mean([each.flag_probability for each in found])),
        "conditional": float(np.mean([each.conditional for each in found])),
    }


def _system(shape: Shape, condition: float, seed: int) -> tuple[Matrix, Matrix]:
    """A matrix with singular values log-uniform in [1/kappa, 1], both ends attained, and b."""
    rng = np.random.default_rng(seed)
    left, right = (np.linalg.qr(rng.normal(size=(UNKNOWNS, UNKNOWNS)))[0] for _ in range(2))
    exponents = np.concatenate([[0.0, 1.0], rng.uniform(size=UNKNOWNS - 2)])
    vector = rng.normal(size=UNKNOWNS)
    whole = (left * condition**-exponents) @ (left.T if shape == "definite" else right)
    return whole, vector / np.linalg.norm(vector)
