"""What `import quledger` offers to be read and sent to others."""

from importlib import import_module
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
