"""Pages about questions, written once for all tests that read them."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from estimator.pages.subject import Subject
from estimator.pages.whole_page import page_of

ROOT = Path(__file__).parents[3]
VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """A page taken apart by Python's own parser."""

    def __init__(self, text):
        super().__init__()
        self.text = text
        self.open, self.faults = [], []
        self.ids, self.links, self.labels, self.headings = [], [], [], []
        self.tags, self.cells = set(), []
        self._words = None
        self.feed(text)
        self.close()
        self.faults += [f"{tag} stays open" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self._note(tag, named)
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("td", "th") or re.fullmatch(r"h\d", tag):
            self._words = []

    def handle_startendtag(self, tag, attrs):
        self._note(tag, dict(attrs))

    def _note(self, tag, named):
        self.tags.add(tag)
        if "id" in named:
            self.ids.append(named["id"])
        for name in ("href", "src", "xlink:href", "data", "action"):
            if name in named:
                self.links.append(named[name])
        if "aria-labelledby" in named:
            self.labels.append(named["aria-labelledby"])

    def handle_data(self, data):
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing at {self.getpos()}")
        if self._words is not None and (tag in ("td", "th") or re.fullmatch(r"h\d", tag)):
            words = "".join(self._words)
            if tag[0] == "h" and tag[1:].isdigit():
                self.headings.append((int(tag[1]), words))
            else:
                self.cells.append(words)
            self._words = None

    def section(self, name):
        """The text of a section."""
        return re.search(rf'<section id="{name}".*?</section>', self.text, re.DOTALL)[0]


@cache
def written(target, given):
    return Page(page_of(Subject.of(target, dict(given))))


QUICK = [
    ("hypergraph", {"n": 4, "k": 2}),
    ("qualtran.bloqs.basic_gates.hadamard:_chadamard", {}),
]
SLOW = [
    ("vector-loading", {"N": 64, "b": 8}),
    ("resnet", {"k": 2, "N": 2**14, "C": 16, "D": 3, "epsilon": 0.01, "kappa": 2, "alpha": 5.2}),
    ("ntk", {"n": 16, "data": "digits:8v9"}),
    ("communication-inference", {"n": 4, "L": 2, "epsilon": 0.1, "delta": 0.05}),
    ("contrastive", {"ansatz": "ring", "W": 8, "L": 2}),
    ("qlss", {"kappa": 10, "epsilon": 0.01}),
    ("examples/digits_resnet.onnx", {"b": 16}),
    ("examples/two_party_model.json", {}),
]
ASKED = [
    *(pytest.param(each, id=each[0].split("/")[-1]) for each in QUICK),
    *(pytest.param(each, id=each[0].split("/")[-1], marks=pytest.mark.slow) for each in SLOW),
]


@pytest.fixture
def asked(request, monkeypatch):
    """A target, its parameters, and the page about it."""
    monkeypatch.chdir(ROOT)
    target, given = request.param
    return target, given, written(target, tuple(given.items()))


def pytest_generate_tests(metafunc):
    if "asked" in metafunc.fixturenames:
        metafunc.parametrize("asked", ASKED, indirect=True)
