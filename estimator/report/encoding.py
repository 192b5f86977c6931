"""Text for terminals whose encoding lacks some of its characters."""

import codecs
import sys

PLAINER = {
    "\N{DAGGER}": "^+",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
}
"""What stands for a character that a terminal's encoding lacks."""


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(PLAINER.get(each, "?") for each in missing), error.end


def accept_any_encoding() -> None:
    """Write what the encoding of the standard streams lacks in plainer characters."""
    codecs.register_error("plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plainer")
