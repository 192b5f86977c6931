"""What `import quledger` offers for many points at once."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from estimator.report.progress import on_terminal

if TYPE_CHECKING:
    from estimator.report.model import Report


def sweep(
    target: str | Path,
    over: Any,
    output: str | Path | None = None,
    *,
    columns: Sequence[str] = (),
    workers: int | None = None,
    scheduler: str | None = None,
    resume: bool = False,
    overwrite: bool = False,
    draws: bool = False,
    settings: Mapping[str, Any] | None = None,
    **given: Any,
) -> "Report":
    """Ask what something costs at every point of a grid, and write a table.

    Args:
        target: a name, or the path of a file.
        over: what varies: texts such as "N=2**10..2**40:16", or values by name.
        output: the table, .csv or .parquet; if `None` it is the report's table "rows".
        columns: that it has besides what varies; all if empty.
        workers: processes of this machine, where circuits are built.
        scheduler: address of a Dask cluster in their place.
        resume: whether to go on with what is there.
        overwrite: whether to replace what is there.
        draws: whether the report gets a chart.
        settings: parameters that are the same everywhere, by name: also those that are called as
            something here, such as `output` of a residual network.
        given: more of them.

    Raises:
        ValueError: if something is not understood or cannot be done, in one sentence.
    """
    module = import_module("estimator.grid.sweep")
    wanted = import_module("estimator.grid.wanted").Wanted(
        output=None if output is None else Path(output),
        columns=columns,
        workers=workers,
        scheduler=scheduler,
        resume=resume,
        overwrite=overwrite,
        draws=draws,
        tracker=on_terminal,
    )
    found: Report = module.sweep(str(target), over, {**(settings or {}), **given}, wanted)
    return found


def choose(
    target: str | Path,
    over: Any,
    *,
    minimise: str = "t",
    subject_to: str | Sequence[str] = (),
    **given: Any,
) -> "Report":
    """The cheapest of finitely many choices, and which bound stands in the way.

    Args:
        target: a name, or the path of a file.
        over: what is chosen: names, texts such as "b=8..16:9", or values by name.
        minimise: "t", "qubits", "depth", "spacetime", or a column of `sweep`.
        subject_to: bounds, such as "qubits <= 500, epsilon <= 0.01".
        given: parameters that are the same for all.

    Raises:
        ValueError: if something is not understood, or no choice meets the bounds; in one sentence.
    """
    module = import_module("estimator.choice.choose")
    wish = module.Wish(
        minimise=minimise,
        over=over,
        subject_to=[subject_to] if isinstance(subject_to, str) else subject_to,
        tracker=on_terminal,
    )
    found: Report = module.choose(str(target), wish, given)
    return found
