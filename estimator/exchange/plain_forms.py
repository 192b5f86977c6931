"""Answers as the JSON that is printed, and as LaTeX."""

from collections.abc import Sequence

from estimator.report.model import Report
from estimator.report.plain import dumped


def latex(reports: Sequence[Report], ending: str) -> bytes:
    """Facts and tables, those of one report after those of another."""
    return "\n".join(report.latex() for report in reports).encode()


def json_text(reports: Sequence[Report], ending: str) -> bytes:
    """What `--json` prints: one report, or a list of them."""
    plain = [report.plain() for report in reports]
    return (dumped(plain[0] if len(plain) == 1 else plain) + "\n").encode()
