"""Texts come from files, from the standard input, or in Python from what can be read."""

import io
import os
from threading import Thread

import pytest

from estimator.ask import text_file
from estimator.ask.text_file import TextFile, texts_of

ESSAY = TextFile(name="essay", meaning="what was written")


def read(*sources):
    values = {str(k): ESSAY.parse(source) for k, source in enumerate(sources)}
    return texts_of(values, values)


def test_where_texts_come_from(tmp_path, monkeypatch):
    path = tmp_path / "essay.txt"
    path.write_text("to be — or", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("not to be"))
    assert read(path, "-", str(path), io.StringIO("that")) == (
        "to be — or", "not to be", "to be — or", "that",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sources", "problem"),
    [
        (("",), "--essay must be the path of a file, or - for the standard input, got ''"),
        (("a\0b",), "--essay must be the path of a file"),
        (("-", "-"), "one text comes in by -, got it for --0 and --1"),
        (("no such file",), "--0 must be a file that can be read, got 'no such file'"),
        ((io.BytesIO(b"x"),), "--0 must be text, got bytes"),
        ((io.StringIO("x" * 30),), "--0 has at most 20 characters, got more"),
    ],
)
def test_refusals(sources, problem, monkeypatch):
    monkeypatch.setattr(text_file, "LARGEST", 20)
    with pytest.raises(ValueError, match=problem):
        read(*sources)


def test_a_pipe_is_read_to_its_end_and_not_waited_for(tmp_path):
    """What is written into it comes out, late or not; nothing does where nobody writes."""
    path = tmp_path / "essay"
    os.mkfifo(path)
    assert read(path) == ("",)
    writer = Thread(target=path.write_text, args=("to be" * 50_000,))
    writer.start()
    end = os.open(path, os.O_RDONLY)  # returns once the other end is open
    try:
        assert read(path) == ("to be" * 50_000,)
    finally:
        os.close(end)
        writer.join()
