"""Every page that a browser opens. A page of another kind joins `PAGES`, and all tests see it."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

from attrs import frozen
from command import run

from proofs.claim import AbstractClaim
from proofs.examining import examined

ROOT = Path(__file__).parents[2]

CLAIMS = (
    "contrastive.network_parameters", "contrastive.published_identity", "contrastive.shot_coverage",
    "data_loading.qrom_cost", "data_loading.tree_depth_growth", "encodings.product_error",
    "hypergraph.authors_reads", "hypergraph.mermin_squares", "hypergraph.printed_pair_sharing",
    "readout.flagged_outcomes", "resnet.printed_product_error",
)  # fmt: skip
"""A claim of each kind, an erratum of each: those that the site shows."""


@frozen
class Made:
    """A page and how it comes about.

    Args:
        name: of the page.
        group: what is made at once; its pages lie in one folder.
        path: of the file to open, in that folder.
        make: writes what belongs to the group into the folder.
    """

    name: str
    group: str
    path: str
    make: Callable[[Path], None]


QUESTIONS = (
    ("resnet", "resnet --k 2 --N 16384 --C 16 --D 3 --epsilon 0.01 --kappa 2 --alpha 5.2"),
    ("ntk", "ntk --n 16 --data digits:8v9"),
    ("hypergraph", "hypergraph --n 4 --k 2"),
    ("communication", "communication-inference --n 4 --L 2 --epsilon 0.1 --delta 0.05"),
    ("contrastive", "contrastive --ansatz ring --W 8 --L 2"),
    ("memory", "vector-loading --N 64 --b 8"),
    ("bloq", "qualtran.bloqs.basic_gates.hadamard:_chadamard"),
    ("qasm", "examples/adder.qasm"),
    ("onnx", "examples/digits_resnet.onnx --b 16"),
)
"""Questions of cost, of every system and every kind of file: name and words."""

EXPLORED = {
    "vector-loading": "vector-loading",
    "resnet": "resnet --loader qrom,bucket-brigade --regime 1,3 --rotation phase-gradient --k 1,3",
    "ntk": "ntk --loader qrom,ideal --network erf --n 2**10,2**20",
    "communication": "communication",
    "hypergraph": "hypergraph",
    "contrastive": "contrastive",
    "linear-systems": "linear-systems",
}
"""What the pages with controls are about; what has a minute of formulas is narrowed down."""

LISTS = ("index.html", "papers.html", "verdicts.html", "bloqs.html")
"""Pages of the site that are about many claims."""


def few(chosen, *rest, **named):
    """Claims examined, but only those of the site: all take minutes, and a browser none of them."""
    return examined({name: x for name, x in chosen.items() if name in CLAIMS}, *rest, **named)


def report_of(words):
    """Writes the page about a question of cost, by the command."""

    def make(folder):
        with patch("proofs.ledger.examined", few):
            done = run("report", *words.split(), "-o", folder / "report.html")
        assert done.exit_code == 0, done.stderr or done.exception

    return make


def make_site(folder):
    """Writes the site, by the command."""
    with patch("proofs.pages.write_site.claims", named):
        done = run("ledger", "-o", folder / "site", "--workers", 1)
    assert done.exit_code == 0, done.stderr or done.exception


def named(*_):
    """The claims of the site, without loading all others."""
    modules = {name: import_module(f"proofs.{name}") for name in CLAIMS}
    return {
        name: next(x for x in vars(module).values() if isinstance(x, AbstractClaim))
        for name, module in modules.items()
    }


def explorer_of(words):
    """Writes the page with controls, by the command."""

    def make(folder):
        done = run("explore", *words.split(), "-o", folder / "explorer.html")
        assert done.exit_code == 0, done.stderr or done.exception

    return make


REPORTS = [Made(name, name, "report.html", report_of(words)) for name, words in QUESTIONS]
SITE = [
    Made(name.removesuffix(".html"), "site", f"site/{name}", make_site)
    for name in (*LISTS, *(f"claims/{claim}.html" for claim in CLAIMS))
]
EXPLORERS = [
    Made(f"explore-{name}", f"explore-{name}", "explorer.html", explorer_of(words))
    for name, words in EXPLORED.items()
]
PAGES = [*REPORTS, *SITE, *EXPLORERS]
"""All of them. A page of another kind is another `Made` here."""
