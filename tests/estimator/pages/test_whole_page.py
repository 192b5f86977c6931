"""Pages about questions of all systems: well made, self-contained, and true to the answers."""

import html
import re
from itertools import pairwise

import pytest
from typer.testing import CliRunner

import quledger
from estimator import cli
from estimator.pages.subject import Subject
from estimator.pages.theorems import about_of
from estimator.pages.whole_page import check_page, page_of
from estimator.pages.words_used import WORDS
from estimator.report.parts import Fact, Facts, shown
from estimator.store import shut

SECTIONS = [
    "question", "answer", "pictures", "shares", "growth", "comparison", "assumptions", "theorems",
    "glossary",
]  # fmt: skip


def test_page_is_balanced_and_every_anchor_exists(asked):
    _, _, page = asked
    assert not page.faults
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} | set(page.labels) <= set(page.ids)
    assert [each for each in page.ids if each in SECTIONS] == SECTIONS


def test_page_needs_neither_network_nor_script(asked):
    _, _, page = asked
    assert all(link.startswith("#") for link in page.links)
    assert not page.tags & {"script", "link", "img", "iframe", "object", "base"}
    assert not re.search(r"@import|url\((?!#)", page.text)


def test_headings_go_down_one_level_at_a_time(asked):
    _, _, page = asked
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert '<html lang="en">' in page.text
    assert re.search(r"<title>[^<]+</title>", page.text)


def test_values_are_those_of_the_answer(asked):
    target, given, page = asked
    answer = quledger.cost(target, **given)
    reports = answer if isinstance(answer, tuple) else (answer,)
    cells = "\n".join(page.cells)
    for report in reports:
        facts = [
            fact
            for part in shown(report.form())
            for fact in (part.rows if isinstance(part, Facts) else [part])
            if isinstance(fact, Fact) and fact.value is not None and fact.place != "data"
        ]
        assert facts
        for fact in facts:
            assert f"{fact.shown_label}\n{fact.style.text(fact.value)}\n" in cells


def test_command_line_gives_the_answer(asked):
    target, given, page = asked
    line = page.cells[page.cells.index("command line") + 1]
    words = [word for name, value in given.items() for word in (f"--{name}", str(value))]
    assert set(words) <= set(line.split()), line
    assert line.startswith(f"quledger cost {target}")
    assert html.escape(Subject.of(target, given).question.says) in page.text


def test_verdicts_are_those_of_check(asked):
    target, given, page = asked
    answer = quledger.cost(target, **given)
    reports = answer if isinstance(answer, tuple) else (answer,)
    section = html.unescape(page.section("theorems"))
    found = dict(re.findall(r'<h3>([^<]+)</h3>\n<p><span class="\w+">([^<]+)</span>', section))
    try:
        claims = quledger.check(about=about_of(Subject.of(target, given), reports))["claims"]
    except ValueError:
        assert "The ledger has nothing on this question" in section
        assert not found
        return
    assert list(found) == [row["claim"] for row in claims]
    for row in claims:
        verdict = found[row["claim"]]
        is_printed, is_open = row["kind"] == "Erratum", row["kind"] == "OpenQuestion"
        assert ("not accepted" in verdict) is not row["accepted"]
        assert ("printed statement fails" in verdict) is (row["accepted"] and is_printed)
        assert ("undecided" in verdict) is (row["accepted"] and is_open)
        for way in ("symbolic", "numeric"):
            if verdict.startswith("holds") and row.get(way):
                assert row[way] in verdict


def test_pictures_and_wide_tables_scroll_in_boxes_that_the_keyboard_reaches(asked):
    """The page itself is never wider than the screen, and paper shows boxes whole."""
    _, _, page = asked
    boxes = re.findall(r'<div class="(?:wide|picture|witness)"[^>]*>', page.text)
    assert all('tabindex="0"' in box and "aria-label=" in box for box in boxes)
    assert page.text.count("<table") == page.text.count('<div class="wide"')
    assert page.text.count("<svg") == page.text.count('<div class="picture"')
    assert "overflow: visible" in page.text.split("@media print", 2)[2].split("</style>")[0]


def test_two_runs_give_the_same_bytes(asked):
    target, given, page = asked
    assert page_of(Subject.of(target, given)) == page.text


@pytest.mark.slow
def test_nothing_kept_gives_the_same_bytes():
    subject = Subject.of("hypergraph", {"n": 4, "k": 2})
    with shut():
        first = page_of(subject)
    assert page_of(subject) == first


def test_words_are_those_of_the_glossary(request):
    text = (request.config.rootpath / "docs" / "glossary.md").read_text()
    assert all(f"| {word} | {meaning} |\n" in text for word, meaning in WORDS.items())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["hypergraph", "-o", "page.txt"], "must be named .html"),
        (["hypergraph", "-o", "missing/page.html"], "existing folder"),
        (["hypergaph", "-o", "page.html"], "did you mean hypergraph?"),
        (["-o", "page.html"], "report needs one name or file"),
        (["hypergraph", "--n", "-1", "-o", "page.html"], "n must be"),
        (["hypergraph", "--n", "4", "-o", "page.html", "-o", "b.html"], "a report has one file"),
        (["hypergraph", "--rotation-error", "1e-3", "-o", "page.html"], "together"),
        (["hypergraph"], "Missing option"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(words, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.app, ["report", *words])
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_what_is_read_is_not_replaced(tmp_path):
    file = tmp_path / "model.html"
    file.write_text("{}")
    with pytest.raises(ValueError, match="must not replace what is read"):
        check_page(file, (file,))


def test_command_writes_the_page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    target = "qualtran.bloqs.basic_gates.hadamard:_chadamard"
    result = CliRunner().invoke(cli.app, ["report", target, "-o", "gate.html"])
    assert (result.exit_code, result.stdout) == (0, "wrote gate.html\n")
    assert (tmp_path / "gate.html").read_text() == page_of(Subject.of(target, {}))
    quledger.report(target, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == (tmp_path / "gate.html").read_bytes()
