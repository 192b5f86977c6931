"""What `import quledger` offers to be read and sent to others."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from estimator.report.progress import on_terminal


def report(target: str | Path, file: str | Path, **given: Any) -> None:
    """Write one HTML page about a question of cost, which needs neither script nor network.

    It has the question, the answer, drawings, shares, growth with its witness, the comparison with
    classical algorithms, what is assumed, the claims of the ledger that it rests on, a glossary.

    Args:
        target: a name, the path of a file, or MODULE:NAME of a bloq.
        file: to write, named .html.
        given: parameters of the question `cost`.

    Raises:
        ValueError: if something is not known, or the file cannot be written; none is left then.
    """
    module = import_module("estimator.pages.whole_page")
    module.check_page(file, (target, *given.values()))
    if not isinstance(target, (str, Path)):
        raise ValueError(
            f"a report is about a name, a file, or MODULE:NAME of a bloq, got {target!r:.60}"
        )
    subject = import_module("estimator.pages.subject").Subject
    module.write_page(subject.of(str(target), given, on_terminal), file)


def explore(target: str, file: str | Path, **given: Any) -> None:
    """Write one HTML page with controls for every parameter of a system, which needs no network.

    It has the costs, their growth along a parameter, and where they cross those of other ways of
    doing the same; all of it moves with the controls.

    Args:
        target: name of a system, or of one of its questions of cost.
        file: to write, named .html.
        given: parameters that stand at one value, or at those of a list, in place of a control's.

    Raises:
        ValueError: if something is not known, there would be too many formulas, Bokeh is missing,
            or the file cannot be written; none is left then.
    """
    if not isinstance(target, str):
        raise ValueError(f"a page to explore is about a name, got {target!r:.60}")
    page = import_module("estimator.ask.explorable")
    page.check_named(page.Target.of(target), given)
    if find_spec("bokeh") is None:
        raise ValueError('explore needs Bokeh; install it with pip install "quledger[explore]"')
    import_module("estimator.explorer.explorer_page").write_explorer(
        target, file, given, on_terminal
    )
