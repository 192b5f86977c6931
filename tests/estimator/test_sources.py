"""Any edit of a source is noticed, whatever the dates of the files say."""

import ast
import importlib
import os
import sys
from pathlib import Path

import pytest

from estimator import sources
from estimator.sources import USED, Sources, sources_of

ROOT = Path(__file__).parents[2]
SHOW = {"bokeh", "matplotlib", "rich", "typer"}
"""Packages that show answers and decide none."""

TRAIN = {"torch"}
"""Of models; what is trained is not kept as an answer."""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two modules in a folder."""
    home = tmp_path / "pack"
    (home / "inner").mkdir(parents=True)
    for name in ("__init__.py", "a.py", "inner/__init__.py", "inner/b.py", "data.json"):
        (home / name).write_text(f"# {name}\n")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield home
    sys.modules.pop("pack", None)


def digest():
    return sources_of(["pack"]).digest


EDITS = {
    "content": lambda home: (home / "a.py").write_text("# other\n"),
    "as long": lambda home: (home / "a.py").write_text("# b.py\n"),
    "data": lambda home: (home / "data.json").write_text("{}"),
    "inner": lambda home: (home / "inner" / "b.py").write_text(""),
    "new": lambda home: (home / "c.py").write_text(""),
    "gone": lambda home: (home / "a.py").unlink(),
    "renamed": lambda home: (home / "a.py").rename(home / "d.py"),
    "moved": lambda home: (home / "a.py").rename(home / "inner" / "a.py"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_every_edit_is_noticed(package, edit):
    """Also with the dates of before."""
    before, dates = digest(), {path.name: path.stat() for path in package.rglob("*")}
    edit(package)
    for path in package.rglob("*"):
        if path.name in dates:
            os.utime(path, ns=(dates[path.name].st_atime_ns, dates[path.name].st_mtime_ns))
    assert digest() != before


def test_what_python_makes_of_sources_is_none(package):
    before = digest()
    importlib.import_module("pack.a")
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert digest() == before


def test_a_process_knows_what_it_has_read(package, monkeypatch):
    """An edit since it began is not in it; the date that a file was given does not matter."""
    os.utime(package / "a.py", (0, 0))
    assert not sources_of(["pack"]).is_that_of_process()
    monkeypatch.setattr(sources, "STARTED", sources_of(["pack"]).changed + 1)
    assert sources_of(["pack"]).is_that_of_process()


@pytest.fixture
def used(tmp_path, monkeypatch):
    """A package that others use, installed in a version."""
    site = tmp_path / "site"
    (site / "engine").mkdir(parents=True)
    (site / "engine" / "__init__.py").write_text("")
    (site / "My_Engine-1.0.dist-info").mkdir()
    (site / "My_Engine-1.0.dist-info" / "RECORD").write_text("engine/__init__.py,sha256=a,0\n")
    monkeypatch.syspath_prepend(site)
    monkeypatch.setattr(sources, "USED", {"engine": "my_engine"})
    monkeypatch.setattr(sources, "LOOKED_AT", ())
    importlib.invalidate_caches()
    return site


def test_another_version_is_another_source(used, package):
    """Of what is used, and another build of one version."""
    seen = [digest()]
    (used / "My_Engine-1.0.dist-info" / "RECORD").write_text("engine/__init__.py,sha256=b,0\n")
    seen.append(digest())
    (used / "My_Engine-1.0.dist-info").rename(used / "my-engine-1.1.dist-info")
    seen.append(digest())
    assert len(set(seen)) == 3


def test_a_package_that_somebody_works_in_cannot_be_told(used, package):
    """Imported from a folder in which it was not installed: its version says nothing."""
    (used / "My_Engine-1.0.dist-info").rename(used / "unlike-1.0.dist-info")
    assert sources_of(["pack"]) is None
    assert sources_of(["no_such_package"]) is None


def test_a_mended_annotation_of_qualtran_is_noticed(used, package, monkeypatch):
    """The files of a package that is looked at count by size and date, that of their change too."""
    monkeypatch.setattr(sources, "LOOKED_AT", ("engine",))
    file, seen = used / "engine" / "__init__.py", [digest()]
    file.write_text("# mended\n")
    seen.append(digest())
    os.utime(file, (0, 0))
    seen.append(digest())
    file.write_text("# undone\n")
    os.utime(file, (0, 0))
    seen.append(digest())
    assert len(set(seen)) == 4


def test_everything_that_decides_answers_counts():
    """Every package that a source of ours imports is ours, Python's, or has its version in."""
    imported = set()
    for floor in ("estimator", "bloqs", "proofs"):
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    imported |= {alias.name.split(".")[0] for alias in node.names}
                if isinstance(node, ast.ImportFrom):
                    imported.add(node.module.split(".")[0])
    ours = {"estimator", "bloqs", "proofs", "quledger"}
    assert imported - ours - set(sys.stdlib_module_names) - SHOW - TRAIN <= set(USED)
    found = sources_of(["estimator"])
    assert isinstance(found, Sources)
