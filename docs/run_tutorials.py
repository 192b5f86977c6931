"""Run the tutorials, and write what they show in place: `python docs/run_tutorials.py [NAME ...]`.

All are run before one is written, and each is written whole or not at all. Notebooks are run as
Jupyter runs them, by a kernel of this interpreter; nothing of this machine stays in them.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import nbformat  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from nbclient.exceptions import CellExecutionError  # noqa: E402
from traitlets.config import Config  # noqa: E402

from estimator.report.write_file import write_file  # noqa: E402

TUTORIALS = ROOT / "docs" / "tutorials"

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""Of every notebook: no version of Python, which would differ from machine to machine."""

TIMEOUT = 300
"""Longest that a cell may take on a busy machine. Unit: seconds."""


def tutorials():
    """Paths of the notebooks."""
    return sorted(TUTORIALS.glob("*.ipynb"))


def executed(path):
    """A notebook with the outputs of a run, as it is kept.

    Args:
        path: of the notebook; it is run in its folder, and not written.

    Raises:
        nbclient.exceptions.CellExecutionError: if a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        # sockets in a folder of its own: no port that another kernel takes at the same time
        own = {"transport": "ipc", "ip": f"{folder}/socket"}
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            config=Config(
                KernelManager={**own, "connection_file": f"{folder}/kernel.json"},
            ),
            timeout=TIMEOUT,
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(path.parent)}},
        )
        client.execute(env=_environment(folder))
    return kept(notebook)


def _environment(folder):
    """Variables of the kernel: it finds Quledger, keeps nothing, and reads no profile."""
    found = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "IPYTHONDIR": folder,
        "JUPYTER_RUNTIME_DIR": folder,
        "PYTHONPATH": os.pathsep.join(found),
        "QULEDGER_CACHE": os.devnull,
    }


def kept(notebook):
    """The notebook with fixed metadata."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})
    nbformat.validate(notebook)
    return notebook


def main(names):
    """Run the notebooks of these names, or all."""
    known = {path.stem: path for path in tutorials()}
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"a tutorial is one of {', '.join(known)}, got {unknown[0]!r}; name one of those.")
    try:
        made = {known[name]: executed(known[name]) for name in names or known}
    except CellExecutionError as error:
        sys.exit(f"a cell of a tutorial fails, so none is written.\n{error}")
    for path, notebook in made.items():
        write_file(path, nbformat.writes(notebook).encode() + b"\n")
        print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
