"""The site: every link leads somewhere, nothing is loaded from elsewhere, the same bytes twice."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path, PurePosixPath
from posixpath import normpath
from xml.etree import ElementTree

import pytest
from attrs import evolve
from command import answer, refusal, run

from proofs.examining import examined
from proofs.ledger import check
from proofs.ledger_view import Entry
from proofs.pages.write_site import site
from proofs.papers import ARXIV

ROOT = Path(__file__).parents[3]
NAMES = (
    "contrastive.network_parameters", "contrastive.published_identity", "contrastive.shot_coverage",
    "data_loading.qrom_cost", "data_loading.tree_depth_growth", "encodings.product_error",
    "hypergraph.authors_reads", "hypergraph.mermin_squares", "hypergraph.printed_pair_sharing",
    "readout.flagged_outcomes", "resnet.printed_product_error",
)  # fmt: skip
"""A claim of each kind, an erratum of each."""

HEADINGS = (
    "Our reading", "What is the paper's and what is ours", "Assumptions", "Derivation",
    "Instances", "False twin", "It falls", "How it was decided", "What is not shown", "Source",
)  # fmt: skip
"""What every page of a claim has, in its text."""

VOID = {"meta", "link", "br", "hr", "img", "input", "col", "wbr", "source"}
CORE = {
    "math", "mrow", "mi", "mn", "mo", "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mover",
    "munder", "munderover", "mtext", "mspace", "mstyle", "mpadded", "mtable", "mtr", "mtd",
}  # fmt: skip
"""Elements of MathML that browsers draw."""


class Page(HTMLParser):
    """What is in a page; a tag that is left open or closed twice is an error."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.links, self.loads, self.ids, self.levels = [], [], [], [], []
        self.tags, self.text, self.lang, self.attributes = set(), [], None, []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.add(tag)
        self.attributes += given
        self.lang = given.get("lang", self.lang)
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a":
            self.links.append(given["href"])
        self.loads += [x for name, x in given.items() if name in ("src", "srcset", "data", "style")
                       or (tag == "link" and name == "href")]  # fmt: skip
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def claims_named(names):
    """Claims by their modules, without those of all others."""
    modules = {name: import_module(f"proofs.{name}") for name in names}
    return {name: getattr(x, "THEOREM", getattr(x, "ERRATUM", None)) or instance(x)
            for name, x in modules.items()}  # fmt: skip


def instance(module):
    (found,) = (x for x in vars(module).values() if hasattr(x, "twin_says"))
    return found


@pytest.fixture(scope="module")
def entries():
    return examined(claims_named(NAMES), twins=True)


@pytest.fixture(scope="module")
def files(entries):
    return site(entries)


@pytest.fixture(scope="module")
def pages(files):
    """Every page, parsed."""
    return {name: Page(x.decode()) for name, x in files.items() if name.endswith(".html")}


def check_pages(pages, files):
    """What holds for any site."""
    for name, page in pages.items():
        assert page.lang == "en", name
        assert page.levels[:1] == [1]
        assert page.levels.count(1) == 1, name
        rises = zip(page.levels, page.levels[1:], strict=False)
        assert all(low <= high + 1 for high, low in rises), name
        assert {"title", "main", "nav"} <= page.tags
        assert len(page.ids) == len(set(page.ids)), name
        assert not page.tags & {"script", "iframe", "object", "img", "base", "form"}, name
        assert not [x for x in page.attributes if x.startswith("on")], name
        for target in [*page.links, *page.loads]:
            file, _, place = target.partition("#")
            if target.startswith("https://arxiv.org/abs/"):
                assert target not in page.loads
                assert file.removeprefix("https://arxiv.org/abs/") in ARXIV.values()
                continue
            where = normpath(PurePosixPath(name).parent / file) if file else name
            assert where in files, f"{name} links to {target}"
            assert not place or place in pages[where].ids, f"{name} links to {target}"


def check_formulas(files):
    """Every formula is XML by itself, of elements that browsers draw, with nothing left out."""
    found = 0
    for name, content in files.items():
        for formula in re.findall(r"<math.*?</math>", content.decode(), re.S):
            tree = ElementTree.fromstring(formula)
            assert {each.tag for each in tree.iter()} <= CORE, name
            assert "".join(tree.itertext()).strip(), name
            found += 1
    return found


