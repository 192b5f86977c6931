"""Whole processes: what is told again is what would be worked out, and costs next to nothing."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SYSTEM = '''
"""A toy."""
from estimator.ask.parameter import File, Number
from estimator.ask.question import COST, Question, System
SYSTEM = System(name="toy", says="A toy.", source="ours", home=__package__, questions=(
    Question(verb=COST, name="toy", says="What a toy costs.", source="ours", answer="answers:cost",
             parameters=(Number(name="n", meaning="bits", symbol="n", least=1),
                         File(name="image", meaning="picture")), suffixes=(".toy",), draws=True),))
'''
ANSWERS = '''
"""What a toy costs."""
import sys
from estimator.report.model import Report
from estimator.report.parts import Axis, Chart, Fact, Line
from estimator.report.text import TEXT
def cost(asked):
    print("worked out", file=sys.stderr)
    if asked.get("n") == 13:
        raise ValueError("13 is unlucky")
    line = Line(label="toy", x=[1, 2], y=[1, asked.get("n", 4)])
    passed = asked.get("n") != 7
    return Report(title="toy \\N{DAGGER}", settings=asked.values, passed=passed, parts=[
        Fact(key="cost", value=NUMBER * asked.get("n", 1), unit="gates", style=TEXT),
        Chart(key="chart", title="toy", x=Axis(label="x"), y=Axis(label="y"), lines=[line])])
NUMBER = 100
'''


class Place:
    """A copy of the sources with a toy in it, and a cache of its own."""

    def __init__(self, home):
        self.home, self.cache, self.new = home, home / "cache", {}
        for floor in ("estimator", "bloqs", "proofs"):
            shutil.copytree(ROOT / floor, home / floor)
        self.answers = home / "bloqs" / "toy" / "answers.py"
        self.answers.parent.mkdir()
        (self.answers.parent / "__init__.py").write_text('"""A toy."""\n')
        (self.answers.parent / "system.py").write_text(SYSTEM)
        self.edit(ANSWERS)

    def edit(self, text):
        """Write the answers and let a moment pass, so that a process can tell that it is later."""
        self.answers.write_text(text)
        time.sleep(1.1)

    def start(self, *words, **more):
        environment = {
            **os.environ, "PYTHONPATH": str(self.home), "QULEDGER_CACHE": str(self.cache),
            "COLUMNS": "60", "PYTHONDONTWRITEBYTECODE": "1", **more,
        }  # fmt: skip
        return subprocess.Popen(
            [sys.executable, "-m", "estimator", *words], cwd=self.home, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words, **more):
        """Status, standard output, and how often the answer was worked out or what was refused."""
        process = self.start(*words, **more)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err.decode()

    def ask(self, *words, **more):
        """The same with and without the cache; whether it was worked out with it."""
        moved = {name: more.pop(name) for name in ("QULEDGER_CACHE",) if name in more}
        state = (words, *more.items(), self.answers.read_bytes())
        if state not in self.new:
            status, out, err = self.run("cost", *words, "--no-cache", **more)
            assert err.startswith("worked out\n")
            self.new[state] = status, out
        status, out, err = self.run("cost", *words, **more, **moved)
        assert (status, out) == self.new[state]
        return bool(err)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return Place(tmp_path_factory.mktemp("place"))


@pytest.fixture(autouse=True)
def _empty(place):
    shutil.rmtree(place.cache, ignore_errors=True)


def test_answers_are_told_again(place):
    """Text, JSON, page, picture, widths, encodings, status; other words for the same question."""
    assert place.ask("toy", "--n", "8")
    for words in (["--n", "8"], ["--param", "n=2**3"], ["--n=8", "--json"]):
        assert not place.ask("toy", *words)
    assert not place.ask("toy", "--n", "8", COLUMNS="40", PYTHONIOENCODING="ascii")
    pages = []
    for cached in ([], ["--no-cache"]):
        status, out, _ = place.run(
            "cost", "toy", "--n", "8", "--html", "a.html", "--picture", "a.svg", *cached
        )
        pages.append((status, out, *((place.home / x).read_bytes() for x in ("a.html", "a.svg"))))
        for name in ("a.html", "a.svg"):
            (place.home / name).unlink()
    assert pages[0] == pages[1]
    assert place.ask("toy", "--n", "7")
    assert place.run("cost", "toy", "--n", "7")[0] == 1
    assert not place.ask("toy", "--n", "7", "--json")


def test_a_refusal_is_said_again(place):
    assert place.run("cost", "toy", "--n", "13") == place.run("cost", "toy", "--n", "13")
    status, out, err = place.run("cost", "toy", "--n", "0")
    assert (status, out) == (2, b"")
    assert err == "quledger: n must be a whole number >= 1, got '0'\n"


def test_an_edit_of_a_source_is_seen_at_once(place):
    """Of the same length, with the date of before; and when it is undone, too."""
    assert place.ask("toy")
    for old, new in (("100", "200"), ("200", "100")):
        before = place.answers.stat()
        text = place.answers.read_text()
        place.edit(text.replace(f"NUMBER = {old}", f"NUMBER = {new}"))
        os.utime(place.answers, ns=(before.st_atime_ns, before.st_mtime_ns))
        time.sleep(1.1)
        place.ask("toy")
        assert place.run("cost", "toy")[2] == ""
        assert new.encode() in place.run("cost", "toy")[1]


def test_an_edit_of_a_file_is_seen_at_once(place):
    """That the question is about, and that is a value."""
    file, image = place.home / "a.toy", place.home / "a.png"
    for path in (file, image):
        path.write_bytes(b"one")
    words = ("a.toy", "--image", "a.png")
    assert place.ask(*words)
    assert not place.ask(*words)
    for path in (file, image):
        path.write_bytes(b"two")
        assert place.ask(*words)
        assert not place.ask(*words)


def test_processes_ask_at_once(place):
    """All say the same; what they leave is whole."""
    started = [place.start("cost", "toy", "--n", str(4 + i % 2)) for i in range(10)]
    outs = [process.communicate(timeout=100)[0] for process in started]
    assert {process.returncode for process in started} == {0}
    for n in (4, 5):
        assert not place.ask("toy", "--n", str(n))
        assert set(outs[n - 4 :: 2]) == {place.run("cost", "toy", "--n", str(n))[1]}


def test_a_damaged_cache_changes_nothing(place):
    """Entries cut short, a file in place of the folder, a folder that cannot be."""
    assert place.ask("toy")
    for path in place.cache.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:40])
    assert place.ask("toy")
    assert not place.ask("toy")
    for folder in (str(place.answers), "/dev/null/x"):
        assert place.ask("toy", QULEDGER_CACHE=folder)


def test_what_is_told_again_loads_nothing_heavy(place):
    """Neither the engines nor what reads the command line."""
    assert place.ask("toy")
    code = (
        "import sys, estimator.__main__ as m\n"
        "try: m.main(['cost', 'toy'])\n"
        "except SystemExit: pass\n"
        "heavy = {'qualtran', 'sympy', 'numpy', 'typer', 'matplotlib', 'bloqs.toy.answers'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(place.home), "QULEDGER_CACHE": str(place.cache)}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=place.home, env=environment, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert (run.stderr, "gates" in run.stdout) == ("[]\n", True)


def test_a_reader_who_leaves_ends_it(place):
    """As `head -1` does: status 1, and no traceback."""
    assert place.ask("toy")
    process = place.start("cost", "toy", PYTHONUNBUFFERED="1")
    process.stdout.close()
    assert process.wait(timeout=60) == 1
    assert process.stderr.read() == b""
    process.stderr.close()
