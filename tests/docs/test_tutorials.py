"""The tutorials: run as Jupyter runs them, they show what is kept in them."""

import importlib.util
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
import pytest

import quledger

ROOT = Path(__file__).parents[2]
SYSTEMS = ("resnet", "ntk", "communication", "hypergraph", "contrastive")
FILES = {name: ROOT / f"docs/tutorials/{name}.ipynb" for name in SYSTEMS}

SPEC = importlib.util.spec_from_file_location("run_tutorials", ROOT / "docs/run_tutorials.py")
run_tutorials = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(run_tutorials)

SHOWN = r"^(?!import |from |def |assert |with |for |[\w, ]+ = )\S"
"""Beginning of a line at the margin that shows something."""

MACHINE = r"/home/|/root/|/tmp|/usr/|site-packages|\bat 0x[0-9a-f]+|\x1b\[|\d+(\.\d+)? ?(ms|µs)\b"
"""What differs from machine to machine and run to run."""


@pytest.fixture(scope="module", params=SYSTEMS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def notebook(name):
    """As it is kept."""
    return nbformat.read(FILES[name], as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_a_tutorial_for_each_system():
    assert run_tutorials.tutorials() == sorted(FILES.values())
    assert set(SYSTEMS) <= set(quledger.systems())


def test_a_run_shows_what_is_kept(name, notebook, tmp_path, monkeypatch):
    """Every output, to the letter; nothing is written beside the notebook."""
    before = sorted(FILES[name].parent.iterdir())
    found = run_tutorials.executed(FILES[name])
    for kept, made in zip(code(notebook), code(found), strict=True):
        assert made.outputs == kept.outputs, f"{made.id}: python docs/run_tutorials.py {name}"
    assert nbformat.writes(found) + "\n" == FILES[name].read_text(encoding="utf-8")
    assert sorted(FILES[name].parent.iterdir()) == before


def test_outputs_are_in_place(notebook):
    """In order, without an error or a warning; a cell whose last line shows something has one."""
    assert [cell.execution_count for cell in code(notebook)] == [*range(1, len(code(notebook)) + 1)]
    for cell in code(notebook):
        kinds = [output.output_type for output in cell.outputs]
        assert set(kinds) <= {"stream", "execute_result"}, cell.id
        assert all(output.get("name", "stdout") == "stdout" for output in cell.outputs), cell.id
        if re.search(SHOWN, cell.source.splitlines()[-1]):
            assert kinds, cell.id
        for output in cell.outputs:
            data = output.get("data", {})
            assert not data or {"text/html", "image/svg+xml"} & {*data}, cell.id


def test_nothing_of_a_machine_is_kept(name):
    text = FILES[name].read_text(encoding="utf-8")
    kept = nbformat.reads(text, as_version=4)
    shown = "\n".join(json.dumps(cell.outputs) for cell in code(kept))
    assert not re.search(MACHINE, shown.encode().decode("unicode_escape"))
    assert kept.metadata == run_tutorials.METADATA
    assert all(not cell.metadata for cell in kept.cells)


def test_a_drawing_is_whole(notebook):
    """There are some, and each is an SVG document."""
    drawn = [
        output.data["image/svg+xml"]
        for cell in code(notebook)
        for output in cell.outputs
        if "image/svg+xml" in output.get("data", {})
    ]
    assert len(drawn) >= 2
    for svg in drawn:
        assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_tutorial_is_a_lesson(notebook):
    """One title, a heading for each step, cells that are called after their step, no long ones."""
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    assert notebook.cells[0] is texts[0]
    assert texts[0].source.startswith("# ")
    assert not any(line.startswith("# ") for cell in texts[1:] for line in cell.source.splitlines())
    steps = ("cost", "where", "growth", "rivals", "claims", "run", "turn")
    assert [cell.id for cell in texts if cell.id in steps] == list(steps)
    assert "**What the paper claims.**" in texts[0].source
    assert "**What is ours.**" in texts[0].source
    assert "*Try:*" in texts[-1].source
    for cell in code(notebook):
        assert re.fullmatch(r"[a-z]+-\d", cell.id)
    assert len(code(notebook)) <= 14
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_the_tool_refuses_a_name_that_is_none(capsys):
    with pytest.raises(SystemExit, match=r"a tutorial is one of communication, .* got 'poem'"):
        run_tutorials.main(["resnet", "poem"])
    assert not capsys.readouterr().out


def test_a_cell_that_fails_leaves_every_notebook(tmp_path, monkeypatch):
    """Of two, the first runs and the second fails: neither is written."""
    files = []
    for name, source in (("a", "1 + 1"), ("b", "1 / 0")):
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source, id="cell-1")])
        files.append(tmp_path / f"{name}.ipynb")
        files[-1].write_text(nbformat.writes(made))
    before = [file.read_bytes() for file in files]
    monkeypatch.setattr(run_tutorials, "TUTORIALS", tmp_path)
    with pytest.raises(SystemExit, match="so none is written"):
        run_tutorials.main([])
    assert [file.read_bytes() for file in files] == before
    assert run_tutorials.executed(files[0]).cells[0].outputs[0].data["text/plain"] == "2"