def test_every_page_is_whole_and_every_link_leads_somewhere(pages, files):
    check_pages(pages, files)
    assert {f"claims/{name}.html" for name in NAMES} <= set(pages)
    for name in ("index.html", "papers.html", "verdicts.html"):
        assert {f"claims/{each}.html" for each in NAMES} <= set(pages[name].links), name


def test_every_formula_is_well_formed(files):
    assert check_formulas(files) >= 15
    shown = files["claims/data_loading.qrom_cost.html"].decode()
    assert "<mi>L</mi><mo>-</mo><mn>2</mn>" in shown


def test_the_style_loads_nothing(files):
    style = files["style.css"].decode()
    assert not re.search(r"url\(|@import|https?:", style)
    assert style.count("{") == style.count("}")
    for word in ("prefers-color-scheme: dark", "@media print", "overflow-x: auto"):
        assert word in style


def test_a_page_tells_all_that_is_known(pages, entries):
    """Statement, reading, evidence, twin, source, verdict, and what is not shown."""
    for entry in entries:
        text = " ".join("".join(pages[f"claims/{entry.name}.html"].text).split())
        claim = entry.claim
        for said in (claim.says, claim.twin_says, claim.source, *claim.assumptions):
            assert " ".join(said.split()) in text, entry.name
        assert all(heading in text for heading in HEADINGS), entry.name
        assert all(step.name in text for step in entry.finding.steps)
        assert len(entry.finding.routes) == len(entry.finding.measurements), entry.name


def test_an_open_question_says_why_it_is_open(pages, entries):
    (entry,) = (each for each in entries if each.name == "hypergraph.authors_reads")
    text = " ".join("".join(pages["claims/hypergraph.authors_reads.html"].text).split())
    assert " ".join(entry.claim.reason.split()) in text


def test_a_derived_cost_is_shown_and_an_equation_of_equals_is_told(files):
    shown = files["claims/data_loading.tree_depth_growth.html"].decode()
    assert shown.count("both sides come to") == 3
    derived = shown.split("So the cost, or a bound on it, is")[1].split("</math>")[0]
    assert re.sub(r"<[^>]+>", "", derived).replace("\u2062", "") == "2n(b+1)(n-1)-4n+4"


def test_both_routes_numbers_stand_side_by_side(files):
    """Of a lookup of 13 entries the formula, the circuit, the library; of an erratum likewise."""
    shown = files["claims/data_loading.qrom_cost.html"].decode()
    assert "<td>13</td><td>11</td><td>11</td><td>11</td>" in shown
    (row,) = (
        x for x in json.loads(files["ledger.json"])["claims"] if x["claim"] == NAMES[-1]
    )  # fmt: skip
    first = row["instances"][0]
    assert first["as printed"] < first["observed"] <= first["as corrected"] * (1 + 1e-6)


def test_errata_come_first(pages, files):
    links = pages["index.html"].links
    first = [x for x in links if x.startswith("claims/")]
    assert first[:2] == [f"claims/{NAMES[-1]}.html", "claims/hypergraph.printed_pair_sharing.html"]
    assert json.loads(files["feed.json"])["items"][0]["id"] == NAMES[-1]


