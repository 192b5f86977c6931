"""Walking a package finds every instance once, wherever it is imported too."""

import importlib
import subprocess
import sys

import pytest
from attrs import frozen

from estimator.ask.question import System
from estimator.discover import instances_of


@frozen
class Mark:
    """Something to look for."""

    name: str


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Writes modules into a package of their own and imports it."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(sys.modules, "marks", type(sys)("marks"))
    sys.modules["marks"].Mark = Mark
    names = []

    def write(name, **modules):
        names.append(name)
        for path, text in modules.items():
            target = tmp_path.joinpath(name, *path.split("__in__")).with_suffix(".py")
            for folder in {target.parent, tmp_path / name}:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "__init__.py").touch()
            target.write_text(f"from marks import Mark\n{text}\n")
        importlib.invalidate_caches()
        return importlib.import_module(name)

    yield write
    for name in list(sys.modules):
        if name.split(".")[0] in names:
            del sys.modules[name]


def test_finds_all_in_order(package):
    """Instances in modules and in folders are found, keyed module:variable, sorted."""
    found = instances_of(
        Mark, package("found_a", z="B = Mark('b'); A = Mark('a')", sub__in__m="C = Mark('c')")
    )
    assert list(found) == ["found_a.sub.m:C", "found_a.z:A", "found_a.z:B"]
    assert [mark.name for mark in found.values()] == ["c", "a", "b"]


def test_an_import_is_no_second_instance(package):
    """An object imported into another module is found once; equal objects are found each."""
    found = instances_of(
        Mark,
        package("found_b", a="A = Mark('x')", b="from found_b.a import A", c="OTHER = Mark('x')"),
    )
    assert list(found) == ["found_b.a:A", "found_b.c:OTHER"]


def test_only_the_class_is_found(package):
    """Classes themselves, other objects and what is inside containers are not instances."""
    found = instances_of(Mark, package("found_c", a="KIND = Mark; MANY = [Mark('x')]; N = 1"))
    assert found == {}


def test_subclasses_are_found(package):
    """An instance of a subclass is an instance."""
    text = "class Sub(Mark):\n    pass\nX = Sub('s')"
    assert list(instances_of(Mark, package("found_d", a=text))) == ["found_d.a:X"]


def test_main_is_not_run(package):
    """A `__main__` module does something when imported; it is left alone."""
    loaded = package("found_e", __main__="raise RuntimeError", a="A = Mark('a')")
    assert list(instances_of(Mark, loaded)) == ["found_e.a:A"]


def test_a_broken_module_is_not_overlooked(package):
    """A module that cannot be imported is an error, not an absence."""
    with pytest.raises(ZeroDivisionError):
        instances_of(Mark, package("found_f", a="1 / 0"))


def test_the_systems_are_found():
    """Folders of bloqs that answer questions hold one system each, under a name of its own."""
    found = instances_of(System, importlib.import_module("bloqs"))
    names = [system.name for system in found.values()]
    assert {"convolution", "data-loading", "resnet"} <= set(names)
    assert len(names) == len(set(names))
    assert {key.split(":")[1] for key in found} == {"SYSTEM"}


def test_rooms_for_training_are_not_entered():
    """Nothing that walks the packages, lists or prices loads PyTorch, installed or not."""
    code = (
        "import sys\n"
        "class Without:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] == 'torch':\n"
        "            raise AssertionError('PyTorch is loaded')\n"
        "sys.meta_path.insert(0, Without())\n"
        "import bloqs, proofs, quledger\n"
        "from estimator.discover import instances_of\n"
        "assert instances_of(str, bloqs) and instances_of(str, proofs)\n"
        "quledger.cost('contrastive', W=4, L=1)\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
