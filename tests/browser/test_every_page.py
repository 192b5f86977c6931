"""Every page, from disk without a network: nothing hidden, all by keyboard, fit for paper."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import NARROW, PAPER, WIDE

A4 = (595, 842)
"""Unit: points."""

RULES = {
    "color-contrast", "heading-order", "html-has-lang", "landmark-one-main", "link-name",
    "page-has-heading-one", "region",
}  # fmt: skip
"""Of axe, which every page is put to."""

widths = pytest.mark.parametrize("width", [NARROW, WIDE])


@widths
def test_all_text_is_in_sight(file, show, width):
    """The page never scrolls sideways; no text is cut off, and none stands on another."""
    with show(file, width) as page:
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert page.evaluate("probe.cut(false)") == []
        assert page.evaluate("probe.overlaps()") == []


@widths
def test_tab_reaches_everything_in_order_and_shows_where_it_is(file, show, width):
    """What scrolls in a box of its own, too."""
    with show(file, width) as page:
        wanted = page.evaluate("probe.watch()")
        assert wanted
        for _ in wanted:
            page.keyboard.press("Tab")
        reached = page.evaluate("reached")
        assert [each["number"] for each in reached] == list(range(len(wanted))), reached[-1]
        assert [each["says"] for each in reached if not each["shows"]] == []
        assert page.evaluate("probe.stuck()") == []


def test_the_first_link_skips_to_the_content(file, show):
    with show(file) as page:
        page.keyboard.press("Tab")
        target = page.evaluate("document.activeElement.hash")
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == target
        page.keyboard.press("Tab")
        assert page.evaluate(f"document.querySelector('{target}').compareDocumentPosition("
                             "document.activeElement) & (4 | 16)")  # fmt: skip
        assert not page.evaluate("Boolean(document.activeElement.closest('nav'))")


def test_enter_folds_and_unfolds(file, show):
    with show(file) as page:
        for fold in page.locator("summary").all():
            is_open = "each => each.parentElement.open"
            before = fold.evaluate(is_open)
            fold.press("Enter")
            assert fold.evaluate(is_open) is not before
            fold.press("Enter")
            assert fold.evaluate(is_open) is before


def test_axe_has_nothing_to_say(file, show):
    """Headings in order, landmarks, a language, names, contrast; in the dark too, if it has one."""
    for scheme in ("light", "dark"):
        with show(file, color_scheme=scheme) as page:
            if scheme not in page.evaluate(
                "getComputedStyle(document.documentElement).colorScheme"
            ):
                continue
            found = Axe().run(page, options={"preload": False}).response
            assert {rule["id"] for rule in found["passes"]} >= RULES
            bad = [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]]
            assert not bad, bad
            assert page.evaluate("probe.nameless()") == []


def test_formulas_are_set(file, show):
    with show(file) as page:
        assert page.evaluate("probe.unset()") == []


def test_paper_shows_all(file, show):
    """Within the margins of A4, folded parts too."""
    with show(file, PAPER) as page:
        page.emulate_media(media="print")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= PAPER
        assert page.evaluate("probe.cut(true)") == []
        assert page.evaluate("probe.overlaps()") == []
        hidden = "x => !x.lastElementChild.checkVisibility()"
        assert (
            page.evaluate(f"[...document.querySelectorAll('details')].filter({hidden}).length") == 0
        )
        printed = page.pdf(format="A4", prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert sizes
    assert all(abs(float(x) - side) < 2 for size in sizes for x, side in zip(size, A4, strict=True))


def test_every_link_leads_somewhere(file, show):
    with show(file) as page:
        targets = page.evaluate("probe.links()")
        own = set(page.evaluate("[...document.querySelectorAll('[id]')].map(x => x.id)"))
    assert targets
    for target in map(urlsplit, targets):
        if target.scheme == "https":
            assert target.netloc == "arxiv.org"
            continue
        other = Path(unquote(target.path))
        assert other.is_file(), other
        if place := unquote(target.fragment):
            there = own if other == file else set(re.findall(r'\bid="([^"]+)"', other.read_text()))
            assert place in there, target
