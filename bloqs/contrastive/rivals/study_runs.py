"""Runs of a study of ours, read from the file that `study` writes."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from attrs import frozen

from bloqs.contrastive.parameters import FORMER_ARMS, SAMPLED
from estimator.ask.json_text import short_integer
from estimator.statistics.group_differences import LEVEL
from estimator.whole_file import text_of_file

PRIMARY = ("after", "chosen")
"""The number that counts: after the representation, epoch chosen on validation images."""


PACKAGED = Path(__file__).with_name("digits_runs.json")
"""Runs of our study on digits, where they are kept."""


@frozen(kw_only=True)
class Study:
    """Runs that count.

    Args:
        runs: accuracy of every run, by arm. Unit: %.
        shots: of the arm `SAMPLED`, if the file states it. Unit: shots.
    """

    runs: Mapping[str, tuple[float, ...]]
    shots: int | None = None


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


def read_study(path: Path) -> Study:
    """A study from the file that `study` writes, or the shorter one that `keep_study` makes of it.

    Raises:
        ValueError: if the file cannot be read or is none of a study.
    """
    try:
        text = text_of_file(path)
        read: Any = json.loads(text, parse_int=short_integer(f"the study {path}"))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ValueError(f"the study {path} cannot be read: {why}") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"the study {path} is no JSON: {error}") from None
    found: dict[str, list[float]] = {}
    for arm, value in _values(read if isinstance(read, dict) else {}):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value <= 100:
            raise ValueError(f"an accuracy of {path} must be from 0 to 100, got {value!r}")
        found.setdefault(FORMER_ARMS.get(arm, arm), []).append(float(value))
    if not found:
        raise ValueError(
            f"{path} has no runs of a study; give the study.json that study contrastive writes"
        )
    settings = read.get("settings")
    sampled = settings.get(SAMPLED) if isinstance(settings, dict) else None
    shots = sampled.get("shots") if isinstance(sampled, dict) else None
    return Study(
        runs={arm: tuple(values) for arm, values in found.items()},
        shots=shots if isinstance(shots, int) and shots > 0 else None,
    )


def _values(read: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The arm and the number that counts, of every run; by either way to write runs down."""
    layer, way = PRIMARY
    rows, runs = read.get("every_run"), read.get("runs")
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("layer") == layer:
            yield str(row.get("arm")), row.get(way)
    for arm, kept in runs.items() if isinstance(runs, dict) else ():
        for each in kept if isinstance(kept, list) else []:
            ways = each.get(layer) if isinstance(each, dict) else None
            yield str(arm), ways.get(way) if isinstance(ways, dict) else None
