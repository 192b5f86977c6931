"""How `make docs` builds these pages: what Sphinx reads, and nothing from elsewhere in them."""

import gc
import sys
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE / "building")]

from api_pages import write_api_pages  # noqa: E402 (found by the path above)
from docstring_text import as_restructured  # noqa: E402

project = "Quledger"
author = "Quledger"
copyright = "the authors of Quledger"
version = release = installed("quledger")

gc.set_threshold(
    200_000, 50, 100
)  # a large tree is kept, and walking it takes longer than all else

extensions = ["mathml", "myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["building", "pictures/*.md", "pictures/*.txt", "**/.ipynb_checkpoints"]
suppress_warnings = ["ref.python"]  # the same name in two modules
html_math_renderer = "mathml"
html_theme = "furo"
html_title = "Quledger"
html_static_path = ["building/static"]
html_css_files = ["narrow.css"]
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
templates_path: list[str] = []

myst_heading_anchors = 3
nb_execution_mode = "off"  # notebooks are shown with the outputs that they hold
nb_ipywidgets_js: dict[str, Any] = {}  # which would come from elsewhere
nb_mime_priority_overrides = [("html", "application/javascript", None)]

autodoc_default_options = {"members": True, "show-inheritance": True, "no-value": True}
autodoc_member_order = "bysource"
autodoc_inherit_docstrings = False  # Qualtran's own are in its documentation
autodoc_mock_imports = ["torch", "onnxruntime", "onnxscript", "qdk"]
autodoc_typehints = "signature"
python_maximum_signature_line_length = 88
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_custom_sections = [
    ("Registers", "params_style"),
    "Encodes",
    "Cost",
    "Source",
]


def _docstring(app: Any, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    lines[:] = as_restructured(lines)


def _read(app: Any, name: str, source: list[str]) -> None:
    """A list of tutorials is none before there is one."""
    if name == "tutorials/index" and not any((HERE / "tutorials").glob("*.ipynb")):
        source[0] = source[0].split("```{toctree}")[0]


def setup(app: Any) -> None:
    """Pages of the reference are written before Sphinx looks for pages."""
    write_api_pages(ROOT, HERE / "reference", as_restructured)
    app.connect("source-read", _read)
    app.connect("autodoc-process-docstring", _docstring, priority=1)  # before napoleon
