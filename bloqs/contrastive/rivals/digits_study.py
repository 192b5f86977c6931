"""Our study on handwritten digits: every run, as one command made it, and records of it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bloqs.contrastive.parameters import INPUT_LAYER
from estimator.statistics.group_differences import Record

FILE = Path(__file__).with_name("digits_runs.json")
"""Command, versions, settings, CPU-seconds and accuracies; examples/keep_study.py writes it."""

QUANTITY = "test accuracy after the representation, epoch chosen on validation images [%]"

MARGIN = 1.0
"""A third of the gap that the abstract of [JAXAKJ22] is about; set before the runs were compared,
while their numbers were coming in. Unit: points."""

ABSTRACT_MARGIN = 2.0
"""The same as for the published runs. Unit: points."""

FREE = ("identity", "frozen")
"""Arms without a trained circuit that share every seed of the ring."""

PLAIN = ("identity", INPUT_LAYER, "cosine", "tanh")
"""Arms without a circuit beside the classical network; the input layer is the circuit of the
inputs alone, and cosine has a linear map before it."""

CIRCUITS = ("ring", "ring-sampled", "all-to-all")
"""The arms that were published, but for measurements between layers."""


@cache
def study() -> Mapping[str, Any]:
    """The file as it lies."""
    found: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def runs_of(arm: str, layer: str = "after", way: str = "chosen") -> tuple[float, ...]:
    """One number a run, by seed. Unit: %.

    Args:
        arm: of the study.
        layer: after the representation, or before it.
        way: the last epoch; the one chosen on validation images; the best on test images.
    """
    return tuple(run[layer][way] for run in study()["runs"][arm])


def without_circuit_record() -> Record:
    """What has no trained circuit against the ring, seed by seed.

    Eight principal components draw nothing at random; their one number stands beside each seed.
    """
    ring = runs_of("ring")
    runs = {arm: runs_of(arm)[: len(ring)] for arm in FREE}
    components = runs_of("components-8") * len(ring)
    return Record(
        data=f"our study on digits, {len(ring)} seeds", quantity=QUANTITY,
        runs={"ring": ring, **runs, "components-8": components}, against="ring", margin=MARGIN,
        is_paired=True,
    )  # fmt: skip


def abstract_record() -> Record:
    """The published circuits against the classical network, seed by seed."""
    return _against_classical(CIRCUITS)


def plain_record() -> Record:
    """What has no circuit against the classical network, seed by seed."""
    return _against_classical(PLAIN)


def _against_classical(arms: tuple[str, ...]) -> Record:
    classical = runs_of("classical")
    runs = {arm: runs_of(arm)[: len(classical)] for arm in arms}
    return Record(
        data=f"our study on digits, {len(classical)} seeds", quantity=QUANTITY,
        runs={**runs, "classical": classical}, against="classical", margin=ABSTRACT_MARGIN,
        is_paired=True,
    )  # fmt: skip
