"""Systems found by walking: a toy comes and goes with its folder, and meddles with no other."""

import importlib
import json
import re
import sys
from pathlib import Path

import pytest
from onnx import helper
from small_models import model
from typer.testing import CliRunner

import bloqs
from estimator import cli
from estimator.ask.question import COST
from estimator.ask.registry import FLOORS, candidates, meant, questions, systems
from estimator.symbols import glossary_of

DIGITS = str(Path(__file__).parents[3] / "examples" / "digits_resnet.onnx")
PRINTED = re.findall(
    r"```python\n# bloqs/toy/(\w+)\.py\n(.*?)```",
    (Path(__file__).parents[3] / "ARCHITECTURE.md").read_text(),
    re.DOTALL,
)
"""Files of the toy as `ARCHITECTURE.md` has them, by name."""

READER_SYSTEM = '''"""A toy that reads network files."""
from estimator.ask.parameter import Number
from estimator.ask.question import COST, Question, System, Verb
from estimator.ask.text_file import TextFile

SYSTEM = System(name="reader", says="Reads.", source="ours", home=__package__, questions=(
    Question(verb=COST, name="reader", says="Reads a file.", source="ours", answer="answers:cost",
             parameters=(Number(name="page", meaning="which", least=1),),
             suffixes=(".onnx",), is_default=False),
    Question(verb=Verb("grade", "Grade a toy."), name="reader", says="Grades.", source="ours",
             answer="answers:grade", needs=("train",)),
    Question(verb=Verb("grade", "Grade a toy."), name="essay", says="Grades.", source="ours",
             answer="answers:essay", operands=("essay", "key"),
             parameters=(TextFile(name="essay", meaning="what was written", is_required=True),
                         TextFile(name="key", meaning="what is right", is_required=True)),),))
'''
READER_ANSWERS = '''"""What the reader says."""
from estimator.ask.question import Asked
from estimator.ask.text_file import texts_of
from estimator.report.model import Report
from estimator.report.parts import Fact


def cost(asked: Asked) -> Report:
    return Report(title=str(asked.file), parts=[Fact(key="page", value=asked.values["page"])])


def grade(asked: Asked) -> Report:
    return Report(title="graded", parts=[Fact(key="mark", value=1)], passed=False)


def essay(asked: Asked) -> Report:
    written, right = texts_of(asked.values, ("essay", "key"))
    return Report(title="graded", parts=[], passed=written == right)
'''


def run(*words):
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.fixture
def moved_in(tmp_path, monkeypatch):
    """Puts a system into a temporary folder on `bloqs.__path__`, for as long as the test lasts."""
    monkeypatch.setattr(bloqs, "__path__", [*bloqs.__path__, str(tmp_path)])
    names = []

    def move(name, system, answers):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "__init__.py").write_text('"""A toy."""\n')
        (folder / "system.py").write_text(system)
        (folder / "answers.py").write_text(answers)
        importlib.invalidate_caches()
        names.append(name)

    yield move
    for module in [m for m in sys.modules for name in names if m.startswith(f"bloqs.{name}")]:
        del sys.modules[module]


def test_the_systems_of_the_house_are_found():
    found = systems()
    assert {"resnet", "convolution", "qsvt", "data-loading", "ledger"} <= found.keys()
    assert all(name == system.name for name, system in found.items())


def test_a_toy_is_found_by_its_folder(moved_in, tmp_path):
    """In `list`, `cost`, JSON, HTML and `draw`, in symbols and numbers; without it, nowhere."""
    before = run("list").stdout
    (_, system), (_, answers) = PRINTED
    moved_in("toy", system, answers)
    assert "What one addition costs." in run("list").stdout
    shown = run("cost", "toy")
    assert shown.exit_code == 0, shown.output
    assert "n - 1" in shown.stdout
    assert "n: log2 of the length" in shown.stdout
    numbers = json.loads(run("cost", "toy", "--n", 5, "--json").stdout)
    assert numbers["gates"]["toffoli"] == 4
    assert numbers["settings"] == {"n": 5}
    page, picture = tmp_path / "toy.html", tmp_path / "toy.svg"
    assert run("cost", "toy", "--html", page).exit_code == 0
    assert "<table" in page.read_text()
    assert run("draw", "toy", "--n", 5, "-o", picture, "--kind", "circuit").exit_code == 0
    assert "<svg" in picture.read_text()
    refused = run("cost", "toy", "--n", 0)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "n must be a whole number >= 1, got '0'" in refused.stderr
    bloqs.__path__.remove(str(tmp_path))
    assert run("list").stdout == before
    assert run("cost", "toy").exit_code == 2


def test_a_second_reader_of_files_changes_no_answer(moved_in):
    """A system that reads network files, not by default, leaves all that is said of them."""
    asked = [("cost", DIGITS, "--b", 8, "--json"), ("cost", DIGITS, "--regime", 3, "--json")]
    before = [run(*words).stdout for words in asked]
    moved_in("reader", READER_SYSTEM, READER_ANSWERS)
    assert [run(*words).stdout for words in asked] == before
    found = json.loads(run("cost", DIGITS, "--page", 3, "--json").stdout)
    assert (found["title"], found["page"]) == (DIGITS, 3)


