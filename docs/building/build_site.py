"""Builds the pages of docs/, the same bytes each time, without anything from elsewhere.

python docs/building/build_site.py FOLDER: the folder is emptied first; pictures are there already.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1]

FROM_ELSEWHERE = (
    re.compile(
        r"<(?:script|img|iframe|source|audio|video|embed)\b[^>]*\bsrc=\"(?:https?:)?//[^\"]*"
    ),
    re.compile(r"<link\b[^>]*\bhref=\"(?:https?:)?//[^\"]*"),
    re.compile(r"@import\s+(?:url\()?[\"']?(?:https?:)?//[^\"')]*"),
    re.compile(r"url\([\"']?(?:https?:)?//[^\"')]*"),
)
"""What a browser would fetch by itself; a link that a reader follows is none."""


def fetched(text: str) -> Iterator[str]:
    """What a page or a style sheet has a browser fetch from elsewhere."""
    for pattern in FROM_ELSEWHERE:
        yield from (at[0] for at in pattern.finditer(text))


def build(out: Path) -> None:
    """Build all pages; a warning is an error.

    Args:
        out: folder of the pages, emptied first.

    Raises:
        subprocess.CalledProcessError: if Sphinx warns or fails.
        RuntimeError: if a page has something from elsewhere.
    """
    shutil.rmtree(out, ignore_errors=True)
    words = ["-W", "--keep-going", "-q", "-E", "-b", "html", "-d", f"{out}.trees"]
    fixed = {"SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0"}
    subprocess.run(
        [sys.executable, "-m", "sphinx", *words, str(DOCS), str(out)],
        env=os.environ | fixed,
        check=True,
    )
    shutil.rmtree(f"{out}.trees")
    for page in sorted(out.rglob("*")):
        if page.suffix in (".html", ".css", ".svg"):
            for found in fetched(page.read_text(encoding="utf-8")):
                raise RuntimeError(f"{page.relative_to(out)} has something from elsewhere: {found}")


if __name__ == "__main__":
    build(Path(sys.argv[1]).absolute())
