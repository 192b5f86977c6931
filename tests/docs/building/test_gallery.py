"""The gallery has every kind of picture, and its commands draw them."""

import ast
import json
import shlex
from pathlib import Path

import pytest
from gallery import PAGE, ROOT, draw, every_picture, kept_report, write_gallery
from parsed_tree import sources
from typer.testing import CliRunner

from estimator import api, cli
from estimator.ask import question
from estimator.ask.registry import questions
from estimator.drawing.drawn_report import DRAWINGS, KINDS
from estimator.report.chart import FORMATS

PICTURES = every_picture()
ASKED = [each for each in PICTURES if each.command.split()[1] in ("cost", "compare", "draw")]
QUICK = [each for each in PICTURES if each.is_quick]
START = {".svg": b"<?xml", ".png": b"\x89PNG\r\n", ".pdf": b"%PDF", ".txt": b""}


def name(drawn):
    return drawn.file


def value_of(drawn, option, default):
    """What an option of the command is set to."""
    words = shlex.split(drawn.command)
    return words[words.index(option) + 1] if option in words else default


def test_every_kind_of_drawing_and_every_format_is_there():
    drawings = [each for each in PICTURES if each.command.split()[1] == "draw"]
    assert {value_of(each, "--kind", "callgraph") for each in drawings} == {*KINDS}
    assert {Path(each.file).suffix for each in drawings} == {f".{each}" for each in DRAWINGS}
    assert {f".{each}" for each in FORMATS} <= START.keys()
    assert len({each.file for each in PICTURES}) == len(PICTURES)


def test_every_question_with_a_chart_is_there():
    """By its name, or by a file that it can be asked about."""
    asked = [shlex.split(each.command)[1:3] for each in PICTURES]
    missing = [
        (each.question.verb.name, each.question.name)
        for each in questions()
        if each.question.draws
        and not any(
            verb == each.question.verb.name
            and (target == each.question.name or Path(target).suffix in each.question.suffixes)
            for verb, target in asked
        )
    ]
    assert missing == []
    assert sum(each.question.draws for each in questions()) >= 11


def test_every_module_that_makes_charts_is_there():
    """Read off the tree, so that a new one is missed."""
    making = {
        module.name
        for module in sources().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Chart"
    }
    assert {module for each in PICTURES for module in each.charts} == making
    assert len(making) >= 10


@pytest.mark.parametrize("drawn", ASKED, ids=name)
def test_a_command_is_understood(drawn, tmp_path, monkeypatch):
    """Its files are there, and every option and value, up to the work itself."""
    monkeypatch.chdir(ROOT)
    reached = []

    def answer_to(system, question, asked):
        reached.append(question.verb.name)
        raise ValueError("reached")

    monkeypatch.setattr(question, "answer_to", answer_to)
    words = drawn.words_into(tmp_path)
    done = CliRunner().invoke(cli.app, words)
    assert reached == ["cost" if words[0] == "draw" else words[0]], done.output


@pytest.mark.parametrize("drawn", QUICK, ids=name)
def test_a_picture_is_drawn(drawn, tmp_path, monkeypatch):
    """A whole file of its kind, and nothing else."""
    monkeypatch.chdir(ROOT)
    file = draw(drawn, tmp_path)
    assert [*tmp_path.iterdir()] == [file]
    assert file.read_bytes().startswith(START[file.suffix])
    assert file.stat().st_size > 300


@pytest.mark.parametrize("drawn", [each for each in PICTURES if each.kept], ids=name)
def test_a_kept_answer_is_that_of_its_command(drawn, tmp_path):
    """Verb and target in its title, settings as the command names them, curves in the picture."""
    report = kept_report(drawn)
    verb, target = shlex.split(drawn.command)[1:3]
    (found,) = (each for each in questions(api.verb_named(verb))
                if each.question.name == target)  # fmt: skip
    assert found.question.draws
    assert found.question.needs == ("train",)
    assert target in report.title
    for option, key in (("--arm", "arm"), ("--n", "n")):
        if (wanted := value_of(drawn, option, None)) is not None:
            assert str(report.settings[key]) == wanted
    text = draw(drawn, tmp_path).read_text()
    kept = json.loads((ROOT / drawn.kept).read_text())
    lines = [
        line["label"]
        for part in (kept[drawn.finds] if drawn.finds else kept).values()
        if isinstance(part, dict) and "lines" in part
        for line in part["lines"]
    ]
    assert len(lines) >= 2
    assert [label for label in lines if label not in text] == []


def test_what_a_command_says_when_it_is_refused(tmp_path):
    """A picture that cannot be drawn stops the gallery."""
    wrong = PICTURES[0].__class__(command="quledger draw nothing -o a.svg", says="")
    with pytest.raises(RuntimeError, match=r"draw nothing -o a\.svg: .*no algorithm 'nothing'"):
        draw(wrong, tmp_path)


@pytest.mark.slow
def test_the_whole_gallery(tmp_path):
    """Every picture, and a page that shows each with its command."""
    folder = tmp_path / "pictures"
    write_gallery(folder)
    page = (folder / PAGE).read_text()
    for each in PICTURES:
        assert f"$ {each.command}\n" in page
        assert (folder / each.file).stat().st_size > 300
        assert each.file.endswith(".txt") or f"pictures/{each.file}" in page
    assert {file.name for file in folder.iterdir()} == {PAGE, *(each.file for each in PICTURES)}
