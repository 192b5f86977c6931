"""Docstrings as Sphinx reads them: code in backticks, formulas in dollars, all else literal."""

import re
from collections.abc import Sequence

MARKED = re.compile(r"`[^`]*[^`\s][^`]*`|\$(?=\S)[^$`]{1,300}(?<=\S)\$")
"""Code and formulas."""

SIGNS = re.compile(
    r"^(\s*\* |\s*\*\*[A-Z][^*\n]*\*\*)"  # the star of a list, a word in bold: they stay
    r"|(^\s*)([-+])(?= )"  # no list, but a formula that goes on
    r"|([\\*|_`])",
    re.MULTILINE,
)


def as_restructured(lines: Sequence[str]) -> list[str]:
    """The lines of a docstring with double backticks for code and signs of mathematics escaped.

    Args:
        lines: as they stand in the source.

    Returns:
        As many lines, or fewer where code went over the end of one.
    """
    text = "\n".join(lines)
    made, place = "", 0
    for at in MARKED.finditer(text):
        made += _plain(text, place, at.start())
        said = " ".join(at[0][1:-1].split())
        made += f"``{said}``" if at[0][0] == "`" else f":math:`{said}`"
        place = at.end()
    return (made + _plain(text, place, len(text))).split("\n")


def _plain(text: str, start: int, stop: int) -> str:
    """What stands between two marked pieces, kept apart from them where Sphinx needs it."""
    part = text[start:stop]
    before = "\\ " if start and part[:1].isalnum() else ""  # `Fraction`s
    after = "\\ " if stop < len(text) and part[-1:] and part[-1] not in " \n([{\"'/-<" else ""
    return before + SIGNS.sub(_literal, part) + after


def _literal(at: re.Match[str]) -> str:
    """A sign as itself."""
    kept, before, dash, sign = at.groups()
    if kept:
        return kept
    return f"{before}\\{dash}" if dash else f"\\{sign}"
