"""Runs of a study of ours, read from the file that `study` writes."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from attrs import frozen

from estimator.statistics.group_differences import LEVEL

PRIMARY = ("after", "chosen")
"""The number that counts: after the representation, epoch chosen on validation images."""


@frozen(kw_only=True)
class Summary:
    """Runs of one arm.

    Args:
        runs: how many.
        mean: Unit: that of the runs.
        median: the same.
        low: end of the interval of the mean by t, at 95 %; `None` of one run.
        high: the other end.
    """

    runs: int
    mean: float
    median: float
    low: float | None
    high: float | None


def summary(values: Sequence[float]) -> Summary:
    """Mean, median and interval of the runs of an arm."""
    numbers = np.asarray(values, float)
    low = high = None
    if len(numbers) > 1:
        error = float(numbers.std(ddof=1)) / math.sqrt(len(numbers))
        half = float(scipy.stats.t.ppf(1 - LEVEL / 2, len(numbers) - 1)) * error
        low, high = float(numbers.mean()) - half, float(numbers.mean()) + half
    return Summary(
        runs=len(numbers),
        mean=float(numbers.mean()),
        median=float(np.median(numbers)),
        low=low,
        high=high,
    )


def read_study(path: Path) -> Mapping[str, tuple[float, ...]]:
    """Accuracy of every run that counts, by arm. Unit: %.

    Raises:
        ValueError: if the file cannot be read or is none of a study.
    """
    try:
        read: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ValueError(f"the study {path} cannot be read: {why}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"the study {path} is no JSON: {error}") from None
    rows = read.get("every_run") if isinstance(read, dict) else None
    layer, way = PRIMARY
    found: dict[str, list[float]] = {}
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("layer") == layer:
            value = row.get(way)
            if not isinstance(value, int | float) or not 0 <= value <= 100:
                raise ValueError(f"an accuracy of {path} must be from 0 to 100, got {value!r}")
            found.setdefault(str(row.get("arm")), []).append(float(value))
    if not found:
        raise ValueError(
            f"{path} has no runs of a study; give the study.json that study contrastive writes"
        )
    return {arm: tuple(values) for arm, values in found.items()}
