"""Pages of the reference: one for each folder of modules, written before Sphinx reads any."""

import ast
import shutil
from collections.abc import Callable
from pathlib import Path

Literal = Callable[[list[str]], list[str]]

FLOORS = ("estimator", "bloqs", "proofs")
"""Packages, each imported by those after it."""

DOCUMENTED_ROOM = "circuits"
"""Room of a system that is documented in full; the modules of its other rooms are listed."""

CLAIMS = (
    "A claim is a file; the ledger examines it, and `quledger check` and `quledger explain` show "
    "it. Each with what it says that it is:"
)
ANSWERS = (
    "What these modules work out is asked through `import quledger` or the command `quledger`. "
    "Each with what it says that it is:"
)


def modules_of(folder: Path) -> list[str]:
    """Names of a folder's own modules, private ones aside."""
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))


def folders_of(root: Path, floor: str) -> list[Path]:
    """Folders of a floor that hold modules, the floor itself first."""
    return sorted({path.parent for path in (root / floor).rglob("__init__.py")})


def listed_because(package: str) -> str:
    """Why the modules of a folder are listed only; empty if they are documented in full."""
    floor, *rest = package.split(".")
    if floor == "proofs" and rest:
        return CLAIMS
    return ANSWERS if rest[1:] and rest[1] != DOCUMENTED_ROOM else ""


def heading(text: str, line: str = "=") -> list[str]:
    """A title with its underline."""
    return [text, line * len(text), ""]


def first_line(module: Path) -> str:
    """What a module says that it is, in its first line."""
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return said.split("\n")[0]


def folder_page(root: Path, folder: Path, literal: Literal) -> str:
    """What a folder is for, then its modules.

    Args:
        root: of the tree.
        folder: of the modules.
        literal: makes text of docstrings what Sphinx reads.
    """
    package = ".".join(folder.relative_to(root).parts)
    lines = [*heading(package), f".. automodule:: {package}", "   :no-members:", ""]
    why = listed_because(package)
    if why:
        lines += [*literal([why]), ""]
    for name in modules_of(folder):
        if why:
            (said,) = literal([first_line(folder / f"{name}.py")])
            lines += [f"``{name}``", f"   {said}", ""]
        else:
            lines += [*heading(name, "-"), f".. automodule:: {package}.{name}", ""]
    return "\n".join(lines)


def floor_page(root: Path, floor: str) -> str:
    """The folders of a floor."""
    names = [".".join(each.relative_to(root).parts) for each in folders_of(root, floor)]
    lines = [*heading(floor), ".. toctree::", "   :maxdepth: 1", ""]
    return "\n".join([*lines, *(f"   {name}" for name in names), ""])


def write_api_pages(root: Path, out: Path, literal: Literal) -> None:
    """Write all pages anew.

    Args:
        root: of the tree.
        out: folder of the pages, which is emptied first.
        literal: as in `folder_page`.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for floor in FLOORS:
        (out / f"{floor}_floor.rst").write_text(floor_page(root, floor), encoding="utf-8")
        for folder in folders_of(root, floor):
            name = ".".join(folder.relative_to(root).parts)
            page = folder_page(root, folder, literal)
            (out / f"{name}.rst").write_text(page, encoding="utf-8")