def test_a_system_brings_its_own_verb(moved_in, monkeypatch):
    """The command has it, with help; what did not pass exits with status 1; extras are named."""
    moved_in("reader", READER_SYSTEM, READER_ANSWERS)
    assert "Grade a toy." in run("--help").stdout
    monkeypatch.setattr("importlib.metadata.requires", lambda name: [])
    assert run("grade", "reader").exit_code == 1
    line = "missing-package>=2; extra == 'train'"
    monkeypatch.setattr("importlib.metadata.requires", lambda name: [line])
    refused = run("grade", "reader")
    assert refused.exit_code == 2
    assert "needs missing-package; install it with pip install 'quledger[train]'" in refused.stderr


def test_further_words_go_to_operands(moved_in, tmp_path):
    """In order or by option; one of them may come in; each text once."""
    moved_in("reader", READER_SYSTEM, READER_ANSWERS)
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("to be")
    two.write_text("or not")
    for words in ((one, one), ("--essay", one, "--key", one), (one, "--key", one)):
        assert run("grade", "essay", *words).exit_code == 0
    assert run("grade", "essay", one, two).exit_code == 1
    piped = CliRunner().invoke(cli.app, ["grade", "essay", "-", str(two)], input="or not")
    assert piped.exit_code == 0
    for words, problem in (
        ((one,), "Missing option '--key': what is right"),
        ((one, two, one), "grade essay takes essay and key, got '"),
        ((one, two, "--key", one), "key is given twice"),
        (("-", "-"), "one text comes in by -, got it for --essay and --key"),
        ((one, tmp_path / "none"), "--key must be a file that can be read"),
        ((one, tmp_path), "--key must be a file that can be read"),
        ((one, ""), "--key must be the path of a file, or - for the standard input, got ''"),
    ):
        refused = run("grade", "essay", *words)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert problem in refused.stderr
    one.write_bytes(b"\xff\xfe")
    assert "--essay must be text in UTF-8" in run("grade", "essay", one, two).stderr
    assert "[FILE]..." in run("grade", "--help").stdout


@pytest.mark.parametrize(
    ("named", "name"),
    [
        ([], "resnet"),
        (["b"], "convolution"),
        (["layers"], "convolution"),
        (["regime"], "resnet"),
        (["regime", "digit"], "resnet"),
        (["digit"], "resnet"),
        (["epsilon"], "resnet"),
        (["margin"], "network"),
        (["kappa"], "resnet"),
        (["image", "variant"], "convolution-at-image"),
    ],
)
def test_parameters_say_which_question_about_a_file_is_meant(named, name):
    assert meant(DIGITS, candidates(COST, DIGITS), named).question.name == name


@pytest.mark.parametrize(
    ("named", "name"),
    [
        ([], "network"),
        (["b"], "convolution"),
        (["layers"], "convolution"),
        (["regime"], "resnet"),
        (["digit"], "network"),
        (["epsilon"], "network"),
    ],
)
def test_a_network_without_norms_is_of_another_kind(named, name, tmp_path):
    """Where a parameter leaves it open: a file that divides by no norm is no residual network."""
    path = tmp_path / "small.onnx"
    nodes = [helper.make_node("Relu", ["x"], ["y"])]
    path.write_bytes(model(nodes).SerializeToString())
    assert meant(str(path), candidates(COST, str(path)), named).question.name == name


def test_no_question_about_a_file_has_everything():
    """What no question has is named; so is what none has together."""
    with pytest.raises(ValueError, match="has no parameter 'page'"):
        meant(DIGITS, candidates(COST, DIGITS), ["page"])
    with pytest.raises(ValueError, match=r"no question about .* has all of C_in, regime"):
        meant(DIGITS, candidates(COST, DIGITS), ["regime", "C_in"])


def test_a_misspelt_target_is_guessed():
    with pytest.raises(ValueError, match=r"no algorithm 'convoltion'.*did you mean convolution\?"):
        candidates(COST, "convoltion")


def test_every_question_has_a_name_of_its_own():
    names = [(found.question.verb.name, found.question.name) for found in questions()]
    assert len(names) == len(set(names))


def test_parameters_have_symbols_of_their_own():
    """Each in the glossary of its system; no two of a question share one."""
    for found in questions():
        if found.system.home.split(".")[0] in FLOORS:  # symbols of others' bloqs are their own
            importlib.import_module(f"{found.system.home}.system")
        names = {symbol.name for symbol in glossary_of(found.system.home)}
        used = [x.symbol for x in found.question.parameters if getattr(x, "symbol", "")]
        assert set(used) <= names, found.question.name
        assert len(used) == len(set(used)), found.question.name
