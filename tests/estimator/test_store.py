"""Entries are there whole or not at all, whoever else reads and writes."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from estimator.store import FOLDER, Store, cache_folder, key_of

KEY, OTHER, THIRD = (key_of(word) for word in ("one", "other", "third"))


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache", most=1000)


def file_of(store, key=KEY):
    (found,) = store.folder.rglob(key)
    return found


def test_what_is_put_is_got(store):
    """By kind and key, the last one put; nothing else lies in the folder."""
    assert store.get("answers", KEY) is None
    store.put("answers", KEY, b"first")
    store.put("answers", KEY, b"a\nb")
    store.put("phases", KEY, b"")
    assert store.get("answers", KEY) == b"a\nb"
    assert store.get("phases", KEY) == b""
    assert store.get("answers", OTHER) is None
    assert len([path for path in store.folder.rglob("*") if path.is_file()]) == 2


DAMAGES = {
    "shorter": lambda content: content[:-1],
    "longer": lambda content: content + b"!",
    "empty": lambda content: b"",
    "other": lambda content: content.replace(b"gold", b"lead"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_not_there(store, damage):
    """And is written anew."""
    store.put("answers", KEY, b"gold")
    file = file_of(store)
    file.write_bytes(damage(file.read_bytes()))
    assert store.get("answers", KEY) is None
    store.put("answers", KEY, b"gold")
    assert store.get("answers", KEY) == b"gold"


def test_without_a_folder_nothing_is_kept(tmp_path):
    """No home, a file in its place, a device: no error, and said beforehand."""
    (tmp_path / "file").write_text("in the way")
    for folder in (None, tmp_path / "file" / "cache", Path(os.devnull)):
        store = Store(folder)
        assert not store.is_open
        store.put("answers", KEY, b"gold")
        assert store.get("answers", KEY) is None
    assert Store(tmp_path / "new" / "cache").is_open


def test_a_folder_in_the_way_of_an_entry_is_left_alone(store):
    store.put("answers", KEY, b"gold")
    file_of(store).unlink()
    (store.folder / "answers" / KEY[:2] / KEY).mkdir()
    store.put("answers", KEY, b"gold")
    assert store.get("answers", KEY) is None
    assert [path.name for path in (store.folder / "answers" / KEY[:2]).iterdir()] == [KEY]


def test_the_entries_used_longest_ago_go_first(store):
    """Reading is using; what is larger than all that may be kept is not kept."""
    for age, key in ((300, KEY), (200, OTHER)):
        store.put("answers", key, bytes(350))
        moment = file_of(store, key).stat().st_mtime - age
        os.utime(file_of(store, key), (moment, moment))
    assert store.get("answers", KEY) == bytes(350)
    store.put("answers", THIRD, bytes(350))
    assert store.get("answers", OTHER) is None
    assert store.get("answers", KEY) == store.get("answers", THIRD) == bytes(350)
    store.put("answers", OTHER, bytes(1001))
    assert store.get("answers", OTHER) is None
    assert store.get("answers", KEY) is not None


def test_what_was_given_up_is_removed(store):
    """A file that a process left behind while it wrote, once it is old."""
    store.put("answers", KEY, b"gold")
    old, new = (file_of(store).with_name(f"{name}.tmp") for name in ("old", "new"))
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (0, 0))
    store.put("answers", OTHER, b"gold")
    assert (old.exists(), new.exists()) == (False, True)


def write_and_read(folder, number):
    """Whether every entry read was one that somebody wrote whole."""
    store = Store(folder, most=20_000)
    whole = True
    for _ in range(60):
        store.put("answers", KEY, bytes([number]) * 5000)
        found = store.get("answers", KEY)
        whole &= found is None or (len(found) == 5000 and len(set(found)) == 1)
        store.put("answers", key_of([number]), bytes(7000))
    return whole


def test_processes_write_at_once(tmp_path):
    """The same entry, and more than may be kept."""
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        assert all(pool.map(write_and_read, [tmp_path] * 4, range(4)))
    assert Store(tmp_path).get("answers", KEY) is not None


@pytest.mark.parametrize(
    ("named", "folder"),
    [
        ({FOLDER: "/somewhere"}, "/somewhere"),
        ({FOLDER: "", "XDG_CACHE_HOME": "/xdg"}, "/xdg/quledger"),
        ({"XDG_CACHE_HOME": "relative"}, "/home/someone/.cache/quledger"),
        ({}, "/home/someone/.cache/quledger"),
    ],
)
def test_the_folder_is_the_user_s(named, folder, monkeypatch):
    for name in (FOLDER, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/someone")
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == Path(folder)


def test_questions_that_differ_have_different_keys():
    """In a type, in order, in grouping; what has no name of its own is refused."""
    questions = [1, 1.0, True, "1", None, [1], [[1]], [1, 2], [2, 1], [12], ["1", 2], [], ""]
    assert len({key_of(question) for question in questions}) == len(questions)
    assert key_of([1, (2, "x")]) == key_of([1, [2, "x"]])
    for value in (Path(), {1}, {"a": 1}, object(), b"1", [1, [2, object()]]):
        with pytest.raises(TypeError, match="a question is made of"):
            key_of(value)
