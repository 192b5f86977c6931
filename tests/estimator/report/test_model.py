"""One report in every form: JSON by its schema, terminal, HTML, frame, LaTeX, picture."""

import io
import json

import numpy as np
import pytest
import sympy
from attrs import evolve
from jsonschema import Draft202012Validator, ValidationError

from estimator.report.encoding import PLAINER
from estimator.report.model import Report
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
from estimator.report.plain import plain_value, schema
from estimator.report.terminal import console, show
from estimator.report.text import EXACT, SCIENTIFIC, SHORT
from estimator.symbols import b, n
from estimator.verdict import Verdict

CHART = Chart(
    key="chart",
    title="gates",
    x=Axis(label="N", is_logarithmic=True),
    y=Axis(label="gates", is_logarithmic=True),
    lines=[
        Line(label="quantum", x=[4, 8, 16], y=[40, 80, None]),
        Line(label="classical: exact", x=[4, 8, 16], y=[16, 64, 256], is_classical=True),
    ],
    marks=[Mark(x=8, y=80, label="2^3")],
)
REPORT = Report(
    title="a <test> & more",
    settings={"N": 16, "epsilon": 0.01},
    parts=[
        Fact(key="qubits", value=2 * n + 1, unit="logical qubits"),
        Facts(
            key="gates",
            rows=[
                Fact(key="t", label="T", value=12345, unit="gates"),
                Fact(key="error", value=1.5e-9, style=SCIENTIFIC, kind=Kind.UPPER_BOUND),
                Fact(key="nothing", value=None),
            ],
        ),
        Table(
            key="layers",
            columns=[
                Column(key="layer", wraps=False),
                Column(key="cost", style=EXACT, unit="gates", align="right"),
                Column(key="rounded", style=SHORT, wraps=False),
            ],
            rows=[
                {"layer": "input", "cost": 2**b, "rounded": 10**20},
                {"layer": "block 1", "cost": 7, "rounded": None},
            ],
            heading="layer by layer",
        ),
        Notes(
            key="notes",
            lines=["one sentence", NoteLine((Span("holds", Tone.GOOD), Span(" a.claim")), 2)],
        ),
        CHART,
    ],
    glossary={"n": "log2 of the length [qubits]"},
    passed=True,
    verdict=Verdict.HOLDS,
    bloq=object(),
)
VALIDATOR = Draft202012Validator(schema())


def text_of(report, width):
    stream = io.StringIO()
    show(report, console(stream, width))
    return stream.getvalue()


def test_plain_data_pass_through_json_and_back():
    """Values stay plain under the keys of their parts; units and kinds stand beside."""
    found = REPORT.plain()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    VALIDATOR.validate(found)
    assert found["schema"] == "quledger/1"
    assert found["qubits"] == "2*n + 1"
    assert found["gates"] == {"t": 12345, "error": 1.5e-9, "nothing": None}
    assert found["layers"][0] == {"layer": "input", "cost": "2**b", "rounded": 10**20}
    assert found["notes"] == ["one sentence", "holds a.claim"]
    assert found["units"]["gates"]["t"] == "gates"
    assert found["kinds"]["gates"]["error"] == "upper bound"
    assert found["units"]["layers"]["cost"] == "gates"
    assert (found["passed"], found["verdict"]) == (True, "HOLDS")
    assert found["chart"]["lines"][0]["y"] == [40, 80, None]
    assert "bloq" not in found
    assert REPORT["gates"]["t"] == 12345


def test_the_schema_refuses_what_is_no_answer():
    """Another schema's name, a unit that is a number, an unknown kind, missing settings."""
    good = REPORT.plain()
    for change in (
        {"schema": "quledger/2"},
        {"units": {"qubits": 3}},
        {"kinds": {"qubits": "guessed"}},
        {"passed": "yes"},
    ):
        with pytest.raises(ValidationError):
            VALIDATOR.validate({**good, **change})
    with pytest.raises(ValidationError):
        VALIDATOR.validate({key: x for key, x in good.items() if key != "settings"})


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (sympy.Integer(3), 3),
        (sympy.Rational(1, 2), 0.5),
        (n + 1, "n + 1"),
        (float("nan"), None),
        (sympy.oo, None),
        (np.int64(3), 3),
        (np.array([1.0, 2.0]), [1.0, 2.0]),
        ((1, {"a": sympy.Integer(2)}), [1, {"a": 2}]),
        (Kind.MEASURED, "measured"),
        (True, True),
        (10**400, 10**400),
    ],
)
def test_values_as_json_can_hold_them(value, plain):
    found = plain_value(value)
    assert found == plain
    assert type(found) is type(plain)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_every_value_is_on_the_terminal(width):
    """Whole, whatever the width; no line is longer."""
    text = text_of(REPORT, width)
    assert max(map(len, text.splitlines())) <= width
    for piece in ("a <test> & more", "2*n + 1", "12,345", "1.5e-09", "2**b", "1.00e20", "block 1",
                  "one sentence", "holds a.claim", "n: log2 of the length"):  # fmt: skip
        assert piece in text
    assert "nothing" not in text


def test_columns_that_do_not_fit_stand_below():
    """Every cell of a wide table is whole at 40 columns, each table with the first column."""
    wide = Report(
        title="wide",
        parts=[
            Table(
                key="t",
                columns=[Column(key=f"c{i}", wraps=False) for i in range(12)],
                rows=[{f"c{i}": f"value-{i}" for i in range(12)}],
            )
        ],
    )
    text = text_of(wide, 40)
    assert max(map(len, text.splitlines())) <= 40
    assert all(f"value-{i}" in text.split() for i in range(12))
    assert text.count("value-0") > 1


