"""What becomes of the answers of a grid, and what of that cannot be done."""

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from attrs import field, frozen

from estimator.ask.question import Tracker, untracked
from estimator.grid import workers as dask
from estimator.grid.table_file import ENDINGS
from estimator.report.write_file import check_writable

MOST_SHOWN = 1000
"""Points of a table that is printed."""


@frozen(kw_only=True)
class Wanted:
    """What becomes of the answers.

    Args:
        output: the table, .csv or .parquet; if `None` it is in the report, of at most `MOST_SHOWN`
            points.
        columns: that it has besides the parameters; all if empty.
        workers: processes of this machine; as many as it has processors if `None`.
        scheduler: address of a Dask cluster, in place of this machine.
        resume: whether to go on with what is there.
        overwrite: whether to replace what is there.
        draws: whether a chart is wanted.
        tracker: shows progress.
    """

    output: Path | None
    columns: Sequence[str] = ()
    workers: int | None = None
    scheduler: str | None = None
    resume: bool = False
    overwrite: bool = False
    draws: bool = False
    tracker: Tracker = field(default=untracked, repr=False)


def check_wanted(wanted: Wanted, reads: Iterable[Any] = ()) -> None:
    """Refuse what cannot be done, before any work.

    Raises:
        ValueError: in one sentence.
    """
    if wanted.resume and wanted.overwrite:
        raise ValueError("--resume goes on and --overwrite begins anew; give one of them")
    if wanted.output is not None:
        _check_output(wanted.output, wanted, reads)
    elif wanted.resume or wanted.overwrite:
        raise ValueError("--resume and --overwrite are about a table; name it with --output")
    if wanted.workers is not None and wanted.workers < 1:
        raise ValueError(f"--workers must be a whole number >= 1, got {wanted.workers}")
    if wanted.workers is not None and wanted.scheduler is not None:
        raise ValueError("a cluster has its own workers; leave --workers or --scheduler out")
    needs_dask = wanted.scheduler is not None or (wanted.workers or 1) > 1
    if needs_dask and not dask.has_dask():
        raise ValueError(
            "workers need Dask: install it with `pip install 'quledger[sweep]'`, or leave "
            "--workers and --scheduler out"
        )


def _check_output(output: Path, wanted: Wanted, reads: Iterable[Any]) -> None:
    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise ValueError(f"a table must be named {' or '.join(ENDINGS)}, got {output}")
    if ending == ".parquet" and find_spec("pyarrow") is None:
        raise ValueError(
            "Parquet needs more: install it with `pip install 'quledger[sweep]'`, or name a .csv"
        )
    check_writable(output, reads)
    if output.exists() and not (wanted.resume or wanted.overwrite):
        raise ValueError(f"{output} exists; give --resume to go on, or --overwrite to replace it")
