"""Pages in the system's Chromium, which loads nothing from a network."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

PROBE = (Path(__file__).parent / "probe.js").read_text()
"""Questions about a page that only a browser can answer."""

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""For a machine without a screen, as any user."""

NARROW, WIDE, PAPER = 390, 1440, 688
"""Widths of a telephone, of a screen, and of what 14 mm of margin leave of A4. Unit: pixels."""


@contextmanager
def launched():
    """A browser without a window."""
    names = (os.environ.get("CHROMIUM", NAMES[0]), *NAMES)
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, "no Chromium is installed; `make browser` installs the system's"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, headless=True, args=[*OPTIONS])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser, file, width=WIDE, **options):
    """A page read from disk; what it complains of and what it asks a network for is no page."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, offline=True, reduced_motion="reduce", **options
    )
    said, asked = [], []
    page = context.new_page()
    page.on("console", lambda line: said.append(f"{line.type}: {line.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("request", lambda each: asked.append(each.url))
    try:
        page.goto(file.as_uri(), wait_until="load")
        page.evaluate(PROBE)
        yield page
        bad = [x for x in said if x.startswith(("error", "warning"))]
        assert not bad, bad
        far = [x for x in asked if not x.startswith(("file:", "data:"))]
        assert not far, far
    finally:
        context.close()
