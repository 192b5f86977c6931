"""`-o` and `--format` of `cost`: what a name means, what is printed, and what is refused."""

import json

import pytest
import yaml
from command import refusal, run

import quledger
from estimator.exchange.formats import FORMATS, format_of
from estimator.exchange.writing import content_of
from estimator.report.model import Report

VECTOR = ("cost", "vector-loading", "--N", "16", "--b", "6")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.csv", "report,part,row,name,value,unit,kind"),
        ("a.tex", "% vector-loading"),
        ("a.json", '{\n  "schema": "quledger/1"'),
        ("a.yaml", "version: v1"),
        ("a.YML", "version: v1"),
    ],
)
def test_the_name_of_a_file_says_its_format(name, begins, tmp_path):
    file = tmp_path / name
    found = run(*VECTOR, "-o", file)
    assert found.exit_code == 0, found.stderr
    assert file.read_text().startswith(begins)
    assert found.stdout.endswith(f"wrote {file}\n")
    assert "Toffoli depth" in found.stdout


@pytest.mark.parametrize("form", [each.name for each in FORMATS if each.name != "qasm3"])
def test_without_a_file_the_format_alone_is_printed(form, tmp_path):
    found = run(*VECTOR, "--format", form)
    assert found.exit_code == 0, found.stderr
    ending = next(each.endings[0] for each in FORMATS if each.name == form)
    quledger.write(quledger.cost("vector-loading", N=16, b=6), tmp_path / f"a{ending}", form)
    assert found.stdout == (tmp_path / f"a{ending}").read_text().replace("\r\n", "\n")


def test_json_and_a_file_go_together(tmp_path):
    file = tmp_path / "a.yaml"
    found = run(*VECTOR, "--json", "--write", file, "--format", "bartiq")
    assert json.loads(found.stdout)["title"] == "vector-loading"
    assert yaml.safe_load(file.read_text())["version"] == "v1"


def test_a_kept_answer_is_written_all_the_same(tmp_path, monkeypatch):
    """Answers in the store have no bloq and no formulas."""
    monkeypatch.setenv("QULEDGER_CACHE", str(tmp_path / "cache"))
    for name in ("a.yaml", "b.yaml"):
        assert run(*VECTOR).exit_code == 0
        assert run(*VECTOR, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "qreff"], "--format must be one of csv, latex, json, qref"),
        (["--format", ""], "--format must be one of"),
        (["-o", "a.doc"], "-o needs a file named .csv, .tex, .json, .yaml, .yml, .pb, .qasm"),
        (["-o", "a"], "or --format; got 'a'"),
        (["-o", "a.html"], "--html FILE writes a page"),
        (["-o", "a.svg"], "quledger draw TARGET -o FILE draws it"),
        (["-o", "a.csv", "--format", "qref"], "a file of qref is named .yaml or .yml or .json"),
        (["-o", "no/such/folder/a.csv"], "needs an existing folder"),
        (["-o", ".", "--format", "csv"], "must name a file"),
        (["-o", "a.csv", "--html", "a.csv"], "must not replace what is read"),
        (["--format", "csv", "--json"], "--format prints the answer unless -o names a file"),
        (["--format", "csv", "--html", "a.html"], "give -o FILE"),
    ],
)
def test_what_cannot_be_written_is_refused_before_any_work(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("estimator.api.answered_by", lambda *_: pytest.fail("work was done"))
    assert said in refusal(*VECTOR, *words)
    assert not list(tmp_path.iterdir())


def test_formats_that_do_not_suit_an_answer_are_refused():
    assert "has the symbols b, n; give values" in refusal(*VECTOR[:2], "--format", "qasm3")
    with pytest.raises(ValueError, match="a has no circuit here, so there is nothing to write as"):
        content_of(Report(title="a", parts=[]), format_of(None, "qref"))


def test_layers_of_a_network_are_no_single_circuit(network, tmp_path):
    (layer,) = quledger.cost(network(), layers=True, b=6)
    quledger.write((layer, layer), tmp_path / "a.csv")
    with pytest.raises(ValueError, match="holds one circuit, here are 2"):
        quledger.write((layer, layer), tmp_path / "a.yaml")
    assert [each.name for each in tmp_path.glob("a.*")] == ["a.csv"]
