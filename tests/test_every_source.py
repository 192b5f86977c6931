"""Each source and test file by itself: what it cites, what it may not do, where its test is."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest
from parsed_tree import FLOORS, ROOT, checks, is_package, sources


@pytest.mark.parametrize("name", FLOORS)
def test_generic_names_are_ours(name):
    """`estimator` is a popular import name; fail loudly if another distribution provides it."""
    origin = importlib.util.find_spec(name).origin
    assert Path(origin).is_relative_to(ROOT), f"{name} resolves to {origin}"
    assert (ROOT / name / "py.typed").exists()


def test_sources_are_listed_and_located():
    """Every key that is cited is in REFERENCES.md, once, and every key there is cited."""
    text = "\n".join(module.path.read_text() for module in sources().values())
    listed = re.findall(r"^\[(\w+)\]", (ROOT / "REFERENCES.md").read_text(), re.MULTILINE)
    cited = set(re.findall(r"\[([A-Z]\w+\d\d)\]", text))
    assert len(listed) == len(set(listed))
    assert cited == set(listed)


def test_tests_mirror_the_sources():
    """A test is called after a source in the same place, or is a sweep; none is a package."""
    free = {"test_architecture", "test_readme", "test_upstream", "test_wheel", "test_citation"}
    for path in checks():
        assert path.name != "__init__.py"
        if (
            not path.name.startswith("test_")
            or path.stem in free
            or path.stem.startswith("test_every_")
        ):
            continue
        home = path.relative_to(ROOT / "tests").parent
        if home.parts[:1] in (("browser",), ("docs",)):  # about pages, not about sources
            continue
        source = ROOT / home / f"{path.stem.removeprefix('test_')}.py"
        tool = path.with_name(source.name)  # what only tests use stands beside its test
        assert source.exists() or tool.exists(), path


def test_no_test_is_let_off():
    """No test is skipped, and only those of upstream defects may fail."""
    for path, tree in checks().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                where = f"{path}:{node.lineno}"
                assert node.attr not in ("skip", "skipif", "importorskip"), where
                assert node.attr != "xfail" or path.name == "test_upstream.py", where


def test_what_a_package_says_is_in_it_is_there():
    """Every name in the text of a package is one of its files, or is a word of one of them."""
    for package in filter(is_package, sources().values()):
        said = re.findall(r"`([A-Za-z_][\w.]*)[`(]", ast.get_docstring(package.tree) or "")
        if not said:
            continue
        home = package.path.parent
        known = {path.stem for path in home.parent.iterdir()}
        for path in home.rglob("*.py"):
            known |= {path.stem, path.stem.rpartition("_")[0], path.parent.name}
            if path.name != "__init__.py":
                known.update(re.findall(r"\w+", path.read_text()))
        assert {name.split(".")[-1] for name in said} <= known, package.name


def test_bloqs_hash_once():
    """A frozen bloq keeps its hash: bloqs hold bloqs, and each look-up would hash them all."""
    for module in sources().values():
        for node in module.tree.body if module.parts[0] == "bloqs" else ():
            if not isinstance(node, ast.ClassDef) or node.name.startswith("Abstract"):
                continue
            bases = [ast.unparse(base) for base in node.bases]
            if any(re.search("Bloq$|Encoding$|Lookup$|Convolution$", base) for base in bases):
                marks = [ast.unparse(each) for each in node.decorator_list]
                assert any("cache_hash=True" in x for x in marks if "frozen" in x), node.name


def test_symbols_are_born_in_one_file():
    """Symbols are made in a symbols.py; a proof may bind its own inside a derivation."""
    for module in sources().values():
        if module.parts[-1] == "symbols":
            continue
        bound = {
            inner
            for function in ast.walk(module.tree)
            if isinstance(function, ast.FunctionDef) and module.parts[0] == "proofs"
            for inner in ast.walk(function)
        }
        made = [
            node.lineno
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call)
            and re.fullmatch(r"(sympy\.)?(Symbol|symbols|Dummy|Wild)", ast.unparse(node.func))
            and node not in bound
        ]
        assert not made, module.name
