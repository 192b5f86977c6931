"""Links between pages lead somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MADE = ("reference", "pictures")
"""Folders of docs/ that `make docs` writes."""

PAGES = sorted(
    page.relative_to(ROOT)
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if page.relative_to(ROOT).parts[1:2] not in [(name,) for name in MADE]
)


def targets(text):
    """Relative files that a page links to, shows or includes; what stands in code is none."""
    text = re.sub(r"```(?:console|text|python|pycon).*?```|`[^`\n]+`", "", text, flags=re.DOTALL)
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"^```\{include\} (\S+)", text, re.M)
    return [link.split("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]


def lost(page, text):
    """Those that are not there, of a page at that path from the root."""
    return [
        link
        for link in targets(text)
        if not (ROOT / page.parent / link).exists() and Path(link).parts[0] not in MADE
    ]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_lead_somewhere(page):
    assert not lost(page, (ROOT / page).read_text())


def test_a_lost_page_is_noticed():
    text = "[a](glossary.md) [b](gone.md#part) [c](https://x.org) [d](#here)\n```{include} no.md\n"
    assert lost(Path("docs/index.md"), text) == ["gone.md", "no.md"]
    assert len(PAGES) >= 15


def test_every_page_is_in_a_list_of_contents():
    """Every page of docs/ but the first, by the name that Sphinx gives it."""
    entries = {"index"}
    for page in PAGES:
        folder = page.relative_to("docs").parent if page.parts[0] == "docs" else None
        for block in re.findall(r"```\{toctree\}\n(.*?)```", (ROOT / page).read_text(), re.DOTALL):
            lines = [line for line in block.splitlines() if line and line[0] != ":"]
            entries |= {(folder / line).as_posix() for line in lines}
    pages = {page.relative_to("docs").with_suffix("").as_posix() for page in PAGES
             if page.parts[0] == "docs"}  # fmt: skip
    assert pages - entries == set()
    written = {entry for entry in entries - pages if not entry.endswith("*")}
    assert {Path(entry).parts[0] for entry in written} <= {*MADE}
