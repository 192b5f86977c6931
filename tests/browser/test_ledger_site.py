"""The ledger as a site: every kind of claim has a page, formulas are drawn, the feed is one."""

import json

import pytest
from page_list import SITE, named

from proofs.claim import AbstractClaim


@pytest.fixture
def folder(written):
    """Where the site is."""
    (first,) = (made for made in SITE if made.name == "index")
    return written(first).parent


def test_every_kind_of_claim_has_a_page():
    """All kinds that there are, an erratum of a statement and one of a reading among them."""
    shown = named().values()
    assert {type(claim) for claim in shown} == set(AbstractClaim.__subclasses__())
    assert {bool(x.reading) for x in shown if hasattr(x, "reading")} == {True, False}


def test_formulas_are_drawn_as_formulas(folder, show):
    """L - 2 on one line, a square above it: not as the letters of a source text."""
    with show(folder / "claims" / "data_loading.qrom_cost.html") as page:
        box = page.locator("main > div.formula > math").first
        signs = [each.text_content() for each in box.locator("mo, mi, mn").all()]
        assert signs == ["=", "L", "-", "2"]
        size = box.bounding_box()
        assert size["width"] > 20
        assert size["height"] > 8
    with show(folder / "claims" / "data_loading.tree_depth_growth.html") as page:
        square = page.locator("main > div.formula msup").first
        base, power = (square.locator(f"> :nth-child({n})").bounding_box() for n in (1, 2))
        assert power["y"] + power["height"] < base["y"] + base["height"]
        assert power["x"] >= base["x"] + base["width"] - 1


def test_the_feed_is_a_feed_and_leads_to_pages(folder):
    """By the rules of JSON Feed 1.1."""
    feed = json.loads((folder / "feed.json").read_text())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) == len(named())
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_text"]
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert (folder / item["url"]).is_file()


def test_what_the_site_holds_is_what_it_says_it_holds(folder):
    held = {x.relative_to(folder).as_posix() for x in folder.rglob("*") if x.is_file()}
    assert held == set(json.loads((folder / "ledger.json").read_text())["files"])
    assert {f"{made.name}.html" for made in SITE} == {x for x in held if x.endswith(".html")}
