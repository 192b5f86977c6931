"""What an answer can be written as, and which format the name of a file means."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import frozen

from estimator.ask.parameter import did_you_mean, quoted
from estimator.report.write_file import check_writable


@frozen
class Format:
    """One form of an answer.

    Args:
        name: as typed.
        endings: of files that hold it; the first is its own, others need its name.
        writer: "module:function" in this folder, from reports to bytes.
        is_of_bloq: whether it is made of the one bloq that an answer is about.
        meant_by: endings that mean it where no format is named.
    """

    name: str
    endings: tuple[str, ...]
    writer: str
    is_of_bloq: bool
    meant_by: tuple[str, ...] = ()


FORMATS = (
    Format("csv", (".csv",), "long_table:written", False, (".csv",)),
    Format("latex", (".tex",), "plain_forms:latex", False, (".tex",)),
    Format("json", (".json",), "plain_forms:json_text", False, (".json",)),
    Format("qref", (".yaml", ".yml", ".json"), "qref_file:qref", True, (".yaml", ".yml")),
    Format("bartiq", (".yaml", ".yml", ".json"), "qref_file:bartiq", True),
    Format("qualtran", (".json", ".pb"), "qualtran_file:written", True, (".pb",)),
    Format("qasm3", (".qasm",), "qasm_file:written", True, (".qasm",)),
)
NAMES = tuple(each.name for each in FORMATS)

ELSEWHERE = {
    **{".html": "--html FILE writes a page", ".htm": "--html FILE writes a page"},
    **dict.fromkeys((".svg", ".png", ".pdf"), "quledger draw TARGET -o FILE draws it"),
}
"""Endings of what others than `write` make, and who does."""


def format_of(file: str | Path | None, name: str | None, reads: Iterable[Any] = ()) -> Format:
    """The format that is named, else the one that the ending of the file means.

    Args:
        file: to be written; `None` for the standard output, which needs a name.
        name: of a format.
        reads: paths of what is read, which must stay.

    Raises:
        ValueError: if there is no such format, the ending is that of another one or says nothing,
            or the file cannot be written.
    """
    known = {each.name: each for each in FORMATS}
    if name is not None and name not in known:
        raise ValueError(
            f"--format must be one of {', '.join(NAMES)}, got {quoted(name)}"
            f"{did_you_mean(name, NAMES)}"
        )
    if file is None:
        return known[str(name)]
    ending = Path(file).suffix.lower()
    if name is None:
        found = next((each for each in FORMATS if ending in each.meant_by), None)
        if found is None:
            raise ValueError(_no_format(file, ending))
    else:
        found = known[name]
        if ending and ending not in found.endings:
            raise ValueError(
                f"a file of {name} is named {' or '.join(found.endings)}, got {str(file)!r}"
            )
    check_writable(file, reads)
    return found


def _no_format(file: str | Path, ending: str) -> str:
    if ending in ELSEWHERE:
        return f"{ELSEWHERE[ending]}, and -o does not, got {str(file)!r}"
    endings = [x for each in FORMATS for x in each.meant_by]
    return f"-o needs a file named {', '.join(endings)}, or --format; got {str(file)!r}"
