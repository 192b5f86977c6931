"""The source files and the tests of the tree, each parsed once."""

import ast
from functools import cache
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[2]
FLOORS = ("estimator", "bloqs", "proofs")


@frozen
class Module:
    """One source file: its name, its syntax tree, and the modules that it names in imports."""

    name: str
    path: Path
    tree: ast.Module
    imports: frozenset[str]

    @property
    def parts(self):
        return tuple(self.name.split("."))


def imported(tree, modules):
    """Every module that a file names in an import, wherever in the file."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import; write the full name"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in modules else node.module)
    return frozenset(found)


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def sources():
    """Every source file, by the name of its module."""
    paths = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
    names = {name_of(path) for path in paths}
    found = {}
    for path in paths:
        tree = ast.parse(path.read_text())
        found[name_of(path)] = Module(name_of(path), path, tree, imported(tree, names))
    return found


@cache
def checks():
    """Every test file, with its tree."""
    return {path: ast.parse(path.read_text()) for path in sorted((ROOT / "tests").rglob("*.py"))}


def is_package(module):
    return module.path.name == "__init__.py"
