"""Tell Qualtran how to build our bloqs from its protocol buffers.

Qualtran looks up the name of a saved bloq in a table, whose module imports every bloq that
Qualtran has. Only a program that saves or loads waits for that: what is registered goes into the
table at once if it is there, and else when somebody imports it.
"""

import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType
from typing import Any

TABLE = "qualtran.serialization.resolver_dict"
"""Module of the table."""

_BUILDERS: dict[str, Callable[..., Any]] = {}


def register(name: str, build: Callable[..., Any]) -> None:
    """From now on Qualtran builds the saved bloqs of a class by `build`.

    Args:
        name: module and qualified name of the class.
        build: from the arguments that were saved, by name, to the bloq.
    """
    _BUILDERS[name] = build
    if TABLE in sys.modules:
        sys.modules[TABLE].RESOLVER_DICT[name] = build


class _TableLoader(SourceFileLoader):
    """Loads the table and adds what is registered by then."""

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        module.RESOLVER_DICT.update(_BUILDERS)


class _TableFinder(MetaPathFinder):
    """Finds the table, and nothing else."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path) if fullname == TABLE else None
        if spec is not None and spec.origin is not None:
            spec.loader = _TableLoader(fullname, spec.origin)
        return spec


if TABLE not in sys.modules:
    sys.meta_path.insert(0, _TableFinder())
