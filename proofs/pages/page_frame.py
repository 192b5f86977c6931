"""What every page of the site has: head, links to the lists, footer, and the style of all."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from estimator.report.html import CSS
from proofs.pages.page_element import as_text, element, link

STYLE_FILE = "style.css"

LISTS = (
    ("index.html", "Ledger"), ("papers.html", "By paper"), ("verdicts.html", "By verdict"),
    ("bloqs.html", "By bloq"), ("ledger.json", "Data"), ("feed.json", "Feed"),
)  # fmt: skip
"""Files that every page links to."""

STYLE = f"""{CSS}
:root {{ color-scheme: light dark; --text: #222; --back: #fff; --quiet: #5b6470; --line: #d1d5db;
  --link: #0b57b8; --good: #04714f; --warning: #8a5000; --bad: #b3261e; --box: #f5f6f8; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --text: #e6e7ea; --back: #16181c; --quiet: #a5adb9; --line: #434955;
    --link: #8ab8ff; --good: #5fd3a8; --warning: #f0b35e; --bad: #ff8f86; --box: #20242b; }}
}}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--back); color: var(--text); }}
.quledger {{ font-size: 16px; color: var(--text); max-width: 64rem; margin: 0 auto;
  padding: 1rem; overflow-wrap: anywhere; }}
.quledger a {{ color: var(--link); }}
.quledger a:focus-visible, .quledger [tabindex]:focus-visible {{ outline: 3px solid var(--link);
  outline-offset: 2px; }}
.quledger .skip {{ position: absolute; left: -100rem; }}
.quledger .skip:focus {{ position: static; }}
.quledger nav ul {{ list-style: none; margin: 0 0 1rem; padding: 0; display: flex; flex-wrap: wrap;
  gap: .3rem 1.2rem; border-bottom: 1px solid var(--line); }}
.quledger nav a {{ display: inline-block; padding: .3rem 0; }}
.quledger h1 {{ font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; }}
.quledger h2 {{ font-size: 1.15rem; margin: 1.6rem 0 .4rem; }}
.quledger h3 {{ font-size: 1rem; margin: 1.2rem 0 .3rem; }}
.quledger p {{ margin: .5rem 0; }}
.quledger blockquote {{ margin: .5rem 0; padding: .5rem 1rem; background: var(--box);
  border-left: .25rem solid var(--line); }}
.quledger dl {{ display: grid; grid-template-columns: fit-content(14rem) 1fr;
  gap: .25rem 1rem; margin: .5rem 0; }}
.quledger dt {{ color: var(--quiet); }} .quledger dd {{ margin: 0; min-width: 0; }}
.quledger .wide {{ overflow-x: auto; max-width: 100%; }}
.quledger pre {{ margin: .5rem 0; }}
.quledger .wide td, .quledger .wide th {{ overflow-wrap: normal; min-width: 3rem;
  border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; font-weight: inherit; }}
.quledger .wide thead th {{ color: var(--quiet); font-weight: 600; }}
.quledger .claims {{ list-style: none; margin: .5rem 0; padding: 0; }}
.quledger .claims li {{ display: grid; grid-template-columns: 18rem 1fr; gap: 0 1.5rem;
  padding: .5rem 0; border-bottom: 1px solid var(--line); }}
.quledger .claims p, .quledger .claims dl {{ margin: 0 0 .2rem; }}
.quledger .claims .mark {{ white-space: nowrap; }}
.quledger .quiet {{ color: var(--quiet); }}
.quledger .formula {{ max-width: 100%; overflow-x: auto; overflow-y: hidden; }}
.quledger span.formula {{ display: inline-block; vertical-align: bottom; }}
.quledger div.formula {{ margin: .5rem 0; padding: .3rem 0; }}
.quledger math[display=block] {{ text-align: left; width: max-content; margin: 0; }}
.quledger .mark {{ color: var(--good); }}
.quledger .mark.printed, .quledger .mark.reading, .quledger .mark.open {{ color: var(--warning); }}
.quledger .mark.rejected, .quledger .mark.error {{ color: var(--bad); }}
.quledger footer {{ margin-top: 2.5rem; padding-top: .5rem; border-top: 1px solid var(--line);
  color: var(--quiet); font-size: .9rem; }}
@media (max-width: 40rem) {{ .quledger dl {{ grid-template-columns: 1fr; gap: 0; }}
  .quledger dd {{ margin: 0 0 .5rem; }}
  .quledger .claims li {{ grid-template-columns: 1fr; }} }}
@media print {{ @page {{ margin: 16mm 14mm; }}
  .quledger .claims li {{ grid-template-columns: 14rem 1fr; break-inside: avoid; }}
  .quledger nav, .quledger .skip {{ display: none; }}
  .quledger {{ font-size: 11pt; max-width: none; padding: 0; }}
  .quledger .wide, .quledger .formula {{ overflow: visible; }}
  .quledger .wide td, .quledger .wide th {{ overflow-wrap: anywhere;
    min-width: 0; }}
  .quledger pre {{ white-space: pre-wrap; }}
  .quledger h2, .quledger h3 {{ break-after: avoid; }} .quledger tr {{ break-inside: avoid; }} }}
"""
"""Of all pages; nothing in it is loaded from elsewhere."""

FOOTER = (
    "Statements of papers are retold in our words; readings, corrections and verdicts are ours. No "
    "author of a paper wrote or approved this page."
)


def whole_page(title: str, inside: Sequence[Element], up: str = "") -> bytes:
    """A page of the site.

    Args:
        title: its heading, and its name in the browser.
        inside: what is below the heading.
        up: what leads from the page to the folder of the site, such as "../".
    """
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{title} — Quledger"),
        element("link", rel="stylesheet", href=f"{up}{STYLE_FILE}"),
    )
    lists = element("ul", *(element("li", link(name, f"{up}{file}")) for file, name in LISTS))
    body = element(
        "body",
        link("Skip to the content", "#content", class_="skip"),
        element("nav", lists, aria_label="Lists"),
        element("main", element("h1", title), *inside, id="content"),
        element("footer", element("p", FOOTER)),
        class_="quledger",
    )
    whole = element("html", head, "\n", body, lang="en")
    return f"<!DOCTYPE html>\n{as_text(whole)}\n".encode()
