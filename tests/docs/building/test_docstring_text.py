"""Docstrings become what Sphinx reads as the same text."""

import pytest
from docstring_text import as_restructured


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The image side, M = 2**m.", r"The image side, M = 2\*\*m."),
        ("So |f| <= c * |g|, e_0 and e_.", r"So \|f\| <= c \* \|g\|, e\_0 and e\_."),
        ("Takes `N`, gives a `Report`.", "Takes ``N``, gives a ``Report``."),
        ("Of `Fraction`s and 2`x`.", r"Of ``Fraction``\ s and 2\ ``x``."),
        ("Set to (`a_b`, `**c`).", r"Set to (``a_b``, ``**c``)."),
        (r"Encodes $\psi + W_1$ here.", r"Encodes :math:`\psi + W_1` here."),
        ("Costs 5 $ and 6 $ each.", "Costs 5 $ and 6 $ each."),
        ("    * `a`: one", "    * ``a``: one"),
        ("    + sign_error (l2)", r"    \+ sign\_error (l2)"),
        ("    - 2 n", r"    \- 2 n"),
        ("**Claim.** It holds.", "**Claim.** It holds."),
        ("    Args:", "    Args:"),
        ("an alphabet of `", r"an alphabet of \`"),
    ],
)
def test_a_line(written, read):
    """Code and formulas are marked, lists and words in bold stay, all else is literal."""
    assert as_restructured([written]) == [read]


def test_lines_stay_lines():
    """Sections are found by their lines and indents."""
    lines = ["First.", "", "Args:", "    x_1: its `value`.", "        More of it."]
    assert as_restructured(lines) == [
        "First.", "", "Args:", r"    x\_1: its ``value``.", "        More of it.",
    ]  # fmt: skip
    assert as_restructured(["So", "  $$a_1", "  = b,$$", "  and"]) == [
        "So", "  ", "", "  .. math:: a_1 = b,", "", "", "  and",
    ]  # fmt: skip
    assert as_restructured(["the `name", "  of it` here"]) == ["the ``name of it`` here"]
