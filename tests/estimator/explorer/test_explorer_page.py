"""The page as a file: the same bytes at every run, nothing from outside, whole or not at all."""

import json
import re

import pytest
from bokeh.resources import Resources
from command import run

import quledger
from estimator.ask.explorable import Target
from estimator.explorer.explorer_page import explorer_of

SMALL = {"loader": "qrom,ideal", "rotation": "phase-gradient"}


@pytest.fixture(scope="module")
def page():
    return explorer_of(Target.of("vector-loading"), SMALL)


def own(page):
    """The page without what Bokeh ships."""
    shipped = Resources("inline", components=["bokeh", "bokeh-widgets"]).render()
    assert shipped in page
    return page.replace(shipped, "")


def questions_in(page):
    found = re.search(r'<script type="application/json" id="questions">(.*?)</script>', page, re.S)
    return json.loads(found[1].replace("<\\/", "</"))


def test_two_runs_give_the_same_bytes(page):
    assert explorer_of(Target.of("vector-loading"), SMALL) == page


def test_nothing_comes_from_outside(page):
    assert not re.search(r'(?:src|href)="(?:https?:)?//', own(page))
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=\"(?!#|data:)", own(page))


def test_the_page_holds_every_set_of_formulas(page):
    (question,) = questions_in(page)
    assert [form["values"] for form in question["forms"]] == [["qrom"], ["ideal"]]
    assert question["pinned"] == {"--rotation": "phase-gradient"}
    assert {"t_count", "qubits"} <= question["forms"][0]["columns"].keys()
    assert "--physical" in question["leftOut"]


def test_the_t_gates_of_everything_move_with_the_price_of_a_rotation(page):
    (question,) = questions_in(page)
    kinds = [step[0] for step in question["steps"]]
    price = question["steps"][kinds.index("choose")]
    assert price[1] == "synthesis"
    assert price[2::2] == ["repeat-until-success", "ancilla-free", "mixed-fallback"]


def test_a_page_is_written_whole(tmp_path):
    file = tmp_path / "page.html"
    quledger.explore("vector-loading", file, **SMALL)
    assert file.read_text(encoding="utf-8").endswith("</html>\n")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("vector-loading", "Missing option '--output'"),
        ("-o x.html", "explore needs one name, got none"),
        ("vector-loading resnet -o x.html", "explore needs one name"),
        ("vector -o x.html", "did you mean vector-loading?"),
        ("vector-loading -o x.txt", "must be named .html"),
        ("vector-loading -o x.html -o y.html", "one file"),
        ("vector-loading -o nowhere/x.html", "existing folder"),
        ("vector-loading --N 3 -o x.html", "N must be a power of two"),
        ("vector-loading --kappa 3 -o x.html", "vector-loading has no parameter --kappa"),
        ("vector-loading --param N=4 --N 4 -o x.html", "N is given twice"),
    ],
)
def test_bad_input_is_one_sentence_before_any_work(words, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("explore", *words.split())
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_too_many_formulas_are_refused_with_what_to_name(monkeypatch):
    monkeypatch.setattr("estimator.explorer.forms.MOST", 10)
    with pytest.raises(ValueError, match="at most 10 sets of formulas"):
        explorer_of(Target.of("vector-loading"), {"b": "8,9"})
