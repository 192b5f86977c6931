"""What an answer rests on besides its question: sources, and the versions of what they use."""

import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen

STARTED = time.time_ns() - 10**9
"""A moment before any module of this process was read. Unit: nanoseconds."""

USED = {
    "attrs": "attrs",
    "cirq": "cirq_core",
    "google": "protobuf",
    "mpmath": "mpmath",
    "networkx": "networkx",
    "numba": "numba",
    "numpy": "numpy",
    "onnx": "onnx",
    "PIL": "pillow",
    "pysat": "python_sat",
    "qualtran": "qualtran",
    "scipy": "scipy",
    "sklearn": "scikit_learn",
    "stim": "stim",
    "sympy": "sympy",
    "yaml": "pyyaml",
}
"""Packages that decide answers, and the distributions that bring them."""

LOOKED_AT = ("qualtran",)
"""Of these, those whose files are looked at as well: there people mend annotations by hand."""


@frozen
class Sources:
    """Sources at one moment.

    Args:
        digest: another one if anything is different.
        changed: when the latest change to a file was. Unit: nanoseconds.
    """

    digest: str
    changed: int

    def is_that_of_process(self) -> bool:
        """Whether what this process has loaded, and will load, is what the digest stands for."""
        return self.changed < STARTED


def sources_of(packages: Sequence[str]) -> Sources | None:
    """The sources of some packages and the versions of what they use.

    Files of the packages count by their content, so that a copy with an old date is noticed. What
    they use counts by its version and by the record of what was installed.

    Args:
        packages: names of packages that are imported from folders.

    Returns:
        `None` if it cannot be told, as where a package that is used was not installed but is
        imported from a folder that somebody works in.
    """
    total = sha256(repr((sys.version, sys.platform, os.name)).encode())
    changed = 0
    try:
        for package in packages:
            for file in _files(_folders(package)):
                found = file.stat()
                with open(file.path, "rb") as opened:  # noqa: PTH123 (hundreds of files)
                    content = opened.read()
                total.update(f"{file.path} {len(content)}\n".encode())
                total.update(content)
                changed = max(changed, found.st_mtime_ns, found.st_ctime_ns)
        for package, distribution in USED.items():
            total.update(_version(package, distribution))
        for package in LOOKED_AT:
            for file in _files(_folders(package)):
                found = file.stat()
                times = found.st_mtime_ns, found.st_ctime_ns
                total.update(f"{file.path} {found.st_size} {times}\n".encode())
                changed = max(changed, *times)
    except (OSError, LookupError):
        return None
    return Sources(total.hexdigest(), changed)


def _folders(package: str) -> list[str]:
    """Where a package lies.

    Raises:
        LookupError: if it is not in folders.
    """
    if package in sys.modules:
        return list(sys.modules[package].__path__)
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(package)
    return list(spec.submodule_search_locations)


def _files(folders: Sequence[str]) -> Iterator[os.DirEntry[str]]:
    """Every source in folders and those in them, in one order; not what Python makes of them."""
    for folder in folders:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            if not entry.is_dir():
                yield entry
            elif entry.name != "__pycache__":
                yield from _files([entry.path])


def _version(package: str, distribution: str) -> bytes:
    """The version of a package that is installed, and the record of its files.

    Raises:
        LookupError: if it is not installed where it is imported from.
    """
    beside = Path(_folders(package)[0]).parent
    name = re.compile(rf"{distribution.replace('_', '[-_.]')}-.*\.(dist|egg)-info", re.IGNORECASE)
    with os.scandir(beside) as entries:
        found = sorted(each.name for each in entries if name.fullmatch(each.name))
    if not found:
        raise LookupError(package)
    records = [Path(beside, each, "RECORD") for each in found]
    return repr(found).encode() + b"".join(x.read_bytes() for x in records if x.exists())