def test_the_feeds_say_what_check_says(files, entries, monkeypatch):
    """The same verdicts, kinds and remarks; a JSON Feed has the fields that it must have."""
    monkeypatch.setattr("proofs.ledger.examined", lambda *_: entries)
    monkeypatch.setattr("proofs.ledger.claims", lambda *_: {})
    asked = import_module("estimator.ask.question").Asked()
    rows = {row["claim"]: row for row in check(asked)["claims"]}
    found = json.loads(files["ledger.json"])
    assert found["schema"] == "quledger-ledger/1"
    assert set(found["files"]) == set(files)
    assert [row["claim"] for row in found["claims"]] == sorted(NAMES)
    for row in found["claims"]:
        for key in ("accepted", "symbolic", "numeric", "kind", "says", "source", "problem"):
            assert row[key] == rows[row["claim"]][key], row["claim"]
        assert row["false_twin_falls"] is True
        assert "seconds" not in row
    feed = json.loads(files["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert all(x["id"] and x["content_text"] and x["url"] in files for x in feed["items"])


@pytest.mark.parametrize("change", ["crash", "false", "twin"])
def test_what_is_not_well_is_said(entries, change):
    """A claim that breaks down, one that does not hold, and one whose twin does not fall."""
    (entry,) = (x for x in entries if x.name == "data_loading.qrom_cost")
    other = {
        "crash": Entry(entry.name, entry.claim, None, "ZeroDivisionError: <b>", 0.0),
        "false": evolve(entry, finding=entry.twin),
        "twin": evolve(entry, twin=entry.finding),
    }[change]
    made = site([other])
    check_pages({name: Page(x.decode()) for name, x in made.items() if name[-4:] == "html"}, made)
    text = made["claims/data_loading.qrom_cost.html"].decode()
    wanted = {"crash": "ZeroDivisionError: &lt;b&gt;", "false": "Rejected.",
              "twin": "It does not fall"}[change]  # fmt: skip
    assert wanted in text
    assert ("not accepted" in made["index.html"].decode()) == (change != "twin")


def test_the_same_bytes_twice(files):
    """In another process, in another order of hashes, with other workers."""
    code = (
        "import sys, json; sys.path[:0] = json.loads(sys.argv[1])\n"
        "import test_write_site as t, hashlib\n"
        "made = t.site(t.examined(t.claims_named(t.NAMES), workers=2, twins=True))\n"
        "print(json.dumps({k: hashlib.sha256(v).hexdigest() for k, v in made.items()}))"
    )
    places = [str(Path(__file__).parent), str(ROOT / "tests/estimator"), str(ROOT)]
    words = [sys.executable, "-c", code, json.dumps(places)]
    sums = subprocess.run(
        words, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    digest = import_module("hashlib").sha256
    assert json.loads(sums.stdout) == {name: digest(x).hexdigest() for name, x in files.items()}


def test_the_command_writes_a_folder_and_replaces_only_that(tmp_path, monkeypatch):
    chosen = claims_named(NAMES[3:4])
    monkeypatch.setattr("proofs.pages.write_site.claims", lambda *_: chosen)
    folder = tmp_path / "ledger"
    found = answer("ledger", "-o", folder, "--workers", 1)
    assert (found["wrote"], found["pages"], found["passed"]) == (f"{folder}/index.html", 5, True)
    assert (folder / "claims" / "data_loading.qrom_cost.html").is_file()
    assert "must not exist" in refusal("ledger", "-o", folder)
    assert run("ledger", "--output", folder, "--overwrite").exit_code == 0
    (folder / "notes.txt").write_text("mine")
    assert "holds 'notes.txt'" in refusal("ledger", "-o", folder, "--overwrite")
    other = tmp_path / "other"
    other.mkdir()
    (other / "ledger.json").write_text('{"schema": "quledger-ledger/1"}')
    assert "holds 'ledger.json'" in refusal("ledger", "-o", other, "--overwrite")
    false = {name: evolve(claim, value=claim.false_twin) for name, claim in chosen.items()}
    monkeypatch.setattr("proofs.pages.write_site.claims", lambda *_: false)
    assert run("ledger", "-o", tmp_path / "false").exit_code == 1
    assert "REJECTED" in (tmp_path / "false" / "index.html").read_text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Missing option '--output': folder for the pages"),
        (["-o", "file"], "must not be a file"),
        (["-o", "missing/ledger"], "an existing folder above it"),
        (["-o", "new", "--paper", "1234.5678"], "no claim cites a paper '1234.5678'"),
        (["-o", "new", "--workers", "0"], "workers must be"),
        (["-o", "new", "--picture", "x.svg"], "there is no chart to draw"),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(tmp_path, monkeypatch, words, says):
    """Before any claim is loaded, and nothing is left."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("proofs.ledger.instances_of", lambda *_: pytest.fail("claims are loaded"))
    Path("file").write_text("x")
    assert says in refusal("ledger", *words)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.mark.slow
def test_the_whole_ledger(tmp_path):
    """Every claim has a page, every link leads somewhere, every formula is set."""
    folder = tmp_path / "ledger"
    assert run("ledger", "-o", folder).exit_code == 0
    files = {x.relative_to(folder).as_posix(): x.read_bytes() for x in folder.rglob("*.*")}
    pages = {name: Page(x.decode()) for name, x in files.items() if name.endswith(".html")}
    check_pages(pages, files)
    assert check_formulas(files) > 1000
    rows = {row["claim"]: row for row in json.loads(files["ledger.json"])["claims"]}
    assert {f"claims/{name}.html" for name in rows} == {x for x in pages if x.startswith("claims/")}
    for row in answer("check")["claims"]:
        assert rows[row["claim"]]["accepted"] is row["accepted"]
        assert rows[row["claim"]]["numeric"] == row["numeric"]
        assert rows[row["claim"]]["symbolic"] == row["symbolic"]
