"""Where answers go: the terminal, JSON on standard output, a page, a picture."""

from collections.abc import Sequence
from importlib import import_module

from attrs import frozen

from estimator.report.model import Report
from estimator.report.plain import dumped
from estimator.report.terminal import show
from estimator.report.write_file import write_file


@frozen(kw_only=True)
class Output:
    """Where an answer is to go.

    Args:
        json: whether JSON is printed in place of text.
        html: file for a page, or `None`.
        picture: file for the chart, or `None`.
        full: whether text and page have long formulas written out; JSON always has.
    """

    json: bool = False
    html: str | None = None
    picture: str | None = None
    full: bool = False


def tell(answer: Report | Sequence[Report], output: Output) -> bool:
    """Print an answer, and write its page and its picture.

    Returns:
        Whether all that was checked passed.

    Raises:
        ValueError: if a picture is asked for and there is no chart, or a file cannot be written.
    """
    reports = [answer] if isinstance(answer, Report) else list(answer)
    written = []
    if output.picture is not None:
        drawn = next((each for each in reports if each.charts), reports[0])
        drawn.picture(output.picture)
        written.append(output.picture)
    if output.html is not None:
        page: str = import_module("estimator.report.page").page(
            [each.form(output.full) for each in reports]
        )
        write_file(output.html, page.encode())
        written.append(output.html)
    if output.json:
        plain = [each.plain() for each in reports]
        print(dumped(plain[0] if isinstance(answer, Report) else plain))
    else:
        for number, each in enumerate(reports):
            if number and each.charts:
                print()
            show(each.form(output.full))
        for path in written:
            print(f"wrote {path}")
    return all(each.passed is not False for each in reports)
