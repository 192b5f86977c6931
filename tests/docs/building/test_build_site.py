"""The pages are the same bytes each time and have nothing from elsewhere."""

from pathlib import Path

import pytest
from build_site import DOCS, build, fetched
from gallery import PAGE, write_gallery


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://x.org/a.js">',
        '<img alt="" src="//x.org/a.png">',
        '<link rel="stylesheet" href="http://x.org/a.css">',
        "@import url('https://x.org/a.css');",
        "src: url(https://x.org/a.woff)",
    ],
)
def test_what_a_browser_fetches_is_found(text):
    assert len([*fetched(text)]) >= 1


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://arxiv.org/abs/2510.07195">',
        '<script src="_static/a.js">',
        "background: url(data:image/png;base64,AAAA)",
    ],
)
def test_a_link_is_not_fetched(text):
    assert [*fetched(text)] == []


def pages(out):
    return {file.relative_to(out): file.read_bytes() for file in out.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_two_builds_are_the_same(tmp_path):
    """Byte by byte, without a path of this machine; formulas are MathML and pictures are shown."""
    if not (DOCS / "pictures" / PAGE).exists():
        write_gallery(DOCS / "pictures")
    found = []
    for name in ("one", "two"):
        build(tmp_path / name)
        found.append(pages(tmp_path / name))
    assert found[0] == found[1]
    root = str(DOCS.parent).encode()
    assert [str(name) for name, content in found[0].items() if root in content] == []
    assert b"<math" in found[0][Path("reference/bloqs.resnet.circuits.html")]
    assert b"surface.svg" in found[0][Path("gallery.html")]
    for page in ("concepts/encodings", "tutorials/index", "python", "architecture", "glossary"):
        assert Path(f"{page}.html") in found[0]
