"""An answer is worked out once for each question and each state of the sources."""

import importlib
import os
import sys

import pytest
from attrs import evolve

from estimator import sources
from estimator.ask import stored
from estimator.ask.parameter import File, Number
from estimator.ask.question import COST, Question, System, asked_of
from estimator.ask.registry import Found
from estimator.ask.stored import Memory, answer_from
from estimator.report.model import Report
from estimator.report.parts import Fact
from estimator.store import Store

QUESTION = Question(
    verb=COST,
    name="toy",
    says="What a toy costs.",
    source="ours",
    answer="answers:toy",
    parameters=(
        Number(name="n", meaning="bits", least=1),
        Number(name="x", meaning="error", least=0, whole=False, default=0.5),
        File(name="image", meaning="picture"),
    ),
)
FOUND = Found(
    System(name="toy", says="A toy.", source="ours", home="toys", questions=(QUESTION,)), QUESTION
)


class Toy:
    """Answers with the number of times that it was asked."""

    def __init__(self, memory):
        self.memory = memory
        self.times = 0

    def work(self):
        self.times += 1
        return Report(title="toy", parts=[Fact(key="times", value=self.times)], bloq=object())

    def ask(self, given=None, work=None, found=FOUND, file=None):
        asked = asked_of(found.question, given or {}, file)
        return answer_from(self.memory, found, asked, work or self.work)["times"]


@pytest.fixture
def source(tmp_path, monkeypatch):
    """The only source on which answers rest."""
    home = tmp_path / "toys"
    home.mkdir()
    (home / "__init__.py").write_text("NUMBER = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(stored, "PACKAGES", ("toys",))
    monkeypatch.setattr(sources, "STARTED", sys.maxsize)
    importlib.invalidate_caches()
    return home / "__init__.py"


@pytest.fixture
def toy(tmp_path, source):
    return Toy(Memory(Store(tmp_path / "cache")))


def test_a_question_is_answered_once(toy):
    """However its values are spelled; each other question by itself."""
    assert [toy.ask(), toy.ask(), toy.ask({"n": 8}), toy.ask({"n": "2**3"})] == [1, 1, 2, 2]
    assert [toy.ask({"n": 9}), toy.ask({"n": 8, "x": 0.25}), toy.ask()] == [3, 4, 1]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([{"x": 0.5}, {}], id="named or assumed"),
        pytest.param([{"n": 2, "x": 0.1}, {"x": 0.1, "n": 2}], id="order of settings"),
    ],
)
def test_what_may_show_is_part_of_the_question(toy, others):
    assert [toy.ask(given) for given in others] == [1, 2]


def test_verb_and_system_are_part_of_the_question(toy):
    other = evolve(FOUND, system=evolve(FOUND.system, home="other_toys"))
    named = evolve(FOUND, question=evolve(QUESTION, name="toy2"))
    assert [toy.ask(), toy.ask(found=other), toy.ask(found=named)] == [1, 2, 3]


def test_after_an_edit_it_is_worked_out_anew(toy, source):
    """As long as before and with the date of before."""
    assert toy.ask() == 1
    before = source.stat()
    source.write_text("NUMBER = 2\n")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [toy.ask(), toy.ask()] == [2, 2]
    source.write_text("NUMBER = 1\n")
    assert toy.ask() == 1


def test_what_was_edited_meanwhile_is_not_kept(toy, source, monkeypatch):
    """While it is worked out, or since the process began: it may rest on either source."""

    def work():
        source.write_text("NUMBER = 3\n")
        return toy.work()

    assert [toy.ask(work=work), toy.ask()] == [1, 2]
    source.write_text("NUMBER = 1\n")
    monkeypatch.setattr(sources, "STARTED", source.stat().st_ctime_ns)
    assert [toy.ask(), toy.ask()] == [3, 4]


def test_a_file_is_its_content(toy, tmp_path):
    """That of the question and that of a value; a missing one is the business of the answer."""
    image = tmp_path / "a.png"
    image.write_bytes(b"black")
    assert [toy.ask({"image": image}), toy.ask({"image": image})] == [1, 1]
    dates = image.stat()
    image.write_bytes(b"white")
    os.utime(image, ns=(dates.st_atime_ns, dates.st_mtime_ns))
    assert [toy.ask({"image": image}), toy.ask(file=image), toy.ask(file=image)] == [2, 3, 3]
    image.unlink()
    assert [toy.ask({"image": image}), toy.ask({"image": image})] == [4, 5]


def test_a_file_that_changes_meanwhile_is_not_kept(toy, tmp_path):
    image = tmp_path / "a.png"
    image.write_bytes(b"black")

    def work():
        image.write_bytes(b"white")
        return toy.work()

    assert toy.ask({"image": image}, work) == 1
    image.write_bytes(b"black")
    assert toy.ask({"image": image}) == 2


def test_a_refusal_is_not_kept(toy):
    def refuse():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        toy.ask(work=refuse)
    assert toy.ask() == 1


def test_a_damaged_entry_is_worked_out_and_written_anew(toy, tmp_path):
    """Bytes that are wrong, and bytes that are right and no answer."""
    assert toy.ask() == 1
    (file,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes()[:-3])
    assert [toy.ask(), toy.ask()] == [2, 2]
    for nonsense in (b"", b"[]", b"[false, []]", b'[false, [{"is": "Report"}]]', b'[true, [1]]',
                     b'[false, [{"is": "Fact", "key": "a", "value": 1}]]'):  # fmt: skip
        toy.memory.store.put("answers", file.name, nonsense)
        times = toy.times
        assert [toy.ask(), toy.ask()] == [times + 1, times + 1]


def test_an_unknown_source_keeps_nothing(toy, monkeypatch):
    monkeypatch.setattr(sources, "USED", {"no_such_package": "none"})
    assert [toy.ask(), toy.ask()] == [1, 2]
