"""A report that was kept looks as it did, in every form."""

import io
import math

import pytest
import sympy

from estimator.report.chart import figure
from estimator.report.kept import kept_answer, kept_text
from estimator.report.model import Report
from estimator.report.page import page
from estimator.report.parts import (
    Axis,
    Chart,
    Column,
    Fact,
    Facts,
    Kind,
    Line,
    Mark,
    NoteLine,
    Notes,
    Span,
    Table,
    Tone,
)
from estimator.report.plain import dumped
from estimator.report.terminal import console, show
from estimator.report.text import EXACT, SCIENTIFIC, SHARE, SHORT, TEXT, Style
from estimator.symbols import b, n
from estimator.verdict import Verdict

ODD = Style("odd", lambda value: f"<{value}>")
CHART = Chart(
    key="chart",
    title="gates",
    x=Axis(label="N", is_logarithmic=True),
    y=Axis(label="gates"),
    lines=[
        Line(label="quantum", x=[4, 8, sympy.Integer(16)], y=[sympy.Rational(1, 3), 0.1, None]),
        Line(label="nothing", x=[4], y=[math.nan], is_classical=True),
    ],
    marks=[Mark(x=8, y=sympy.Rational(1, 7), label="2^3")],
)
REPORT = Report(
    title="a <test> & more †",
    settings={"N": 2**80, "epsilon": 0.1, "parts": (1, "x"), "none": None, "size": 2**n},
    settings_style=ODD,
    units={"N": "entries"},
    assumed={"epsilon", "N"},
    parts=[
        Fact(key="qubits", value=2 * n + 1, unit="logical qubits", kind=Kind.UPPER_BOUND),
        Fact(key="nothing", value=None),
        Fact(key="infinite", value=math.inf, style=TEXT),
        Fact(key="hidden", value={"a": [1, sympy.pi, b]}, place="data"),
        Fact(key="qubits", value=object(), style=ODD, place="shown"),
        Facts(
            key="gates",
            rows=[
                Fact(key="t", label="T", value=12345, unit="gates"),
                Fact(key="error", value=1.5e-9, style=SCIENTIFIC),
                Fact(key="seen", value=3, place="shown"),
                Fact(key="unseen", value={"a": 1}, place="data"),
            ],
            heading="gates",
        ),
        Facts(key="secret", rows=[Fact(key="x", value=[1, {"y": b}])], place="data"),
        Table(
            key="layers",
            columns=[
                Column(key="layer", label="", wraps=False),
                Column(key="cost", style=EXACT, unit="gates", align="right", kind=Kind.MEASURED),
                Column(key="share", style=SHARE, least=20),
                Column(key="rounded", style=SHORT),
            ],
            rows=[
                {"layer": "input", "cost": 2**b, "share": 0.25, "rounded": 10**20, "more": 1},
                {"layer": True, "cost": 7},
            ],
            heading="layer by layer",
            gap=4,
            is_section=True,
        ),
        Table(key="empty", columns=[Column(key="x")], rows=[]),
        Notes(
            key="notes",
            lines=["one sentence", NoteLine((Span("holds", Tone.GOOD), Span(" a.claim")), 2)],
            tone=Tone.QUIET,
            wraps=False,
        ),
        CHART,
    ],
    glossary={"n": "log2 of the length [qubits]"},
    passed=False,
    verdict=Verdict.FAILS,
    bloq=object(),
    head="title",
)


def shown(report, width):
    stream = io.StringIO()
    show(report, console(stream, width))
    return stream.getvalue()


def drawn(report):
    """Every number of every curve and every text of the picture."""
    return [
        [[line.get_xydata().tolist() for line in axes.lines], [x.get_text() for x in axes.texts],
         axes.get_title(), axes.get_xscale(), axes.get_yscale()]
        for axes in figure(report).axes
    ]  # fmt: skip


def test_a_report_is_what_it_was():
    """JSON, terminals, page and picture; its bloq and its formulas are gone."""
    kept = kept_answer(kept_text(REPORT))
    assert dumped(kept.plain()) == dumped(REPORT.plain())
    for width in (40, 80, 200):
        assert shown(kept.form(), width) == shown(REPORT.form(), width)
        assert shown(kept.form(full=True), width) == shown(REPORT.form(full=True), width)
    assert page([kept.form()]).split("<svg")[0] == page([REPORT.form()]).split("<svg")[0]
    assert repr(drawn(kept)) == repr(drawn(REPORT))
    assert (kept.passed, kept.verdict, kept.bloq) == (False, Verdict.FAILS, None)


def test_several_reports_stay_several():
    one = Report(title="one", parts=[])
    assert kept_answer(kept_text(one)).title == "one"
    assert [x.title for x in kept_answer(kept_text((one,)))] == ["one"]
    assert len(kept_answer(kept_text([one, REPORT]))) == 2


@pytest.mark.parametrize(
    "text",
    ["", "{", "1", "[]", "[1]", "[true, []]", "[false, [2]]", '[false, [{"is": "Nothing"}]]',
     '[false, [{"is": "Report", "title": "x"}]]', '[false, [{"is": "Kind", "name": "EXACT"}]]',
     '[false, [{"is": "Kind", "name": "no"}]]', '[false, [{"title": "x"}]]'],
)  # fmt: skip
def test_what_is_no_report_is_refused(text):
    with pytest.raises(ValueError):
        kept_answer(text)