def test_long_names_and_units_give_way_to_values():
    """At 40 columns a value is not cut for the sake of its name."""
    long = Fact(key="a name of many words that is long", value=123456789, unit="unit of words")
    text = " ".join(text_of(Report(title="t", parts=[long]), 40).split())
    assert "123,456,789" in text


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-8"])
def test_any_encoding_will_do(encoding, monkeypatch):
    """What a terminal lacks is written in plainer characters."""
    import_sys = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr("sys.stdout", import_sys)
    from_module = __import__("estimator.report.encoding", fromlist=["accept_any_encoding"])
    from_module.accept_any_encoding()
    special = "".join(PLAINER) + "\N{SNOWMAN}"
    print(special)
    import_sys.flush()
    written = import_sys.buffer.getvalue().decode(encoding).strip()
    assert written == special if encoding == "utf-8" else "^+" in written or "\N{DAGGER}" in written


def test_html_needs_nothing_from_elsewhere():
    """A whole page: escaped, without script, without a link, with its chart inside."""
    page = REPORT.html()
    assert page.startswith("<!DOCTYPE html>")
    assert "a &lt;test&gt; &amp; more" in page
    for word in ("<script", "http-equiv", "src=", "@import", "url(h", 'url("'):
        assert word not in page
    assert "<svg" in page
    for piece in ("12,345", "2**b", "one sentence", 'class="good"'):
        assert piece in page
    assert "12,345" in REPORT._repr_html_()


def test_a_frame_has_plain_values():
    frame = REPORT.to_frame("layers")
    assert list(frame.columns) == ["layer", "cost", "rounded"]
    assert frame["rounded"][0] == 10**20
    assert list(REPORT.to_frame("gates")["value"])[0] == 12345  # noqa: RUF015
    with pytest.raises(ValueError, match="one of gates, layers, got 'qubits'"):
        REPORT.to_frame("qubits")


def test_latex_has_formulas_and_no_bare_special_characters():
    text = REPORT.latex()
    assert r"\begin{tabular}" in text
    assert "$2 n + 1$" in text
    assert "$2^{b}$" in text
    rows = [line for line in text.splitlines() if line.endswith(r"\\")]
    assert len(rows) == 1 + 2 + 3
    assert Report(title="t", parts=[Fact(key="a_b & c%", value=1)]).latex().count(r"a\_b \& c\%")


@pytest.mark.parametrize(
    ("name", "start"), [("a.svg", b"<?xml"), ("a.PNG", b"\x89PNG"), ("a.Pdf", b"%PDF")]
)
def test_pictures_by_their_ending(name, start, tmp_path):
    REPORT.picture(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_pictures_that_cannot_be_drawn_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"must be named \.svg, \.png or \.pdf, got .*a\.jpg"):
        REPORT.picture(tmp_path / "a.jpg")
    with pytest.raises(ValueError, match="there is no chart of bare"):
        Report(title="bare", parts=[]).picture(tmp_path / "a.svg")
    with pytest.raises(ValueError, match="existing folder"):
        REPORT.picture(tmp_path / "none" / "a.svg")
    assert list(tmp_path.iterdir()) == []


def test_a_picture_names_its_curves_and_crossings(tmp_path):
    REPORT.picture(tmp_path / "a.svg")
    svg = (tmp_path / "a.svg").read_text()
    for text in ("quantum", "classical: exact", "2^3", "fixed: N = 16, epsilon = 0.01"):
        assert f">{text}<" in svg


def test_parts_have_keys_of_their_own():
    with pytest.raises(ValueError, match="keys of their own"):
        Report(title="t", parts=[Fact(key="a", value=1), Fact(key="a", value=2)])


def test_only_has_the_parts_that_are_named():
    """A table alone, shown in its short form where it has one; no settings, which belong above."""
    some = REPORT.only("layers")
    assert some.plain()["layers"] == REPORT.plain()["layers"]
    assert "gates" not in some.plain()
    assert some.title == REPORT.title
    assert not some.settings
    hidden = Report(title="t", parts=[Fact(key="seen", value=1), Fact(key="kept", value=2)])
    parts = [evolve(part, place="data") if part.key == "kept" else part for part in hidden.parts]
    assert "2" not in evolve(hidden, parts=parts).text()
    assert "2" in evolve(hidden, parts=parts).only("kept").text()
    shown = [*parts, Fact(key="shown kept 0", value=3, place="shown")]
    text = evolve(hidden, parts=shown).only("kept").text()
    assert "3" in text
    assert "2" not in text


@pytest.mark.parametrize("keys", [(), ("layer",), ("layers", "layer")])
def test_only_refuses_what_is_not_there(keys):
    with pytest.raises(ValueError, match=r"a part is one of .*layers.*, got .*; name"):
        REPORT.only(*keys)


def test_a_picture_without_a_file_is_shown(tmp_path):
    """The same bytes as in a file, and written on demand."""
    shown = REPORT.picture()
    REPORT.picture(tmp_path / "a.svg")
    assert shown.svg.encode() == (tmp_path / "a.svg").read_bytes()
    assert shown._repr_svg_().replace(' style="max-width: 100%; height: auto"', "") == shown.svg
    shown.write(tmp_path / "b.svg")
    assert (tmp_path / "b.svg").read_bytes() == (tmp_path / "a.svg").read_bytes()
    with pytest.raises(ValueError, match=r"must be named \.svg, got"):
        shown.write(tmp_path / "b.png")
    with pytest.raises(ValueError, match="there is no chart"):
        Report(title="bare", parts=[]).picture()


def test_text_has_no_colours_whatever_is_around(monkeypatch):
    """A notebook's kernel forces colours, and its shell takes what is printed."""
    plain = REPORT.text()
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    assert REPORT.text() == plain == repr(REPORT)
    assert "\x1b" not in plain
    assert "12,345" in plain
