"""Errata: a printed statement that fails, beside the corrected one that does not."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np
from attrs import frozen

from proofs.claim import AbstractClaim, Finding, Measurement, holds


@frozen(kw_only=True)
class Erratum(AbstractClaim):
    """A statement as printed, refuted by a counterexample that the corrected statement survives.

    `says` is what is printed. The claim is that it fails: it is accepted if at least one instance
    violates the printed statement and none violates the corrected one. Its false twin takes the
    corrected statement for the printed one; then there is no counterexample.

    Args:
        corrected_says: the corrected statement in one English sentence.
        reading: how we read what is printed, in one sentence, where what fails is that reading
            and not the statement itself; empty otherwise.
        see: name of the claim that shows the corrected statement, if there is one.
        relation: "==" or "<=": how the observed number is said to compare with the stated one.
        observe: the number of one instance, by simulation or NumPy.
        printed: what the printed statement says the number, or its bound, is.
        corrected: what the corrected statement says.
        instances: keyword arguments of the three functions. At least one.
        tolerance: relative excess that floating point, or a stated rounding, can explain.
    """

    corrected_says: str
    reading: str = ""
    see: str | None
    relation: Literal["==", "<="]
    observe: Callable[..., Measurement]
    printed: Callable[..., float]
    corrected: Callable[..., float]
    instances: tuple[Mapping[str, Any], ...]
    tolerance: float = 1e-6

    def __attrs_post_init__(self) -> None:
        if not self.instances:
            raise ValueError("an erratum needs a counterexample; give at least one instance")

    def examine(self, twin: bool = False) -> Finding:
        printed = self.corrected if twin else self.printed
        runs = [self.observe(**instance) for instance in self.instances]
        stated = [printed(**instance) for instance in self.instances]
        right = [self.corrected(**instance) for instance in self.instances]
        off, left = self._excesses(runs, stated), self._excesses(runs, right)
        fails = any(x > self._allowed(s) for x, s in zip(off, stated, strict=True))
        survives = all(x <= self._allowed(s) for x, s in zip(left, right, strict=True))
        agrees = all(run.stated is None or run.stated == run.value for run in runs)
        return Finding(
            symbolic=None,
            numeric=holds(fails and survives and agrees),
            worst_gap=max(left),
            measurements=tuple(runs),
            remarks=(
                f"printed {f'fails by {max(off):.2g}' if fails else 'is not refuted'}",
                f"corrected {'survives' if survives else 'fails too'}",
                *(() if agrees else ("the library states another number",)),
            ),
            routes=tuple(
                {"observed": run.value, "as printed": float(false), "as corrected": float(true)}
                for run, false, true in zip(runs, stated, right, strict=True)
            ),
        )

    def _allowed(self, stated: float) -> float:
        return self.tolerance * max(1.0, abs(stated))

    def _excesses(self, runs: list[Measurement], stated: list[float]) -> list[float]:
        """By how much each observation violates its statement; infinite if it is no number."""
        excesses = [run.value - number for run, number in zip(runs, stated, strict=True)]
        sizes = [abs(x) if self.relation == "==" else np.maximum(x, 0.0) for x in excesses]
        return [float(np.nan_to_num(size, nan=np.inf)) for size in sizes]
