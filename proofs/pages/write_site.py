"""The ledger as a folder of pages: examined, made and written."""

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Fact, Kind, Notes
from estimator.report.text import TEXT
from estimator.report.write_folder import Files, check_folder, write_folder
from estimator.whole_file import text_of_file
from proofs.examining import available_workers, examined
from proofs.ledger import claims
from proofs.ledger_view import Entry, summary
from proofs.pages.claim_page import claim_content
from proofs.pages.code_reached import reached
from proofs.pages.data_feeds import SCHEMA, feed_json, ledger_json
from proofs.pages.list_pages import (
    bloqs_content,
    index_content,
    page_of,
    papers_content,
    verdicts_content,
)
from proofs.pages.page_frame import STYLE, STYLE_FILE, whole_page
from proofs.papers import keys_of


def write(asked: Asked) -> Report:
    """Examine claims and their false twins, and write a page for each.

    Raises:
        ValueError: if a name or the paper matches nothing, or the folder cannot be written; before
            anything is examined.
    """
    folder, overwrite = asked.values["output"], bool(asked.get("overwrite"))
    check_folder(folder, overwrite, files_of_site)
    paper = asked.get("paper")
    chosen = claims(asked.get("names", ()), paper)
    workers = asked.get("workers") or available_workers()
    entries = examined(chosen, asked.track, workers, twins=True)
    files = site(entries, paper)
    write_folder(folder, files, overwrite, files_of_site)
    standing_twins = [x.name for x in entries if x.twin is not None and x.twin.accepted]
    twins = [f"false twins that do not fall: {', '.join(standing_twins)}"] if standing_twins else []
    return Report(
        title="the ledger as pages",
        head="none",
        parts=[
            Fact(key="wrote", value=str(Path(folder) / "index.html"), style=TEXT),
            Fact(key="pages", value=sum(name.endswith(".html") for name in files),
                 kind=Kind.EXACT, unit="pages"),
            Notes(key="summary", lines=[summary(entries), *twins]),
        ],
        passed=all(entry.accepted for entry in entries) and not standing_twins,
    )  # fmt: skip


def site(entries: Sequence[Entry], paper: str | None = None) -> Files:
    """Every file of the site, by its path; the same claims give the same bytes.

    Args:
        entries: the claims, examined, their false twins too.
        paper: what the claims were chosen by; all claims if `None`.
    """
    codes = {entry.name: reached(entry.claim) for entry in entries}
    names = set(codes)
    about = f"Here are {len(entries)} claims" if len(entries) > 1 else "Here is one claim"
    about += f", chosen as those about {', '.join(sorted(keys_of(paper)))}" if paper else ""

    def place(name: str) -> str | None:
        return f"{name}.html" if name in names else None

    pages = {
        "index.html": whole_page("The ledger of claims", index_content(entries, about)),
        "papers.html": whole_page("Claims by paper", papers_content(entries)),
        "verdicts.html": whole_page("Claims by verdict", verdicts_content(entries)),
        "bloqs.html": whole_page("Claims by bloq", bloqs_content(entries, codes)),
        STYLE_FILE: STYLE.encode(),
    }
    for entry in entries:
        content = claim_content(entry, codes[entry.name], place)
        pages[page_of(entry.name)] = whole_page(entry.name, content, "../")
    said = {
        "title": "Quledger: the ledger of claims",
        "version": version("quledger"),
        "paper": paper,
        "summary": summary(entries).text,
        "files": sorted([*pages, "ledger.json", "feed.json"]),
    }
    pages["ledger.json"] = ledger_json(entries, codes, said)
    pages["feed.json"] = feed_json(entries)
    return pages


def files_of_site(folder: Path) -> set[str] | None:
    """The files that a site in this folder says it holds; `None` if there is no site."""
    try:
        found = json.loads(text_of_file(folder / "ledger.json"))
        return set(found["files"]) if found["schema"] == SCHEMA else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
