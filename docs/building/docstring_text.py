"""Docstrings as Sphinx reads them: code in backticks, formulas in dollars, all else literal."""

import re
from collections.abc import Sequence

MARKED = re.compile(r"\$\$[^$]+\$\$|`[^`]*[^`\s][^`]*`|\$(?=\S)[^$`]{1,300}(?<=\S)\$")
"""Formulas on lines of their own, code, and formulas in a line."""

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
        As many lines; fewer where code went over the end of one, more around a formula.
    """
    text = "\n".join(lines)
    made, place = "", 0
    for at in MARKED.finditer(text):
        made += _plain(text, place, at.start())
        made += _marked(at[0], made, text[at.end() : at.end() + 1])
        place = at.end()
    return (made + _plain(text, place, len(text))).split("\n")


def _marked(piece: str, before: str, after: str) -> str:
    """A piece of code or a formula, which has lines of its own between two dollars each."""
    said = " ".join(piece.strip("`$").split())
    if piece.startswith("$$"):
        line = before.split("\n")[-1]
        indent = " " * (len(line) - len(line.lstrip(" ")))
        end = "\n" if after in ("", "\n") else f"\n\n{indent}"
        return f"\n\n{indent}.. math:: {said}\n{end}"
    return f"``{said}``" if piece[0] == "`" else f":math:`{said}`"


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
